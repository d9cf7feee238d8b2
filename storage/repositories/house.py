"""Whose database this is: one row, written once and never changed. Not here: what another district is told (belonging.py)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from storage.belonging import must_be_of
from storage.bulk import BulkInsert
from storage.tables import HouseRow, table_of

_house = table_of(HouseRow)
_add = BulkInsert(_house, "id", "district", keep_existing=True)


class SqlHouse:
    """Whose database this is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def district(self) -> str:
        """The district that was written down; "" before that."""
        return self._connection.scalar(select(_house.c.district)) or ""

    def belongs_to(self, district: str) -> None:
        """Write the district down the first time. Raises NotReady when this is the database of another one."""
        if district:
            _add.run(self._connection, [(1, district)])  # two houses may open at once: the first one stays
        must_be_of(self.district(), district)
