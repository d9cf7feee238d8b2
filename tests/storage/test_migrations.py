"""The migrated tables are the tables of storage/tables.py, exactly, on both databases."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from storage import migrations
from storage.migrations import current, downgrade, newest, upgrade
from storage.tables import Base
from storage.unit_of_work import SqlStore
from tests.storage import samples as s

VERSIONS = sorted((Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))

#: SQLite keeps a table as it was written, a line a column; one that was added later stands in the line of the one before.
SQLITE_LINES = re.compile(r",\s*\n|\n|, (?=\w+ [A-Z])")

#: What the database itself says about its tables, one line each; triggers apart, which stand in a migration alone.
POSTGRES_SAYS = """
SELECT format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT format('index %s', pg_get_indexdef(indexrelid)) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
  WHERE relnamespace = 'public'::regnamespace
"""


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each database without any table."""
    if request.param == "postgres":
        url = str(request.getfixturevalue("new_postgres_url"))
    else:
        (tmp_path / "house.db").touch()
        url = f"sqlite:///{tmp_path / 'house.db'}"
    store = SqlStore(url)
    yield store.engine
    store.close()


def _says(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            lines = connection.execute(text(POSTGRES_SAYS)).scalars().all()
        else:
            made = connection.execute(
                text("SELECT tbl_name, sql FROM sqlite_master WHERE type <> 'trigger' AND sql IS NOT NULL")
            )
            lines = [
                f"{table}: {' '.join(line.split()).rstrip(',').replace(chr(34), '')}"
                for table, sql in made
                for line in SQLITE_LINES.split(sql)
            ]
    return {line for line in lines if "alembic" not in line}


def test_the_migrated_tables_are_the_tables(empty: Engine) -> None:
    upgrade(empty)
    migrated = _says(empty)
    with empty.connect() as connection:
        assert (
            compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata) == []
        )
    downgrade(empty, "base")
    assert _says(empty) == set()

    with empty.begin() as connection:
        if empty.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = OFF")
        Base.metadata.create_all(connection)

    assert migrated == _says(empty)
    assert len(migrated) > 100


def test_each_migration_has_the_next_number() -> None:
    numbers = [path.name.split("_")[0] for path in VERSIONS]

    assert numbers == [f"{n:04d}" for n in range(1, len(VERSIONS) + 1)]
    assert newest() == numbers[-1]
    for path, number, before in zip(VERSIONS, numbers, [None, *numbers], strict=False):
        source = path.read_text(encoding="utf-8")
        assert f'revision = "{number}"' in source
        assert f"down_revision = {f'{chr(34)}{before}{chr(34)}' if before else None}" in source


def test_the_first_upgrade_says_that_it_changed_something(empty: Engine) -> None:
    assert current(empty) is None
    assert upgrade(empty) is True
    assert upgrade(empty) is False
    assert current(empty) == newest()


def test_rows_stay_when_the_tables_change(empty: Engine, open_store: Callable[[str], SqlStore]) -> None:
    upgrade(empty, "0001")
    store = open_store(empty.url.render_as_string(hide_password=False))
    with store.work() as work:
        s.add_cases(work, *range(1, 101))
        work.ledger.append([s.registered(n) for n in range(1, 101)])
        work.commit()

    assert upgrade(empty) is True
    with store.read() as work:
        assert work.cases.by_ids([77]) == [s.case(77)]
        assert work.ledger.head().seq == 100


def test_files_from_before_their_notes_were_kept_have_none(
    empty: Engine, open_store: Callable[[str], SqlStore]
) -> None:
    upgrade(empty, "0003")
    store = open_store(empty.url.render_as_string(hide_password=False))
    with store.work() as work:
        work.files._connection.exec_driver_sql(
            "INSERT INTO files VALUES ('f', 'a.csv', 'raw/f', 1, 'cli:', '2026-11-22T04:30:15.000000+00:00', 'READ', 1, 1, 0, 0)"
        )
        work.commit()

    upgrade(empty)
    with store.read() as work:
        assert work.files.get("f").notes == ()


def test_two_may_upgrade_at_once(empty: Engine, open_store: Callable[[str], SqlStore]) -> None:
    url = empty.url.render_as_string(hide_password=False)
    changed: list[bool] = []
    threads = [threading.Thread(target=lambda: changed.append(open_store(url).upgrade())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(changed) == [False, True]


def test_a_migration_that_fails_leaves_nothing_behind(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(ZeroDivisionError):
        upgrade(empty)

    assert _says(empty) == set()
    assert current(empty) is None
