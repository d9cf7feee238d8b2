"""Opening the database: SQLite as the house needs it (WAL, FULL, BEGIN IMMEDIATE), Postgres through psycopg 3.

Here: engines and how transactions begin. Not here: what is done in them (unit_of_work.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from nistaran.domain.errors import NotReady

#: Execution option of a connection: this unit of work writes, so SQLite takes its one write lock at the beginning. Taken
#: later (BEGIN DEFERRED) it fails at once instead of waiting whenever another process wrote in between.
WRITES = "nistaran_writes"

_BUSY_MS = 30_000
_CACHE_KIB = 65_536
_CHECKPOINT_PAGES = 4_000

#: What every SQLite connection must answer when asked again: synchronous 2 is FULL, what was committed outlives a power cut.
_MUST_READ = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


class NotDurable(NotReady):
    """डेटाबेस पक्का नहीं लिखता: बिजली जाने पर स्वीकृत शिकायतें खो सकती हैं, इसलिए काम शुरू नहीं हुआ; नीचे बताई सेटिंग ठीक करें / The
    database does not keep what it acknowledged through a power cut, so no work was begun: correct the setting named here."""


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql://…`. Nothing is opened yet.

    Raises:
        ValueError: for another database, or SQLite without a file (storage.memory is the store without a file).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    if parsed.get_backend_name() == "postgresql":
        return _postgres(parsed)
    raise ValueError(f"the house keeps its tables in sqlite or postgresql, not in {parsed.get_backend_name()}")


def _sqlite(url: URL) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise ValueError("sqlite needs a file: sqlite:////path/to/house.db")
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY_MS / 1000}, query_cache_size=200)
    event.listen(engine, "do_connect", _must_be_there)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _postgres(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        paramstyle="format",  # rows are handed over as tuples (bulk.py)
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "application_name": "nistaran"},
    )
    event.listen(engine, "connect", _ask_whether_durable)
    return engine


def _must_be_there(_dialect: object, _record: object, arguments: tuple[str, ...], _options: object) -> None:
    """SQLite would quietly make an empty database, readable by everybody; only migrations.upgrade makes one."""
    if not Path(arguments[0]).exists():
        raise NotReady("there is no database file")


def _prepare(connection: Any, _record: object) -> None:
    """Set a new SQLite connection up, then ask what it really does: a network drive may refuse WAL without an error."""
    connection.isolation_level = None  # the driver begins nothing by itself; _begin does
    cursor = connection.cursor()
    for pragma, value in {
        "busy_timeout": _BUSY_MS,
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "foreign_keys": "ON",
        "recursive_triggers": "ON",  # so that INSERT OR REPLACE meets the append-only trigger too
        "cache_size": -_CACHE_KIB,
        "temp_store": "MEMORY",
        "wal_autocheckpoint": _CHECKPOINT_PAGES,
    }.items():
        cursor.execute(f"PRAGMA {pragma} = {value}").fetchall()
    for pragma, wanted in _MUST_READ.items():
        read = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
        if read != wanted:
            connection.close()
            raise NotDurable(
                f"sqlite: {pragma} = {read}, {wanted} चाहिए; डेटाबेस इसी कम्प्यूटर की डिस्क पर रखें / "
                f"{wanted} is needed: keep the database on a local disk"
            )
    cursor.close()


def _ask_whether_durable(connection: Any, _record: object) -> None:
    """Ask a new Postgres connection: where synchronous_commit is off, a commit is acknowledged before it is on any disk.

    Every other value (on, local, remote_write, remote_apply) waits for this server's own disk at least.
    """
    cursor = connection.cursor()
    cursor.execute("SHOW synchronous_commit")
    read = cursor.fetchone()[0]
    cursor.close()
    connection.rollback()
    if read == "off":
        connection.close()
        raise NotDurable(
            "postgresql: synchronous_commit = off; postgresql.conf में या «ALTER ROLE … SET synchronous_commit = on» से चालू करें / "
            "turn it on in postgresql.conf or with ALTER ROLE … SET synchronous_commit = on"
        )


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
