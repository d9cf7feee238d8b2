"""The raw files' rows. Not here: their bytes (storage/objects.py)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from nistaran.domain.records import FileCounts, FileNote, FileState, KeptFile
from storage.bulk import BulkInsert
from storage.columns import read_json, write_json
from storage.tables import FileRow, table_of

_files = table_of(FileRow)
_PLAIN = ("sha256", "name", "object_key", "size", "source", "received_at")
_COUNTS = ("rows", "accepted", "known", "refused")
_plain_of = attrgetter(*_PLAIN)
_counts_of = attrgetter(*_COUNTS)
_add = BulkInsert(_files, *_PLAIN, "state", *_COUNTS, "notes", keep_existing=True)


class SqlFiles:
    """The raw files."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, file: KeptFile) -> bool:
        """Keep the row of a raw file. False when a file of this hash is already kept."""
        row = (*_plain_of(file), file.state.value, *_counts_of(file.counts), _written(file.notes))
        return _add.run(self._connection, [row]) == 1

    def get(self, sha256: str) -> KeptFile | None:
        """The file of this hash."""
        found = self.read(select(_files).where(_files.c.sha256 == sha256))
        return found[0] if found else None

    def reopen(self, sha256: str, *, name: str, source: str) -> None:
        """The same bytes came under another name: they are to be read under it. Raises KeyError when none are kept."""
        again = update(_files).where(_files.c.sha256 == sha256)
        if self._connection.execute(again.values(name=name, source=source, state=FileState.KEPT.value)).rowcount != 1:
            raise KeyError(f"no file {sha256} is kept")

    def finish(self, sha256: str, counts: FileCounts, *, notes: Sequence[FileNote] = ()) -> None:
        """Mark as read to the end, with what was noticed. Raises KeyError when no such file is kept."""
        values: dict[str, Any] = dict(zip(_COUNTS, _counts_of(counts), strict=True))
        done = update(_files).where(_files.c.sha256 == sha256)
        done = done.values(state=FileState.READ.value, notes=_written(notes), **values)
        if self._connection.execute(done).rowcount != 1:
            raise KeyError(f"no file {sha256} is kept")

    def unread(self) -> list[KeptFile]:
        """Files kept but not read to the end, oldest first."""
        wanted = select(_files).where(_files.c.state == FileState.KEPT.value)
        return self.read(wanted.order_by(_files.c.received_at, _files.c.sha256))

    def page(self, *, limit: int) -> list[KeptFile]:
        """The newest files, newest first."""
        return self.read(select(_files).order_by(_files.c.received_at.desc(), _files.c.sha256).limit(limit))

    def read(self, wanted: Select[Any]) -> list[KeptFile]:
        """The files that this statement selects from the table."""
        rows: Sequence[Row[Any]] = self._connection.execute(wanted).all()
        return [
            KeptFile(
                **{name: getattr(row, name) for name in _PLAIN},
                state=FileState(row.state),
                counts=FileCounts(**{name: getattr(row, name) for name in _COUNTS}),
                notes=tuple(FileNote(code=code, detail=detail) for code, detail in read_json(row.notes)),
            )
            for row in rows
        ]


def _written(notes: Sequence[FileNote]) -> str:
    return write_json([(note.code, note.detail) for note in notes])
