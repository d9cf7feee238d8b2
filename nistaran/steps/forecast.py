"""Which cases will be defaulters on which day, per office, if nothing is done (S0-2, S1-5): counts by day, and the list.

Here: looking and counting; what is a defaulter already is counted apart. Not here: what falls due soon, in the order to be worked
(falling_due.py), the sheet (forecast_sheet.py).
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import defaults_on
from nistaran.steps.falling_due import Due, Waiting, first_of, shown, waiting
from nistaran.steps.house import House

#: A forecast that nobody gave an end reaches at least so many days ahead.
_AHEAD = timedelta(days=7)


@dataclass(slots=True)
class Forecast:
    """What will default from tomorrow on until a day: `by_day` counts (office, day), `already` the defaulters of an office.

    `cases` are in the order of the day, then the lane; not more than were asked for.
    """

    today: date
    until: date
    by_day: Counter[tuple[str, date]] = field(default_factory=Counter)
    already: Counter[str] = field(default_factory=Counter)
    cases: list[Due] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many will default."""
        return self.by_day.total()

    def offices(self) -> list[tuple[str, int]]:
        """(office, how many will default there), most first, then those with most defaulters already."""
        coming: Counter[str] = Counter()
        for (office, _), count in self.by_day.items():
            coming[office] += count
        every = {**dict.fromkeys(self.already, 0), **coming}
        return sorted(every.items(), key=lambda one: (-one[1], -self.already[one[0]], one[0]))

    def days(self) -> list[date]:
        """The days on which any will default, in order."""
        return sorted({day for _, day in self.by_day})


def end_of_month(today: date) -> date:
    """The last day of the month, and at least a week ahead: the usual end of a forecast."""
    return max(today.replace(day=monthrange(today.year, today.month)[1]), today + _AHEAD)


def forecast_until(house: House, *, until: date | None = None, office: str = "", limit: int | None = 0) -> Forecast:
    """Count what will default until that day (with it; None: end_of_month()), of one office or of all; list the first `limit`.

    Args:
        limit: so many cases are listed; None: all.

    Raises:
        BadTable: when calendar.toml or escalation.toml is wrong.
    """
    today = day_in_india(house.clock.now())
    found = Forecast(today=today, until=end_of_month(today) if until is None else until)
    # it defaults the day after its due date
    every = waiting(house, due_by=found.until - timedelta(days=1))
    coming = (one for one in every if office in ("", one.office) and _counted(one, found))
    found.cases = shown(house, first_of(coming, limit, _place))
    return found


def _counted(one: Waiting, found: Forecast) -> bool:
    """Count it; whether it is still to come."""
    day = defaults_on(one.clock.due_on)
    if day <= found.today:
        found.already[one.office] += 1
        return False
    found.by_day[one.office, day] += 1
    return True


def _place(one: Waiting) -> tuple[date, int, int]:
    return one.clock.due_on, one.case.priority, one.case.id
