"""What steps need of the world besides the database, as protocols: objects, inbox, vault, model, courier, clock.

Not here: the tables and the unit of work (ports.py), any implementation, any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from nistaran.domain.complaint import Complainant
from nistaran.domain.decision import Classification


class ObjectStore(Protocol):
    """Raw bytes under keys that we make ourselves (promise P29)."""

    def put(self, key: str, source: Path, *, sha256: str) -> None:
        """Keep a file, checked against its hash. The same content under the same key is fine; other content is never written
        over it. Raises ObjectExists, ObjectDamaged."""

    def put_bytes(self, key: str, data: bytes) -> None:
        """Keep a few bytes, as put. Raises ObjectExists."""

    def fetch(self, key: str, target: Path, *, sha256: str) -> None:
        """Copy an object into a file, checked against its hash. Raises ObjectMissing, ObjectDamaged."""

    def read_bytes(self, key: str) -> bytes:
        """A small object. Raises ObjectMissing."""

    def exists(self, key: str) -> bool:
        """Whether the key is there."""

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys that begin so, sorted."""

    def older(self, prefix: str, *, before: datetime) -> Iterator[str]:
        """Of keys() those whose object was put before that moment."""

    def remove(self, key: str) -> None:
        """Take an object away for good, after its time. One that is not there is fine."""


class Inbox(Protocol):
    """Where files arrive: a folder or an S3 prefix."""

    def names(self) -> list[str]:
        """What lies there now and is not taken yet, sorted."""

    def fetch(self, name: str, target: Path) -> None:
        """Copy one file here."""

    def done(self, name: str) -> None:
        """It is kept in the house: move it out of the way (folder) or remember that (S3)."""

    def parts(self) -> list[str]:
        """The folders that lie there, sorted; each may be named after a channel."""

    def part(self, name: str) -> Inbox:
        """The inbox in one of these folders."""


class Vault(Protocol):
    """Seals what belongs to the complainant."""

    def seal(self, complainant: Complainant, *, to: str) -> bytes:
        """Encrypt and authenticate, bound to the case's key: moved to another case it does not open."""

    def open(self, sealed: bytes, *, to: str) -> Complainant:
        """Decrypt. Raises ObjectDamaged when altered or moved."""

    def seal_bytes(self, data: bytes, *, to: str) -> bytes:
        """Encrypt and authenticate any bytes, bound to the name of what they belong to."""

    def open_bytes(self, sealed: bytes, *, to: str) -> bytes:
        """Decrypt any bytes. Raises ObjectDamaged when altered or moved."""

    def person(self, complainant: Complainant) -> str:
        """A keyed hash of the phone, or of name and address; "" when neither is there."""

    def text_seal(self, case_id: int, text: str) -> str:
        """A keyed hash of a text for the ledger: proves the text was not changed, says nothing about it."""

    def sign(self, data: bytes) -> str:
        """Sign a ledger checkpoint."""


class Classifier(Protocol):
    """The department model."""

    @property
    def version(self) -> str:
        """Which model this is, as it stands in every decision."""

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        """One classification a text, in order. Never raises for a text."""


@runtime_checkable
class NamesOthers(Protocol):
    """A model that names further departments of a text with several matters."""

    def also(self, texts: Sequence[str], responsible: Sequence[str]) -> list[tuple[str, ...]]:
        """For each cleaned text the other departments that it concerns, surest first; mostly none."""


class Courier(Protocol):
    """Brings a notice to an office. At least once outside, once in effect by the idempotency key."""

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        """Hand it over; returns a receipt. Raises WorldAway to be tried again, any other error to go to the dead letters."""


class Progress(Protocol):
    """Shows that long work goes on."""

    def start(self, title: str, total: int | None) -> None:
        """A piece of work of `total` units begins (None: unknown)."""

    def advance(self, done: int) -> None:
        """`done` more units are behind us."""

    def finish(self) -> None:
        """It is over."""


class Clock(Protocol):
    """The time, so that tests can hold it."""

    def now(self) -> datetime:
        """Now, aware."""
