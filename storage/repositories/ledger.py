"""The append-only, hash-chained events. Not here: the chain's arithmetic (nistaran/domain/events.py), checkpoints.

The end of the ledger is read from its last row under the lock, not kept in a row of its own: a row that can be edited would
be one more thing to doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from sqlalchemy import Connection, select, text

from nistaran.domain.events import GENESIS, Event, Link, chain
from nistaran.domain.records import Head
from storage.bulk import BulkInsert, among
from storage.grouped import grouped
from storage.tables import EventRow, table_of

_events = table_of(EventRow)
_COLUMNS = (_events.c.seq, _events.c.case_number, _events.c.kind, _events.c.at, _events.c.body, _events.c.hash)
_add = BulkInsert(_events, *(column.name for column in _COLUMNS))
_link_of = attrgetter("seq", "case", "kind", "at", "body", "hash")

#: The name under which appending is locked on Postgres («nistaran» as a number); nothing else of ours uses it.
_LOCK = 0x6E697374

_PAGE = 5_000


class SqlLedger:
    """The append-only, hash-chained events."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._locked = False
        self._head: Head | None = None

    def lock(self) -> None:
        """Wait until this unit of work is the only one that may append, and keep that until it ends.

        On SQLite a writing unit of work holds the one write lock from its beginning.
        """
        if not self._locked and self._connection.dialect.name == "postgresql":
            self._connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _LOCK})
        self._locked = True

    def append(self, new: Iterable[Event]) -> Head:
        """Chain the events to the end, under the lock. Returns the new end."""
        self.lock()
        head = self._head or self._read_head()
        links = chain(new, seq=head.seq, previous=head.hash)
        if links:
            _add.run(self._connection, [_link_of(link) for link in links])
            head = Head(seq=links[-1].seq, hash=links[-1].hash)
        self._head = head
        return head

    def head(self) -> Head:
        """The end of the ledger (seq 0 and GENESIS when empty)."""
        return self._head or self._read_head()

    def of(self, case: str) -> list[Link]:
        """The events of a case, oldest first."""
        wanted = select(*_COLUMNS).where(_events.c.case_number == case).order_by(_events.c.seq)
        return [Link(*row) for row in self._connection.execute(wanted)]

    def of_each(self, cases: Sequence[str]) -> dict[str, list[Link]]:
        """The events of each of these cases, as of() gives them; a case without any is left out."""
        wanted = select(*_COLUMNS).where(among(_events.c.case_number, cases, self._connection)).order_by(_events.c.seq)
        return grouped((row.case_number, Link(*row)) for row in self._connection.execute(wanted))

    def links(self, *, after: int = 0) -> Iterator[Link]:
        """All events after `after`, in order, page by page: memory stays flat however long the ledger is."""
        while True:
            page = select(*_COLUMNS).where(_events.c.seq > after).order_by(_events.c.seq).limit(_PAGE)
            rows = self._connection.execute(page).all()
            for row in rows:
                yield Link(*row)
            if len(rows) < _PAGE:
                return
            after = rows[-1].seq

    def _read_head(self) -> Head:
        last = select(_events.c.seq, _events.c.hash).order_by(_events.c.seq.desc()).limit(1)
        row = self._connection.execute(last).first()
        return Head(seq=row.seq, hash=row.hash) if row is not None else Head(seq=0, hash=GENESIS)
