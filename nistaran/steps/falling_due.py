"""What falls due soon or is overdue, first lanes first, with the reason for each place in the order (S0-2, S4-2).

Here: looking; nothing is written. Not here: marking (escalate.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import MarkKind, OpenCase, Round, defaults_on
from nistaran.steps.escalate import Clocked, clocks_of, holder_of
from nistaran.steps.house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A case that is due by a day. `office` is answerable now; `level` the rung that it stands on, "L1" before it climbed.

    `days` are calendar days to the due date, negative when it is over; `working` the working days among them.
    """

    case: OpenCase
    clock: Round
    office: str
    level: str
    days: int
    working: int

    @property
    def defaults_on(self) -> date:
        """The day on which it becomes, or became, a defaulter."""
        return defaults_on(self.clock.due_on)

    @property
    def place(self) -> tuple[int, date, int]:
        """Its place in the order: the lane's priority, then the due date, then who came first."""
        return self.case.priority, self.clock.due_on, self.case.id


def due_within(house: House, *, days: int, office: str = "") -> list[Due]:
    """Open cases whose clock ends within so many days, overdue ones included; of one office, or of all. In the order to be worked.

    Raises:
        BadTable: when calendar.toml or escalation.toml is wrong.
    """
    today, calendar = day_in_india(house.clock.now()), house.escalation().calendar
    working = cache(partial(calendar.working_days_between, today))  # many cases share a due date
    found = [
        Due(
            case=one.case,
            clock=one.clock,
            office=holder,
            level=_level(one.made),
            days=(one.clock.due_on - today).days,
            working=working(one.clock.due_on),
        )
        for one, holder in _open(house)
        if (one.clock.due_on - today).days <= days and office in ("", holder)
    ]
    return sorted(found, key=lambda one: one.place)


def forecast(found: list[Due]) -> dict[tuple[str, date], int]:
    """(office, day) → how many of these cases will default there on that day (or did), if nothing is done; by day, then office."""
    counted = Counter((one.office, one.defaults_on) for one in found)
    return dict(sorted(counted.items(), key=lambda one: (one[0][1], one[0][0])))


def _open(house: House) -> Iterator[tuple[Clocked, str]]:
    """Every case that is not over, with who is answerable for it."""
    last = 0
    while True:
        with house.read() as work:
            page = work.marks.open_cases(after_id=last, limit=house.batch)
            if not page:
                return
            last = page[-1].id
            clocked = list(clocks_of(house, work, page, Counter()))
        for one in clocked:
            yield one, holder_of(house, one.case)


def _level(made: frozenset[MarkKind]) -> str:
    return max((kind.value for kind in made if kind.is_rung), default="L1")
