"""Who holds a post when, whose login counts, and what the NIC lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.correction_refused import CorrectionRefused
from nistaran.domain.periods import FROM_THE_START, amended, entered
from nistaran.domain.registry import (
    FILLS,
    Officer,
    carried,
    email_of,
    lacks,
    mobile_of,
    offices_of,
    same_holder,
    standing,
)
from nistaran.steps.registry_book import Book

TODAY = date(2026, 11, 22)


def officer(**changes: Any) -> Officer:
    """The sub-divisional magistrate of Bansi."""
    values: dict[str, Any] = {
        "office": "SDR-SDM-BANSI",
        "name": "अनुराधा मिश्रा",
        "designation": "उप जिलाधिकारी",
        "mobile": "9400000001",
        "email": "sdm-bansi@example.invalid",
        "login": "up.sdm-bansi",
        "since": date(2026, 4, 1),
        "until": None,
    }
    return Officer(**{**values, **changes})


days = st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 12, 31))
entries = st.lists(
    st.builds(
        lambda since, length, name: officer(
            since=since, until=None if length is None else since + timedelta(days=length), name=name
        ),
        days,
        st.none() | st.integers(0, 500),
        st.sampled_from("अबस"),
    ),
    max_size=8,
    unique_by=lambda one: one.since,
)


def overlaps(history: list[Officer]) -> int:
    """How many entries still hold when the next one begins."""
    return sum(a.until is None or a.until >= b.since for a, b in pairwise(history))


def test_an_entry_that_ends_nobody_is_caught() -> None:
    first, second = officer(), officer(since=TODAY)
    assert overlaps([first, second]) == 1
    assert overlaps(entered([first], second)) == 0


@given(entries, st.randoms())
def test_a_post_is_held_by_one_at_a_time_in_whatever_order_it_was_entered(rows: list[Officer], chance: Any) -> None:
    history: list[Officer] = []
    for one in rows:
        history = entered(history, one)
    assert overlaps(history) == 0
    assert [one.since for one in history] == sorted(one.since for one in rows)
    mixed: list[Officer] = []
    for one in chance.sample(rows, len(rows)):
        mixed = entered(mixed, one)
    assert mixed == history
    for one in rows:  # the same file once more
        assert entered(history, one) == history


@given(st.lists(st.sampled_from("अब"), min_size=1, max_size=6), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_rows_without_a_day_change_hands_by_the_name(names: list[str], gaps: list[int]) -> None:
    history: list[Officer] = []
    today = TODAY
    for name, gap in zip(names, gaps, strict=False):
        today += timedelta(days=gap)
        new = officer(name=name, since=FROM_THE_START)
        now = amended(history, new, today=today, fills=FILLS, same=same_holder)
        history = entered(history, now)
        assert [one.name for one in history if one.is_present(today)] == [name]
        again = amended(history, new, today=today, fills=FILLS, same=same_holder)
        assert entered(history, again) == history
    assert history[0].since in (FROM_THE_START, TODAY, TODAY + timedelta(days=gaps[0]))


@given(
    st.lists(
        st.tuples(st.sampled_from(["अ", "ब", ""]), st.none() | st.integers(-9, 9), st.none() | st.integers(-9, 9)),
        max_size=7,
    ),
    st.integers(0, 3),
)
def test_a_file_once_more_changes_nothing(rows: list[tuple[str, int | None, int | None]], days: int) -> None:
    book = Book[Officer](today=TODAY, fills=FILLS, same=same_holder)
    first = enter(book, rows)
    later = Book[Officer](today=TODAY + timedelta(days=days), fills=FILLS, same=same_holder)
    later.begin(one for history in book.histories.values() for one in history)
    again = enter(later, rows)
    assert all(overlaps(history) == 0 for history in later.histories.values())
    if not days:
        assert later.histories == book.histories
        assert [said == "refused" for said in again] == [said == "refused" for said in first]


def enter(book: Book[Officer], rows: list[tuple[str, int | None, int | None]]) -> list[str]:
    """What became of each row: days are counted from TODAY."""
    said = []
    for name, since, until in rows:
        begins, ends = (None if days is None else TODAY + timedelta(days=days) for days in (since, until))
        try:
            changed = book.enter(officer(name=name, since=begins or FROM_THE_START, until=ends), since=begins)
            said.append("changed" if changed else "")
        except CorrectionRefused:
            said.append("refused")
    return said


def test_the_same_person_is_filled_up_and_no_blank_takes_anything_away() -> None:
    bare = officer(mobile="", email="", login="", since=FROM_THE_START)
    full = amended([bare], officer(name="अनुराधा  मिश्रा"), today=TODAY, fills=FILLS, same=same_holder)
    assert (full.mobile, full.login, full.since) == ("9400000001", "up.sdm-bansi", FROM_THE_START)
    assert amended([full], bare, today=TODAY, fills=FILLS, same=same_holder) == replace(full, name=bare.name)
    other_login = amended([full], officer(login="up.new"), today=TODAY, fills=FILLS, same=same_holder)
    assert other_login.since == TODAY


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, ()),
        ({"mobile": "94XXXXXX01"}, ("mobile",)),
        ({"name": "", "email": ""}, ("name", "email")),
        ({"name": "", "designation": "", "mobile": "", "email": ""}, ("name", "designation", "mobile", "email")),
    ],
)
def test_what_the_nic_lacks(changes: dict[str, str], lacking: tuple[str, ...]) -> None:
    assert lacks(officer(**changes)) == lacking


@pytest.mark.parametrize(
    ("written", "read"),
    [("94000 00001", "9400000001"), ("+91-9400000001", "9400000001"), ("०९४००००००0१", "9400000001"), ("९४००००००0१", "9400000001"), ("", ""),
     ("94XXXXXX01", None), ("1234567890", None), ("94000000011", None)],
)  # fmt: skip
def test_mobile_numbers(written: str, read: str | None) -> None:
    assert mobile_of(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [(" SDM.Bansi@UP.gov.in ", "sdm.bansi@up.gov.in"), ("sdm[at]up[dot]gov[dot]in", "sdm@up.gov.in"), ("", ""), ("sdm@", None),
     ("नाम@example.in", None), ("a b@example.in", None)],
)  # fmt: skip
def test_mail_addresses(written: str, read: str | None) -> None:
    assert email_of(written) == read


START = {"SDR-SDM-BANSI": officer(since=FROM_THE_START, name="पुराना", login="up.old", mobile="94XXXXXX01")}


def now(*kept: Officer) -> tuple[Officer, ...]:
    return standing(START, kept, today=TODAY)["SDR-SDM-BANSI"]


def test_the_registry_stands_over_the_starting_table() -> None:
    assert now() == (START["SDR-SDM-BANSI"],)
    assert [one.login for one in now(officer())] == ["up.sdm-bansi"]
    assert now(officer(login="", email=""))[0].login == "up.old"  # it belongs to the post, and nobody gave another
    assert now(officer(until=TODAY - timedelta(days=1)))[0].login == ""  # ended: the older table does not come back
    two = now(officer(), officer(designation="पेशकार", login="up.peshkar"))
    assert [one.login for one in two] == ["up.sdm-bansi", "up.peshkar"]
    assert offices_of("up.peshkar", {"SDR-SDM-BANSI": two}) == {"SDR-SDM-BANSI"}
    assert offices_of("up.old", {"SDR-SDM-BANSI": two}) == frozenset()


def test_a_login_goes_on_to_who_holds_the_post_next() -> None:
    gone, come = officer(until=date(2026, 9, 30)), officer(name="नया", login="", since=date(2026, 10, 1))
    assert [one.login for one in carried([come, gone])] == ["up.sdm-bansi"] * 2
    assert now(gone, come)[0].login == "up.sdm-bansi"
    elsewhere = replace(come, designation="पेशकार")
    assert carried([elsewhere, gone])[-1].login in ("", "up.sdm-bansi")
    assert {one.post: one.login for one in carried([elsewhere, gone])} == {gone.post: gone.login, elsewhere.post: ""}
