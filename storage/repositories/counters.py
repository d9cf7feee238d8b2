"""Serial numbers without gaps or doubles: taken and given back with the transaction they are used in."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import CounterRow, table_of

_counters = table_of(CounterRow)


class SqlCounters:
    """Serial numbers without gaps or doubles."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, name: str, count: int) -> int:
        """Reserve `count` numbers; the first of them is returned. Raises ValueError when `count` is below 1."""
        if count < 1:
            raise ValueError("at least one number is taken")
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        first = insert(_counters).values(name=name, value=count)
        taken = first.on_conflict_do_update(
            index_elements=["name"], set_={"value": _counters.c.value + first.excluded.value}
        ).returning(_counters.c.value)
        last: int = self._connection.execute(taken).scalar_one()
        return last - count + 1
