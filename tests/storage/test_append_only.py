"""Events are only ever added: the databases themselves refuse anything else (promise P16)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nistaran.domain.errors import RowRefused
from nistaran.domain.records import FileNote
from storage.engine import WRITES
from storage.unit_of_work import SqlStore
from tests.servers import PostgresServer
from tests.storage import samples as s

ROLES = Path(__file__).parents[2] / "deployments" / "roles.sql"

CHANGES = [
    "UPDATE events SET body = '{}' WHERE seq = 1",
    "UPDATE events SET hash = hash",
    "DELETE FROM events WHERE seq = 2",
    "DELETE FROM events",
]
SQLITE_CHANGES = [*CHANGES, "INSERT OR REPLACE INTO events SELECT seq, case_number, kind, at, '{}', hash FROM events"]
POSTGRES_CHANGES = [*CHANGES, "TRUNCATE events"]


def _with_events(store: SqlStore) -> SqlStore:
    with store.work() as work:
        s.add_cases(work, 1, 2)
        work.ledger.append([s.registered(1), s.registered(2)])
        work.commit()
    return store


def _try(store: SqlStore, statement: str) -> None:
    options = {WRITES: True} if store.engine.dialect.name == "sqlite" else {}
    with store.engine.connect().execution_options(**options) as connection:
        connection.execute(text(statement))
        connection.commit()


def _body_of_first(store: SqlStore) -> str:
    with store.read() as work:
        return next(iter(work.ledger.links())).body


@pytest.mark.promise("P16")
@pytest.mark.parametrize("statement", SQLITE_CHANGES)
def test_sqlite_refuses(sqlite_url: str, open_store: Callable[[str], SqlStore], statement: str) -> None:
    store = _with_events(open_store(sqlite_url))
    with pytest.raises(DBAPIError, match="append-only"):
        _try(store, statement)
    assert _body_of_first(store) != "{}"


@pytest.mark.promise("P16")
@pytest.mark.parametrize("statement", POSTGRES_CHANGES)
def test_postgres_refuses_even_the_owner(
    postgres_url: str, open_store: Callable[[str], SqlStore], statement: str
) -> None:
    store = _with_events(open_store(postgres_url))
    with pytest.raises(DBAPIError, match="append-only"):
        _try(store, statement)
    assert _body_of_first(store) != "{}"


@pytest.mark.promise("P16")
def test_without_the_trigger_the_same_statement_goes_through(
    sqlite_url: str, open_store: Callable[[str], SqlStore]
) -> None:
    """The broken twin: if this failed, the tests above would show nothing."""
    store = _with_events(open_store(sqlite_url))
    _try(store, "DROP TRIGGER events_no_update")
    _try(store, CHANGES[0])
    assert _body_of_first(store) == "{}"


def test_a_refused_change_is_a_refused_row(sql_store: SqlStore) -> None:
    _with_events(sql_store)
    with pytest.raises(RowRefused), sql_store.work() as work:
        work.ledger._connection.execute(text(CHANGES[0]))


@pytest.fixture
def app_store(
    postgres_server: PostgresServer, new_postgres_url: str, open_store: Callable[[str], SqlStore]
) -> SqlStore:
    """The house as its own role sees it, after the owner ran roles.sql."""
    open_store(new_postgres_url).upgrade()
    database = new_postgres_url.partition("@/")[2].partition("?")[0]
    for _ in range(2):  # it may be run again
        postgres_server.run(ROLES.read_text(encoding="utf-8"), database=database)
    return open_store(postgres_server.url(database, user="nistaran_app"))


def test_the_house_works_with_the_rights_of_its_role(app_store: SqlStore) -> None:
    with app_store.work() as work:
        work.ledger.lock()
        work.counters.take("case", 1)
        s.add_cases(work, 1, 2)
        work.complainants.add([s.person(1, "p")])
        work.files.add(s.file(1))
        work.files.finish(s.file(1).sha256, s.file(1).counts, notes=[FileNote(code="ENCODING", detail="cp1252")])
        work.files.reopen(s.file(1).sha256, name="a.csv", source="cli:")
        work.refusals.add([s.refusal(1)])
        work.refusals.correct([s.refusal(1).id])
        work.ledger.append([s.registered(1)])
        work.commit()
    with app_store.work() as work:
        work.cases.take_unrouted(limit=5, lanes=None)
        work.cases.place([s.placement(1)])
        work.decisions.add([s.decision(1)])
        work.desks.open([s.desk(1)])
        work.desks.open([s.desk(1, "b", s.later(1))])
        work.outbox.add([s.notice(1), s.notice(2)], at=s.NOW)
        one, two = work.outbox.claim(limit=5, at=s.NOW, lease_seconds=60)
        work.outbox.delivered([one], receipts=["r"], at=s.NOW)
        work.outbox.failed(two, error="e", not_before=None)
        work.commit()
    with app_store.read() as work:
        assert work.cases.count_by_status() == {"WITH_OFFICE": 1, "REGISTERED": 1}
    assert app_store.upgrade() is False


@pytest.mark.promise("P16")
@pytest.mark.parametrize("statement", [
    *POSTGRES_CHANGES,
    "ALTER TABLE events DISABLE TRIGGER ALL",
    "DROP TABLE events",
    "UPDATE cases SET due_on = due_on + 30",
    "UPDATE words SET text = ''",
    "DELETE FROM decisions",
    "DELETE FROM cases",
    "UPDATE alembic_version SET version_num = '0001'",
    "CREATE TABLE mine (a int)",
])  # fmt: skip
def test_the_houses_role_has_no_right_to(app_store: SqlStore, statement: str) -> None:
    with pytest.raises(DBAPIError) as refused:
        _try(app_store, statement)
    assert isinstance(refused.value.orig, InsufficientPrivilege)


def test_the_readers_role_sees_no_citizen(app_store: SqlStore, open_store: Callable[[str], SqlStore]) -> None:
    reader = open_store(app_store.engine.url.set(username="nistaran_reader").render_as_string(hide_password=False))
    with reader.read() as work:
        assert work.cases.count_by_status() == {}
    for table in ("words", "complainants", "refusals"):
        with pytest.raises(DBAPIError) as refused:
            _try(reader, f"SELECT * FROM {table}")
        assert isinstance(refused.value.orig, InsufficientPrivilege)
