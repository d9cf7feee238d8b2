"""Rows that steps hand to the store and get back: plain values, one a table.

Not here: how they are stored (storage/) or what they mean for a case (complaint.py, decision.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from nistaran.domain.complaint import Status
from nistaran.domain.decision import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPerson:
    """A complainant at rest: `sealed` is ciphertext, `person` a keyed hash by which repeats are found ("" if unknown).

    `received_on` is the case's.
    """

    case_id: int
    person: str
    sealed: bytes
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText:
    """An earlier case of the same person: what is needed to see whether a new one repeats it."""

    person: str
    case_id: int
    number: str
    received_on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a case now stands: its status, department and office."""

    case_id: int
    status: Status
    department: str
    office: str


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class DecisionRecord:
    """One routing decision as it was made, with all that is needed to explain or replay it (promise P17)."""

    case_id: int
    at: datetime
    outcome: str  #: "assign" or "ask"
    reason: str  #: AskReason when asked, "" when assigned
    department: str
    office: str
    confidence: float
    rule: str
    model: str
    words: tuple[str, ...]
    places: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEntry:
    """A case on one office's desk from a moment on (decision 4). `until` is None while it lies there."""

    case_id: int
    office: str
    since: datetime
    until: datetime | None = None


class FileState(StrEnum):
    """How far a kept file has come."""

    KEPT = "KEPT"  #: raw bytes are safe, not yet read
    READ = "READ"  #: read to the end


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCounts:
    """What became of the rows of one file: rows = accepted + known + refused.

    `accepted` rows became cases, whether in the last reading or in one that a crash ended; `known` rows are of cases that came
    from elsewhere, or from another row.
    """

    rows: int = 0
    accepted: int = 0
    known: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNote:
    """A remark of the reader on a file that it read all the same: which one, and of what (a header, an encoding, a count)."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A raw file, kept unchanged under its hash before anything is parsed. `notes` are those of its last whole reading."""

    sha256: str
    name: str
    object_key: str
    size: int
    source: str
    received_at: datetime
    state: FileState = FileState.KEPT
    counts: FileCounts = FileCounts()
    notes: tuple[FileNote, ...] = ()


class RefusalState(StrEnum):
    """Whether a refused row was mended."""

    OPEN = "OPEN"
    CORRECTED = "CORRECTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that could not be taken. `sealed_row` is the row as it came, encrypted: it may hold names and phones."""

    id: str  #: stable: hash of file, row, field and code
    file_sha256: str
    file: str
    row: int | None
    field: str
    code: str
    reason_hi: str
    reason_en: str
    remedy_hi: str
    remedy_en: str
    sealed_row: bytes
    at: datetime
    state: RefusalState = RefusalState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that must leave the house: which kind, about which case, to which office. The key makes it count once."""

    key: str
    kind: str
    case_id: int | None  #: None: about no single case; then `body` has the `paper` that it brings
    office: str
    body: Mapping[str, Any]  #: ids, codes and dates only; the courier fetches the rest when it delivers


class NoticeState(StrEnum):
    """How far a notice has come."""

    WAITING = "WAITING"
    CLAIMED = "CLAIMED"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A notice held by one worker until the lease ends. `token` is the fence: a paused worker's token is refused later."""

    id: int
    token: int
    attempts: int
    notice: Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the ledger: how many events and the hash that covers them all."""

    seq: int
    hash: str
