"""Many corrections by one login are held back, all of them, with a reason (promise P22); ordinary work never is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.correction import Correction, CorrectionReason, Quarantine, Source, Trust
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.mass_correction import MassLimits, held_back, looks_back_to, period_began

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WIDE = MassLimits(
    day_most=10_000, alike_most=10_000, alike_minutes=10, share_percent=100, share_days=7, share_from=10_000, share_people=3
)  # fmt: skip


def said(n: int, at: datetime, *, by: str = "up.clerk1", department: str = "POLICE", **more: object) -> Correction:
    values: dict[str, object] = {
        "id": f"SDR-2026-{n:07d}/1", "case_id": n, "case": f"SDR-2026-{n:07d}", "at": at, "by": by, "source": Source.CELL,
        "said": "ENERGY", "department": department, "reason": CorrectionReason.UNSTATED,
    }  # fmt: skip
    return Correction(**{**values, **more})  # type: ignore[arg-type]


def in_turn(corrections: list[Correction], limits: MassLimits, others: Counter[str] | None = None) -> list[Correction]:
    """What becomes of the corrections of one login when each is judged as it comes."""
    kept: dict[str, Correction] = {}
    for new in corrections:
        period = [one for one in kept.values() if one.at > period_began(new.at, limits)]
        everybody = (others or Counter()) + Counter(one.by for one in period)
        his = [one for one in kept.values() if one.at > looks_back_to(new, everybody, limits)]
        kept[new.id] = new
        kept.update({one.id: one for one in held_back(new, his, everybody, limits)})
    return list(kept.values())


def minutes(count: int, step: float) -> list[datetime]:
    return [AT + timedelta(minutes=n * step) for n in range(count)]


def test_one_more_than_a_day_may_have_holds_all_of_the_day_back() -> None:
    limits = replace(WIDE, day_most=5)
    five = [said(n, at) for n, at in enumerate(minutes(5, 1))]
    assert {one.trust for one in in_turn(five, limits)} == {Trust.WAITING}
    six = in_turn([*five, said(6, AT + timedelta(minutes=9))], limits)
    assert {(one.trust, one.why_quarantined) for one in six} == {(Trust.QUARANTINED, Quarantine.TOO_MANY_A_DAY)}


def test_the_day_is_indias() -> None:
    limits = replace(WIDE, day_most=2)
    before_midnight = datetime(2026, 11, 22, 18, 29, tzinfo=UTC)  # 23:59 in India
    around = [said(1, before_midnight), said(2, before_midnight), said(3, before_midnight + timedelta(minutes=2))]
    assert {one.trust for one in in_turn(around, limits)} == {Trust.WAITING}


def test_many_alike_in_a_short_time_are_held_back_and_others_are_not() -> None:
    limits = replace(WIDE, alike_most=3)
    alike = [said(n, at) for n, at in enumerate(minutes(4, 1))]
    other = said(50, AT + timedelta(seconds=30), department="REVENUE")
    after = in_turn(sorted([*alike, other], key=lambda one: one.at), limits)
    assert {one.id for one in after if one.trust is Trust.QUARANTINED} == {one.id for one in alike}
    assert {one.why_quarantined for one in after} == {Quarantine.TOO_MANY_ALIKE, None}


def test_the_same_at_a_steady_pace_is_ordinary() -> None:
    limits = replace(WIDE, alike_most=3)
    assert {one.trust for one in in_turn([said(n, at) for n, at in enumerate(minutes(40, 4))], limits)} == {
        Trust.WAITING
    }


def test_a_large_share_is_held_back_only_where_others_speak_too() -> None:
    limits = replace(WIDE, share_percent=60, share_from=5)
    mine = [said(n, at) for n, at in enumerate(minutes(12, 60))]
    assert {one.trust for one in in_turn(mine, limits)} == {Trust.WAITING}  # a cell with one clerk
    held = in_turn(mine, limits, Counter({"up.b": 2, "up.c": 1}))
    assert Quarantine.TOO_LARGE_A_SHARE in {one.why_quarantined for one in held}
    assert {one.trust for one in in_turn(mine, limits, Counter({"up.b": 20, "up.c": 10}))} == {Trust.WAITING}


def test_what_another_office_accepted_stays_trusted_and_what_was_released_is_not_held_twice() -> None:
    limits = replace(WIDE, day_most=2)
    trusted = said(1, AT, trust=Trust.TRUSTED, trusted_at=AT, trusted_by="up.thana", office="X")
    released = said(2, AT, why_quarantined=Quarantine.TOO_MANY_ALIKE)
    held = held_back(said(3, AT), [trusted, released], {}, limits)
    assert [one.id for one in held] == [said(3, AT).id]


logins = st.sampled_from(["up.a", "up.b"])
moments = st.integers(0, 4 * 24 * 60).map(lambda minute: AT + timedelta(minutes=minute))
small = st.builds(
    MassLimits,
    day_most=st.integers(1, 8),
    alike_most=st.integers(1, 8),
    alike_minutes=st.integers(1, 600),
    share_percent=st.just(100),
    share_days=st.integers(1, 9),
    share_from=st.integers(1, 9),
    share_people=st.integers(1, 3),
)
streams = st.lists(st.tuples(moments, st.sampled_from(["POLICE", "REVENUE"])), max_size=25).map(
    lambda found: [said(n, at, department=where) for n, (at, where) in enumerate(sorted(found))]
)


@given(streams, small)
def test_no_day_and_no_window_has_more_that_wait_than_its_limit(stream: list[Correction], limits: MassLimits) -> None:
    after = in_turn(stream, limits)
    free = [one for one in after if one.trust is Trust.WAITING]
    assert max(Counter(day_in_india(one.at) for one in free).values(), default=0) <= limits.day_most
    window = timedelta(minutes=limits.alike_minutes)
    for one in free:
        alike = [o for o in free if o.department == one.department and one.at - window < o.at <= one.at]
        assert len(alike) <= limits.alike_most


@given(streams, small)
def test_nothing_is_held_back_while_every_limit_is_kept(stream: list[Correction], limits: MassLimits) -> None:
    days = Counter(day_in_india(one.at) for one in stream)
    alike = Counter(one.department for one in stream)
    if max(days.values(), default=0) <= limits.day_most and max(alike.values(), default=0) <= limits.alike_most:
        assert {one.trust for one in in_turn(stream, limits)} <= {Trust.WAITING}


@given(streams, small)
def test_what_is_held_back_has_a_reason_and_is_otherwise_unchanged(
    stream: list[Correction], limits: MassLimits
) -> None:
    before = {one.id: one for one in stream}
    for one in in_turn(stream, limits):
        if one.trust is Trust.QUARANTINED:
            assert one.why_quarantined is not None
            assert replace(one, trust=Trust.WAITING, why_quarantined=None) == before[one.id]


def only_the_rest(
    new: Correction, his: list[Correction], everybody: Counter[str], limits: MassLimits
) -> list[Correction]:
    """The broken twin: holds back what is beyond the limit, so that the first hundred of an attack go through."""
    return [one for one in held_back(new, his, everybody, limits) if one.id == new.id]


@pytest.mark.promise("P22")
def test_the_twin_that_holds_back_only_the_rest_lets_most_of_an_attack_through() -> None:
    limits = replace(WIDE, day_most=5)
    attack = [said(n, at) for n, at in enumerate(minutes(8, 1))]
    free = {one.id for one in in_turn(attack, limits) if one.trust is Trust.WAITING}
    kept: list[Correction] = []
    for new in attack:
        kept += only_the_rest(new, kept, Counter(), limits) or [new]
    assert free == set()
    assert sum(one.trust is Trust.WAITING for one in kept) == 5
