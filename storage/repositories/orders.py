"""Clean-up orders with the cases that each fixed. Not here: how a case of an order stands (nistaran/domain/orders.py)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from nistaran.domain.errors import RowRefused
from nistaran.domain.orders import Order, OrderedCase, OrderState
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.columns import read_json, write_json
from storage.drafts_tables import OrderCaseRow, OrderRow
from storage.grouped import grouped
from storage.tables import table_of

_orders, _of_cases = table_of(OrderRow), table_of(OrderCaseRow)
_GIVEN = ("id", "given_at", "given_by", "why", "target", "chosen")
_ENDED = ("state", "ended_at", "ended_by", "ended_why")
_add = BulkInsert(_orders, *_GIVEN, *_ENDED)
_add_cases = BulkInsert(_of_cases, "order_id", "case_id", "office", "round")
_settle = BulkUpdate(_orders, *_ENDED, keys=("id",))


class SqlOrders:
    """Clean-up orders with the cases that each fixed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, order: Order) -> None:
        """Keep a new order. Raises RowRefused for an id that is there already, or a case that is not."""
        own = (order.id, order.given_at, order.given_by, order.why, order.target, write_json(dict(order.chosen)))
        _add.run(self._connection, [(*own, *_ended_of(order))])
        _add_cases.run(self._connection, [(order.id, one.case_id, one.office, one.round) for one in order.cases])

    def settle(self, order: Order) -> None:
        """Write how far a kept order has come. Raises RowRefused when it is not kept."""
        if _settle.run(self._connection, [(*_ended_of(order), order.id)]) != 1:
            raise RowRefused("orders: what is settled must be kept first")

    def get(self, id_: str) -> Order | None:
        """The order of this id with its cases, or None."""
        found = self._read(select(_orders).where(_orders.c.id == id_))
        return found[0] if found else None

    def find(self, *, state: OrderState | None = None) -> list[Order]:
        """Orders (in this state) with their cases, the oldest first."""
        wanted = select(_orders).order_by(_orders.c.given_at, _orders.c.id)
        return self._read(wanted if state is None else wanted.where(_orders.c.state == state.value))

    def of_case(self, case_id: int) -> list[tuple[str, OrderedCase]]:
        """(id of the order, the case as that order fixed it) of every order on a case, by id."""
        wanted = select(_of_cases).where(_of_cases.c.case_id == case_id).order_by(_of_cases.c.order_id)
        return [(row.order_id, _ordered(row)) for row in self._connection.execute(wanted)]

    def _read(self, wanted: Select[Any]) -> list[Order]:
        rows = self._connection.execute(wanted).all()
        about = select(_of_cases).where(among(_of_cases.c.order_id, [row.id for row in rows], self._connection))
        about = about.order_by(_of_cases.c.order_id, _of_cases.c.case_id)
        cases = grouped((row.order_id, _ordered(row)) for row in self._connection.execute(about))
        return [
            Order(
                **{name: getattr(row, name) for name in (*_GIVEN[:-1], *_ENDED[1:])},
                chosen=read_json(row.chosen),
                state=OrderState(row.state),
                cases=tuple(cases.get(row.id, ())),
            )
            for row in rows
        ]


def _ordered(row: Any) -> OrderedCase:
    return OrderedCase(case_id=row.case_id, office=row.office, round=row.round)


def _ended_of(order: Order) -> tuple[Any, ...]:
    return order.state.value, order.ended_at, order.ended_by, order.ended_why
