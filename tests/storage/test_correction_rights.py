"""On Postgres the house's own role may move a correction's trust and never what a person said (deployments/roles.sql)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.contract.test_corrections import correction, trusted
from tests.storage.test_append_only import app_store

__all__ = ["app_store"]


def test_the_house_corrects_and_settles(app_store: SqlStore) -> None:
    with app_store.work() as work:
        s.add_cases(work, 1)
        work.corrections.add([correction(1)])
        work.corrections.settle([trusted(1)])
        work.commit()
    with app_store.read() as work:
        assert [label.case for label in work.corrections.trusted(limit=1)] == [s.number(1)]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE corrections SET department = 'NONE'", "UPDATE corrections SET said_by = 'x'", "DELETE FROM corrections"],
)
def test_it_has_no_right_to_change_what_was_said(app_store: SqlStore, statement: str) -> None:
    with app_store.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement))
    assert isinstance(refused.value.orig, InsufficientPrivilege)


def test_reports_may_count_corrections(app_store: SqlStore, open_store: Callable[[str], SqlStore]) -> None:
    reader = open_store(app_store.engine.url.set(username="nistaran_reader").render_as_string(hide_password=False))
    with reader.read() as work:
        assert work.corrections.count_by_login() == {}
