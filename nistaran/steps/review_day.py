"""As of which day a review looks back: today or a day that is over, the last Sunday where nobody names one. Not here: what is counted."""

from __future__ import annotations

from datetime import date, timedelta

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import NistaranError
from nistaran.domain.weekly import last_sunday
from nistaran.steps.house import House


class WeekToCome(NistaranError):
    """यह दिनांक अभी नहीं आयी: आज या बीता दिनांक दें / That day has not come yet: name today or a day that is over."""


class WeekLongPast(NistaranError):
    """यह दिनांक बहुत पुराना है, वर्ष जाँचें / That day is too long past: look at the year."""


#: Nothing was kept before; an older day is a slip of the finger, and would give a review of nothing.
EARLIEST = date(2000, 1, 1)


def default_until(house: House) -> date:
    """The last Sunday that is over: on a Sunday the one before it."""
    return last_sunday(day_in_india(house.clock.now()) - timedelta(days=1))


def as_of(house: House, until: date | None) -> date:
    """The day that is meant; today where none is named.

    Raises:
        WeekToCome: when it is after today. WeekLongPast: when it is before EARLIEST.
    """
    today = day_in_india(house.clock.now())
    if until is not None and until > today:
        raise WeekToCome(f"{until:%d.%m.%Y}")
    if until is not None and until < EARLIEST:
        raise WeekLongPast(f"{until:%d.%m.%Y}")
    return until or today
