"""Clean-up orders as they stood when a week ended. Not here: giving and settling them (orders.py), how each case stands
(nistaran/domain/orders.py)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, Integer, Subquery, and_, cast, func, or_, select

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.orders import OrderState
from nistaran.domain.weekly import OrderCount, Week, end_of
from storage.drafts_tables import OrderCaseRow, OrderRow
from storage.repositories.standing import cases, is_pending
from storage.tables import table_of

_orders, _of_cases = table_of(OrderRow), table_of(OrderCaseRow)


def orders(connection: Connection, week: Week, *, limit: int) -> list[OrderCount]:
    """Orders that held people in these days, the first target first."""
    since, found = end_of(week.since - timedelta(days=1)), _counted(week)
    wanted = (
        select(_orders.c.given_at, _orders.c.why, _orders.c.target, found)
        .join(found, found.c.id == _orders.c.id)
        .where(or_(found.c.left > 0, _orders.c.target >= week.since, _orders.c.ended_at >= since))
        .order_by(_orders.c.target, _orders.c.id)
        .limit(limit)
    )
    return [
        OrderCount(
            id=row.id,
            given_on=day_in_india(row.given_at),
            why=row.why,
            target=row.target,
            cases=row.cases,
            left=int(row.left),
            left_before=int(row.before),
        )
        for row in connection.execute(wanted)
    ]


def _counted(week: Week) -> Subquery:
    """Orders that were given and not over: id, cases, of them left when the week ended, and before it began."""
    since, until = end_of(week.since - timedelta(days=1)), end_of(week.until)
    ended = _orders.c.ended_at
    withdrawn = and_(_orders.c.state == OrderState.WITHDRAWN.value, ended.is_not(None), ended < until)
    each = (
        select(
            _orders.c.id,
            cast(is_pending(until), Integer).label("left"),
            cast(is_pending(since), Integer).label("before"),
        )
        .join_from(_orders, _of_cases, _of_cases.c.order_id == _orders.c.id)
        .join(cases, cases.c.id == _of_cases.c.case_id)
        .where(_orders.c.given_at < until, or_(ended.is_(None), ended >= since), ~withdrawn)
        .subquery()
    )
    counts = (func.count().label("cases"), func.sum(each.c.left).label("left"), func.sum(each.c.before).label("before"))
    return select(each.c.id, *counts).group_by(each.c.id).subquery()
