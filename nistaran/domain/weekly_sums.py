"""Adding up the counts of a weekly review by channel, office, department or group, the worst first.

Pure. Not here: the counts (weekly.py), how a table looks (steps/weekly_paper.py, steps/weekly_book.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nistaran.domain.shares import Share
from nistaran.domain.weekly import AGES, Flow, Said, Standing, WeekCount

#: The group that a count belongs to: of a channel, an office or what is made of them.
Key = Callable[[Standing | Flow | Said], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One group in the last of some weeks. `pendings` and `lates` are pending and defaulters at the end of each week, oldest first."""

    key: str
    received: int
    disposed: int
    timely: int
    days: int
    reopened: int
    returned: int
    soon: int
    ages: tuple[int, ...]
    pendings: tuple[int, ...]
    lates: tuple[int, ...]

    @property
    def pending(self) -> int:
        """Not over at the end."""
        return self.pendings[-1]

    @property
    def defaulters(self) -> int:
        """Of them past their day."""
        return self.lates[-1]

    @property
    def mean_days(self) -> float | None:
        """Days that the disposals took, in the mean; None without any."""
        return self.days / self.disposed if self.disposed else None

    @property
    def in_time(self) -> Share:
        """Of the disposals, those in time."""
        return Share(part=self.timely, of=self.disposed)


@dataclass(frozen=True, slots=True, kw_only=True)
class League:
    """What complainants said of the disposals of one group."""

    key: str
    reached: int
    dissatisfied: int
    known: int
    relieved: int

    @property
    def unhappy(self) -> Share:
        """Not content, of those reached."""
        return Share(part=self.dissatisfied, of=self.reached)

    @property
    def relief(self) -> Share:
        """Relief given wholly or in part, of those of whom it is known."""
        return Share(part=self.relieved, of=self.known)


def lines(weeks: Sequence[WeekCount], key: Key) -> list[Line]:
    """A line for each group that had anything in these weeks: most defaulters first, then most pending, then by key."""
    pendings: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    lates: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    for turn, one in enumerate(weeks):
        for row in one.standing:
            pendings[key(row)][turn] += row.pending
            lates[key(row)][turn] += row.defaulters
    flows, soon, ages = _last(weeks[-1], key)
    found = [
        Line(
            key=name,
            **{part: flows[name][part] for part in _FLOWS},
            soon=soon[name],
            ages=tuple(ages[name][turn] for turn in range(len(AGES) + 1)),
            pendings=tuple(pendings[name]),
            lates=tuple(lates[name]),
        )
        for name in {*pendings, *flows}
    ]
    return sorted(found, key=lambda one: (-one.defaulters, -one.pending, one.key))


_FLOWS = ("received", "disposed", "timely", "days", "reopened", "returned")


def _last(week: WeekCount, key: Key) -> tuple[dict[str, Counter[str]], Counter[str], dict[str, Counter[int]]]:
    flows: dict[str, Counter[str]] = defaultdict(Counter)
    soon: Counter[str] = Counter()
    ages: dict[str, Counter[int]] = defaultdict(Counter)
    for row in week.flow:
        for part in _FLOWS:
            flows[key(row)][part] += getattr(row, part)
    for one in week.standing:
        soon[key(one)] += one.soon
        for turn, count in enumerate(one.ages):
            ages[key(one)][turn] += count
        flows[key(one)]  # a group that only has pending cases has a line too
    return flows, soon, ages


def whole(weeks: Sequence[WeekCount]) -> Line:
    """The whole district."""
    found = lines(weeks, lambda _: "")
    return found[0] if found else _nothing(len(weeks))


def _nothing(weeks: int) -> Line:
    none = dict.fromkeys(_FLOWS, 0)
    zeros = (0,) * weeks
    return Line(key="", **none, soon=0, ages=(0,) * (len(AGES) + 1), pendings=zeros, lates=zeros)


def league(said: Iterable[Said], key: Key) -> list[League]:
    """A line for each group of whom anybody was reached: where the true share of the not content is likely highest first; those of whom
    too few were reached to say much stand last."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in said:
        for part in ("reached", "dissatisfied", "known", "relieved"):
            counts[key(one)][part] += getattr(one, part)
    found = [
        League(
            key=name,
            reached=told["reached"],
            dissatisfied=told["dissatisfied"],
            known=told["known"],
            relieved=told["relieved"],
        )
        for name, told in counts.items()
    ]
    return sorted(found, key=lambda one: (one.unhappy.few, -one.unhappy.interval[0], -one.dissatisfied, one.key))


def cross(
    rows: Iterable[Standing], across: Key, *, down: Key = lambda row: row.office, pending: bool = False
) -> dict[tuple[str, str], int]:
    """(office, or what `down` says; group of its channel) → defaulters, or all that is pending, of those that have any."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[down(row), across(row)] += row.pending if pending else row.defaulters
    return {key: count for key, count in counts.items() if count}
