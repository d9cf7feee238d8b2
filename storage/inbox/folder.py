"""Where files arrive: a folder that people and portals drop files into.

Here: the folder inbox. Not here: the same on S3 (s3.py), what is done with a file (nistaran/steps/keep.py).
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from nistaran.domain.errors import NotReady, ObjectMissing
from storage.failures import world_failures
from storage.streams import copy_hashed, sync_folder

#: Names under which programs write files that are not yet whole.
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", "~")

#: A file that is kept moves here, inside the inbox.
TAKEN = "taken"

#: Device, inode, size and time of the last change: another file under the same name, or one that was written on, differs.
Print = tuple[int, int, int, int]


class FolderInbox:
    """Files lying directly in `path`. Hidden and unfinished files and links are left alone.

    `quiet_seconds`: a file changed less than so long ago may still be written and is left for the next time. A file whose name
    is not UTF-8 is given out under a name that is (with U+FFFD for what cannot be read); fetch() and done() know it by that.
    """

    def __init__(self, path: Path, *, quiet_seconds: float = 0.0) -> None:
        """Nothing is opened yet."""
        self._path, self._quiet = path, quiet_seconds
        self._real: dict[str, str] = {}
        self._fetched: dict[str, Print] = {}

    def names(self) -> list[str]:
        """What lies there now, sorted. Raises NotReady when there is no such folder."""
        try:
            with world_failures(), os.scandir(self._path) as entries:
                found = sorted(entry.name for entry in entries if self._is_ready(entry))
        except FileNotFoundError:
            raise NotReady("the inbox folder is not there") from None
        self._real = _readable_names(found)
        return sorted(self._real)

    def fetch(self, name: str, target: Path) -> None:
        """Copy one file here. Raises ObjectMissing when it is gone, ValueError for a name that is no plain file name."""
        try:
            handle = os.open(self._source(name), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            raise ObjectMissing("a file left the inbox before it was kept") from None
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise ObjectMissing("a link in the inbox is not followed") from None
            raise
        with os.fdopen(handle, "rb") as source, world_failures(), target.open("wb") as copy:
            self._fetched[name] = _print_of(os.fstat(source.fileno()))  # before the first byte: later writing shows
            copy_hashed(source, copy)

    def done(self, name: str) -> None:
        """Move the file that was fetched into `taken/`, under its own name or, when that is used, with a number.

        A file that was not fetched, was written on since, or took the fetched one's place is left: it comes again as a new one.
        Gone already is fine.
        """
        source, fetched = self._source(name), self._fetched.pop(name, None)
        with world_failures(), suppress(FileNotFoundError):
            if fetched is None or _print_of(source.lstat()) != fetched:
                return
            taken = self._path / TAKEN
            taken.mkdir(exist_ok=True)
            aside = taken / f".{secrets.token_hex(8)}"
            source.rename(aside)  # whatever lies under the name at this moment; only then is it sure which file it is
            unchanged = _print_of(aside.lstat()) == fetched
            _into(taken if unchanged else self._path, source.name, aside)
            sync_folder(taken)
            sync_folder(self._path)

    def parts(self) -> list[str]:
        """The folders that lie there, sorted; hidden ones, links and the one for what was taken are left alone."""
        try:
            with world_failures(), os.scandir(self._path) as entries:
                found = [_readable(entry.name) for entry in entries if entry.is_dir(follow_symlinks=False)]
        except FileNotFoundError:
            raise NotReady("the inbox folder is not there") from None
        return sorted(name for name in found if not name.startswith(".") and name != TAKEN)

    def part(self, name: str) -> FolderInbox:
        """The inbox in one of these folders. Raises ValueError for a name that is no plain name."""
        return FolderInbox(self._path / plain_name(name), quiet_seconds=self._quiet)

    def _source(self, name: str) -> Path:
        return self._path / self._real.get(plain_name(name), name)

    def _is_ready(self, entry: os.DirEntry[str]) -> bool:
        if is_unfinished(entry.name):
            return False
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # taken by another process between two looks
            return False
        # a time in the future comes from a clock that is ahead: such a file must not wait until then
        return stat.S_ISREG(found.st_mode) and abs(time.time() - found.st_mtime) >= self._quiet


def is_unfinished(name: str) -> bool:
    """Whether programs use such a name for files that are hidden or not yet whole."""
    return name.startswith(".") or name.lower().endswith(_UNFINISHED)


def plain_name(name: str) -> str:
    """The name, when it is the plain name of a file. Else ValueError."""
    if not name or name in (".", "..") or "/" in name or "\0" in name:
        raise ValueError("not a plain file name")
    return name


def _print_of(found: os.stat_result) -> Print:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _into(folder: Path, name: str, aside: Path) -> None:
    """Give the file a free name in the folder; unlike a rename, a link never replaces a file."""
    for free in _free_names(name):
        with suppress(FileExistsError):
            os.link(aside, folder / free, follow_symlinks=False)
            break
    aside.unlink()


def _readable_names(names: list[str]) -> dict[str, str]:
    """The real names by names that can be stored and shown: those that are UTF-8 are their own, no two become one."""
    real: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (_readable(name) != name, name)):
        real[next(free for free in _free_names(_readable(name)) if free not in real)] = name
    return real


def _readable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def _free_names(name: str) -> Iterator[str]:
    """`list.csv`, then `list (2).csv`, `list (3).csv` and so on."""
    yield name
    stem, dot, suffix = name.rpartition(".")
    for number in count(2):
        yield f"{stem} ({number}).{suffix}" if dot and stem else f"{name} ({number})"
