"""Letters, daily notices and orders behave alike in every store: kept once, changed only in how far they have come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nistaran.domain.daily_notices import DailyNotice
from nistaran.domain.drafts import Act, ActKind, Draft, DraftKind, DraftState, draft_id
from nistaran.domain.errors import RowRefused
from nistaran.domain.orders import Order, OrderedCase, OrderState
from nistaran.domain.records import Notice
from tests.storage import samples as s
from tests.storage.conftest import Store

TARGET = date(2026, 11, 30)
SIGNED = Act(kind=ActKind.SIGNED, by="up.sdr-dm", at=s.later(5))
SENT = Act(kind=ActKind.SENT, by="up.clerk1", at=s.later(6), on=date(2026, 11, 22), until=date(2026, 11, 25))


def letter(serial: int = 1, kind: DraftKind = DraftKind.EXPLANATION, **changes: Any) -> Draft:
    """A letter on cases 1 and 2, with every field filled."""
    values: dict[str, Any] = {
        "id": draft_id(kind, "2026-27", serial),
        "kind": kind,
        "year": "2026-27",
        "serial": serial,
        "office": "SDR-DM",
        "department": "REVENUE",
        "drawn_at": s.later(serial),
        "drawn_by": "",
        "facts": {"subject": "स्पष्टीकरण", "rows": [["1", "SDR-2026-0000001"]], "count": 2},
        "basis": "",
        "reply_days": 3,
        "cases": ((1, 0), (2, 1)),
    }
    return Draft(**{**values, **changes})


def daily(department: str = "ENERGY", day: date = date(2026, 11, 23), **changes: Any) -> DailyNotice:
    """A department's notice."""
    values: dict[str, Any] = {"office": "SDR-ENERGY", "at": s.NOW, "facts": {"due": [["SDR-2026-0000001", 2]]}}
    return DailyNotice(day=day, department=department, **{**values, **changes})


def order(n: int = 1, **changes: Any) -> Order:
    """An order on cases 3 and 4."""
    values: dict[str, Any] = {
        "id": f"ORDER-2026-27-{n:04d}",
        "given_at": s.later(n),
        "given_by": "up.sdr-dm",
        "why": "समीक्षा बैठक के निर्देश",
        "target": TARGET,
        "chosen": {"office": "SDR-DM"},
        "cases": tuple(OrderedCase(case_id=case_id, office="SDR-DM", round=0) for case_id in (3, 4)),
    }
    return Order(**{**values, **changes})


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        s.add_cases(opened, *range(1, 9))
        yield opened


def test_letters_are_found_by_state_kind_case_and_basis(work) -> None:
    first, second = letter(1), letter(2, cases=((2, 1), (5, 0)), basis="REMINDER-2026-27-0001")
    third = letter(1, DraftKind.WARNING, id="WARNING-2026-27-0001", cases=(), drawn_at=s.later(9))
    for one in (first, second, third):
        work.drafts.add(one)
    assert work.drafts.get(first.id) == first
    assert work.drafts.get("none") is None
    assert work.drafts.find() == [third, second, first]
    assert work.drafts.find(kind=DraftKind.EXPLANATION, state=DraftState.DRAFTED) == [second, first]
    assert work.drafts.find(since=s.later(2), limit=1) == [third]
    assert work.drafts.page(after=first.id, limit=9) == [second, third]
    assert work.drafts.count_by_state() == {"DRAFTED": 3}
    assert work.drafts.taken(DraftKind.EXPLANATION, [1, 2, 3]) == {(1, 0), (2, 1)}
    assert work.drafts.taken(DraftKind.WARNING, [1, 2, 3]) == set()
    bare = {one.id: replace(one, facts={}) for one in (first, second)}
    assert work.drafts.of_cases([2, 3, 5]) == {
        2: [replace(bare[first.id], cases=((2, 1),)), replace(bare[second.id], cases=((2, 1),))],
        5: [replace(bare[second.id], cases=((5, 0),))],
    }
    assert work.drafts.on_basis(DraftKind.EXPLANATION, "REMINDER-2026-27-0001") == [second]


def test_only_how_far_a_letter_has_come_changes(work) -> None:
    work.drafts.add(letter())
    gone = replace(letter(), state=DraftState.SENT, acts=(SIGNED, SENT))
    work.drafts.settle(replace(gone, facts={"subject": "बदला हुआ"}, office="SDR-CDO"))
    assert work.drafts.get(gone.id) == gone
    assert work.drafts.find(state=DraftState.SENT) == [gone]


def test_a_cancelled_letter_takes_no_case(work) -> None:
    work.drafts.add(letter())
    work.drafts.settle(replace(letter(), state=DraftState.CANCELLED, acts=(SIGNED,)))
    assert work.drafts.taken(DraftKind.EXPLANATION, [1, 2]) == set()
    assert work.drafts.on_basis(DraftKind.EXPLANATION, "") == []
    assert [one.id for one in work.drafts.of_cases([1])[1]] == [letter().id]


@pytest.mark.parametrize(
    "second",
    [
        letter(),
        letter(1, id="EXPLANATION-2026-27-0099"),
        letter(2, cases=((99, 0),)),
        letter(2, cases=((1, 0), (1, 1))),
    ],
    ids=["id twice", "number twice", "no such case", "case twice"],
)
def test_a_letter_that_breaks_a_rule_is_refused(store: Store, second: Draft) -> None:
    with pytest.raises(RowRefused):
        _add_both(store, second)


def _add_both(store: Store, second: Draft) -> None:
    with store.work() as opened:
        s.add_cases(opened, 1, 2)
        opened.drafts.add(letter())
        opened.drafts.add(second)


def test_a_department_has_one_notice_a_day(work) -> None:
    one, other = daily(), daily("POLICE")
    assert [work.daily_notices.add(notice) for notice in (one, other, replace(one, office="SDR-DM"))] == [
        True,
        True,
        False,
    ]
    tomorrow = daily(day=date(2026, 11, 24))
    work.daily_notices.add(tomorrow)
    known = replace(one, acknowledged_at=s.later(60), acknowledged_by="up.sdr-energy")
    work.daily_notices.acknowledge(known)
    assert work.daily_notices.get(one.day, "ENERGY") == known
    assert work.daily_notices.get(one.day, "NONE") is None
    assert work.daily_notices.since(date(2026, 11, 24)) == [tomorrow]
    assert work.daily_notices.page(after=None, limit=2) == [known, other]
    assert work.daily_notices.page(after=(other.day, "POLICE"), limit=9) == [tomorrow]
    with pytest.raises(RowRefused):
        work.daily_notices.acknowledge(daily("REVENUE"))


def test_orders_keep_the_cases_that_they_fixed(work) -> None:
    work.orders.add(order())
    work.orders.add(order(2, cases=(OrderedCase(case_id=4, office="SDR-CDO", round=1),)))
    ended = replace(order(), state=OrderState.WITHDRAWN, ended_at=s.later(9), ended_by="up.sdr-dm", ended_why="भूल")
    work.orders.settle(replace(ended, why="बदला", target=date(2027, 1, 1)))
    assert work.orders.get(ended.id) == ended
    assert [one.id for one in work.orders.find()] == [ended.id, "ORDER-2026-27-0002"]
    assert [one.id for one in work.orders.find(state=OrderState.GIVEN)] == ["ORDER-2026-27-0002"]
    assert [(id_, one.office) for id_, one in work.orders.of_case(4)] == [
        (ended.id, "SDR-DM"),
        ("ORDER-2026-27-0002", "SDR-CDO"),
    ]
    with pytest.raises(RowRefused):
        work.orders.settle(order(7))


def test_a_notice_may_be_about_no_single_case(work) -> None:
    body = {"paper": "NOTICE-2026-11-23-ENERGY", "subject": "सूचना", "text": "…", "told": {}}
    notice = Notice(key="notice:2026-11-23:ENERGY", kind="daily-notice", case_id=None, office="SDR-ENERGY", body=body)
    for _ in range(2):
        work.outbox.add([notice], at=s.NOW)
    assert [claim.notice for claim in work.outbox.claim(limit=5, at=s.NOW, lease_seconds=60)] == [notice]
    assert work.outbox.of_each([1, 2]) == {}
