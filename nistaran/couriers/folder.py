"""Notices as JSON files, one folder an office: the default, for a district without a mail server."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from nistaran.domain.errors import WorldAway


class FolderCourier:
    """Writes `<root>/<office>/<hash of key>.json`, whole or not at all. The same key is written once."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        """Write the notice. Raises WorldAway when the folder cannot be written."""
        name = f"{message['number']}-{hashlib.blake2b(key.encode(), digest_size=4).hexdigest()}.json"
        target = self._root / office["code"] / name
        if target.exists():
            return str(target.relative_to(self._root))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(f".{os.getpid()}.part")
            part.write_text(
                json.dumps({"key": key, "office": dict(office), **message}, ensure_ascii=False, indent=1),
                encoding="utf-8",
            )
            part.replace(target)
        except OSError as error:
            raise WorldAway("the courier's folder") from error
        return str(target.relative_to(self._root))
