"""On Postgres the house's role adds marks and ends sweeps, and can change or remove neither (roles.sql)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nistaran.domain.escalation import Sweep
from storage.mark_tables import MarkRow, SweepRow
from storage.tables import table_of
from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.contract.test_marks import mark
from tests.storage.test_append_only import app_store

__all__ = ["app_store"]

NEVER = [
    *(f"UPDATE marks SET {one.name} = {one.name}" for one in table_of(MarkRow).columns),
    *(f"UPDATE sweeps SET {one.name} = {one.name}" for one in table_of(SweepRow).columns),
    *("DELETE FROM marks", "DELETE FROM sweeps", "TRUNCATE marks, sweeps"),
]


@pytest.fixture
def kept(app_store: SqlStore) -> SqlStore:
    """The house with one mark, and a sweep that two workers ended."""
    sweep = Sweep(on_day=date(2026, 7, 1), at=s.later(1), looked_at=1, marked=1, skipped=0)
    with app_store.work() as work:
        s.add_cases(work, 1)
        work.marks.add([mark(1)])
        work.marks.sweep_ended(sweep)
        work.marks.sweep_ended(sweep)
        work.commit()
    return app_store


def test_marks_are_added_and_read(kept: SqlStore, open_store: Callable[[str], SqlStore]) -> None:
    reader = open_store(kept.engine.url.set(username="nistaran_reader").render_as_string(hide_password=False))
    for store in (kept, reader):
        with store.read() as work:
            assert work.marks.of(1) == [mark(1)]
            assert work.marks.last_sweep() is not None


@pytest.mark.parametrize("statement", NEVER)
def test_nobody_changes_what_was_marked(kept: SqlStore, statement: str) -> None:
    with kept.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement))
    assert isinstance(refused.value.orig, InsufficientPrivilege)
