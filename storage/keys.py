"""Names of objects: made by the house and never taken from a file's name (promise P29).

Here: the one pattern that every key follows. Not here: who makes which key (nistaran/steps/keep.py), the stores (objects/).
"""

from __future__ import annotations

import re

_PART = r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*"
_KEY = re.compile(rf"{_PART}(?:/{_PART})*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST = 200


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
