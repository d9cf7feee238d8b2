"""Copying a database while others write in it, and putting the copy back: SQLite by its own backup, Postgres by pg_dump.

Here: one moment of one database as one file. Not here: objects, what a backup says of itself (nistaran/steps/backup.py).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from nistaran.domain.backup import Snapshot
from nistaran.domain.errors import NistaranError, NotReady, WorldAway
from nistaran.domain.events import GENESIS
from storage.streams import make_durable

_BUSY_SECONDS = 60


class NoPostgresTools(NotReady):
    """PostgreSQL का बैकअप pg_dump और pg_restore से होता है और वे यहाँ नहीं हैं: postgresql-client स्थापित करें / Postgres is backed up with
    pg_dump and pg_restore, which are not on this machine: install postgresql-client of the server's version."""


class AlreadyAtWork(NistaranError):
    """बैकअप अभी बन ही रहा है: उसके पूरा होने पर दोबारा चलाएँ / A backup is being made at this moment: run it again when that one is done."""


class CopyFailed(NotReady):
    """डेटाबेस की प्रति नहीं बनी या वापस नहीं रखी जा सकी / The database could not be copied, or the copy not be put back."""


def copy_database(engine: Engine, target: Path) -> Snapshot:
    """Copy one moment of the database into a new file, readable by its owner alone, on the disk itself. Writers go on meanwhile.

    Raises:
        NoPostgresTools, CopyFailed: naming what is missing. WorldAway: when the database does not answer.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    snapshot = _copy_sqlite(engine, target) if engine.dialect.name == "sqlite" else _dump_postgres(engine, target)
    with target.open("rb+") as file:
        make_durable(file)
    return snapshot


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Only one process at a time is in here; a killed one leaves nothing locked, on any system. Raises AlreadyAtWork."""
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise AlreadyAtWork from None
        yield


def restore_database(source: Path, engine: Engine) -> None:
    """Put a copy into a place where no tables are yet.

    Raises:
        NotReady: when something is there already; nothing is written over.
        NoPostgresTools, CopyFailed: as copy_database().
    """
    if engine.dialect.name == "sqlite":
        target = Path(str(engine.url.database))
        if target.exists():
            raise NotReady(f"{target.name}: पहले से है / is there already; nothing is written over")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(source, target)
        target.chmod(0o600)
        return
    with engine.connect() as connection:
        if connection.scalar(text("SELECT to_regclass('cases')")) is not None:
            raise NotReady("डेटाबेस में तालिकाएँ पहले से हैं / this database holds tables already; make an empty one")
    _run("pg_restore", engine, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(source))


def _copy_sqlite(engine: Engine, target: Path) -> Snapshot:
    """All in one step: it is one read, which in WAL mode no writer waits for; page by page it would begin anew at every write."""
    try:
        with (
            closing(sqlite3.connect(str(engine.url.database), timeout=_BUSY_SECONDS)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            found = _counts(lambda statement: copy.execute(statement).fetchone())
    except sqlite3.OperationalError as error:
        raise WorldAway(type(error).__name__) from None
    return found


def _dump_postgres(engine: Engine, target: Path) -> Snapshot:
    """The dump and the counts see the same moment: pg_dump takes over the snapshot of the transaction that counts."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        name = connection.scalar(text("SELECT pg_export_snapshot()"))
        found = _counts(lambda statement: _row(connection, statement))
        _run("pg_dump", engine, "--format=custom", f"--snapshot={name}", f"--file={target}")
    return found


def _row(connection: Connection, statement: str) -> Any:
    return connection.exec_driver_sql(statement).first()


def _counts(row_of: Any) -> Snapshot:
    seq, end = row_of("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1") or (0, GENESIS)
    (cases,), (files,) = row_of("SELECT count(*) FROM cases"), row_of("SELECT count(*) FROM files")
    (form,) = row_of("SELECT version_num FROM alembic_version")
    return Snapshot(seq=seq, hash=end, cases=cases, files=files, form=form)


def _run(tool: str, engine: Engine, *words: str) -> None:
    """A tool of Postgres. The password goes through the environment, where no list of processes shows it."""
    path = shutil.which(tool)
    if path is None:
        raise NoPostgresTools(tool)
    url = engine.url
    where: dict[str, object] = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
    }
    where |= {f"PG{name.upper()}": url.query[name] for name in ("host", "sslmode", "sslrootcert") if name in url.query}
    env = {**os.environ, **{name: str(value) for name, value in where.items() if value}}
    target = ["--dbname", str(url.database)]
    done = subprocess.run([path, *target, *words], env=env, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:  # its words may name rows: only the first line's kind is told
        raise CopyFailed(f"{tool}: exit {done.returncode}")
