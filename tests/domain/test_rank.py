"""The estimated score: disposing of a case never costs a mark, and what the picked cases gain adds up to the difference."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nistaran.domain.rank import Estimate, Load, Measure, Point, Rubric, Sort, estimate, most_gain

MORE = {Measure.TIMELY, Measure.SATISFIED, Measure.RELIEF}
CHANNELS = ("A", "B")
sorts = st.builds(
    Sort, channel=st.sampled_from(CHANNELS), late=st.booleans(), unmarked=st.booleans(), old=st.booleans()
)


def point(measure: Measure, **changes: object) -> Point:
    zero, full = (0.0, 1.0) if measure in MORE else (1.0, 0.0)
    if measure is Measure.DAYS:
        zero = 60.0
    made = Point(
        code=measure.value, name_hi="-", name_en="-", measure=measure, marks=10, zero_at=zero, full_at=full, channels=frozenset()
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def rubric(*points: Point) -> Rubric:
    return Rubric(points=points or tuple(map(point, Measure)), period_days=30, older_than=60, late_counts=0.5)


@st.composite
def pending(draw: st.DrawFn) -> tuple[dict[str, Load], dict[Sort, list[int]]]:
    """Loads by channel, and a place for every pending case in them."""
    cases = draw(st.lists(sorts, max_size=12))
    loads = {}
    for channel in CHANNELS:
        own = [one for one in cases if one.channel == channel]
        disposed, reached, known = (draw(st.integers(0, 9)) for _ in range(3))
        loads[channel] = Load(
            pending=len(own),
            unmarked=sum(one.unmarked for one in own),
            defaulters=sum(one.late for one in own),
            old=sum(one.old for one in own),
            days=draw(st.integers(0, 500)),
            disposed=disposed,
            timely=draw(st.integers(0, disposed)),
            reopened=draw(st.integers(0, 9)),
            reached=reached,
            satisfied=draw(st.integers(0, reached)),
            known=known,
            relieved=draw(st.integers(0, known)),
        )
    queues: dict[Sort, list[int]] = {}
    for place, one in enumerate(cases):
        queues.setdefault(one, []).append(place)
    return loads, queues


def disposed_of(loads: dict[str, Load], sort: Sort) -> dict[str, Load]:
    """The loads after one pending case of this sort was disposed of today, counted by hand."""
    load = loads[sort.channel]
    less = Load(pending=1, unmarked=int(sort.unmarked), defaulters=int(sort.late), old=int(sort.old))
    after = {one.name: getattr(load, one.name) - getattr(less, one.name) for one in fields(Load)}
    after |= {"disposed": load.disposed + 1, "timely": load.timely + (not sort.late)}
    return {**loads, sort.channel: Load(**after)}


def broken_days(load: Load) -> Load:
    """What a rubric would see that counts days of disposed cases only."""
    return replace(load, days=load.days + 10 * load.disposed)


@pytest.mark.demand("S2-5")
@settings(max_examples=150, deadline=None)
@given(pending(), st.integers(0, 15))
def test_no_case_costs_a_mark_and_the_gains_add_up(
    held: tuple[dict[str, Load], dict[Sort, list[int]]], top: int
) -> None:
    loads, queues = held
    table = rubric()
    before = estimate(table, loads)
    for sort in queues:
        assert estimate(table, disposed_of(loads, sort)).marks >= before.marks - 1e-9
    found = most_gain(table, loads, queues, top=top)
    places = [place for place, _ in found]
    assert len(places) == len(set(places)) == min(top, sum(map(len, queues.values())))
    assert all(gain >= 0 for _, gain in found)
    of_place = {place: sort for sort, own in queues.items() for place in own}
    after = loads
    for place in places:
        after = disposed_of(after, of_place[place])
    assert estimate(table, after).marks - before.marks == pytest.approx(sum(gain for _, gain in found), abs=1e-6)
    for sort, count in Counter(of_place[place] for place in places).items():
        assert [place for place in places if of_place[place] == sort] == queues[sort][:count]


def test_the_check_catches_a_measure_that_rewards_leaving_old_cases() -> None:
    loads = {"A": Load(pending=1, defaulters=1, days=20, disposed=1, timely=1)}
    sort = Sort(channel="A", late=True, unmarked=False, old=True)
    table = rubric(point(Measure.DAYS))
    after = disposed_of(loads, sort)
    assert estimate(table, after).marks == estimate(table, loads).marks
    assert estimate(table, {"A": broken_days(after["A"])}).marks < estimate(table, {"A": broken_days(loads["A"])}).marks


def test_a_point_that_nobody_was_asked_for_is_in_neither_sum() -> None:
    table = rubric(point(Measure.SATISFIED, marks=30), point(Measure.DEFAULTERS, marks=20))
    told = estimate(table, {"A": Load(pending=3, defaulters=1, disposed=1)})
    assert (told.marks, told.of, table.total) == (pytest.approx(15.0), 20, 50)
    assert estimate(table, {}) == Estimate(points=(told.points[0], replace(told.points[1], value=0.0, marks=20.0)))


def test_the_one_that_gains_most_goes_first_and_among_equals_the_first_in_order() -> None:
    table = rubric(point(Measure.DEFAULTERS), point(Measure.TIMELY, channels=frozenset("B")))
    loads = {"A": Load(pending=2, defaulters=1), "B": Load(pending=1, defaulters=1, disposed=3, timely=3)}
    late, early = (
        Sort(channel="A", late=True, unmarked=False, old=False),
        Sort(channel="A", late=False, unmarked=False, old=False),
    )
    other = Sort(channel="B", late=True, unmarked=False, old=False)
    found = most_gain(table, loads, {early: [0], late: [2], other: [1]}, top=3)
    assert [place for place, _ in found] == [1, 2, 0]
    assert found[2][1] == 0
