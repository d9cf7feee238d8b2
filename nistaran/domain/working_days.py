"""Working days: which days offices are open, counting them, and the days on which officers sit to hear people (समाधान दिवस).

Here: counting over a given week and given holidays. Not here: the citizen's due date, which is counted in calendar days and never moves
(deadlines.py), reading the tables (routing/escalation.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_ONE = timedelta(days=1)
#: No office in the country is closed for so many days on end: a table by which it would be is wrong.
_LONGEST_CLOSED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """When offices are open. Weekdays are as `date.weekday()` counts them: Monday is 0.

    `closed_weekdays` are closed every week, `closed_saturdays` are the Saturdays of a month, counted from 1, that are closed besides.
    """

    closed_weekdays: frozenset[int]
    closed_saturdays: frozenset[int]
    holidays: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether offices are open on that day."""
        if day in self.holidays or day.weekday() in self.closed_weekdays:
            return False
        return not (day.weekday() == 5 and nth_of_month(day) in self.closed_saturdays)

    def on_or_after(self, day: date) -> date:
        """That day, or the first working day after it.

        Raises:
            ValueError: when none follows within 60 days: the table of holidays is wrong.
        """
        for ahead in range(_LONGEST_CLOSED):
            if self.is_working(found := day + ahead * _ONE):
                return found
        raise ValueError(f"no working day within {_LONGEST_CLOSED} days of {day.isoformat()}: check holidays.toml")

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days come after `first` up to and with `last`; negative when `last` is the earlier one.

        It adds up: the days from a to b and from b to c are those from a to c.
        """
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working(first + ahead * _ONE) for ahead in range(1, (last - first).days + 1))

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after `day`; with 0 that day itself, whatever it is.

        Raises:
            ValueError: for a negative count, and as on_or_after().
        """
        if count < 0:
            raise ValueError("working days are counted forward")
        for _ in range(count):
            day = self.on_or_after(day + _ONE)
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingRule:
    """On which weekdays of a month (the 1st and 3rd Saturday) officers sit for a channel, since and until when (inclusive)."""

    channel: str
    weekday: int
    nth: tuple[int, ...]
    since: date
    until: date | None


def sittings(rule: SittingRule, days: WorkingDays, *, first: date, last: date) -> Iterator[date]:
    """The sittings from `first` to `last`, both included, each once, in order.

    A sitting that falls on a holiday is held on the next working day. A weekday on which offices are closed anyway is no holiday in
    this sense: the 2nd Saturday is a day off and the day of the thana's sitting all the same.
    """
    told: set[date] = set()
    day = first - _LONGEST_CLOSED * _ONE  # one from before may have been put off into the time asked for
    while day <= last:
        planned = day.weekday() == rule.weekday and nth_of_month(day) in rule.nth
        if planned and rule.since <= day and (rule.until is None or day <= rule.until):
            held = days.on_or_after(day) if day in days.holidays else day
            if first <= held <= last and held not in told:
                told.add(held)
                yield held
        day += _ONE


def nth_of_month(day: date) -> int:
    """Which of its weekday in the month that day is: 1 for the first Saturday."""
    return (day.day - 1) // 7 + 1
