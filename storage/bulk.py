"""Many rows with one prepared statement: Core writes the statement once, the driver gets plain tuples.

Here: inserts, updates and «one of these» on the hot path. Not here: what the rows mean (repositories/). Core's own executemany looks at
every value of every row by name, which costs more than the database itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Table, any_, bindparam, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from storage.columns import write_json

Row = tuple[Any, ...]
Prepared = tuple[str, tuple[tuple[int, Callable[[Any], Any]], ...]]

#: So many rows stand in one INSERT. SQLite builds the list of a CHECK … IN (…) anew for every statement, which costs more than the
#: row itself; on Postgres each statement is a message. Measured on SQLite, marks: 1, 5, 20, 60, 100 rows: 1.3, 0.9, 0.8, 0.8, 0.9 s for 120,000.
_ROWS_AT_ONCE = 20
_VALUES = re.compile(r"VALUES (\((?:\?|%s)(?:::[\w ]+)?(?:, (?:\?|%s)(?:::[\w ]+)?)*\))")


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


def among(column: ColumnElement[Any], values: Sequence[Any], connection: Connection) -> ColumnElement[bool]:
    """«column is one of these», with all values in one parameter: any number of them, and one statement to prepare.

    `values` are texts or whole numbers. An IN (?, ?, …) of a thousand values costs more in preparing than in searching.
    """
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    listed = func.json_each(write_json(list(values))).table_valued("value")
    return column.in_(select(listed.c.value))


def _execute(connection: Connection, prepared: Prepared, rows: Sequence[Row]) -> int:
    if not rows:
        return 0
    statement, writers = prepared
    if writers:
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for at, write in writers:
            columns[at] = _written(columns[at], write)
        rows = list(zip(*columns, strict=True))
    if many := _many_at_once(statement):
        whole = len(rows) - len(rows) % _ROWS_AT_ONCE
        together = [tuple(chain(*rows[at : at + _ROWS_AT_ONCE])) for at in range(0, whole, _ROWS_AT_ONCE)]
        return _driven(connection, many, together) + _driven(connection, statement, rows[whole:])
    return _driven(connection, statement, rows)


def _driven(connection: Connection, statement: str, rows: Sequence[Row]) -> int:
    if not rows:
        return 0
    return connection.exec_driver_sql(statement, list(rows), execution_options={"preserve_rowcount": True}).rowcount


@lru_cache(maxsize=256)
def _many_at_once(statement: str) -> str:
    """The same INSERT with so many rows; "" for any other statement."""
    one = _VALUES.search(statement) if statement.startswith("INSERT") else None
    if one is None:
        return ""
    return f"{statement[: one.start(1)]}{', '.join([one[1]] * _ROWS_AT_ONCE)}{statement[one.end(1) :]}"


def _written(values: Sequence[Any], write: Callable[[Any], Any]) -> list[Any]:
    """The values as the driver wants them. Rows of one batch mostly share one moment, which is written once."""
    last, text = None, write(None)
    written = []
    for value in values:
        if value is not last:
            last, text = value, write(value)
        written.append(text)
    return written


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
