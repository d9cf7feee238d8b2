"""Clean-up orders as they stood when a week ended, alike in every store, whatever became of them since (S1-5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from nistaran.domain.events import EventKind
from nistaran.domain.orders import Order, OrderedCase, OrderState
from nistaran.domain.weekly import OrderCount, week_until
from tests.storage.conftest import Store
from tests.storage.contract.test_weekly import SUNDAY, add, at, case, event

WEEK = week_until(SUNDAY)


def order(turn: int, given: float, target: int, *ids: int) -> Order:
    return Order(
        id=f"ORDER-2026-27-{turn:04d}",
        given_at=at(given),
        given_by="up.dm",
        why="30 तक शून्य",
        target=SUNDAY + timedelta(days=target),
        chosen={},
        cases=tuple(OrderedCase(case_id=one, office="A", round=0) for one in ids),
    )


def ended(one: Order, state: OrderState, days: float) -> Order:
    return replace(one, state=state, ended_at=at(days), ended_by="up.dm", ended_why="हुआ")


@pytest.mark.demand("S1-5")
def test_orders_as_they_stood_when_the_week_ended(store: Store) -> None:
    with store.work() as work:
        add(work, *(case(n, -30, -5) for n in range(1, 6)))
        work.ledger.append([event(1, EventKind.DISPOSED, -9), event(2, EventKind.DISPOSED, -2)])
        work.ledger.append([event(3, EventKind.DISPOSED, 1), event(4, EventKind.DISPOSED, -8)])
        work.ledger.append([event(4, EventKind.REOPENED, -1)])
        given = order(1, -20, -1, 1, 2, 3, 4)  # its day is over, two of four are left
        done = order(2, -20, -9, 1)  # was over before the week began, ended in it
        old = order(3, -25, -20, 1)  # nothing is left of it
        called_off, later_called_off = order(4, -20, 9, 5), order(5, -20, 9, 5)
        to_come, ended_before = order(6, 1, 9, 5), order(7, -20, -10, 5)
        for one in (given, done, old, called_off, later_called_off, to_come, ended_before):
            work.orders.add(one)
        work.orders.settle(ended(done, OrderState.CLOSED, -5))
        work.orders.settle(ended(called_off, OrderState.WITHDRAWN, -1))
        work.orders.settle(ended(later_called_off, OrderState.WITHDRAWN, 2))
        work.orders.settle(ended(ended_before, OrderState.CLOSED, -8))
        found = work.weekly.orders(WEEK, limit=9)
        assert [one.id[-1] for one in found] == ["2", "1", "5"]
        assert found[1] == OrderCount(
            id=given.id,
            given_on=SUNDAY - timedelta(days=20),
            why=given.why,
            target=given.target,
            cases=4,
            left=2,
            left_before=2,
        )
        assert [(one.left, one.left_before) for one in found] == [(0, 0), (2, 2), (1, 1)]
        assert [one.id[-1] for one in work.weekly.orders(WEEK, limit=1)] == ["2"]
        assert work.weekly.orders(week_until(SUNDAY - timedelta(days=60)), limit=9) == []
