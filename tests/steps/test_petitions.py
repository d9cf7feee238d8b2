"""Petitions: what many people brought is grouped, counted and linked once, in like words or in other script, and never told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nistaran.bootstrap import open_near_index
from nistaran.domain.complaint import LinkKind
from nistaran.steps import petition_links
from nistaran.steps.house import House
from nistaran.steps.petition_links import CROWD, ties_of
from nistaran.steps.petitions import Found, Groups, default_since, find_petitions
from nistaran.steps.verify import verify
from tests.files import TEXTS, row, write_csv
from tests.taking import Silent, take

MATTER = "ग्राम बेलवा के पूरब टोला का ट्रांसफार्मर 3 तारीख से जला पड़ा है, 40 घर अंधेरे में हैं, जेई कहते हैं स्टोर में नहीं है, बदलवाया जाए"
ROMAN = "gram Belwa ke purab tola ka transformer 3 tarikh se jala pada hai 40 ghar andhere me hain JE kahte hain store me nahi hai badalwaya jaye"
FIRST = date(2026, 11, 1)


def person(number: int, text: str, *, day: int = 1, village: str = "", **more: str) -> dict[str, str]:
    return row(
        reference=f"4001872610{number:04d}",
        received_on=f"{day:02d}/11/2026",
        text=text,
        phone=f"97{number:08d}",
        name=f"आवेदक {number}",
        village=village,
        **more,
    )


def look(house: House, *, least: int = 5, since: date = FIRST) -> Found:
    return find_petitions(house, open_near_index(), since=since, least=least, watch=Silent)


@pytest.fixture
def petitioned(house: House, tmp_path: Path) -> House:
    """Six people with one matter (one of them in Latin letters, one twice), one repeat of one person, and others."""
    people = [person(n, f"{MATTER} प्रार्थी आवेदक {n}", day=n) for n in range(1, 6)]
    people += [person(6, ROMAN, day=9), person(3, MATTER + " कृपया ध्यान दें", day=11)]
    alone = [person(20 + n, text, day=2) for n, text in enumerate(TEXTS[1:])]
    again = [person(21, TEXTS[2] + " पुनः निवेदन", day=8)]
    take(house, write_csv(tmp_path / "a.csv", [*people, *alone, *again]))
    return house


def test_a_petition_is_told_by_numbers_and_counts(petitioned: House) -> None:
    found = look(petitioned)
    (petition,) = found.petitions
    assert (len(petition.numbers), petition.people, petition.unknown) == (7, 6, 0)
    assert (petition.first, petition.last, petition.days) == (date(2026, 11, 1), date(2026, 11, 11), 10)
    assert dict(petition.departments) == {"": 7}
    assert (found.cases, found.groups, found.grouped, found.linked) == (13, 2, 9, 7)
    said = str(asdict(found))
    assert "ट्रांसफार्मर" not in said
    assert "आवेदक" not in said


def test_only_what_enough_people_brought_is_a_petition(petitioned: House) -> None:
    assert len(look(petitioned, least=6).petitions) == 1
    assert look(petitioned, least=7).petitions == []  # seven cases, but six people


def test_links_are_made_once_with_their_events(petitioned: House) -> None:
    assert look(petitioned).linked == 7
    assert look(petitioned).linked == 0
    with petitioned.read() as work:
        case = work.cases.by_number(look(petitioned).petitions[0].numbers[3])
        assert case is not None
        kinds = [link.other for link in work.links.of(case.id) if link.kind is LinkKind.SAME_MATTER]
    assert kinds == [look(petitioned).petitions[0].numbers[0]]
    assert verify(petitioned).faults == []


def test_verify_catches_a_link_without_its_event(petitioned: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(petition_links, "_events", lambda *_: [])
    look(petitioned)
    assert any("links" in fault for fault in verify(petitioned).faults)


def test_cases_from_before_are_left_out(petitioned: House) -> None:
    found = look(petitioned, since=date(2026, 11, 4), least=2)
    assert found.cases == 5
    assert [petition.first for petition in found.petitions] == [date(2026, 11, 4)]
    assert look(petitioned, since=date(2027, 1, 1)) == Found(
        since=date(2027, 1, 1), cases=0, groups=0, grouped=0, linked=0, petitions=[]
    )


def test_equal_words_of_two_villages_are_two_matters(house: House, tmp_path: Path) -> None:
    text = "हमारे गांव में नाली का पानी रास्ते पर बह रहा है निकलना मुश्किल है प्रधान सफाई नहीं कराते"
    rows = [person(n, text, village="धरमौली" if n % 2 else "लखनापार") for n in range(6)]
    take(house, write_csv(tmp_path / "a.csv", rows))
    assert sorted(petition.people for petition in look(house, least=2).petitions) == [3, 3]


def test_cases_of_nobody_known_count_apart(house: House, tmp_path: Path) -> None:
    rows = [person(n, MATTER) | {"phone": "", "name": ""} for n in range(3)]
    take(house, write_csv(tmp_path / "a.csv", rows))
    (petition,) = look(house, least=3).petitions
    assert (petition.people, petition.unknown) == (0, 3)


def test_an_empty_house_has_none(house: House) -> None:
    assert look(house).petitions == []
    assert default_since(house) < house.clock.now().date() - timedelta(days=house.pack.facts.repeat_window_days - 2)


def test_the_page_borders_lose_nothing(petitioned: House, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = look(petitioned)
    monkeypatch.setattr("nistaran.steps.petitions._PAGE", 2)
    assert look(petitioned).petitions == whole.petitions


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] != pair[1]), max_size=60))
@settings(deadline=None)
def test_groups_are_what_is_joined_directly_or_through_others(pairs: list[tuple[int, int]]) -> None:
    groups, expected = Groups(), {number: {number} for number in range(31)}
    for one, other in pairs:
        groups.join(max(one, other), min(one, other))
        both = expected[one] | expected[other]
        for member in both:
            expected[member] = both
    wanted = {frozenset(group) for group in expected.values() if len(group) > 1}
    assert {frozenset(group) for group in groups.members()} == wanted
    assert all(group == sorted(group) for group in groups.members())


@given(st.integers(2, 450))
@settings(deadline=None)
def test_ties_hold_a_crowd_together_and_load_nobody(size: int) -> None:
    group = list(range(1, size + 1))
    ties = list(ties_of([group]))
    assert [later for later, _ in ties] == group[1:]
    assert all(earlier < later for later, earlier in ties)
    loads = _loads(ties)
    assert max(loads.values()) <= CROWD - 1 + size // CROWD
    reached = {1}
    for later, earlier in ties:
        assert earlier in reached
        reached.add(later)


def _loads(ties: Sequence[tuple[int, int]]) -> dict[int, int]:
    loads: dict[int, int] = {}
    for _, earlier in ties:
        loads[earlier] = loads.get(earlier, 0) + 1
    return loads
