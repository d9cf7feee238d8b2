"""The departments with most defaulters over some months (S2-3): counted from the marks, so that a month says the same when asked again.

Here: the window and the order. Not here: the letters to their superiors (propose_drafts.py), the weekly pack's tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from nistaran.domain.deadlines import day_in_india
from nistaran.steps.house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentDefaults:
    """One department: `months` are (first day of the month, cases that became defaulters in it), the oldest first, none left out.

    `total` is their sum. A case that became a defaulter again after a reopening counts again. `still_open` of them are not over.
    """

    department: str
    total: int
    still_open: int
    months: tuple[tuple[date, int], ...]


def most_defaulters(
    house: House, *, months: int = 4, top: int = 5, until: date | None = None
) -> list[DepartmentDefaults]:
    """The `top` departments by cases that became defaulters in the calendar month of `until` (today) and the `months - 1` before it.

    The most first, equal ones by code; departments without any are left out. A case counts for the department that it has now.

    Raises:
        ValueError: when `months` or `top` is below 1.
    """
    if months < 1 or top < 1:
        raise ValueError("at least one month and one department")
    last = until or day_in_india(house.clock.now())
    firsts = window(last, months)
    with house.read() as work:
        counted = work.marks.defaulters_by_day(since=firsts[0], until=last)
    by_month: dict[str, Counter[date]] = defaultdict(Counter)
    still_open: Counter[str] = Counter()
    cell = house.district.offices[house.district.facts.cell].department
    for (department, day), (count, not_over) in counted.items():
        by_month[department or cell][day.replace(day=1)] += count
        still_open[department or cell] += not_over
    ranked = sorted(by_month.items(), key=lambda one: (-one[1].total(), one[0]))
    return [
        DepartmentDefaults(
            department=department,
            total=counts.total(),
            still_open=still_open[department],
            months=tuple((first, counts[first]) for first in firsts),
        )
        for department, counts in ranked[:top]
    ]


def window(last: date, months: int) -> list[date]:
    """The first days of so many calendar months up to and with that of `last`, the oldest first."""
    found = [last.replace(day=1)]
    for _ in range(months - 1):
        before = found[0]
        found.insert(0, date(before.year - (before.month == 1), (before.month - 2) % 12 + 1, 1))
    return found
