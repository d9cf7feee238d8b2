"""Raw bytes in a folder, under keys that the house makes: create-only, checked by hash, durable.

Here: the folder store. Not here: the same on S3 (s3.py), what keys look like (storage/keys.py).
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from nistaran.domain.errors import ObjectDamaged, ObjectExists, ObjectMissing
from storage.failures import world_failures
from storage.folders import opened_folder
from storage.keys import checked_key, checked_sha256
from storage.streams import Readable, copy_checked, copy_hashed, make_durable, sync_folder

#: Half-written objects lie here; no key can begin with a dot, so none is ever mistaken for a whole one.
_INCOMING = ".incoming"


class FolderObjects:
    """Objects as files below `root`. A file appears under its key only when all its bytes are on the disk.

    The same content under the same key again is fine and changes nothing; other content raises ObjectExists. Disk failures
    raise StorageFull or WorldAway. Bad keys raise ValueError.
    """

    def __init__(self, root: Path) -> None:
        """`root` is made by the first put."""
        self._root = root

    def put(self, key: str, source: Path, *, sha256: str) -> None:
        """Keep a file. Raises ObjectExists when other content is there, ObjectDamaged when the file has another hash."""
        with source.open("rb") as stream:
            self._put(checked_key(key), stream, checked_sha256(sha256))

    def put_bytes(self, key: str, data: bytes) -> None:
        """Keep a few bytes. Raises ObjectExists when other content is there."""
        self._put(checked_key(key), BytesIO(data), None)

    def fetch(self, key: str, target: Path, *, sha256: str) -> None:
        """Copy an object into a file, which appears only when its hash is right. Raises ObjectMissing, ObjectDamaged."""
        with self._open(key) as stream:
            copy_checked(stream, target, sha256=sha256, key=key)

    def read_bytes(self, key: str) -> bytes:
        """A small object. Raises ObjectMissing."""
        with self._open(key) as stream, world_failures():
            return stream.read()

    def exists(self, key: str) -> bool:
        """Whether the key is there."""
        try:
            with self._open(key):
                return True
        except ObjectMissing:
            return False

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys that begin so, sorted as S3 sorts them. Raises ValueError for a prefix that no key begins with."""
        folder = prefix.rpartition("/")[0]
        start = self._root / checked_key(folder) if folder else self._root
        found: list[str] = []
        for where, folders, files in os.walk(start):
            folders[:] = [name for name in folders if not name.startswith(".")]
            below = Path(where)
            paths = [below / name for name in files if not name.startswith(".")]
            found.extend(path.relative_to(self._root).as_posix() for path in paths if not path.is_symlink())
        return iter(sorted(key for key in found if key.startswith(prefix)))

    def older(self, prefix: str, *, before: datetime) -> Iterator[str]:
        """Of keys() those whose object was put before that moment."""
        with world_failures():
            return iter([key for key in self.keys(prefix) if (self._root / key).lstat().st_mtime < before.timestamp()])

    def remove(self, key: str) -> None:
        """Take an object away for good, after its time. One that is not there is fine."""
        *folders, name = checked_key(key).split("/")
        with suppress(ObjectMissing), world_failures(), opened_folder(self._root, *folders, make=False) as folder:
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=folder)
            sync_folder(folder)

    def _put(self, key: str, stream: Readable, sha256: str | None) -> None:
        *folders, name = key.split("/")
        aside = secrets.token_hex(16)
        with (
            world_failures(),
            opened_folder(self._root, _INCOMING, make=True) as incoming,
            opened_folder(self._root, *folders, make=True) as folder,
        ):
            try:
                found = _write(stream, aside, incoming)
                if sha256 not in (None, found):
                    raise ObjectDamaged(f"{key}: the file is not what its hash says")
                os.link(aside, name, src_dir_fd=incoming, dst_dir_fd=folder, follow_symlinks=False)
            except FileExistsError:
                self._must_equal(key, found)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(aside, dir_fd=incoming)
            sync_folder(folder)

    def _must_equal(self, key: str, sha256: str) -> None:
        with self._open(key) as stream:
            if copy_hashed(stream, None) != sha256:
                raise ObjectExists(key)

    @contextmanager
    def _open(self, key: str) -> Iterator[BinaryIO]:
        *folders, name = checked_key(key).split("/")
        with opened_folder(self._root, *folders, make=False) as folder:
            try:
                handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
            except FileNotFoundError:
                raise ObjectMissing(key) from None
            except OSError as error:
                if error.errno == errno.ELOOP:
                    raise ObjectDamaged(f"{key}: a link lies where an object should") from None
                raise
        with os.fdopen(handle, "rb") as stream:
            yield stream


def _write(stream: Readable, name: str, folder: int) -> str:
    """Write a new file that nobody may change any more, to the disk itself. Returns its sha256."""
    handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o400, dir_fd=folder)
    with os.fdopen(handle, "wb") as file:
        sha256 = copy_hashed(stream, file)
        make_durable(file)
    return sha256
