"""Moments as portals write them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.deadlines import IST
from nistaran.readers.moments import parse_moment, time_of


def at(hour: int, minute: int, second: int = 0) -> datetime:
    """That time on 5 November 2026 in India."""
    return datetime(2026, 11, 5, hour, minute, second, tzinfo=IST)


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("05.11.2026 10:35", "", at(10, 35)),
        ("05/11/2026", "10.35", at(10, 35)),
        ("05-11-2026 03:45:20 PM", "", at(15, 45, 20)),
        ("5 नवम्बर 2026", "12:05 am", at(0, 5)),
        ("०५.११.२०२६ १७:०५", "", at(17, 5)),
        ("2026-11-05 10:35:00", "", at(10, 35)),
        ("2026-11-05T05:05:00Z", "", at(10, 35)),
        ("2026-11-05 00:00:00", "10:35:00", at(10, 35)),
        ("05.11.2026", "", None),
        ("05.11.2026", "25:10", None),
        ("05.11.2026", "13:10 PM", None),
        ("31.02.2026 10:00", "", None),
        ("कल 10:35", "", None),
        ("", "10:35", None),
    ],
)
def test_day_and_time(day: str, clock: str, moment: datetime | None) -> None:
    assert parse_moment(day, clock) == moment


@given(st.integers(0, 300_000_000))
def test_what_was_written_is_read_back(seconds: int) -> None:
    whole = datetime(2020, 1, 1, tzinfo=IST) + timedelta(seconds=seconds)
    assert parse_moment(f"{whole:%d.%m.%Y %H:%M:%S}") == whole
    assert parse_moment(f"{whole:%d/%m/%Y}", f"{whole:%I:%M:%S %p}") == whole
    assert parse_moment(whole.isoformat()) == whole


@given(st.text(max_size=30))
def test_nothing_else_stops_the_file(written: str) -> None:
    parse_moment(written, written)
    time_of(written)
