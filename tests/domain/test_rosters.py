"""Weekdays and posts as registers write them, and who sits where on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.rosters import (
    WEEKDAYS_EN,
    WEEKDAYS_HI,
    FieldPost,
    RosterEntry,
    field_post,
    sitting_on,
    weekdays_of,
)


def sits(**changes: Any) -> RosterEntry:
    """A lekhpal of one village."""
    values: dict[str, Any] = {
        "village": "कनकपुरवा",
        "place": "SDR-V-KANAKPURWA",
        "office": "",
        "post": FieldPost.LEKHPAL,
        "name": "रमेश यादव",
        "mobile": "",
        "weekdays": frozenset({0, 3}),
        "sits_at": "",
        "since": date(2026, 4, 1),
    }
    return RosterEntry(**{**values, **changes})


@pytest.mark.parametrize(
    ("written", "read"),
    [("सोमवार, गुरुवार", {0, 3}), ("Mon & Thu", {0, 3}), ("बुध एवं शनि", {2, 5}), ("प्रतिदिन", {0, 1, 2, 3, 4, 5}), ("", set()),
     ("मंगल/शुक्र", {1, 4}), ("रोज़ाना शाम", None), ("5", None)],
)  # fmt: skip
def test_weekdays(written: str, read: set[int] | None) -> None:
    assert weekdays_of(written) == read


@given(st.sets(st.integers(0, 6)))
def test_weekdays_are_read_back_in_both_languages(days: set[int]) -> None:
    for names in (WEEKDAYS_HI, WEEKDAYS_EN):
        assert weekdays_of(", ".join(names[day] for day in days)) == days


@pytest.mark.parametrize(
    ("written", "post"),
    [("लेखपाल", FieldPost.LEKHPAL), ("lekhpal", FieldPost.LEKHPAL), ("ग्राम पंचायत सचिव", FieldPost.SECRETARY), ("VDO", FieldPost.VDO),
     ("पटवारी", FieldPost.PATWARI), ("प्रधान", None), ("", None)],
)  # fmt: skip
def test_posts(written: str, post: FieldPost | None) -> None:
    assert field_post(written) == post


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)))
def test_who_sits_on_a_day(day: date) -> None:
    rows = [
        sits(until=date(2026, 9, 30)),
        sits(since=date(2026, 10, 1), name="दूसरा"),
        sits(weekdays=frozenset(), place="X"),
    ]
    found = sitting_on(rows, day)
    if day < date(2026, 4, 1) or day.weekday() not in {0, 3}:
        assert found == []
    else:
        assert [one.name for one in found] == ["रमेश यादव" if day <= date(2026, 9, 30) else "दूसरा"]
    assert all(one.is_present(day) for one in found)
    assert not sits(until=day).is_present(day + timedelta(days=1))
