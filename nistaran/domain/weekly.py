"""What is counted for the weekly review, as of the end of a day: what stood where, what came and went, what complainants said.

Values only, of counts, codes and case numbers. Not here: counting (storage/), adding up by department or channel (weekly_sums.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from nistaran.domain.deadlines import IST

#: The last day of each age of a pending case; what is older stands in a last bucket of its own (docs/domain.md: Rajasthan's ages).
AGES = (7, 15, 30, 60, 180)
WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Days from `since` to `until`, both counted."""

    since: date
    until: date

    @property
    def before(self) -> Week:
        """The week before it."""
        return Week(since=self.since - WEEK, until=self.until - WEEK)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1


def week_until(until: date) -> Week:
    """The seven days that end with this one."""
    return Week(since=until - WEEK + _DAY, until=until)


def last_sunday(today: date) -> date:
    """The last Sunday before today, or today when it is one."""
    return today - timedelta(days=today.isoweekday() % 7)


def end_of(day: date) -> datetime:
    """The moment in which the day ends in India. What happens at that moment or later does not belong to it."""
    return datetime(day.year, day.month, day.day, tzinfo=IST).astimezone(UTC) + _DAY


def bucket_of(days: int) -> int:
    """In which of the ages a case of so many days stands: 0 the youngest, len(AGES) the oldest."""
    return sum(days > last for last in AGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Cases of one channel with one office ("" while no office ever had them) that were not over when the day ended.

    `defaulters`: their day was over; `soon`: they become defaulters within seven days if nothing is done; `ages` as AGES;
    `days` the sum of their days since receipt.
    """

    channel: str
    office: str
    pending: int
    defaulters: int
    soon: int
    ages: tuple[int, ...]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What came and went in some days, of one channel and office. `timely` of the disposed were not late, `days` is the sum of the
    days that they took; `reopened` came back after a disposal, `returned` arrived at who had sent them down."""

    channel: str
    office: str
    received: int = 0
    disposed: int = 0
    timely: int = 0
    days: int = 0
    reopened: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What complainants said in some days of the disposals of one office: a case counts once, by its last word."""

    channel: str
    office: str
    reached: int = 0
    satisfied: int = 0
    known: int = 0
    relieved: int = 0

    @property
    def dissatisfied(self) -> int:
        """Not content."""
        return self.reached - self.satisfied


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingCase:
    """A case that was not over when the day ended. `due_on` is the day of its present round."""

    number: str
    channel: str
    office: str
    priority: int
    received_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckPart:
    """A co-department's part that was open and past its day when the day ended (S4-4); `lead` has the case."""

    case: str
    office: str
    lead: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCount:
    """A clean-up order (S1-5): of its `cases` so many were `left` when the week ended, and `left_before` when it began. `why` is the
    officer's own words."""

    id: str
    given_on: date
    why: str
    target: date
    cases: int
    left: int
    left_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCount:
    """One week: what stood at its end, and what came and went in it."""

    week: Week
    standing: tuple[Standing, ...]
    flow: tuple[Flow, ...]
