"""On Postgres the house's role adds promises and can change or remove none; who makes reports never sees the officer's words (roles.sql)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nistaran.domain.promise import Counted, Promise
from storage.promise_tables import PromiseRow
from storage.tables import table_of
from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.test_append_only import app_store

__all__ = ["app_store"]

NEVER = [
    *(f"UPDATE promises SET {one.name} = {one.name}" for one in table_of(PromiseRow).columns),
    *("DELETE FROM promises", "TRUNCATE promises"),
]


@pytest.fixture
def kept(app_store: SqlStore) -> SqlStore:
    """The house with one promise."""
    made = Promise(
        department="ENERGY",
        line="शून्य",
        target=date(2026, 12, 1),
        counted=Counted.PENDING,
        number=None,
        by="up.cell1",
        at=s.NOW,
    )
    with app_store.work() as work:
        work.promises.add([made])
        work.commit()
    return app_store


def test_promises_are_added_and_read(kept: SqlStore, open_store: Callable[[str], SqlStore]) -> None:
    with kept.read() as work:
        assert len(work.promises.made(date(2026, 12, 1), target_from=date(2026, 12, 1))) == 1
    reader = open_store(kept.engine.url.set(username="nistaran_reader").render_as_string(hide_password=False))
    with reader.engine.connect() as connection:
        assert connection.execute(text("SELECT department, target, number FROM promises")).all()
        with pytest.raises(DBAPIError) as refused:
            connection.execute(text("SELECT line FROM promises"))
    assert isinstance(refused.value.orig, InsufficientPrivilege)


@pytest.mark.parametrize("statement", NEVER)
def test_nothing_of_a_promise_is_ever_changed(kept: SqlStore, statement: str) -> None:
    with kept.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement))
    assert isinstance(refused.value.orig, InsufficientPrivilege)
