"""On Postgres the house's role fills up and ends entries of the registry and removes none; reports see no name and no number (roles.sql)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.contract.test_registry import officer, sits
from tests.storage.test_append_only import app_store

__all__ = ["app_store"]

NEVER = [
    *(f"UPDATE officers SET {one} = {one}" for one in ("office", "post", "since")),
    *(f"UPDATE rosters SET {one} = {one}" for one in ("place_key", "post", "since")),
    *("UPDATE logins SET at = at", "UPDATE logins SET login = login"),
    *(f"DELETE FROM {table}" for table in ("officers", "logins", "rosters")),
    "TRUNCATE officers, logins, rosters",
]


@pytest.fixture
def kept(app_store: SqlStore) -> SqlStore:
    """The house with an officer and a roster, both ended since, and one use of a login."""
    with app_store.work() as work:
        work.registry.put_officers([officer()])
        work.registry.put_officers([replace(officer(), until=date(2026, 11, 1))])
        work.registry.put_rosters([sits()])
        work.registry.put_rosters([replace(sits(), name="")])
        work.registry.add_logins([("up.x", s.NOW)])
        work.registry.add_logins([("up.x", s.NOW)])
        work.commit()
    return app_store


@pytest.mark.parametrize("statement", NEVER)
def test_nothing_is_removed(kept: SqlStore, statement: str) -> None:
    with kept.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement))
    assert isinstance(refused.value.orig, InsufficientPrivilege)


@pytest.mark.parametrize(
    "column", ["officers.name", "officers.mobile", "officers.email", "rosters.name", "rosters.mobile"]
)
def test_reports_see_posts_and_logins_and_no_person(
    kept: SqlStore, open_store: Callable[[str], SqlStore], column: str
) -> None:
    reader = open_store(kept.engine.url.set(username="nistaran_reader").render_as_string(hide_password=False))
    with reader.engine.connect() as connection:
        assert connection.execute(text("SELECT office, designation, login FROM officers")).all()
        assert connection.execute(text("SELECT login, at FROM logins")).all()
        table = column.split(".", maxsplit=1)[0]
        with pytest.raises(DBAPIError) as refused:
            connection.execute(text(f"SELECT {column} FROM {table}"))
    assert isinstance(refused.value.orig, InsufficientPrivilege)
