"""Notices as JSON files, one folder an office: the default, for a district without a mail server."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from nistaran.domain.errors import OfficeAway, WorldAway


class FolderCourier:
    """Writes `<root>/<office>/<number>-<hash of key>.json`, whole or not at all, on the disk before it says so.

    The same key is written once, as long as the file is there.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        """Write the notice. Raises WorldAway when the folder cannot be written, OfficeAway when a file lies in its office's place."""
        name = f"{message['number']}-{hashlib.blake2b(key.encode(), digest_size=4).hexdigest()}.json"
        receipt = f"{office['code']}/{name}"
        notice = json.dumps({"key": key, "office": dict(office), **message}, ensure_ascii=False, indent=1).encode()
        try:
            if not (self._root / receipt).exists():
                _write(self._root / office["code"], name, notice)
        except OSError as error:
            if self._root.is_dir() and isinstance(error, FileExistsError | NotADirectoryError):
                raise OfficeAway(office["code"]) from error
            raise WorldAway("the courier's folder") from error
        return receipt


def _write(folder: Path, name: str, data: bytes) -> None:
    """Under a hidden name of this writer's own first, so that two writers never share a half-written file."""
    part = folder / f".{name}.{secrets.token_hex(4)}.part"
    try:
        with _new_file(part) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # the ledger will say that it was delivered: a power cut must not empty it
        part.replace(folder / name)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync(folder)


def _new_file(path: Path) -> BinaryIO:
    """Most folders are there already, and looking first costs more than being told."""
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sync(path.parent.parent)
        return path.open("xb")


def _sync(folder: Path) -> None:
    """A power cut must not take the names back either."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
