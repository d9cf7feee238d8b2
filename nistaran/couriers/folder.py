"""Notices as JSON files, one folder an office: the default, for a district without a mail server."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from nistaran.domain.errors import WorldAway


class FolderCourier:
    """Writes `<root>/<office>/<number>-<hash of key>.json`, whole or not at all, on the disk before it says so.

    The same key is written once, as long as the file is there.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        """Write the notice. Raises WorldAway when the folder cannot be written."""
        name = f"{message['number']}-{hashlib.blake2b(key.encode(), digest_size=4).hexdigest()}.json"
        target = self._root / office["code"] / name
        notice = json.dumps({"key": key, "office": dict(office), **message}, ensure_ascii=False, indent=1).encode()
        try:
            if not target.exists():
                _write(target, notice)
        except OSError as error:
            raise WorldAway("the courier's folder") from error
        return str(target.relative_to(self._root))


def _write(target: Path, data: bytes) -> None:
    """Under a hidden name of this writer's own first, so that two writers never share a half-written file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # the ledger will say that it was delivered: a power cut must not empty it
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
