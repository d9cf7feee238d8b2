"""Going down into a folder without following links: what is planted below it leads nowhere (promise P29)."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nistaran.domain.errors import ObjectDamaged, ObjectMissing

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextmanager
def opened_folder(root: Path, *parts: str, make: bool) -> Iterator[int]:
    """The folder `root/parts…` as an open handle; with `make`, what is missing is made (0700) and made durable.

    Raises:
        ObjectMissing: when it is not there and not to be made.
        ObjectDamaged: when a link or a file lies where a folder should.
    """
    if make:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(root, _FOLDER)
    except FileNotFoundError:
        raise ObjectMissing("the object folder itself") from None
    try:
        for part in parts:
            below = _down(handle, part, make=make)
            os.close(handle)
            handle = below
        yield handle
    finally:
        os.close(handle)


def _down(handle: int, part: str, *, make: bool) -> int:
    if make:
        with suppress(FileExistsError):
            os.mkdir(part, mode=0o700, dir_fd=handle)
            os.fsync(handle)
    try:
        return os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=handle)
    except FileNotFoundError:
        raise ObjectMissing(part) from None
    except OSError as error:
        if error.errno in (errno.ENOTDIR, errno.ELOOP):
            raise ObjectDamaged(f"{part}: a link or a file lies where a folder should") from None
        raise
