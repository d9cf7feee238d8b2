"""Copying bytes in pieces while counting their hash, and making files durable. Never a whole file in memory."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import IO, Protocol

from nistaran.domain.errors import ObjectDamaged
from storage.failures import world_failures

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


def copy_checked(source: Readable, target: Path, *, sha256: str, key: str) -> None:
    """Copy an object into a file, which appears only when its hash is right. Raises ObjectDamaged, naming the key."""
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with world_failures(), aside.open("xb") as copy:
            if copy_hashed(source, copy) != sha256:
                raise ObjectDamaged(key)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


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
