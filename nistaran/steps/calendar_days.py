"""The days ahead as offices live them: working, closed and why, and the sittings (समाधान दिवस) with the day to which a holiday moved them.

Here: putting the tables side by side. Not here: counting days (nistaran/domain/working_days.py), any case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.working_days import sittings
from nistaran.steps.finding import Finding
from nistaran.steps.house import House

#: So many days before a year begins its holidays must be known: notices and answers are counted in working days ahead.
_KNOWN_AHEAD = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day. `holiday` is its name in Hindi, "" on others; `to_confirm` when the table's note says so; `sittings` are channels."""

    day: date
    working: bool
    holiday: str = ""
    to_confirm: bool = False
    sittings: tuple[str, ...] = ()


def days_ahead(house: House, *, first: date, count: int) -> list[CalendarDay]:
    """So many days from `first` on.

    Raises:
        BadTable: when calendar.toml or holidays.toml is wrong.
    """
    rules, last = house.escalation(), first + timedelta(days=count - 1)
    named = {row.date: row for row in house.district.holidays}
    held: dict[date, list[str]] = defaultdict(list)
    for rule in rules.sittings:
        for day in sittings(rule, rules.calendar, first=first, last=last):
            held[day].append(rule.channel)
    found = []
    for day in (first + timedelta(days=ahead) for ahead in range(count)):
        row = named.get(day)
        found.append(
            CalendarDay(
                day=day,
                working=rules.calendar.is_working(day),
                holiday=row.name_hi if row else "",
                to_confirm=bool(row and row.note),
                sittings=tuple(held[day]),
            )
        )
    return found


def years_without_holidays(house: House, *, first: date, count: int) -> Sequence[int]:
    """Years within these days of which holidays.toml knows no holiday: their working days would be counted wrong."""
    known = {row.date.year for row in house.district.holidays}
    asked = {first.year, (first + timedelta(days=count - 1)).year}
    return sorted(asked - known)


def calendar_findings(house: House) -> list[Finding]:
    """For the doctor: whether holidays are known of this year, and of the next one in time."""
    unknown = years_without_holidays(house, first=day_in_india(house.clock.now()), count=_KNOWN_AHEAD)
    said = ", ".join(map(str, unknown)) or "-"
    return [
        Finding(
            subject="years without holidays",
            subject_hi="वर्ष जिनके अवकाश नहीं भरे हैं",
            state="warn" if unknown else "ok",
            detail=said,
            detail_hi=said,
            remedy="enter the State's list and the district's own days in holidays.toml" if unknown else "",
            remedy_hi="holidays.toml में शासन की सूची और जनपद के स्थानीय अवकाश भरें" if unknown else "",
        )
    ]
