"""Cases, complainants and links behave alike in every store."""

# ruff: noqa: PT012 (what is expected to fail is the whole unit of work)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from nistaran.domain.complaint import Link, LinkKind, Status
from nistaran.domain.errors import RowRefused
from nistaran.domain.records import EarlierText
from tests.storage import samples as s
from tests.storage.conftest import Store


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        yield opened


def test_a_case_is_read_as_it_was_kept(work) -> None:
    whole = s.case(7, reference="40018726000001", damaged=True, priority=1, status=Status.AWAITING_PERSON)
    work.cases.add([whole], facts=[{"file": "f", "row": 3, "originals": {"text": "d`ik;k"}, "extras": {"स्तंभ": "मान"}}])

    assert work.cases.by_number(whole.number) == whole
    assert work.cases.by_ids([7]) == [whole]
    assert type(work.cases.by_ids([7])[0].damaged) is bool
    assert work.cases.facts_of(7) == {
        "file": "f",
        "row": 3,
        "originals": {"text": "d`ik;k"},
        "extras": {"स्तंभ": "मान"},
    }


def test_moments_come_back_aware_and_equal_from_any_zone(work) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    work.cases.add([s.case(1, registered_at=s.NOW.astimezone(india))], facts=[{}])

    kept = work.cases.by_ids([1])[0].registered_at
    assert kept == s.NOW
    assert kept.utcoffset() == timedelta(0)


def test_a_naive_moment_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="aware"), store.work() as work:
        s.add_cases(work, 1, registered_at=datetime(2026, 11, 22, 10, 0))  # noqa: DTZ001


def test_unknown_things_are_none_or_empty(work) -> None:
    assert work.cases.by_number("SDR-2026-9999999") is None
    assert work.cases.by_ids([5]) == []
    assert work.cases.facts_of(5) == {}
    assert work.complainants.of(5) is None
    assert work.cases.known([]) == set()


def test_known_keys_among_thousands(work) -> None:
    s.add_cases(work, *range(1, 1301))
    asked = [s.case(n).key for n in range(1000, 3000)] + ["'; DROP TABLE cases; --", "कुंजी"]

    assert work.cases.known(asked) == {s.case(n).key for n in range(1000, 1301)}


def test_by_ids_keeps_the_order_asked_for(work) -> None:
    s.add_cases(work, *range(1, 1101))

    assert [case.id for case in work.cases.by_ids([900, 3, 5000, 1100, 1])] == [900, 3, 1100, 1]


@pytest.mark.parametrize("double", [{"id": 2}, {"key": s.case(2).key}, {"number": s.number(2)}])
def test_id_key_and_number_are_each_used_once(store: Store, double: dict[str, object]) -> None:
    with pytest.raises(RowRefused), store.work() as work:
        s.add_cases(work, 2)
        work.cases.add([replace(s.case(3), **double)], facts=[{}])
        work.commit()


def test_one_context_a_case(store: Store) -> None:
    with pytest.raises(ValueError, match="zip"), store.work() as work:
        work.cases.add([s.case(1), s.case(2)], facts=[{}])


def test_by_references_finds_every_carrier(work) -> None:
    work.cases.add(
        [s.case(1, reference="R1"), s.case(2, reference="R2"), s.case(3, reference="R1"), s.case(4)], facts=[{}] * 4
    )

    assert work.cases.by_references(["R1", "R3"]) == [("R1", 1, s.number(1)), ("R1", 3, s.number(3))]
    assert work.cases.by_references([""]) == []
    assert work.cases.by_references([]) == []


def test_by_references_gives_the_newest_of_a_crowd(work) -> None:
    s.add_cases(work, *range(1, 31), reference="R1")
    s.add_cases(work, 31, reference="R2")

    found = work.cases.by_references(["R1", "R2", "R1"])
    assert [case_id for _, case_id, _ in found] == [*range(11, 31), 31]


def test_cases_are_found_by_the_row_they_came_from(work) -> None:
    one, other = f"{1:064x}", f"{2:064x}"
    facts = [{"file": one, "row": 2}, {"file": one, "row": 3}, {"file": other, "row": 2}, {"row": 4}, {}]
    work.cases.add([s.case(n) for n in (11, 12, 13, 14, 15)], facts=facts)
    work.cases.add([s.case(16)], facts=[{"file": one, "row": 3}])  # a row that became two cases: the first is meant

    assert work.cases.by_rows(one, [1, 2, 3, 4]) == {2: 11, 3: 12}
    assert work.cases.by_rows(one, [3]) == {3: 12}
    assert work.cases.by_rows(other, [2, 3]) == {2: 13}
    assert work.cases.by_rows("", [0, 4]) == {}
    assert work.cases.by_rows(one, []) == {}


def test_which_cases_a_file_brought_is_told_by_their_rows(work) -> None:
    one, other = f"{1:064x}", f"{2:064x}"
    facts = [{"file": one, "row": 2}, {"file": one, "row": 3}, {"file": other, "row": 2}, {"row": 4}, {}]
    work.cases.add([s.case(n) for n in (11, 12, 13, 14, 15)], facts=facts)
    keys = [s.case(n).key for n in (15, 14, 13, 12, 11, 10, 12)]

    assert work.cases.rows_of(one, keys) == {s.case(11).key: 2, s.case(12).key: 3}
    assert work.cases.rows_of(one, keys[:4]) == {s.case(12).key: 3}
    assert work.cases.rows_of(other, keys) == {s.case(13).key: 2}
    assert work.cases.rows_of("", keys) == {}
    assert work.cases.rows_of(one, []) == {}


def test_take_unrouted_is_first_lane_first_then_oldest(work) -> None:
    s.add_cases(work, 1, 2, priority=5, lane="DM")
    s.add_cases(work, 3, 4, priority=1, lane="CM")
    s.add_cases(work, 5, priority=1, lane="CM", status=Status.WITH_OFFICE)

    assert [case.id for case in work.cases.take_unrouted(limit=10, lanes=None)] == [3, 4, 1, 2]
    assert [case.id for case in work.cases.take_unrouted(limit=3, lanes=None)] == [3, 4, 1]
    assert [case.id for case in work.cases.take_unrouted(limit=10, lanes=["DM"])] == [1, 2]
    assert work.cases.take_unrouted(limit=10, lanes=[]) == []


def test_placed_cases_are_no_longer_unrouted(work) -> None:
    s.add_cases(work, 1, 2, 3)
    work.cases.place([s.placement(1), s.placement(3, Status.AWAITING_PERSON)])

    assert [case.id for case in work.cases.take_unrouted(limit=10, lanes=None)] == [2]
    placed = work.cases.by_ids([1])[0]
    assert placed == replace(s.case(1), status=Status.WITH_OFFICE, department="POWER", office="pvvnl-ee-1")
    assert work.cases.count_by_status() == {"REGISTERED": 1, "WITH_OFFICE": 1, "AWAITING_PERSON": 1}
    assert work.cases.count_by("office", "status") == {
        ("", "REGISTERED"): 1,
        ("pvvnl-ee-1", "AWAITING_PERSON"): 1,
        ("pvvnl-ee-1", "WITH_OFFICE"): 1,
    }


def test_placing_a_case_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(RowRefused), store.work() as work:
        s.add_cases(work, 1)
        work.cases.place([s.placement(1), s.placement(2)])


@pytest.mark.parametrize("columns", [(), ("text",), ("status", "key"), ("status; DROP TABLE cases",)])
def test_counting_by_anything_else_is_refused(work, columns: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="counted by"):
        work.cases.count_by(*columns)


def test_pages_by_id_without_gap_or_double(work) -> None:
    s.add_cases(work, *range(1, 26))
    seen: list[int] = []
    while page := work.cases.page(after_id=seen[-1] if seen else 0, limit=10):
        seen += [case.id for case in page]

    assert seen == list(range(1, 26))


def test_complainants_are_found_by_case(work) -> None:
    s.add_cases(work, 1, 2, 3)
    work.complainants.add([s.person(1), s.person(2, "p")])

    assert work.complainants.of(1) == s.person(1).sealed
    assert work.complainants.sealed_of([2, 3, 1]) == {1: s.person(1).sealed, 2: s.person(2).sealed}
    assert work.complainants.people_of([2, 3, 1, 99]) == {2: "p"}
    assert work.complainants.people_of([]) == {}


def test_earlier_texts_of_a_person_newest_first(work) -> None:
    for n in range(1, 8):
        day = date(2026, 11, n)
        s.add_cases(work, n, received_on=day)
        work.complainants.add([s.person(n, "one" if n < 6 else "two", received_on=day)])

    found = work.complainants.earlier(["two", "one", "", "three"], since=date(2026, 11, 2), each=3)

    assert [(text.person, text.case_id) for text in found] == [
        ("one", 5),
        ("one", 4),
        ("one", 3),
        ("two", 7),
        ("two", 6),
    ]
    assert found[0] == EarlierText(
        person="one", case_id=5, number=s.number(5), received_on=date(2026, 11, 5), text=s.case(5).text
    )


def test_the_newest_are_the_last_received_not_the_last_registered(work) -> None:
    for n in range(1, 6):  # an old register typed in later: the highest ids are the oldest complaints
        day = date(2026, 11, 10 - n)
        s.add_cases(work, n, received_on=day)
        work.complainants.add([s.person(n, "one", received_on=day)])

    found = work.complainants.earlier(["one", "one"], since=date(2026, 11, 7), each=2)
    assert [text.case_id for text in found] == [1, 2]


def test_people_who_are_not_known_are_nobody(work) -> None:
    s.add_cases(work, 1, 2)
    work.complainants.add([s.person(1), s.person(2)])

    assert work.complainants.earlier([""], since=date(2020, 1, 1), each=5) == []


def test_links_are_kept_once_and_found_from_both_ends(work) -> None:
    s.add_cases(work, 1, 2, 3)
    same = Link(case_id=2, kind=LinkKind.SAME_REFERENCE, other=s.number(1), other_id=1)
    mentioned = Link(case_id=3, kind=LinkKind.MENTIONED, other="40018725000099", other_id=None)
    work.links.add([same, mentioned, same])
    work.links.add([replace(same, other_id=3)])  # the same link again, whatever it says now

    assert work.links.of(1) == [same]
    assert work.links.of(2) == [same]
    assert work.links.of(3) == [mentioned]


def test_links_of_several_cases_are_read_at_once(work) -> None:
    s.add_cases(work, 1, 2, 3, 4, 5)
    links = [(2, 1), (3, 1), (3, 2), (3, None), (4, 4)]
    work.links.add(
        [Link(case_id=one, kind=LinkKind.MENTIONED, other=s.number(two or 99), other_id=two) for one, two in links]
    )

    for asked in ([1, 2, 3, 4, 5], [1], [3], [5, 4, 2, 2], [99], []):
        assert work.links.of_each(asked) == {n: work.links.of(n) for n in set(asked) if work.links.of(n)}
    assert {n: len(found) for n, found in work.links.of_each([1, 2, 3, 4, 5]).items()} == {1: 2, 2: 2, 3: 3, 4: 1}


@pytest.mark.parametrize("write", [
    lambda work: work.complainants.add([s.person(9)]),
    lambda work: work.links.add([Link(case_id=9, kind=LinkKind.MENTIONED, other="x", other_id=None)]),
    lambda work: work.decisions.add([s.decision(9)]),
    lambda work: work.desks.open([s.desk(9)]),
    lambda work: work.outbox.add([s.notice(9)], at=s.NOW),
])  # fmt: skip
def test_nothing_is_kept_about_a_case_that_is_not_there(store: Store, write) -> None:
    with pytest.raises(RowRefused), store.work() as work:
        write(work)
        work.commit()
