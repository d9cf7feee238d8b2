"""Names of objects, made by the house and never taken from a file's name (promise P29).

Here: the one pattern that every key follows, makers of keys. Not here: the stores (objects.py, s3.py).
"""

from __future__ import annotations

import re
from datetime import date, datetime

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*(?:/[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST = 200

CHECKPOINTS = "checkpoints/"


def checked_key(key: str) -> str:
    """The key, when it is one: parts of small letters, digits, `-`, `_` and single dots, joined by `/`. Else ValueError."""
    if len(key) > _LONGEST or not _KEY.fullmatch(key):
        raise ValueError("not an object key of ours: keys are made from hashes and dates, never from file names")
    return key


def checked_sha256(sha256: str) -> str:
    """The hash, when it is 64 small hex letters. Else ValueError."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a sha256 in small hex letters")
    return sha256


def raw_key(sha256: str, received_on: date) -> str:
    """Where the raw bytes of a file lie: `raw/2026/11/<sha256>`."""
    return checked_key(f"raw/{received_on:%Y/%m}/{checked_sha256(sha256)}")


def checkpoint_key(seq: int, at: datetime) -> str:
    """Where a ledger checkpoint lies: sorted by key they are sorted by length of the ledger, then by time (UTC)."""
    if at.utcoffset() is None or at.utcoffset().total_seconds():  # type: ignore[union-attr]
        raise ValueError("a checkpoint's time is in UTC")
    return checked_key(f"{CHECKPOINTS}{seq:012d}-{at:%Y%m%dt%H%M%S%f}z")
