"""The drift watch says nothing of a small or an ordinary window, and speaks of each kind of drift (pure, by simulation)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.decision import AskReason, Candidate, Classification
from nistaran.domain.drift import LIMITS, Alarm, Picture, Sign, compare, stability_index
from nistaran.domain.fallback import Fallback, Watch, asked_under, fallback_of

SHARES = {"REVENUE": 30, "POLICE": 20, "ENERGY": 15, "PANCHAYATI_RAJ": 15, "HEALTH": 10, "FOREST": 5, "CANE": 5}


def traffic(
    seed: int,
    count: int,
    *,
    shares: dict[str, int] | None = None,
    sure: float = 0.85,
    unsure: dict[str, float] | None = None,
    known: float = 0.9,
) -> Picture:
    """Decisions as a model makes them: confidence around `sure`, covered from 0.8 on."""
    rng = random.Random(seed)
    picture = Picture()
    codes = shares or SHARES
    for department in rng.choices(list(codes), weights=list(codes.values()), k=count):
        confidence = min(max(rng.gauss((unsure or {}).get(department, sure), 0.1), 0.05), 0.999)
        picture.add(department, confidence, covered=confidence >= 0.8)
    picture.words, picture.known = count * 20, int(count * 20 * known)
    return picture


def signs(alarms: list[Alarm]) -> set[tuple[Sign, str]]:
    return {(alarm.sign, alarm.department) for alarm in alarms}


@pytest.mark.parametrize("seed", range(30))
def test_ordinary_windows_raise_no_alarm(seed: int) -> None:
    assert compare(traffic(seed, 2000), traffic(1000 + seed, 600)) == []


def test_a_window_that_is_too_small_says_nothing() -> None:
    assert compare(traffic(1, 2000), traffic(2, LIMITS.window - 1, sure=0.3, known=0.1)) == []


def test_a_model_that_is_less_sure_gives_everything_to_people() -> None:
    alarms = compare(traffic(1, 2000), traffic(2, 600, sure=0.7))
    assert {(Sign.SURENESS_FELL, ""), (Sign.COVERAGE_FELL, "")} <= signs(alarms)
    assert fallback_of(alarms).covers("ANYTHING")


def test_unknown_words_give_everything_to_people() -> None:
    alarms = compare(traffic(1, 2000), traffic(2, 600, known=0.7))
    assert signs(alarms) == {(Sign.WORDS_UNKNOWN, "")}
    assert fallback_of(alarms).whole


def test_one_unsure_department_falls_back_alone() -> None:
    alarms = compare(traffic(1, 3000), traffic(2, 1500, unsure={"CANE": 0.55}))
    assert signs(alarms) == {(Sign.DEPARTMENT_UNSURE, "CANE")}
    fallback = fallback_of(alarms)
    assert fallback.covers("CANE")
    assert not fallback.covers("REVENUE")


def test_a_surge_falls_back_alone_and_a_moved_mix_is_only_told() -> None:
    alarms = compare(traffic(1, 2000), traffic(2, 800, shares={**SHARES, "FOREST": 60}))
    assert (Sign.DEPARTMENT_SURGED, "FOREST") in signs(alarms)
    assert (Sign.MIX_MOVED, "") in signs(alarms)
    assert fallback_of(alarms) == Fallback(departments=frozenset({"FOREST"}))


def test_a_department_never_seen_before_surges() -> None:
    alarms = compare(traffic(1, 2000), traffic(2, 800, shares={**SHARES, "MINING": 15}))
    assert (Sign.DEPARTMENT_SURGED, "MINING") in signs(alarms)


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 400), min_size=1))
def test_the_stability_index_of_equal_counts_is_nothing(counts: dict[str, int]) -> None:
    index, chance = stability_index(counts, counts)
    assert index == pytest.approx(0)
    assert chance >= 0


def test_without_the_part_of_chance_many_small_departments_would_alarm() -> None:
    """The broken twin of the correction for chance: equal shares of 41 departments, small windows."""
    shares = {f"D{number}": 1 for number in range(41)}
    index, chance = stability_index(
        {code: own.count for code, own in traffic(1, 400, shares=shares).departments.items()},
        {code: own.count for code, own in traffic(2, 400, shares=shares).departments.items()},
    )
    assert index > 0.12  # far into the usual mark for a moderate move, by chance alone
    assert index < chance


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.floats(0, 1), st.booleans()), max_size=20))
def test_a_picture_survives_the_journal(decisions: list[tuple[str, float, bool]]) -> None:
    picture = Picture(known=3, words=4)
    for department, confidence, covered in decisions:
        picture.add(department, confidence, covered=covered)
    assert Picture.from_json(picture.to_json()) == picture


def said(department: str, ask: AskReason | None = None) -> Classification:
    return Classification(candidates=(Candidate(department, 0.99),), words=(), ask=ask, model="m")


def test_under_a_fallback_a_person_is_asked_and_other_reasons_stay() -> None:
    given_ = [said("CANE"), said("REVENUE"), said("CANE", AskReason.LOW_CONFIDENCE)]
    reasons = [one.ask for one in asked_under(given_, Fallback(departments=frozenset({"CANE"})))]
    assert reasons == [AskReason.DRIFT, None, AskReason.LOW_CONFIDENCE]
    assert [one.ask for one in asked_under(given_[:2], Fallback(whole=True))] == [AskReason.DRIFT] * 2
    assert asked_under(given_, Fallback()) == given_


def test_alarms_stand_until_a_person_clears_them() -> None:
    alarm = Alarm(sign=Sign.DEPARTMENT_UNSURE, department="CANE", was=0.9, now=0.6)
    watch = Watch(version="v").with_reference(traffic(1, 10), seq=7).with_alarms([alarm]).with_alarms([alarm])
    assert watch.alarms == (alarm,)
    assert watch.fallback.covers("CANE")
    cleared = watch.cleared(by="a.b", seq=9)
    assert (cleared.alarms, cleared.reference, cleared.cleared_by, cleared.seq) == ((), None, "a.b", 9)
    assert not cleared.fallback
