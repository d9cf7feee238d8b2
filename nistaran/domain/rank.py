"""The estimated score: what the rubric's points come to, and which pending cases would gain most (S2-5). Never the State's own score.

Pure. Not here: the rubric's table (routing/weekly.py), counting (steps/rank.py). Each measure is over cases in hand or over disposals, so
made that disposing of a case can never cost a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import reduce
from typing import Self


class Measure(StrEnum):
    """What a point of the rubric looks at. In hand are the pending cases and what was disposed of in the period."""

    TIMELY = "TIMELY"  #: of those in hand neither defaulters nor disposed of late; one disposed of late counts only partly against it
    DEFAULTERS = "DEFAULTERS"  #: defaulters, of those in hand
    UNMARKED = "UNMARKED"  #: pending with nobody, of those in hand
    OLD = "OLD"  #: pending for more days than the rubric says, of those in hand
    DAYS = "DAYS"  #: mean days since receipt, of those in hand: nobody looks better by leaving old ones lie
    CAME_BACK = "CAME_BACK"  #: reopened, of the disposals of the period
    SATISFIED = "SATISFIED"  #: of the complainants who were reached
    RELIEF = "RELIEF"  #: relief given wholly or in part, of those of whom it is known


#: Where nobody was asked there is nothing to measure: such a point is left out of the score and of its total.
_ASKED = frozenset({Measure.SATISFIED, Measure.RELIEF})


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point: full `marks` from `full_at` on, none from `zero_at` on, even between. No `channels`: all of them."""

    code: str
    name_hi: str
    name_en: str
    measure: Measure
    marks: float
    zero_at: float
    full_at: float
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """All points, the days over which disposals and feedback count, from how many days on a pending case is old, and how much of a
    defaulter one that was disposed of late still is (0 to 1)."""

    points: tuple[Point, ...]
    period_days: int
    older_than: int
    late_counts: float

    @property
    def total(self) -> float:
        """The most that can be had."""
        return sum(point.marks for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the rubric looks at, of one channel. `days` sums the days of pending and disposed cases."""

    pending: int = 0
    unmarked: int = 0
    defaulters: int = 0
    old: int = 0
    days: int = 0
    disposed: int = 0
    timely: int = 0
    reopened: int = 0
    reached: int = 0
    satisfied: int = 0
    known: int = 0
    relieved: int = 0

    def __add__(self, other: Self) -> Load:
        return Load(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Load)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """What of a pending case the rubric can see: cases of one sort gain alike."""

    channel: str
    late: bool
    unmarked: bool
    old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A point with what was measured (None: nothing to measure) and the marks it comes to."""

    point: Point
    value: float | None
    marks: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The estimated score: `marks` of `of`; points that could not be measured are in neither."""

    points: tuple[Scored, ...]

    @property
    def marks(self) -> float:
        """What was scored."""
        return sum(one.marks for one in self.points)

    @property
    def of(self) -> float:
        """The most that could be had of what was measured."""
        return sum(one.point.marks for one in self.points if one.value is not None)


def estimate(rubric: Rubric, loads: Mapping[str, Load]) -> Estimate:
    """The score of these loads by channel."""
    return Estimate(points=tuple(_scored(rubric, point, _load_of(point, loads)) for point in rubric.points))


def most_gain(
    rubric: Rubric, loads: Mapping[str, Load], queues: Mapping[Sort, Sequence[int]], *, top: int
) -> list[tuple[int, float]]:
    """Which cases to dispose of, one after the other, so that each gains most after those before it: (place, marks gained).

    Args:
        queues: places of the pending cases of each sort in the order in which they should be worked; among equal gains the lowest place
            goes first.
    """
    found: list[tuple[int, float]] = []
    seen = {point.code: (point, _load_of(point, loads)) for point in rubric.points}  # what each point sees
    waiting = {sort: list(places) for sort, places in queues.items() if places}
    while waiting and len(found) < top:
        gains = {sort: _gain(rubric, seen.values(), sort) for sort in waiting}
        best = min(waiting, key=lambda sort: (-round(gains[sort], 9), waiting[sort][0]))
        found.append((waiting[best].pop(0), max(gains[best], 0.0)))
        for code, (point, load) in seen.items():
            if _sees(point, best):
                seen[code] = point, _without(load, best)
        if not waiting[best]:
            del waiting[best]
    return found


def _without(load: Load, sort: Sort) -> Load:
    """The load after one pending case of this sort was disposed of today."""
    return replace(
        load,
        pending=load.pending - 1,
        unmarked=load.unmarked - sort.unmarked,
        defaulters=load.defaulters - sort.late,
        old=load.old - sort.old,
        disposed=load.disposed + 1,
        timely=load.timely + (not sort.late),
    )


def _gain(rubric: Rubric, seen: Iterable[tuple[Point, Load]], sort: Sort) -> float:
    """What the whole score gains by one such case: every point that sees it, evaluated anew."""
    return sum(
        _scored(rubric, point, _without(load, sort)).marks - _scored(rubric, point, load).marks
        for point, load in seen
        if _sees(point, sort)
    )


def _sees(point: Point, sort: Sort) -> bool:
    return not point.channels or sort.channel in point.channels


def _load_of(point: Point, loads: Mapping[str, Load]) -> Load:
    wanted: Iterable[Load] = (
        load for channel, load in loads.items() if not point.channels or channel in point.channels
    )
    return reduce(lambda one, other: one + other, wanted, Load())


def _scored(rubric: Rubric, point: Point, load: Load) -> Scored:
    part, of = _counted(rubric, point.measure, load)
    if not of and point.measure in _ASKED:
        return Scored(point=point, value=None, marks=0.0)
    value = part / of if of else point.full_at
    reached = (value - point.zero_at) / (point.full_at - point.zero_at)
    return Scored(point=point, value=value, marks=point.marks * min(max(reached, 0.0), 1.0))


def _counted(rubric: Rubric, measure: Measure, load: Load) -> tuple[float, int]:
    in_hand = load.pending + load.disposed
    match measure:
        case Measure.TIMELY:
            return in_hand - load.defaulters - rubric.late_counts * (load.disposed - load.timely), in_hand
        case Measure.DEFAULTERS:
            return load.defaulters, in_hand
        case Measure.UNMARKED:
            return load.unmarked, in_hand
        case Measure.OLD:
            return load.old, in_hand
        case Measure.DAYS:
            return load.days, in_hand
        case Measure.CAME_BACK:
            return load.reopened, max(load.disposed, load.reopened)
        case Measure.SATISFIED:
            return load.satisfied, load.reached
        case Measure.RELIEF:
            return load.relieved, load.known
