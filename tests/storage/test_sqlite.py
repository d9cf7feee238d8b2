"""SQLite as the house opens it: what was committed is durable, writers wait their turn, a full disk is said plainly."""

# ruff: noqa: PT012 (what is expected to fail is the whole unit of work)

from __future__ import annotations

import re
import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from nistaran.domain.errors import NotReady, StorageFull, WorldAway
from storage import engine as engine_module
from storage.engine import WRITES, NotDurable, make_engine
from storage.unit_of_work import SqlStore
from tests.storage import samples as s


@pytest.fixture
def store(sqlite_url: str, open_store: Callable[[str], SqlStore]) -> SqlStore:
    """A store on a new SQLite file."""
    return open_store(sqlite_url)


@pytest.mark.promise("P3")
def test_every_connection_is_durable_and_strict(store: SqlStore) -> None:
    connections = [store.engine.connect() for _ in range(3)]
    for connection in connections:
        for pragma, wanted in {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 30_000,
            "recursive_triggers": 1,
        }.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == wanted
        connection.close()


@pytest.mark.promise("P3")
def test_a_connection_that_is_not_durable_is_refused(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: where the setting does not take, as on a network drive, the house does not start."""
    monkeypatch.setattr(engine_module, "_MUST_READ", {**engine_module._MUST_READ, "synchronous": 3})
    with pytest.raises(NotDurable, match="synchronous"), SqlStore(sqlite_url).read():
        pass


@pytest.mark.promise("P3")
def test_a_file_system_that_cannot_do_wal_is_refused(tmp_path: Path) -> None:
    """A real one: SQLite's dot-file locking has no shared memory, as network drives have none, and keeps the old journal."""
    connection = sqlite3.connect(f"file:{tmp_path}/house.db?vfs=unix-dotfile", uri=True)
    with pytest.raises(NotDurable, match="journal_mode = delete") as refused:
        engine_module._prepare(connection, None)
    assert re.search("[\u0900-\u097f].* / .*local disk", str(refused.value))


@pytest.mark.promise("P3")
@pytest.mark.parametrize("pragma", ["synchronous", "journal_mode"])
def test_a_setting_that_does_not_take_is_seen(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, pragma: str) -> None:
    """The broken twins: a connection that is told something else, as a patched driver or a later edit would tell it."""

    class Forgetful(sqlite3.Cursor):
        def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
            weaker = {
                "PRAGMA synchronous = FULL": "PRAGMA synchronous = NORMAL",
                "PRAGMA journal_mode = WAL": "SELECT 1",
            }
            return super().execute(weaker.get(statement, statement) if pragma in statement else statement, *values)

    class Connection(sqlite3.Connection):
        def cursor(self, *_: object) -> Forgetful:  # type: ignore[override]
            return Forgetful(self)

    plain = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    plain.execute("PRAGMA journal_mode = DELETE")
    plain.close()
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), factory=Connection)
    with pytest.raises(NotDurable, match=pragma):
        engine_module._prepare(connection, None)


def _count_by_reading_and_writing(store: SqlStore, times: int, failures: list[Exception]) -> None:
    """Read-modify-write: what a transaction that begins as a reader cannot do safely."""
    for _ in range(times):
        try:
            with store.work() as work:
                work.cases.known(["k"])
                work.counters.take("case", 1)
                work.commit()
        except WorldAway as failure:
            failures.append(failure)


def _race(url: str, open_store: Callable[[str], SqlStore], prepare: Callable[[SqlStore], None]) -> list[Exception]:
    failures: list[Exception] = []
    stores = [open_store(url) for _ in range(3)]
    for store in stores:
        prepare(store)
    threads = [threading.Thread(target=_count_by_reading_and_writing, args=(store, 60, failures)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def _begin_deferred(store: SqlStore) -> None:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("BEGIN DEFERRED")

    event.remove(store.engine, "begin", engine_module._begin)
    event.listen(store.engine, "begin", begin)


def test_writers_wait_their_turn(sqlite_url: str, open_store: Callable[[str], SqlStore]) -> None:
    assert _race(sqlite_url, open_store, lambda store: None) == []
    with open_store(sqlite_url).work() as work:
        assert work.counters.take("case", 1) == 181


def test_writers_that_begin_deferred_fail(sqlite_url: str, open_store: Callable[[str], SqlStore]) -> None:
    """The broken twin of BEGIN IMMEDIATE (M5): without it some of the same work is refused as «database is locked»."""
    assert len(_race(sqlite_url, open_store, _begin_deferred)) > 0


def test_a_writer_that_waits_too_long_may_try_again(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_BUSY_MS", 50)
    impatient = SqlStore(str(store.engine.url))
    with store.work(), pytest.raises(WorldAway), impatient.work():
        pass
    with impatient.work() as work:
        assert work.counters.take("case", 1) == 1
    impatient.close()


@pytest.mark.promise("P12")
def test_a_full_disk_is_said_and_work_goes_on_when_there_is_room(store: SqlStore) -> None:
    with store.work() as work:
        s.add_cases(work, 1)
        work.commit()

    limit = "PRAGMA max_page_count = {}"
    with store.engine.connect().execution_options(**{WRITES: True}) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(limit.format(pages + 5))
    accepted = 1
    with pytest.raises(StorageFull):
        while accepted < 10_000:
            with store.work() as work:
                s.add_cases(work, *range(accepted + 1, accepted + 26))
                work.commit()
                accepted += 25
    with store.read() as work:
        assert sum(work.cases.count_by_status().values()) == accepted

    store.engine.dispose()
    with store.work() as work:
        s.add_cases(work, *range(accepted + 1, accepted + 26))
        work.commit()
    with store.read() as work:
        assert sum(work.cases.count_by_status().values()) == accepted + 25


def test_a_house_without_a_database_is_not_ready(tmp_path: Path) -> None:
    with pytest.raises(NotReady), SqlStore(f"sqlite:///{tmp_path}/none.db").read():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_is_not_ready(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.db").close()
    with pytest.raises(NotReady), SqlStore(f"sqlite:///{tmp_path}/empty.db").read() as work:
        work.cases.known(["k"])


def test_the_database_is_its_owners_alone(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/house.db")
    store.upgrade()
    with store.work() as work:
        s.add_cases(work, 1)
        work.commit()
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    store.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://u@h/d"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite"):
        make_engine(url)


def test_the_hot_questions_read_no_whole_table(store: SqlStore) -> None:
    """Each is answered through an index, however many cases the house holds."""
    plans: list[str] = []

    def explain(connection, _cursor, statement, parameters, _context, many) -> None:
        if statement.startswith(("SELECT", "UPDATE")) and not many:
            rows = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            plans.append(" | ".join(row[3] for row in rows))

    with store.work() as work:
        s.add_cases(work, 1)
        event.listen(store.engine, "before_cursor_execute", explain)
        work.cases.known(["k"])
        work.cases.take_unrouted(limit=10, lanes=["CM"])
        work.cases.by_references(["R"])
        work.complainants.earlier(["p"], since=s.NOW.date(), each=5)
        work.links.of(1)
        work.desks.open([s.desk(1)])
        work.outbox.claim(limit=10, at=s.NOW, lease_seconds=5)
        work.outbox.of(1)
        work.ledger.head()
        work.ledger.of("n")
        work.cases.page(after_id=0, limit=10)

    def answered(*words: str) -> bool:
        return any(all(word in plan for word in words) for plan in plans)

    assert answered("SEARCH cases USING COVERING INDEX", "(key=?)")
    assert answered("SCAN cases USING INDEX ix_cases_unrouted")
    assert answered("SEARCH carrier USING COVERING INDEX ix_cases_reference", "(reference=?)")
    assert answered("SEARCH complainants USING", "ix_complainants_person", "SEARCH cases USING INTEGER PRIMARY KEY")
    assert answered("SEARCH links USING", "ix_links_other_id")
    assert answered("SEARCH desks USING PRIMARY KEY")
    assert answered("SEARCH outbox USING", "ix_outbox_due")
    assert answered("SEARCH outbox USING INDEX ix_outbox_case_id")
    assert answered("SEARCH events USING INDEX ix_events_case_number")
    assert answered("SEARCH cases USING INTEGER PRIMARY KEY (rowid>?)")
    assert not answered("USE TEMP B-TREE FOR ORDER BY", "cases", "unrouted")
