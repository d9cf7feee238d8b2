"""Which mark is due when: by calendar days, in order, none twice, none forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.escalation import (
    RUNGS,
    ClimbFrom,
    EscalationDays,
    Ladder,
    MarkKind,
    Round,
    due_marks,
    marking_days,
    told_of,
)
from nistaran.domain.wording import MARK_HI

DUE = date(2026, 11, 20)
CLOCK = Round(number=0, since=date(2026, 11, 5), due_on=DUE)
LADDER = Ladder(days=(7, 4, 2))
BY_DUE = EscalationDays(warn=(3, 1), climb_from=ClimbFrom.DUE)
BY_RECEIPT = EscalationDays(warn=(3, 1), climb_from=ClimbFrom.RECEIVED)
K = MarkKind


def test_the_points_of_a_case() -> None:
    assert {kind: day.day for kind, day in marking_days(CLOCK, LADDER, BY_DUE)} == {
        K.WARNING_1: 17, K.WARNING_2: 19, K.DEFAULTER: 21, K.L2: 21, K.L3: 25, K.L4: 27,
    }  # fmt: skip
    rungs = {kind: day.day for kind, day in marking_days(CLOCK, LADDER, BY_RECEIPT) if kind.is_rung}
    assert rungs == {K.L2: 13, K.L3: 17, K.L4: 19}


def test_on_the_due_date_itself_nobody_is_a_defaulter() -> None:
    assert due_marks(CLOCK, LADDER, BY_DUE, made=frozenset(), today=DUE) == (K.WARNING_1, K.WARNING_2)


@given(
    gaps=st.lists(st.integers(0, 9), max_size=40),
    warn=st.sets(st.integers(0, 20), min_size=1, max_size=3),
    days=st.tuples(*[st.integers(1, 12)] * 3),
    by=st.sampled_from(ClimbFrom),
)
def test_each_mark_once_on_the_first_look_after_its_day(
    gaps: list[int], warn: set[int], days: tuple[int, int, int], by: ClimbFrom
) -> None:
    points = EscalationDays(warn=tuple(sorted(warn, reverse=True)), climb_from=by)
    looks = [date(2026, 11, 1)]
    for gap in gaps:
        looks.append(looks[-1] + timedelta(days=gap))
    made: dict[MarkKind, date] = {}
    for today in looks:
        for kind in due_marks(CLOCK, Ladder(days=days), points, made=frozenset(made), today=today):
            assert kind not in made
            made[kind] = today
    for kind, day in marking_days(CLOCK, Ladder(days=days), points):
        assert made.get(kind) == next((look for look in looks if look >= day), None)


@pytest.mark.parametrize(
    ("marks", "above", "rungs", "told"),
    [
        ([K.WARNING_1], ["A", "B"], "ABB", {"H": K.WARNING_1}),
        ([K.DEFAULTER], ["A", "B"], "ABB", {"H": K.DEFAULTER, "A": K.DEFAULTER}),
        ([K.DEFAULTER, K.L2], ["A", "B"], "ABB", {"H": K.DEFAULTER, "A": K.L2}),
        ([K.DEFAULTER, K.L2], ["A", "B"], "BBC", {"H": K.DEFAULTER, "A": K.DEFAULTER, "B": K.L2}),
        (list(K), ["A", "B", "C"], "ABC", {"H": K.DEFAULTER, "A": K.L2, "B": K.L3, "C": K.L4}),
        ([K.L3, K.L4], ["A"], "AAA", {"A": K.L4}),
        ([K.L4], [], "HHH", {"H": K.L4}),
    ],
)  # fmt: skip
def test_nobody_gets_two_letters_at_once(
    marks: list[MarkKind], above: list[str], rungs: str, told: dict[str, MarkKind]
) -> None:
    assert told_of(marks, holder="H", above=above, rungs=dict(zip(RUNGS, rungs, strict=True))) == told


def test_every_mark_has_a_word() -> None:
    assert set(MARK_HI) == {kind.value for kind in K}
