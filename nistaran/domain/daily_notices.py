"""The cell's daily notice to a department, and by when it must be acknowledged (S2-4).

Values and one rule. Not here: what stands in a notice (steps/daily_notice.py), how it travels (couriers/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nistaran.domain.deadlines import IST
from nistaran.domain.errors import NistaranError
from nistaran.domain.working_days import WorkingDays

#: By this hour of the next working day a notice must be acknowledged.
ACKNOWLEDGED_BY = time(11, 0)
#: How a file that acknowledges a notice begins; the day and the department follow.
FILE_PREFIX = "NOTICE-"


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyNotice:
    """One department's notice of one day, as it was drawn up. `facts`: numbers, days, codes and counts, no citizen's word."""

    day: date
    department: str
    office: str  #: the department's district office, which gets it
    at: datetime
    facts: Mapping[str, object]
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""

    @property
    def id(self) -> str:
        """What it is called, in files and in the ledger: NOTICE-2026-11-23-ENERGY."""
        return f"{FILE_PREFIX}{self.day.isoformat()}-{self.department}"


class UnknownNotice(NistaranError):
    """इस दिनांक और विभाग की कोई दैनिक सूचना नहीं है: `nistaran notice list --since DAY` से देखें / There is no daily notice of this day and department:
    look it up with `nistaran notice list --since DAY`"""


def acknowledge_until(day: date, calendar: WorkingDays) -> datetime:
    """Until when a notice of that day must be acknowledged: 11:00 in India on the next working day."""
    return datetime.combine(calendar.on_or_after(day + timedelta(days=1)), ACKNOWLEDGED_BY, IST)


def notice_of_file(name: str) -> tuple[date, str] | None:
    """(day, department) of the notice that a file of this name acknowledges; None for any other file."""
    if not name.startswith(FILE_PREFIX):
        return None
    written = name.removeprefix(FILE_PREFIX)
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return None
    rest = written[11:]
    department = "".join(letter if letter.isascii() and (letter.isalnum() or letter == "_") else " " for letter in rest)
    return (day, department.split()[0]) if written[10:11] == "-" and department.split() else None
