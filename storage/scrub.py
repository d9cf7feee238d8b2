"""Making sure that what was deleted is gone from the database's own files, too.

Here: SQLite's file and its write-ahead log; Postgres' dead rows. Not here: what is deleted (repositories/erasures.py). Disks that keep
old blocks, and snapshots of them, are beyond any database: docs/retention.md says what to do there.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from nistaran.domain.errors import WorldAway
from storage.failures import translated

_BUSY_SECONDS = 60
#: What was ever changed by `nistaran retain`.
_CHANGED = ("words", "complainants", "decisions", "outbox", "reports", "refusals", "logins")


def scrub(engine: Engine) -> None:
    """Write the database anew without what was deleted, and empty its log. Other writers wait meanwhile.

    Raises:
        WorldAway: when somebody else holds the database for longer than a minute; to be tried again.
    """
    if engine.dialect.name == "sqlite":
        _scrub_sqlite(str(engine.url.database))
        return
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM {', '.join(_CHANGED)}")
    except SQLAlchemyError as error:
        raise translated(error) or error from None


def _scrub_sqlite(path: str) -> None:
    """VACUUM rather than secure_delete: pages that SQLite once split or moved hold copies that no later delete reaches."""
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA temp_store = FILE")  # the whole database would not fit into a small PC's memory
            connection.execute("VACUUM")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        raise WorldAway(type(error).__name__) from None
    if busy:
        raise WorldAway("the write-ahead log is being read: it could not be emptied")
