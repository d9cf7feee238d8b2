"""What falls due soon or is overdue, first lanes first, with the reason for each place in the order (S0-2, S4-2).

Here: looking; nothing is written, and of many cases only those are kept that are asked for. Not here: marking (escalate.py), which cases
default on which day (forecast.py), the order by risk (risk_list.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from heapq import nsmallest
from typing import Any

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import MarkKind, OpenCase, Round, defaults_on
from nistaran.steps.escalate import clocks_of
from nistaran.steps.house import House
from nistaran.steps.telling import Clocked, holder_of


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Waiting:
    """An open case with its clock and who is answerable for it now."""

    case: OpenCase
    clock: Round
    office: str

    @property
    def place(self) -> tuple[int, date, int]:
        """Its place in the order: the lane's priority, then the due date, then who came first."""
        return self.case.priority, self.clock.due_on, self.case.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A case that is due by a day. `office` is answerable now; `level` the rung that it stands on, "L1" before it climbed.

    `days` are calendar days to the due date, negative when it is over; `working` the working days among them. `chance` of its
    becoming a defaulter and why (Hindi, English), where the order is by risk.
    """

    case: OpenCase
    clock: Round
    office: str
    level: str
    days: int
    working: int
    chance: float | None = None
    because: tuple[str, str] = ("", "")

    @property
    def defaults_on(self) -> date:
        """The day on which it becomes, or became, a defaulter."""
        return defaults_on(self.clock.due_on)

    @property
    def place(self) -> tuple[int, date, int]:
        """As Waiting.place."""
        return self.case.priority, self.clock.due_on, self.case.id


@dataclass(slots=True)
class Falling:
    """What falls due: the first in the order to be worked, and how many there are in all, of them overdue, by (office, day of default)."""

    first: list[Due] = field(default_factory=list)
    total: int = 0
    overdue: int = 0
    by_day: Counter[tuple[str, date]] = field(default_factory=Counter)


def falling_due(house: House, *, days: int, office: str = "", limit: int | None = None) -> Falling:
    """Open cases whose clock ends within so many days, overdue ones included; of one office, or of all. The first `limit` of them.

    Raises:
        BadTable: when calendar.toml or escalation.toml is wrong.
    """
    today, found = day_in_india(house.clock.now()), Falling()
    counted = _counted(waiting(house, due_by=today + timedelta(days=days)), office, today, found)
    found.first = shown(house, first_of(counted, limit, _place))
    return found


def first_of(them: Iterable[Waiting], limit: int | None, place: Callable[[Waiting], tuple[Any, ...]]) -> list[Waiting]:
    """The first `limit` of them by their place, all without one; every one is looked at, and only so many are kept."""
    if limit is None:
        return sorted(them, key=place)
    return nsmallest(max(limit, 1), them, key=place)[:limit]  # with 0 it would look at none


def due_within(house: House, *, days: int, office: str = "") -> list[Due]:
    """All of falling_due(), in the order to be worked."""
    return falling_due(house, days=days, office=office).first


def waiting(house: House, *, due_by: date | None = None) -> Iterator[Waiting]:
    """Every case that is not over and whose clock ends by that day (None: whenever), by id, page by page."""
    for one in open_cases(house, due_by=due_by, with_marks=False):
        if due_by is None or one.clock.due_on <= due_by:
            yield Waiting(case=one.case, clock=one.clock, office=holder_of(house, one.case))


def open_cases(house: House, *, due_by: date | None = None, with_marks: bool = True) -> Iterator[Clocked]:
    """Every case that is not over and has a clock, by id, page by page; `due_by` leaves out what cannot be due by that day."""
    last = 0
    while True:
        with house.read() as work:
            page = work.marks.open_cases(after_id=last, limit=house.batch, due_by=due_by)
            if not page:
                return
            last = page[-1].id
            clocked = list(clocks_of(house, work, page, Counter(), with_marks=with_marks))
        yield from clocked


def shown(house: House, kept: Sequence[Waiting]) -> list[Due]:
    """These cases with the days that are left and the levels on which they stand, in the given order."""
    today, calendar = day_in_india(house.clock.now()), house.escalation().calendar
    working = cache(partial(calendar.working_days_between, today))  # many cases share a due date
    levels: dict[int, str] = {}
    for at in range(0, len(kept), house.batch):
        levels.update(_levels(house, kept[at : at + house.batch]))
    return [
        Due(
            case=one.case,
            clock=one.clock,
            office=one.office,
            level=levels[one.case.id],
            days=(one.clock.due_on - today).days,
            working=working(one.clock.due_on),
        )
        for one in kept
    ]


def _counted(them: Iterable[Waiting], office: str, today: date, found: Falling) -> Iterator[Waiting]:
    for one in them:
        if office in ("", one.office):
            found.total += 1
            found.overdue += one.clock.due_on < today
            found.by_day[one.office, defaults_on(one.clock.due_on)] += 1
            yield one


def _place(one: Waiting) -> tuple[int, date, int]:
    return one.place


def _levels(house: House, some: Sequence[Waiting]) -> dict[int, str]:
    with house.read() as work:
        made = work.marks.made_of([one.case.id for one in some])
    return {one.case.id: _level(one, made.get(one.case.id, frozenset())) for one in some}


def _level(one: Waiting, made: Iterable[tuple[int, MarkKind]]) -> str:
    return max((kind.value for turn, kind in made if turn == one.clock.number and kind.is_rung), default="L1")
