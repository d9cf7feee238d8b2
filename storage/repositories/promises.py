"""What departments promised at weekly reviews. Not here: whether it was kept (nistaran/domain/promise.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from nistaran.domain.promise import Counted, Promise
from nistaran.domain.weekly import end_of
from storage.bulk import BulkInsert
from storage.promise_tables import PromiseRow
from storage.tables import table_of

_promises = table_of(PromiseRow)
_c = _promises.c
_add = BulkInsert(_promises, "department", "line", "target", "counted", "number", "said_by", "at")


class SqlPromises:
    """What departments promised at reviews. Never changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, promises: Sequence[Promise]) -> None:
        """Keep promises."""
        rows = [
            (one.department, one.line, one.target, one.counted.value, one.number, one.by, one.at) for one in promises
        ]
        _add.run(self._connection, rows)

    def made(self, until: date, *, target_from: date) -> list[Promise]:
        """Those made by the end of `until` whose target is `target_from` or later, oldest first."""
        wanted = select(_promises).where(_c.at < end_of(until), _c.target >= target_from).order_by(_c.at, _c.id)
        return [
            Promise(
                department=row.department,
                line=row.line,
                target=row.target,
                counted=Counted(row.counted),
                number=row.number,
                by=row.said_by,
                at=row.at,
            )
            for row in self._connection.execute(wanted)
        ]
