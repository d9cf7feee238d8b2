"""Which objects of an S3 inbox were taken, remembered in the house's own object store, where every worker sees it.

A mark is written when the house has kept the file, never before: a crash in between costs a second download and no file.
Not here: the inbox itself (s3.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Protocol

_PREFIX = "taken/"


class Marks(Protocol):
    """What is needed of an object store."""

    def put_bytes(self, key: str, data: bytes) -> None:
        """Keep a few bytes; the same again is fine."""

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys that begin so."""


class Taken:
    """The marks of what was taken. `again`: nothing is taken to be taken; after a restored backup the house may lack what the
    marks say that it has."""

    def __init__(self, marks: Marks, *, again: bool = False) -> None:
        """Nothing is opened yet."""
        self._marks, self._again = marks, again

    def __contains__(self, mark: str) -> bool:
        """Whether what has this mark was taken; by another process since the first question: perhaps."""
        return not self._again and mark in self._known

    def add(self, mark: str) -> None:
        """Remember it for good."""
        self._marks.put_bytes(f"{_PREFIX}{mark[:2]}/{mark}", b"taken\n")
        if not self._again:
            self._known.add(mark)

    @cached_property
    def _known(self) -> set[str]:
        return {key.rpartition("/")[2] for key in self._marks.keys(_PREFIX)}


def mark_of(*what: str) -> str:
    """One mark for where an object lies and what it is; says nothing of either, since people write names into file names."""
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()
