"""Copying bytes in pieces while counting their hash, and making files durable. Never a whole file in memory."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO, Protocol

_PIECE = 1024 * 1024


class Readable(Protocol):
    """Anything that gives bytes piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; b"" at the end."""


def copy_hashed(source: Readable, target: IO[bytes] | None) -> str:
    """Copy to the end (nowhere when `target` is None). Returns the sha256 of what was copied."""
    seen = hashlib.sha256()
    while piece := source.read(_PIECE):
        seen.update(piece)
        if target is not None:
            target.write(piece)
    return seen.hexdigest()


def make_durable(file: IO[bytes]) -> None:
    """Push a written file to the disk itself."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path | int) -> None:
    """Push a folder's list of names to the disk: without it a new name may be gone after a power cut."""
    if isinstance(folder, int):
        os.fsync(folder)
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
