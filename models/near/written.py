"""Reads the written pairs (models/corpus/pairs): invented complaints in groups, each told again, or like it and yet another.

Lines are `group | said | kind | person | place | text`; the first of a group is its base. Refuses bad lines by file and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from pathlib import Path

PAIRS = Path(__file__).parent.parent / "corpus" / "pairs"
#: How the same matter comes again: word for word; with other signatories; edited; under another salutation; in Latin letters;
#: cut short on a phone; in other words by the same person; by an operator's hand; in other words by a neighbour.
SAME = frozenset({"copy", "signatories", "edited", "salutation", "roman", "cut", "retold", "operator", "neighbour"})
#: How another matter looks alike: another thing (pole, plot, road) in the same words; another person's own affair; another
#: village in the text; only in the place column; another trouble of the same village and department.
OTHER = frozenset({"other_object", "other_person", "other_village", "other_place", "other_trouble"})
SEPARATOR = " | "


class BadPairs(ValueError):
    """A line of the written pairs cannot be read. Mend that line and run again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One text. `same` says whether it tells its group's base matter; `kind` how ("" for the base itself)."""

    group: str
    same: bool
    kind: str
    person: str
    place: str
    text: str

    @property
    def is_for_fitting(self) -> bool:
        """Half of the groups fit the likeness and its threshold (odd numbers), the other half only measure it."""
        return int(self.group[1:]) % 2 == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts of one group. `kind` is the second one's; `written` pairs have the base as first, others are crossed."""

    one: Written
    other: Written
    same: bool
    kind: str
    written: bool


def read_written(folder: Path = PAIRS) -> list[list[Written]]:
    """All groups, base first. Raises BadPairs at the first bad line or a group without a base."""
    rows = [row for path in sorted(folder.glob("*.txt")) for row in _read(path)]
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row.group)]
    for group in groups:
        if [at for at, row in enumerate(group) if not row.kind] != [0]:
            raise BadPairs(f"group {group[0].group}: one base, in the first line")
    if len({group[0].group for group in groups}) != len(groups):
        raise BadPairs("a group stands in two places")
    return groups


def pairs_of(group: Sequence[Written]) -> Iterator[Pair]:
    """Base with each other text; then those among each other of which it is known whether they are the same."""
    base, *rest = group
    for row in rest:
        yield Pair(one=base, other=row, same=row.same, kind=row.kind, written=True)
    for one, other in combinations(rest, 2):
        if one.same and other.same:
            yield Pair(one=one, other=other, same=True, kind=other.kind, written=False)
        elif one.same != other.same:
            yield Pair(one=one, other=other, same=False, kind=(one if other.same else other).kind, written=False)


def _read(path: Path) -> Iterator[Written]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        fields = line.split(SEPARATOR, 5)
        if len(fields) != 6:
            raise BadPairs(f"{path.name}:{number}: {len(fields)} fields, there must be 6")
        group, said, kind, person, place, text = fields
        if (said, kind) != ("base", "-") and kind not in {"same": SAME, "other": OTHER}.get(said, frozenset()):
            raise BadPairs(f"{path.name}:{number}: {said} and {kind} do not go together")
        yield Written(
            group=group,
            same=said != "other",
            kind="" if kind == "-" else kind,
            person=f"{group}{person}",
            place="" if place == "-" else place,
            text=text,
        )
