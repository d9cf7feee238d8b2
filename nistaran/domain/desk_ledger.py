"""On whose desk each day of a case's life stands, and how many days were lost on wrong desks (decision 4).

Days are calendar days in India. A day stands on the desk that had the case when the day began, so that nobody passes a day on by
forwarding in the evening; the first day stands on the first desk. Not here: due dates (deadlines.py), working hours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.transfer import History


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEntry:
    """From this moment the case lies with this office (or with the cell, the arbiter, the sender)."""

    office: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysLost:
    """Days of a case that were not on the right desk: on wrong offices, and on desks that only decide (cell, arbiter)."""

    wrong: Mapping[str, int]
    deciding: Mapping[str, int]

    @property
    def total(self) -> int:
        """Days on wrong desks; deciding is not counted as lost."""
        return sum(self.wrong.values())


def whole_life(history: History, *, registered_at: datetime, cell: str) -> tuple[DeskEntry, ...]:
    """The desks of all of a case's life: until its first office has it, it lies with the cell."""
    return (DeskEntry(office=cell, since=registered_at), *entries_of(history))


def entries_of(history: History) -> tuple[DeskEntry, ...]:
    """The desk entries of a case's history, from its first office on."""
    return tuple(DeskEntry(office=arrival.office, since=arrival.at) for arrival in history.arrivals)


def days_by_office(entries: Sequence[DeskEntry], *, until: date) -> dict[str, int]:
    """Office → days of the case on its desk, from the first entry's day to `until`, both counted.

    The numbers add up to exactly the days of the case's life: every day stands on one desk and only one.

    Raises:
        ValueError: without entries, with entries out of order or without a time zone, or when `until` is before the first.
    """
    begun = _begun(entries, until)
    days: Counter[str] = Counter()
    for at, (entry, first) in enumerate(zip(entries, begun, strict=True)):
        last = min(begun[at + 1], until.toordinal() + 1) if at + 1 < len(begun) else until.toordinal() + 1
        days[entry.office] += max(0, last - first)
    return {office: count for office, count in days.items() if count}


def desk_of(entries: Sequence[DeskEntry], day: date) -> str:
    """The office on whose desk this day of the case stands.

    Raises:
        ValueError: as days_by_office, and for a day before the case came.
    """
    return entries[bisect_right(_begun(entries, day), day.toordinal()) - 1].office


def days_lost(
    entries: Sequence[DeskEntry], *, right: Collection[str], deciding: Collection[str], until: date
) -> DaysLost:
    """Days off the right desk, once it is known which is right.

    `right` are the offices that the case was for (the right one, and one above it where it was raised); `deciding` are the desks
    that never own a case (the cell, the arbiter).

    Raises:
        ValueError: as days_by_office.
    """
    days = days_by_office(entries, until=until)
    return DaysLost(
        wrong={office: count for office, count in days.items() if office not in right and office not in deciding},
        deciding={office: count for office, count in days.items() if office in deciding and office not in right},
    )


def sum_by_office(days: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Office → days over many cases."""
    total: Counter[str] = Counter()
    for one in days:
        total.update(one)
    return dict(total)


def _begun(entries: Sequence[DeskEntry], until: date) -> list[int]:
    """The first day that stands on each entry's desk, as ordinals that never fall: the day after it came, for the first one its own."""
    if not entries:
        raise ValueError("a case without a desk has no days: begin with its first desk")
    if any(entry.since.tzinfo is None for entry in entries):
        raise ValueError("desk entries need aware times: take them from the house's clock")
    if any(later.since < earlier.since for earlier, later in pairwise(entries)):
        raise ValueError("desk entries must stand in the order of time")
    days = [day_in_india(entry.since).toordinal() for entry in entries]
    if until.toordinal() < days[0]:
        raise ValueError("the last day is before the case came")
    return [days[0], *(day + 1 for day in days[1:])]
