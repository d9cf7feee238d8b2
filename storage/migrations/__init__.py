"""How the tables come into being and change: `upgrade(engine)` and `current(engine)`, over alembic.

Here: running migrations from code, in one transaction. Not here: the migrations (versions/), the tables as they now are
(storage/tables.py). A test compares the two exactly, on both databases.
"""

from __future__ import annotations

import os
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage.engine import WRITES

_HERE = Path(__file__).parent

#: The name under which changing the tables is locked on Postgres; the ledger has another.
_LOCK = 0x6E697375


def upgrade(engine: Engine, revision: str = "head") -> bool:
    """Bring the tables to the newest form (or to `revision`): all of it or nothing. A second process waits and finds it done.

    Returns whether anything had to be changed.
    """
    _make_private(engine)
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True}) if engine.dialect.name == "sqlite" else plain
        with connection.begin():
            _wait_for_turn(connection)
            before = _revision(connection)
            command.upgrade(_config(connection), revision)
            return _revision(connection) != before


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to an older form. What only newer tables hold is lost: for tests and for a release gone wrong."""
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True}) if engine.dialect.name == "sqlite" else plain
        with connection.begin():
            _wait_for_turn(connection)
            command.downgrade(_config(connection), revision)


def current(engine: Engine) -> str | None:
    """The form that the tables have now; None where there are none. Raises NotReady when there is no SQLite file."""
    with engine.connect() as connection:
        return _revision(connection)


def newest() -> str:
    """The form that this release needs."""
    head = ScriptDirectory(str(_HERE)).get_current_head()
    if head is None:
        raise RuntimeError("there is no migration in storage/migrations/versions: the installation is incomplete")
    return head


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _LOCK})


def _make_private(engine: Engine) -> None:
    """A new SQLite file is readable by its owner alone; SQLite gives its side files the same rights."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        os.close(os.open(engine.url.database, os.O_CREAT | os.O_RDWR, 0o600))
