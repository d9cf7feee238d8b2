"""Rows that could not be taken, until they come back corrected. Not here: judging rows (readers/, steps/accept.py)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from sqlalchemy import Connection, select, update

from nistaran.domain.records import RefusalState, RefusedRow
from storage.bulk import BulkInsert, among
from storage.tables import RefusalRow, table_of

_refusals = table_of(RefusalRow)
_PLAIN = (
    "id", "file_sha256", "file", "row", "field", "code", "reason_hi", "reason_en", "remedy_hi", "remedy_en",
    "sealed_row", "at",
)  # fmt: skip
_plain_of = attrgetter(*_PLAIN)
_add = BulkInsert(_refusals, *_PLAIN, "state", keep_existing=True)


class SqlRefusals:
    """Rows that could not be taken."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Sequence[RefusedRow]) -> int:
        """Keep refusals; one that was corrected and comes again is open again. Returns how many are open now and were not.

        One that is open already is left as it is.
        """
        again = update(_refusals).where(
            among(_refusals.c.id, [row.id for row in rows], self._connection),
            _refusals.c.state == RefusalState.CORRECTED.value,
        )
        reopened = self._connection.execute(again.values(state=RefusalState.OPEN.value)).rowcount if rows else 0
        return reopened + _add.run(self._connection, [(*_plain_of(row), row.state.value) for row in rows])

    def open_rows(self) -> list[RefusedRow]:
        """Refusals not yet corrected, oldest first."""
        wanted = select(_refusals).where(_refusals.c.state == RefusalState.OPEN.value)
        return [
            RefusedRow(**{name: getattr(row, name) for name in _PLAIN}, state=RefusalState(row.state))
            for row in self._connection.execute(wanted.order_by(_refusals.c.at, _refusals.c.id))
        ]

    def correct(self, ids: Sequence[str]) -> int:
        """Mark as corrected. Returns how many were open."""
        mended = update(_refusals).where(
            among(_refusals.c.id, ids, self._connection), _refusals.c.state == RefusalState.OPEN.value
        )
        return self._connection.execute(mended.values(state=RefusalState.CORRECTED.value)).rowcount
