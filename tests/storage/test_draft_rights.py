"""On Postgres the house's role adds letters, notices and orders, and changes only how far each has come (roles.sql)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nistaran.domain.drafts import DraftState
from nistaran.domain.orders import OrderState
from storage.drafts_tables import DailyNoticeRow, DraftCaseRow, DraftRow, OrderCaseRow, OrderRow
from storage.tables import table_of
from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.contract.test_drafts import SIGNED, daily, letter, order
from tests.storage.test_append_only import app_store

__all__ = ["app_store"]

MOVES = {
    "drafts": {"state", "acts"},
    "daily_notices": {"acknowledged_at", "acknowledged_by"},
    "orders": {"state", "ended_at", "ended_by", "ended_why"},
}
TABLES = [table_of(row) for row in (DraftRow, DraftCaseRow, DailyNoticeRow, OrderRow, OrderCaseRow)]
NEVER = [
    *(
        f"UPDATE {table.name} SET {column.name} = {column.name}"
        for table in TABLES
        for column in table.columns
        if column.name not in MOVES.get(table.name, set())
    ),
    *(f"DELETE FROM {table.name}" for table in TABLES),
]


@pytest.fixture
def kept(app_store: SqlStore) -> SqlStore:
    """The house with a letter, a notice and an order that have each come a step further."""
    with app_store.work() as work:
        s.add_cases(work, 1, 2, 3, 4)
        work.drafts.add(letter())
        work.drafts.settle(replace(letter(), state=DraftState.SIGNED, acts=(SIGNED,)))
        work.daily_notices.add(daily())
        work.daily_notices.acknowledge(replace(daily(), acknowledged_at=s.later(9), acknowledged_by="up.sdr-energy"))
        work.orders.add(order())
        work.orders.settle(replace(order(), state=OrderState.CLOSED, ended_at=s.later(9)))
        work.commit()
    return app_store


def test_what_moved_is_read_by_reports_too(kept: SqlStore, open_store: Callable[[str], SqlStore]) -> None:
    reader = open_store(kept.engine.url.set(username="nistaran_reader").render_as_string(hide_password=False))
    for store in (kept, reader):
        with store.read() as work:
            assert [one.state for one in work.drafts.find()] == [DraftState.SIGNED]
            assert [one.acknowledged_by for one in work.daily_notices.since(daily().day)] == ["up.sdr-energy"]
            assert [one.state for one in work.orders.find()] == [OrderState.CLOSED]


def test_nobody_changes_what_was_written(kept: SqlStore) -> None:
    for statement in NEVER:
        with kept.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
            connection.execute(text(statement))
        assert isinstance(refused.value.orig, InsufficientPrivilege), statement
