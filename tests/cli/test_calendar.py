"""`nistaran calendar`: what a clerk asks of the days ahead, through the door."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from nistaran.steps.calendar_days import calendar_findings, days_ahead, years_without_holidays
from nistaran.steps.house import House
from tests.steps.sweeping import Held

FIRST = date(2026, 11, 22)


def test_holidays_and_sittings_stand_on_their_days(house: House) -> None:
    found = {one.day: one for one in days_ahead(house, first=FIRST, count=45)}
    assert len(found) == 45
    assert found[date(2026, 12, 5)].sittings == ("SSD",)
    assert found[date(2026, 12, 12)].sittings == ("TSD",)  # a second Saturday: closed, and the thana sits
    assert not found[date(2026, 12, 12)].working
    assert (found[date(2026, 12, 25)].holiday, found[date(2026, 12, 25)].working) == ("क्रिसमस", False)
    assert all(not one.working for one in found.values() if one.holiday or one.day.weekday() == 6)


@pytest.mark.demand("S0-1")
def test_each_sitting_is_held_once_whatever_day_one_begins_with(house: House) -> None:
    whole = [(one.day, channel) for one in days_ahead(house, first=FIRST, count=400) for channel in one.sittings]
    for begin in range(0, 200, 7):
        first = FIRST + timedelta(days=begin)
        part = [(one.day, channel) for one in days_ahead(house, first=first, count=100) for channel in one.sittings]
        assert part == [one for one in whole if first <= one[0] < first + timedelta(days=100)]


def test_a_year_without_holidays_is_told(house: House) -> None:
    last = max(row.date.year for row in house.district.holidays)
    assert years_without_holidays(house, first=date(last, 12, 1), count=60) == [last + 1]
    assert years_without_holidays(house, first=date(last, 1, 1), count=300) == []


def test_the_doctor_hears_in_december_that_next_year_is_unknown(house: House) -> None:
    last = max(row.date.year for row in house.district.holidays)
    for now, state in (
        (datetime(last, 12, 10, 12, tzinfo=UTC), "warn"),
        (datetime(last, 11, 10, 12, tzinfo=UTC), "ok"),
    ):
        clock = Held()
        clock.at = now
        (found,) = calendar_findings(dataclasses.replace(house, clock=clock))
        assert found.state == state


def test_the_door_tells_both(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("calendar", "--from", "2026-11-22", "--days", "14", "--json")
    assert (code, len(json.loads(out)["days"])) == (0, 14)
    code, out, _ = run("calendar", "--from", "01.01.2035")
    assert code == 1
    assert "holidays.toml" in out


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_year_that_no_table_knows_is_wrong_use(run: Callable[..., tuple[int, str, str]], day: str) -> None:
    assert run("calendar", "--from", day)[0] == 2
