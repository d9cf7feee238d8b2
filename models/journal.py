"""An append-only list in the object store: one small signed object an entry, numbered, so that of two who write the same number one wins.

Creating the next number is the compare-and-swap, on one machine and on many, without a lock that could be left behind. Not here:
what the entries say (models/promotion.py, models/house.py).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from nistaran.domain.errors import NistaranError, ObjectExists, ObjectMissing, UntrustedModel

MOST = 999_999
_FIELDS = {"number", "previous", "nonce", "body", "signature"}
_NAME = re.compile(r"([0-9]{6})\.json")


class Objects(Protocol):
    """What is used of the house's object store: keys are created once and never written over."""

    def put(self, key: str, source: Path, *, sha256: str) -> None: ...

    def put_bytes(self, key: str, data: bytes) -> None: ...

    def fetch(self, key: str, target: Path, *, sha256: str) -> None: ...

    def read_bytes(self, key: str) -> bytes: ...

    def exists(self, key: str) -> bool: ...

    def keys(self, prefix: str) -> Iterator[str]: ...


Sign = Callable[[bytes], str]


class JournalMoved(NistaranError):
    """Somebody else wrote here first: read the newest entry and decide anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `number` counts from 1, `sha256` is that of its bytes, which the next entry names."""

    number: int
    body: Mapping[str, Any]
    sha256: str


class Journal:
    """The entries below one prefix, signed with the house's key: who can write the object store but has no key can add nothing."""

    def __init__(self, objects: Objects, prefix: str, sign: Sign) -> None:
        """`prefix` ends with a slash. Nothing is read yet."""
        self._objects, self._prefix, self._sign = objects, prefix, sign
        self._mark = f"nistaran model journal {prefix}\n".encode()  # an entry of one journal is none of another

    def last(self) -> Entry | None:
        """The newest entry, its signature checked; None when there is none. Raises UntrustedModel for one that is not ours."""
        numbers = self._numbers()
        return self._read(numbers[-1]) if numbers else None

    def entries(self) -> list[Entry]:
        """All entries, oldest first, each naming the one before.

        Raises:
            UntrustedModel: when one is not signed by this house, is missing or does not follow the one before.
        """
        found: list[Entry] = []
        previous = ""
        for place, number in enumerate(self._numbers(), start=1):
            entry = self._read(number, previous=previous)
            if number != place:
                raise UntrustedModel(f"{self._prefix}: entry {place} is missing; restore it from the backup")
            found.append(entry)
            previous = entry.sha256
        return found

    def append(self, body: Mapping[str, Any], *, after: int) -> Entry:
        """Add an entry as number `after` + 1. Raises JournalMoved when there is one of that number already."""
        if self._numbers()[-1:] != ([after] if after else []):
            raise JournalMoved
        previous = self._read(after).sha256 if after else ""
        written = {"number": after + 1, "previous": previous, "nonce": secrets.token_hex(8), "body": dict(body)}
        signed = _canonical({**written, "signature": self._sign(self._mark + _canonical(written))})
        try:
            self._objects.put_bytes(self._key(after + 1), signed)
        except ObjectExists:
            raise JournalMoved from None
        return Entry(number=after + 1, body=body, sha256=hashlib.sha256(signed).hexdigest())

    def _numbers(self) -> list[int]:
        names = (_NAME.fullmatch(key.removeprefix(self._prefix)) for key in self._objects.keys(self._prefix))
        return [int(name[1]) for name in names if name]

    def _read(self, number: int, *, previous: str | None = None) -> Entry:
        try:
            content = self._objects.read_bytes(self._key(number))
            said = json.loads(content)
            signature = said["signature"]
            unsigned = {name: said[name] for name in _FIELDS - {"signature"}}
        except (ValueError, KeyError, TypeError, ObjectMissing):
            raise UntrustedModel(f"{self._key(number)} cannot be read; restore it from the backup") from None
        right = signature == self._sign(self._mark + _canonical(unsigned)) and unsigned["number"] == number
        if not right or previous not in (None, unsigned["previous"]):
            raise UntrustedModel(f"{self._key(number)} was not written by this house; restore it from the backup")
        return Entry(number=number, body=unsigned["body"], sha256=hashlib.sha256(content).hexdigest())

    def _key(self, number: int) -> str:
        if not 1 <= number <= MOST:
            raise ValueError("a journal has 1 to 999,999 entries")
        return f"{self._prefix}{number:06d}.json"


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()
