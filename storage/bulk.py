"""Many rows with one prepared statement: Core writes the statement once, the driver gets plain tuples.

Here: inserts and updates on the hot path. Not here: what the rows mean (repositories/). Core's own executemany looks at
every value of every row by name, which costs more than the database itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

T = TypeVar("T")
Row = tuple[Any, ...]
Prepared = tuple[str, tuple[tuple[int, Callable[[Any], Any]], ...]]

#: So many values stand in one IN (…): below SQLite's smallest limit of 999, and few different statements.
CHUNK = 500


class BulkInsert:
    """Inserts rows given as tuples in the order of `columns`. With `keep_existing` a row that is already there is left."""

    def __init__(self, table: Table, *columns: str, keep_existing: bool = False) -> None:
        self._table, self._columns, self._keep = table, columns, keep_existing

    def run(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Insert them. Returns how many were new."""
        return _execute(connection, _insert(self._table, self._columns, self._keep, connection.dialect), rows)


class BulkUpdate:
    """Sets `columns` in the row whose `keys` are equal; a tuple is the new values, then the keys."""

    def __init__(self, table: Table, *columns: str, keys: tuple[str, ...]) -> None:
        self._table, self._columns, self._keys = table, columns, keys

    def run(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Update them. Returns how many rows there were."""
        return _execute(connection, _update(self._table, self._columns, self._keys, connection.dialect), rows)


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items in pieces that fit into one IN (…)."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def _execute(connection: Connection, prepared: Prepared, rows: Sequence[Row]) -> int:
    if not rows:
        return 0
    statement, writers = prepared
    if writers:
        rows = [_written(row, writers) for row in rows]
    done = connection.exec_driver_sql(statement, list(rows), execution_options={"preserve_rowcount": True})
    return done.rowcount


def _written(row: Row, writers: tuple[tuple[int, Callable[[Any], Any]], ...]) -> Row:
    values = list(row)
    for at, write in writers:
        values[at] = write(values[at])
    return tuple(values)


@lru_cache(maxsize=256)
def _insert(table: Table, columns: tuple[str, ...], keep: bool, dialect: Dialect) -> Prepared:
    if dialect.name == "sqlite":
        # inline: no RETURNING for a serial number that nobody reads
        lite = sqlite.insert(table).inline()
        compiled = (lite.on_conflict_do_nothing() if keep else lite).compile(dialect=dialect, column_keys=columns)
    else:
        post = postgresql.insert(table).inline()
        compiled = (post.on_conflict_do_nothing() if keep else post).compile(dialect=dialect, column_keys=columns)
    return _prepared(compiled, table, columns, columns, dialect)


@lru_cache(maxsize=256)
def _update(table: Table, columns: tuple[str, ...], keys: tuple[str, ...], dialect: Dialect) -> Prepared:
    names = tuple(f"to_{column}" for column in columns) + tuple(f"by_{key}" for key in keys)
    statement = update(table).values({column: bindparam(f"to_{column}") for column in columns})
    for key in keys:
        statement = statement.where(table.c[key] == bindparam(f"by_{key}"))
    return _prepared(statement.compile(dialect=dialect), table, columns + keys, names, dialect)


def _prepared(
    compiled: Any, table: Table, columns: tuple[str, ...], names: tuple[str, ...], dialect: Dialect
) -> Prepared:
    """The statement's text and, by position, the functions that write a value as the driver wants it."""
    assert isinstance(compiled, SQLCompiler)
    if tuple(compiled.positiontup or ()) != names:
        raise TypeError(f"name the columns of {table.name} in the order of the table: {compiled.positiontup}")
    writers = []
    for at, column in enumerate(columns):
        write = table.c[column].type.dialect_impl(dialect).bind_processor(dialect)
        if write is not None:
            writers.append((at, write))
    return compiled.string, tuple(writers)
