"""A complaint as the house understands it, from an accepted row to a numbered case.

Here: values only. Not here: how rows are read (readers/) or kept (storage/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a case stands. Always the fold of the case's events (lifecycle.py)."""

    REGISTERED = "REGISTERED"  #: numbered, nobody has looked at it
    AWAITING_PERSON = "AWAITING_PERSON"  #: the engine does not know; a clerk decides
    WITH_OFFICE = "WITH_OFFICE"  #: an office owns it and its clock runs
    AWAITING_RULING = "AWAITING_RULING"  #: frozen: only the arbiter moves it
    RETURNED = "RETURNED"  #: sent back to who sent it down from above the district
    DISPOSED = "DISPOSED"  #: a report disposed of it; feedback may bring it back
    SPECIAL_CLOSED = "SPECIAL_CLOSED"  #: by special close, approved one level up (S0-7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complainant:
    """Who complains. Kept sealed (encrypted) in a table of its own; "" where not given."""

    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Place names as the row gives them, not yet matched with the district's table; "" where not given."""

    district: str = ""
    tehsil: str = ""
    block: str = ""
    thana: str = ""
    town: str = ""
    village: str = ""


# Not frozen as other values are: built for every complaint, a frozen one costs three times as much. Nobody changes one.
@dataclass(slots=True, kw_only=True)
class NewComplaint:
    """An accepted row, ready to be numbered.

    `key` identifies the complaint whatever file it comes in (identity.py). `priority` is its lane's rank, 1 first.
    `due_on` is the citizen's due date: it never moves again (decision 4). `mentioned` are older numbers found in the text.
    `originals` holds what stood in the file where decoding changed it, `extras` the columns that no alias names.
    """

    key: str
    row: int
    sheet: str
    channel: str
    lane: str
    priority: int
    reference: str
    received_on: date
    due_on: date
    text: str
    addressed_to: str
    category: str
    whereabouts: Whereabouts
    complainant: Complainant
    person: str
    mentioned: tuple[str, ...]
    damaged: bool
    originals: Mapping[str, str]
    extras: Mapping[str, str]


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Case:
    """A numbered complaint in the house. `text` is the citizen's words: never into a log, an artifact or an exception."""

    id: int
    number: str
    key: str
    district: str
    channel: str
    lane: str
    priority: int
    reference: str
    received_on: date
    due_on: date
    registered_at: datetime
    status: Status
    text: str
    addressed_to: str
    category: str
    whereabouts: Whereabouts
    damaged: bool
    department: str
    office: str


class LinkKind(StrEnum):
    """Why two complaints, or a complaint and an older number, belong together. Context for people, never a reason to discard."""

    SAME_REFERENCE = "SAME_REFERENCE"  #: the same reference number came again with another text
    SAME_PERSON_NEAR_TEXT = "SAME_PERSON_NEAR_TEXT"  #: same complainant, nearly the same text, within the pack's window
    MENTIONED = "MENTIONED"  #: the text names an older number
    SAME_MATTER = "SAME_MATTER"  #: tells the same matter in like or in other words, whoever complains


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`case_id` is tied to `other`, a case number of ours or a number of another portal; `other_id` when it is ours."""

    case_id: int
    kind: LinkKind
    other: str
    other_id: int | None
