"""Where files arrive: a folder that people and portals drop files into.

Here: the folder inbox. Not here: the same on S3 (s3.py), what is done with a file (nistaran/steps/keep.py).
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from nistaran.domain.errors import NotReady, ObjectMissing
from storage.failures import world_failures
from storage.streams import copy_hashed, sync_folder

#: Names under which programs write files that are not yet whole.
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", "~")

#: A file that is kept moves here, inside the inbox.
TAKEN = "taken"


class FolderInbox:
    """Files lying directly in `path`. Hidden and unfinished files, links and folders are left alone.

    `quiet_seconds`: a file changed less than so long ago may still be written and is left for the next time.
    """

    def __init__(self, path: Path, *, quiet_seconds: float = 0.0) -> None:
        """Nothing is opened yet."""
        self._path, self._quiet = path, quiet_seconds

    def names(self) -> list[str]:
        """What lies there now, sorted. Raises NotReady when there is no such folder."""
        try:
            with world_failures(), os.scandir(self._path) as entries:
                return sorted(entry.name for entry in entries if self._is_ready(entry))
        except FileNotFoundError:
            raise NotReady("the inbox folder is not there") from None

    def fetch(self, name: str, target: Path) -> None:
        """Copy one file here. Raises ObjectMissing when it is gone, ValueError for a name that is no plain file name."""
        try:
            handle = os.open(self._path / plain_name(name), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            raise ObjectMissing("a file left the inbox before it was kept") from None
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise ObjectMissing("a link in the inbox is not followed") from None
            raise
        with os.fdopen(handle, "rb") as source, world_failures(), target.open("wb") as copy:
            copy_hashed(source, copy)

    def done(self, name: str) -> None:
        """Move it into `taken/`, under its own name or, when that is used, with a number. Gone already is fine."""
        source, taken = self._path / plain_name(name), self._path / TAKEN
        with world_failures():
            taken.mkdir(exist_ok=True)
            for target in (taken / free for free in _free_names(name)):
                try:
                    os.link(source, target, follow_symlinks=False)  # unlike a rename, a link never replaces a file
                except FileExistsError:
                    continue
                except FileNotFoundError:
                    return
                break
            source.unlink(missing_ok=True)
            sync_folder(taken)
            sync_folder(self._path)

    def _is_ready(self, entry: os.DirEntry[str]) -> bool:
        if is_unfinished(entry.name):
            return False
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # taken by another process between two looks
            return False
        return stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime >= self._quiet


def is_unfinished(name: str) -> bool:
    """Whether programs use such a name for files that are hidden or not yet whole."""
    return name.startswith(".") or name.lower().endswith(_UNFINISHED)


def plain_name(name: str) -> str:
    """The name, when it is the plain name of a file. Else ValueError."""
    if not name or name in (".", "..") or "/" in name or "\0" in name:
        raise ValueError("not a plain file name")
    return name


def _free_names(name: str) -> Iterator[str]:
    """`list.csv`, then `list (2).csv`, `list (3).csv` and so on."""
    yield name
    stem, dot, suffix = name.rpartition(".")
    for number in count(2):
        yield f"{stem} ({number}).{suffix}" if dot and stem else f"{name} ({number})"
