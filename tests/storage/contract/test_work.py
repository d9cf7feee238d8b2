"""Decisions, desks and the ledger behave alike in every store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from nistaran.domain.events import GENESIS, chain, first_break
from nistaran.domain.records import Head
from tests.storage import samples as s
from tests.storage.conftest import Store


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        s.add_cases(opened, 1, 2, 3)
        yield opened


def test_decisions_are_read_as_they_were_made_oldest_first(work) -> None:
    asked = s.decision(1, outcome="ask", reason="NO_PLACE", office="", words=(), places=(), candidates=())
    work.decisions.add([asked, s.decision(2)])
    work.decisions.add([s.decision(1, at=s.later(-5))])

    assert work.decisions.of(1) == [asked, s.decision(1, at=s.later(-5))]
    assert work.decisions.of(2) == [s.decision(2)]
    assert work.decisions.of(3) == []


def test_what_stands_beside_several_cases_is_read_at_once(work) -> None:
    work.decisions.add([s.decision(2), s.decision(1), s.decision(1, at=s.later(-5))])
    work.desks.open([s.desk(2), s.desk(1), s.desk(1, "pwd-ee-1", s.later(10))])
    work.ledger.append([s.registered(2), s.registered(1), s.routed(2, s.later(1))])

    for port in (work.decisions, work.desks):
        assert port.of_each([3, 2, 1, 2, 99]) == {1: port.of(1), 2: port.of(2)}
        assert port.of_each([2]) == {2: port.of(2)}
        assert port.of_each([]) == {}
    numbers = [s.number(n) for n in (3, 2, 1)]
    assert work.ledger.of_each(numbers) == {number: work.ledger.of(number) for number in numbers[1:]}
    assert [len(found) for found in work.ledger.of_each(numbers[1:]).values()] == [2, 1]
    assert work.ledger.of_each([]) == {}


def test_a_case_lies_on_one_desk_at_a_time(work) -> None:
    work.desks.open([s.desk(1), s.desk(2)])
    work.desks.open([s.desk(1, "pwd-ee-1", s.later(10))])

    assert work.desks.of(1) == [replace(s.desk(1), until=s.later(10)), s.desk(1, "pwd-ee-1", s.later(10))]
    assert work.desks.of(2) == [s.desk(2)]


def test_a_case_may_move_twice_in_one_call(work) -> None:
    work.desks.open([s.desk(1), s.desk(2), s.desk(1, "b", s.later(1)), s.desk(1, "c", s.later(2))])

    assert [(entry.office, entry.until) for entry in work.desks.of(1)] == [
        ("pvvnl-ee-1", s.later(1)),
        ("b", s.later(2)),
        ("c", None),
    ]


def test_a_closed_desk_stays_as_it_is(work) -> None:
    closed = replace(s.desk(1), until=s.later(3))
    work.desks.open([closed])
    work.desks.open([s.desk(1, "b", s.later(9))])

    assert work.desks.of(1) == [closed, s.desk(1, "b", s.later(9))]


def test_an_empty_ledger_begins_at_genesis(work) -> None:
    assert work.ledger.head() == Head(seq=0, hash=GENESIS)
    assert list(work.ledger.links()) == []
    assert work.ledger.append([]) == Head(seq=0, hash=GENESIS)


def test_events_are_chained_across_units_of_work(store: Store) -> None:
    given = [s.registered(1), s.registered(2), s.routed(1, s.later(1)), s.routed(2, s.later(2))]
    for part in (given[:2], given[2:]):
        with store.work() as work:
            first = work.ledger.append(part[:1])
            assert work.ledger.head() == first
            last = work.ledger.append(iter(part[1:]))
            assert work.ledger.head() == last
            work.commit()

    with store.read() as work:
        links = list(work.ledger.links())
        assert links == chain(given, seq=0, previous=GENESIS)
        assert first_break(links) is None
        assert work.ledger.head() == Head(seq=4, hash=links[-1].hash)
        assert work.ledger.of(s.number(1)) == [links[0], links[2]]
        assert list(work.ledger.links(after=3)) == links[3:]


def test_events_undone_leave_no_gap(store: Store) -> None:
    with store.work() as work:
        work.ledger.append([s.registered(1)])
        work.commit()
    with store.work() as work:
        work.ledger.append([s.registered(2)])
    with store.work() as work:
        work.ledger.append([s.registered(3)])
        work.commit()

    with store.read() as work:
        assert [link.seq for link in work.ledger.links()] == [1, 2]
        assert first_break(work.ledger.links()) is None


def test_a_long_ledger_is_read_whole_whatever_the_page(work) -> None:
    work.ledger.append(s.registered(n) for n in range(10_001))

    assert [link.seq for link in work.ledger.links()] == list(range(1, 10_002))


def test_times_are_chained_in_utc(work) -> None:
    work.ledger.append([s.registered(1)])

    assert next(iter(work.ledger.links())).at == "2026-11-22T04:30:15.123456+00:00"
