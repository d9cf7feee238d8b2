"""Files, refusals, counters and whose tables they are, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nistaran.domain.records import FileCounts, FileNote, FileState, KeptFile, RefusalState, RefusedRow
from storage.belonging import must_be_of
from storage.memory.tables import Draft, in_utc


class MemoryFiles:
    """The raw files."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, file: KeptFile) -> bool:
        """Keep the row of a raw file. False when a file of this hash is already kept."""
        files = self._draft.change("files").files
        kept = in_utc(file, "received_at")
        return files.setdefault(file.sha256, kept) is kept

    def get(self, sha256: str) -> KeptFile | None:
        """The file of this hash."""
        return self._draft.tables.files.get(sha256)

    def reopen(self, sha256: str, *, name: str, source: str) -> None:
        """The same bytes came under another name: they are to be read under it. Raises KeyError when none are kept."""
        files = self._draft.change("files").files
        if sha256 not in files:
            raise KeyError(f"no file {sha256} is kept")
        files[sha256] = replace(files[sha256], name=name, source=source, state=FileState.KEPT)

    def finish(self, sha256: str, counts: FileCounts, *, notes: Sequence[FileNote] = ()) -> None:
        """Mark as read to the end, with what was noticed. Raises KeyError when no such file is kept."""
        files = self._draft.change("files").files
        if sha256 not in files:
            raise KeyError(f"no file {sha256} is kept")
        files[sha256] = replace(files[sha256], state=FileState.READ, counts=counts, notes=tuple(notes))

    def unread(self) -> list[KeptFile]:
        """Files kept but not read to the end, oldest first."""
        kept = [file for file in self._draft.tables.files.values() if file.state is FileState.KEPT]
        return sorted(kept, key=lambda file: (file.received_at, file.sha256))

    def page(self, *, limit: int) -> list[KeptFile]:
        """The newest files, newest first."""
        by_hash = sorted(self._draft.tables.files.values(), key=lambda file: file.sha256)
        return sorted(by_hash, key=lambda file: file.received_at, reverse=True)[:limit]


class MemoryRefusals:
    """Rows that could not be taken."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, rows: Sequence[RefusedRow]) -> int:
        """Keep refusals; one that was corrected and comes again is open again. Returns how many are open now and were not.

        One that is open already is left as it is.
        """
        refusals = self._draft.change("refusals").refusals
        new = 0
        for row in rows:
            kept = refusals.get(row.id)
            if kept is None:
                refusals[row.id] = in_utc(row, "at")
            elif kept.state is RefusalState.CORRECTED:
                refusals[row.id] = replace(kept, state=RefusalState.OPEN)
            else:
                continue
            new += 1
        return new

    def open_rows(self) -> list[RefusedRow]:
        """Refusals not yet corrected, oldest first."""
        still = [row for row in self._draft.tables.refusals.values() if row.state is RefusalState.OPEN]
        return sorted(still, key=lambda row: (row.at, row.id))

    def correct(self, ids: Sequence[str]) -> int:
        """Mark as corrected. Returns how many were open."""
        refusals = self._draft.change("refusals").refusals
        mended = {row_id for row_id in ids if row_id in refusals and refusals[row_id].state is RefusalState.OPEN}
        for row_id in mended:
            refusals[row_id] = replace(refusals[row_id], state=RefusalState.CORRECTED)
        return len(mended)


class MemoryHouse:
    """Whose tables these are."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def belongs_to(self, district: str) -> None:
        """Write the district down the first time. Raises NotReady when these are the tables of another one."""
        kept = self._draft.tables.house.get("district", "")
        if not kept and district:
            self._draft.change("house").house["district"] = kept = district
        must_be_of(kept, district)


class MemoryCounters:
    """Serial numbers without gaps or doubles."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def take(self, name: str, count: int) -> int:
        """Reserve `count` numbers; the first of them is returned. Raises ValueError when `count` is below 1."""
        if count < 1:
            raise ValueError("at least one number is taken")
        counters = self._draft.change("counters").counters
        last = counters.get(name, 0)
        counters[name] = last + count
        return last + 1
