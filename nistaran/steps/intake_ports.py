"""What steps need of the tables of what comes in, as protocols, beside those of ports.py: raw files, refused rows, counters.

Not here: the files' bytes (world.ObjectStore), any implementation (storage/), any rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from nistaran.domain import records


class Files(Protocol):
    """The raw files."""

    def add(self, file: records.KeptFile) -> bool:
        """Keep the row of a raw file. False when a file of this hash is already kept."""

    def get(self, sha256: str) -> records.KeptFile | None:
        """The file of this hash."""

    def reopen(self, sha256: str, *, name: str, source: str) -> None:
        """The same bytes came under another name: they are to be read under it."""

    def finish(self, sha256: str, counts: records.FileCounts, *, notes: Sequence[records.FileNote] = ()) -> None:
        """Mark as read to the end, with what became of its rows and what was noticed."""

    def unread(self) -> list[records.KeptFile]:
        """Files kept but not read to the end, oldest first."""

    def page(self, *, limit: int) -> list[records.KeptFile]:
        """The newest files."""


class Refusals(Protocol):
    """Rows that could not be taken."""

    def add(self, rows: Sequence[records.RefusedRow]) -> int:
        """Keep refusals. One that was corrected and comes again is open again. Returns how many are open now and were not."""

    def open_rows(self) -> list[records.RefusedRow]:
        """Refusals not yet corrected, oldest first."""

    def correct(self, ids: Sequence[str]) -> int:
        """Mark as corrected. Returns how many were open."""


class Counters(Protocol):
    """Serial numbers without gaps or doubles."""

    def take(self, name: str, count: int) -> int:
        """Reserve `count` numbers; the first of them is returned. Two units of work never get the same."""
