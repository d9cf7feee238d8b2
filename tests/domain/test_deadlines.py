"""The citizen's due date: by the calendar, by the limit in force on the day received (decision 4, P18)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.deadlines import Limit, day_in_india, due_on
from nistaran.domain.errors import BadTable

LIMITS = [
    Limit(channel="PGP", days=30, since=date(2022, 1, 1), until=date(2024, 8, 22), note=""),
    Limit(channel="PGP", days=21, since=date(2024, 8, 23), until=None, note=""),
]


@pytest.mark.demand("S0-2")
def test_the_limit_of_the_day_received_holds() -> None:
    assert due_on(LIMITS, channel="PGP", received_on=date(2024, 8, 22)) == date(2024, 9, 21)
    assert due_on(LIMITS, channel="PGP", received_on=date(2024, 8, 23)) == date(2024, 9, 13)


def test_no_limit_is_an_error_that_names_the_channel() -> None:
    with pytest.raises(BadTable, match="CMHELP"):
        due_on(LIMITS, channel="CMHELP", received_on=date(2025, 1, 1))


@given(st.dates(date(2024, 8, 23), date(2090, 1, 1)))
def test_later_received_is_never_due_earlier(day: date) -> None:
    next_day = day + timedelta(days=1)
    assert due_on(LIMITS, channel="PGP", received_on=day) < due_on(LIMITS, channel="PGP", received_on=next_day)


def test_the_day_is_indias() -> None:
    assert day_in_india(datetime(2026, 11, 21, 18, 29, tzinfo=UTC)) == date(2026, 11, 21)
    assert day_in_india(datetime(2026, 11, 21, 18, 30, tzinfo=UTC)) == date(2026, 11, 22)
