"""All that a weekly review shows, gathered once: the paper, the sheets and the screen are made from these same figures.

Values only. Not here: gathering them (steps/weekly.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nistaran.domain.promise import Outcome
from nistaran.domain.rank import Estimate
from nistaran.domain.transfer_figures import PairCost
from nistaran.domain.weekly import OrderCount, PendingCase, Said, StuckPart, Week, WeekCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Misroutes:
    """What wrong desks cost, of the cases that moved in `week`: how many moved, how many of them had lain on a wrong desk and for how
    many days, the dearest confusions, and how many cases have events that cannot be read (`verify` names them)."""

    week: Week
    moved: int
    wrong: int
    days: int
    pairs: tuple[PairCost, ...]
    unreadable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstDepartment:
    """One of the departments with most new defaulters over some months; `months` are (first day, new defaulters)."""

    department: str
    total: int
    months: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """A pending case and the marks that its disposal would gain after those before it in the list."""

    case: PendingCase
    marks: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The estimated score as of the end of a day, that of a week before, and the cases that gain most."""

    until: date
    estimate: Estimate
    before: Estimate
    gains: tuple[Gain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyFigures:
    """The figures of one week; `weeks` are the last eight, this one the last, `said` holds the feedback of `heard`, `worst` looks at so
    many `months`."""

    district: str
    week: Week
    weeks: tuple[WeekCount, ...]
    heard: Week
    said: tuple[Said, ...]
    said_this_week: tuple[Said, ...]
    said_before: tuple[Said, ...]
    oldest: tuple[PendingCase, ...]
    stuck: tuple[StuckPart, ...]
    stuck_in_all: int
    misroutes: Misroutes
    months: int
    worst: tuple[WorstDepartment, ...]
    ranking: Ranking
    promises: tuple[Outcome, ...]
    orders: tuple[OrderCount, ...]
