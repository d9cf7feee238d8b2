"""Which marks a case must have by a given day: warnings before it is due, defaulter the day after, then rung by rung (S0-2, S3-1).

Pure rules over calendar days in India. Not here: the pack's days (routing/escalation.py), keeping marks (storage/), writing them and
their letters (steps/escalate.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from nistaran.domain.complaint import Status

#: Where a case is not over: its clock runs, whoever has it. A returned one is over when the sender has confirmed it.
STILL_OPEN = frozenset(
    {Status.REGISTERED, Status.AWAITING_PERSON, Status.WITH_OFFICE, Status.AWAITING_RULING, Status.RETURNED}
)


class MarkKind(StrEnum):
    """What is marked, each once for a round of a case. A round is its life until a disposal; every reopening begins a new one."""

    WARNING_1 = "WARNING_1"  #: the pack's first point before the due date
    WARNING_2 = "WARNING_2"
    WARNING_3 = "WARNING_3"
    DEFAULTER = "DEFAULTER"  #: the due date is over
    L2 = "L2"  #: the case climbed to the second level
    L3 = "L3"
    L4 = "L4"

    @property
    def is_warning(self) -> bool:
        """Whether it comes before the due date."""
        return self in _WARNINGS

    @property
    def is_rung(self) -> bool:
        """Whether the case climbs by it."""
        return self in RUNGS


_WARNINGS = (MarkKind.WARNING_1, MarkKind.WARNING_2, MarkKind.WARNING_3)
#: In the order in which a case climbs; each above the one before.
RUNGS = (MarkKind.L2, MarkKind.L3, MarkKind.L4)


class ClimbFrom(StrEnum):
    """From when the days of a ladder are counted."""

    DUE = "due"  #: the first level has until the due date, whatever its own days say
    RECEIVED = "received"  #: each level has its own days, from the day on which the case came


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Days on each level before the case climbs to the next: L1, L2, L3 (nothing is above L4)."""

    days: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationDays:
    """The pack's points: `warn` are days before the due date, the furthest first, at most three; 0 is the due date itself."""

    warn: tuple[int, ...]
    climb_from: ClimbFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The clock that runs for a case now: `number` 0 until its first disposal, one more for every reopening.

    `since` is the day on which it came or was reopened, `due_on` the citizen's due date or the day of the new report.
    """

    number: int
    since: date
    due_on: date


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class OpenCase:
    """What a sweep must know of a case that is not over. No citizen's word."""

    id: int
    number: str
    channel: str
    lane: str
    priority: int
    received_on: date
    due_on: date
    status: Status
    department: str  #: "" while nobody has said whose it is
    office: str  #: "" while it lies with the cell


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Mark:
    """A mark as it was made. `due_on` is the day it was counted from, `on_day` the day in India on which it was made."""

    case_id: int
    kind: MarkKind
    round: int
    due_on: date
    on_day: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """The first sweep of a day that came to its end: by it a silent scheduler is heard."""

    on_day: date
    at: datetime
    looked_at: int
    marked: int
    skipped: int


@lru_cache(maxsize=4096)  # many cases came and are due on the same days
def marking_days(clock: Round, ladder: Ladder, points: EscalationDays) -> tuple[tuple[MarkKind, date], ...]:
    """Every mark of a round with the day from which it is due, in the order in which they are made."""
    found = [
        (kind, clock.due_on - timedelta(days=before)) for kind, before in zip(_WARNINGS, points.warn, strict=False)
    ]
    found.append((MarkKind.DEFAULTER, defaults_on(clock.due_on)))
    first, *others = ladder.days
    match points.climb_from:
        case ClimbFrom.DUE:
            day = defaults_on(clock.due_on)
        case ClimbFrom.RECEIVED:
            day = clock.since + timedelta(days=first + 1)
    for kind, more in zip(RUNGS, (*others, 0), strict=True):
        found.append((kind, day))
        day += timedelta(days=more)
    return tuple(found)


def due_marks(
    clock: Round, ladder: Ladder, points: EscalationDays, *, made: frozenset[MarkKind], today: date
) -> tuple[MarkKind, ...]:
    """The marks that are due by today and were not made in this round. What fell due while nothing ran is due still (P19)."""
    return tuple(kind for kind, day in marking_days(clock, ladder, points) if day <= today and kind not in made)


def defaults_on(due_on: date) -> date:
    """The day from which a case is a defaulter: the one after its due date."""
    return due_on + timedelta(days=1)


def told_of(
    marks: Sequence[MarkKind], *, holder: str, above: Sequence[str], rungs: Mapping[MarkKind, str]
) -> Mapping[str, MarkKind]:
    """Which office is told of what: office → the gravest of the new marks that concern it, so that nobody gets two letters on one case.

    A warning goes to the holder, a defaulter to the holder and the next one above, a rung to the office that stands on it.
    """
    told: dict[str, MarkKind] = {}
    for kind in marks:
        if kind.is_warning:
            told[holder] = kind
        elif kind.is_rung:
            told[rungs[kind]] = kind
        else:
            told.update(dict.fromkeys((holder, *above[:1]), kind))
    return told
