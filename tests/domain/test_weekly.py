"""Days, ages and sums of a weekly review; promises are judged by the number that was promised and never before their day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.promise import Counted, Kept, Promise, outcome_of
from nistaran.domain.weekly import (
    AGES,
    Flow,
    Said,
    Standing,
    Week,
    WeekCount,
    bucket_of,
    end_of,
    last_sunday,
    week_until,
)
from nistaran.domain.weekly_sums import cross, league, lines, whole

SUNDAY = date(2026, 11, 22)
days = st.dates(date(2016, 1, 1), date(2040, 1, 1))
few = st.integers(0, 5)


@given(days)
def test_a_day_ends_when_the_next_one_begins_in_india(day: date) -> None:
    moment = end_of(day)
    assert day_in_india(moment - timedelta(microseconds=1)) == day
    assert day_in_india(moment) == day + timedelta(days=1)
    assert moment.tzinfo is UTC


@given(days)
def test_weeks_lie_side_by_side_and_sundays_are_sundays(day: date) -> None:
    week = week_until(day)
    assert (week.days, week.until, week.before.until) == (7, day, week.since - timedelta(days=1))
    sunday = last_sunday(day)
    assert sunday.isoweekday() == 7
    assert 0 <= (day - sunday).days <= 6


@pytest.mark.parametrize(
    ("old", "bucket"),
    [(0, 0), (7, 0), (8, 1), (15, 1), (16, 2), (30, 2), (31, 3), (60, 3), (61, 4), (180, 4), (181, 5)],
)
def test_ages_are_rajasthans(old: int, bucket: int) -> None:
    assert bucket_of(old) == bucket


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    ages = tuple(draw(few) for _ in range(len(AGES) + 1))
    late = draw(st.integers(0, sum(ages)))
    return Standing(
        channel=draw(st.sampled_from("XY")),
        office=draw(st.sampled_from(["", "A", "B"])),
        pending=sum(ages),
        defaulters=late,
        soon=sum(ages) - late,
        ages=ages,
        days=draw(few),
    )


flows = st.builds(
    Flow,
    channel=st.sampled_from("XY"),
    office=st.sampled_from(["", "A", "C"]),
    received=few,
    disposed=few,
    reopened=few,
)
weeks = st.lists(st.tuples(st.lists(standings(), max_size=4), st.lists(flows, max_size=4)), min_size=2, max_size=3).map(
    lambda found: [
        WeekCount(week=week_until(SUNDAY), standing=tuple(standing), flow=tuple(flow)) for standing, flow in found
    ]
)


@settings(max_examples=60, deadline=None)
@given(weeks)
def test_every_way_of_adding_up_comes_to_the_same(counted: list[WeekCount]) -> None:
    total = whole(counted)
    for key in (lambda row: row.office, lambda row: row.channel, lambda row: row.office + row.channel):
        found = lines(counted, key)
        assert len({one.key for one in found}) == len(found)
        for name in ("received", "disposed", "reopened", "soon", "pending", "defaulters"):
            assert sum(getattr(one, name) for one in found) == getattr(total, name)
        assert tuple(map(sum, zip(*(one.ages for one in found), strict=True))) in (total.ages, ())
        assert [-one.defaulters for one in found] == sorted(-one.defaulters for one in found)
    assert sum(total.ages) == total.pending
    assert sum(cross(counted[-1].standing, lambda row: row.channel).values()) == total.defaulters


def said(office: str, reached: int, satisfied: int) -> Said:
    return Said(channel="X", office=office, reached=reached, satisfied=satisfied)


@pytest.mark.demand("S4-1")
def test_the_league_is_led_by_those_that_surely_disappoint_and_few_words_stand_last() -> None:
    found = league(
        [said("FEW", 3, 0), said("BAD", 21, 5), said("WORSE", 200, 40), said("GOOD", 50, 49)], lambda row: row.office
    )
    assert [one.key for one in found] == ["WORSE", "BAD", "GOOD", "FEW"]
    assert (found[1].reached, found[1].dissatisfied) == (21, 16)  # «21 में से 16 असंतुष्ट»


@pytest.mark.parametrize(
    ("target", "number", "counted", "kept"),
    [
        (1, 0, Counted.DEFAULTERS, Kept.TIME_LEFT),
        (0, None, Counted.DEFAULTERS, Kept.NO_NUMBER),
        (0, 3, Counted.DEFAULTERS, Kept.KEPT),
        (-2, 2, Counted.DEFAULTERS, Kept.NOT_KEPT),
        (0, 8, Counted.PENDING, Kept.NOT_KEPT),
        (0, 9, Counted.PENDING, Kept.KEPT),
    ],
)
def test_a_promise_is_judged_by_its_number(target: int, number: int | None, counted: Counted, kept: Kept) -> None:
    made = Promise(
        department="ENERGY",
        line="-",
        target=SUNDAY + timedelta(days=target),
        counted=counted,
        number=number,
        by="up.cell1",
        at=datetime(2026, 11, 16, 20, 0, tzinfo=UTC),
    )
    assert made.made_on == date(2026, 11, 17)  # half past one at night in India
    assert outcome_of(made, then=(12, 7), now=(9, 3), until=SUNDAY).kept is kept


def test_a_week_of_nothing_is_all_zeros() -> None:
    nothing = [WeekCount(week=Week(since=SUNDAY, until=SUNDAY), standing=(), flow=()) for _ in range(8)]
    assert (whole(nothing).pendings, whole(nothing).mean_days) == ((0,) * 8, None)
    assert whole(nothing).in_time.value is None
