"""Moments as portals write them: a day with a time of day behind it or in a cell of its own. Not here: days alone (dates.py)."""

from __future__ import annotations

import re
from datetime import datetime, time

from nistaran.domain.deadlines import IST
from nistaran.readers.dates import parse_date

_TO_ASCII = str.maketrans("०१२३४५६७८९", "0123456789")
_ZONED = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)")
_BEHIND = re.compile(r"[ ,T]+(\d{1,2}:\d\d.*)$")
_CLOCK = re.compile(
    r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\.\d{1,9})?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(?:IST|hrs|बजे))?", re.ASCII
)


def parse_moment(day: str, clock: str = "") -> datetime | None:
    """The moment that a cell with day and time says, or a cell with the day beside one with the time; in India's time where no zone
    stands. None when it is none, or when the time is not there."""
    written = " ".join(day.translate(_TO_ASCII).split())
    if _ZONED.fullmatch(written):
        try:
            return datetime.fromisoformat(written).astimezone(IST)
        except ValueError:
            return None
    behind = _BEHIND.search(written)
    date, at = parse_date(written), time_of(clock or (behind[1] if behind else ""))
    return datetime.combine(date, at, IST) if date is not None and at is not None else None


def time_of(written: str) -> time | None:
    """A time of day: 10:35, 10.35, 10:35:20 AM, Devanagari digits; None when it is none."""
    found = _CLOCK.fullmatch(" ".join(written.translate(_TO_ASCII).split()))
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4] in "Pp" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None
