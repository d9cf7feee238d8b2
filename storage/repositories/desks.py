"""Who had the case when: the desks of a case follow one another without a gap (decision 4). Not here: clocks (domain)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from nistaran.domain.records import DeskEntry
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.grouped import grouped
from storage.tables import DeskRow, table_of

_desks = table_of(DeskRow)
_add = BulkInsert(_desks, "case_id", "turn", "office", "since", "until")
_close = BulkUpdate(_desks, "until", keys=("case_id", "turn"))


class SqlDesks:
    """Who had the case when."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, entries: Sequence[DeskEntry]) -> None:
        """Put cases on desks; an open entry of the same case is closed at that moment."""
        last = self._last_turns([entry.case_id for entry in entries])
        closed: list[tuple[Any, ...]] = []
        opened: list[tuple[Any, ...]] = []
        for entry in entries:
            turn, still_open = last.get(entry.case_id, (0, False))
            if still_open:
                closed.append((entry.since, entry.case_id, turn))
            opened.append((entry.case_id, turn + 1, entry.office, entry.since, entry.until))
            last[entry.case_id] = (turn + 1, entry.until is None)
        if len(last) == len(entries):
            _close.run(self._connection, closed)
            _add.run(self._connection, opened)
        else:  # a case more than once in one call: its desks must be opened and closed in turn
            self._one_by_one(opened)

    def of(self, case_id: int) -> list[DeskEntry]:
        """The desks of a case, oldest first."""
        wanted = select(_desks).where(_desks.c.case_id == case_id).order_by(_desks.c.turn)
        return [_entry(row) for row in self._connection.execute(wanted)]

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[DeskEntry]]:
        """The desks of each of these cases, as of() gives them; a case without any is left out."""
        wanted = select(_desks).where(among(_desks.c.case_id, case_ids, self._connection))
        rows = self._connection.execute(wanted.order_by(_desks.c.case_id, _desks.c.turn)).all()
        return grouped((row.case_id, _entry(row)) for row in rows)

    def _last_turns(self, case_ids: Sequence[int]) -> dict[int, tuple[int, bool]]:
        """For each case that ever lay on a desk: its newest turn, and whether that is open."""
        wanted = (
            select(_desks.c.case_id, _desks.c.turn, _desks.c.until.is_(None))
            .where(among(_desks.c.case_id, case_ids, self._connection))
            .order_by(_desks.c.case_id, _desks.c.turn)
        )
        return {case_id: (turn, bool(still)) for case_id, turn, still in self._connection.execute(wanted)}

    def _one_by_one(self, opened: Sequence[tuple[Any, ...]]) -> None:
        for row in opened:
            case_id, _, _, since, _ = row
            for earlier, (turn, still_open) in self._last_turns([case_id]).items():
                if still_open:
                    _close.run(self._connection, [(since, earlier, turn)])
            _add.run(self._connection, [row])


def _entry(row: Row[Any]) -> DeskEntry:
    return DeskEntry(case_id=row.case_id, office=row.office, since=row.since, until=row.until)
