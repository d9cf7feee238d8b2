"""The newest few rows of each of many: read through an index, so that who has thousands costs no more than who has a few.

A window function would number all rows of each before it drops most: 24,000 complaints from one phone would be read again
with every batch. Not here: which rows are meant (repositories/).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ARRAY, Column, ColumnElement, Connection, FromClause, Select, Text, func, literal, true

from storage.columns import write_json

#: For the rest of the unit of work. A phone that floods the house is in no statistics yet: Postgres takes it for one with a few
#: rows, and would collect and sort all of them (bitmap) instead of reading the index in order and stopping at the limit.
_IN_ORDER = "SELECT set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)"


def newest_of_each(
    asked: Sequence[str],
    ids: Callable[[ColumnElement[str]], Select[Any]],
    table: FromClause,
    row_id: Column[Any],
    connection: Connection,
) -> FromClause:
    """`table`, only those rows whose `row_id` the select `ids(value)` names, for each of the values once.

    `ids` selects one column and carries order and limit. Postgres runs it for each value by LATERAL; SQLite knows none and runs
    it for each value as the list of an IN.
    """
    each = sorted(set(asked))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_IN_ORDER)
        value = func.unnest(literal(each, ARRAY(Text()))).table_valued("value", name="asked").render_derived()
        found = ids(value.c.value).lateral("found")
        return value.join(found, true()).join(table, row_id == next(iter(found.c)))
    value = func.json_each(write_json(each)).table_valued("value", name="asked")
    return value.join(table, row_id.in_(ids(value.c.value).correlate(value)))
