"""Working days add up over seven years, and sittings fall on the right days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.working_days import SittingRule, WorkingDays, nth_of_month, sittings

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
SAT, SUN = 5, 6
WEEKS = st.sampled_from(
    [(frozenset({SUN}), frozenset({2})), (frozenset({SAT, SUN}), frozenset()), (frozenset({SUN}), frozenset())]
)
CALENDARS = st.builds(
    lambda week, holidays: WorkingDays(closed_weekdays=week[0], closed_saturdays=week[1], holidays=frozenset(holidays)),
    WEEKS,
    st.sets(DAYS, max_size=60),
)  # fmt: skip
UP = WorkingDays(closed_weekdays=frozenset({SUN}), closed_saturdays=frozenset({2}), holidays=frozenset())


def rule(*nth: int, until: date | None = None) -> SittingRule:
    return SittingRule(channel="SSD", weekday=SAT, nth=nth, since=date(2020, 1, 1), until=until)


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_working_days_add_up(calendar: WorkingDays, a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    parts = calendar.working_days_between(first, middle) + calendar.working_days_between(middle, last)
    assert parts == calendar.working_days_between(first, last) == -calendar.working_days_between(last, first)
    assert 0 <= calendar.working_days_between(first, middle) <= calendar.working_days_between(first, last)


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_what_is_added_is_counted(calendar: WorkingDays, day: date, count: int) -> None:
    found = calendar.add_working_days(day, count)
    assert calendar.is_working(found)
    assert calendar.working_days_between(day, found) == count
    assert calendar.add_working_days(day, 0) == day


@given(CALENDARS, DAYS)
def test_the_next_working_day_is_the_nearest(calendar: WorkingDays, day: date) -> None:
    found = calendar.on_or_after(day)
    assert calendar.is_working(found)
    assert not any(calendar.is_working(day + timedelta(days=n)) for n in range((found - day).days))


@given(CALENDARS, st.integers(2024, 2030), st.sampled_from([(1, 3), (2, 4), (5,)]))
def test_every_sitting_of_a_year_is_held_once(calendar: WorkingDays, year: int, nth: tuple[int, ...]) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = list(sittings(rule(*nth), calendar, first=first, last=last))
    assert found == sorted(set(found))
    for day in found:
        assert day not in calendar.holidays
        planned = day.weekday() == SAT and nth_of_month(day) in nth
        assert planned or calendar.is_working(day)
    whole = [
        day
        for day in (first + timedelta(days=n) for n in range(366))
        if day.year == year and day not in calendar.holidays
    ]
    assert {day for day in whole if day.weekday() == SAT and nth_of_month(day) in nth} <= set(found)


def test_a_sitting_on_a_holiday_is_put_off_past_sunday() -> None:
    calendar = WorkingDays(
        closed_weekdays=frozenset({SUN}), closed_saturdays=frozenset(), holidays=frozenset({date(2026, 8, 15)})
    )
    found = list(sittings(rule(1, 3), calendar, first=date(2026, 8, 1), last=date(2026, 8, 31)))
    assert found == [date(2026, 8, 1), date(2026, 8, 17)]  # the 15th is the third Saturday and Independence Day


def test_the_second_saturday_off_is_no_holiday_for_a_sitting() -> None:
    assert date(2026, 11, 14) in list(sittings(rule(2, 4), UP, first=date(2026, 11, 1), last=date(2026, 11, 30)))
    assert not UP.is_working(date(2026, 11, 14))


def test_a_rule_ends() -> None:
    ended = rule(1, 3, until=date(2026, 11, 7))
    assert list(sittings(ended, UP, first=date(2026, 11, 1), last=date(2026, 12, 31))) == [date(2026, 11, 7)]


def test_a_table_that_closes_everything_is_named() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(90))
    with pytest.raises(ValueError, match=r"holidays\.toml"):
        WorkingDays(closed_weekdays=frozenset(), closed_saturdays=frozenset(), holidays=closed).on_or_after(
            date(2026, 1, 1)
        )
