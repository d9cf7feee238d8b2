"""What happened to a case, and the chain that makes a quiet change of the past visible (decision 6, promise P15).

Here: event values, their canonical form, the hash chain. Not here: where the ledger is kept (storage/).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, assert_never

import orjson

GENESIS = "0" * 64


class EventKind(StrEnum):
    """Facts in the past tense. Nothing here ever holds a citizen's words, name or number."""

    REGISTERED = "Registered"
    LINKED = "Linked"
    ROUTED = "Routed"
    PERSON_ASKED = "PersonAsked"
    NOTICE_DELIVERED = "NoticeDelivered"
    COMPLAINANT_SHOWN = "ComplainantShown"  #: somebody looked at the open name and phone; `by` says who, `why` for what
    DEPARTMENT_CORRECTED = "DepartmentCorrected"  #: a person named the department, and the case went to its office
    OFFICE_ANSWERED = "OfficeAnswered"  #: the office that has the case said something of it; `answer` says what
    FORWARD_PROPOSED = "ForwardProposed"  #: a person must release it first; the case stays where it is
    FORWARD_DECLINED = "ForwardDeclined"  #: the cell has looked and the case stays with its office
    FORWARDED = "Forwarded"  #: to another office, by the engine or released by a person (`by`)
    FROZEN = "Frozen"  #: to the arbiter's desk
    RULED = "Ruled"  #: the arbiter gave it to an office, which binds
    RETURNED = "Returned"  #: back to who sent it down from above the district
    TASK_SET = "TaskSet"  #: somebody owes something on the case beside its answer
    TASK_CLOSED = "TaskClosed"
    REPORT_SUBMITTED = "ReportSubmitted"  #: the office's report with the judge's verdict
    DISPOSED = "Disposed"  #: a report disposed of the case: by the judge's word, or by a person's (`by`)
    SPECIAL_CLOSED = "SpecialClosed"  #: with category and evidence, approved one level up
    SPECIAL_REFUSED = "SpecialRefused"  #: the level above did not approve it
    FEEDBACK_GIVEN = "FeedbackGiven"  #: the complainant was asked after a disposal
    REOPENED = "Reopened"  #: back with its office, with a day by which it must report anew
    MARKED = "Marked"  #: warned about, a defaulter, or climbed a rung; `to`: the offices written to, `together`: those with other cases in one letter
    LETTER_DRAFTED = "LetterDrafted"  #: of a letter, an order or a notice, as all to ORDER_ENDED: `case` is then its id
    LETTER_SIGNED = "LetterSigned"
    LETTER_SENT = "LetterSent"
    LETTER_ANSWERED = "LetterAnswered"
    LETTER_CANCELLED = "LetterCancelled"
    DAILY_NOTICE_DRAWN = "DailyNoticeDrawn"
    DAILY_NOTICE_ACKNOWLEDGED = "DailyNoticeAcknowledged"
    ORDER_GIVEN = "OrderGiven"
    ORDER_ENDED = "OrderEnded"  #: every case of it is disposed of, or a person withdrew it
    MASKED = (
        "Masked"  #: after its time: the complainant is gone, the numbers in its text are masked; `text` is the new seal
    )
    PURGED = "Purged"  #: after its time: nothing that a person wrote is left; how much of each kind went
    CORRECTION_TRUSTED = "CorrectionTrusted"
    CORRECTION_QUARANTINED = "CorrectionQuarantined"
    CORRECTION_RELEASED = "CorrectionReleased"
    CORRECTION_WITHDRAWN = "CorrectionWithdrawn"

    @property
    def by_a_person(self) -> bool:
        """Whether a person did it. What a person has taken in hand no machine decides again."""
        match self:
            case (
                EventKind.COMPLAINANT_SHOWN
                | EventKind.DEPARTMENT_CORRECTED
                | EventKind.OFFICE_ANSWERED
                | EventKind.FORWARD_DECLINED
                | EventKind.FORWARDED
                | EventKind.RULED
                | EventKind.TASK_CLOSED
                | EventKind.REPORT_SUBMITTED
                | EventKind.SPECIAL_CLOSED
                | EventKind.SPECIAL_REFUSED
                | EventKind.FEEDBACK_GIVEN
                | EventKind.REOPENED
                | EventKind.CORRECTION_RELEASED
                | EventKind.LETTER_SIGNED
                | EventKind.LETTER_SENT
                | EventKind.LETTER_ANSWERED
                | EventKind.LETTER_CANCELLED
                | EventKind.DAILY_NOTICE_ACKNOWLEDGED
                | EventKind.ORDER_GIVEN
            ):
                return True
            case (
                EventKind.REGISTERED
                | EventKind.LINKED
                | EventKind.ROUTED
                | EventKind.PERSON_ASKED
                | EventKind.NOTICE_DELIVERED
                | EventKind.FORWARD_PROPOSED
                | EventKind.FROZEN
                | EventKind.RETURNED
                | EventKind.TASK_SET
                | EventKind.DISPOSED
                | EventKind.MARKED
                | EventKind.MASKED
                | EventKind.PURGED
                | EventKind.CORRECTION_TRUSTED
                | EventKind.CORRECTION_QUARANTINED
                | EventKind.CORRECTION_WITHDRAWN
                | EventKind.LETTER_DRAFTED
                | EventKind.DAILY_NOTICE_DRAWN
                | EventKind.ORDER_ENDED
            ):
                return False
            case _:
                assert_never(self)


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Event:
    """One fact about one case. `body` holds ids, codes, counts, dates as ISO text and salted hashes only."""

    case: str
    kind: EventKind
    at: datetime
    body: Mapping[str, Any]


@dataclass(slots=True)  # not frozen: as NewComplaint
class Link:
    """An event as it stands in the ledger: its place, its canonical text and the hash that includes all before it."""

    seq: int
    case: str
    kind: str
    at: str
    body: str
    hash: str


_encode_slowly = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces, Hindi left readable: the same value always gives the same text.

    orjson, eight times as fast, writes what it can; what it refuses (half a letter from a damaged file) the standard library
    writes. What is hashed is the text as written, so a reader never writes it again.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError:
        return _encode_slowly(value)


def chain_hash(previous: str, seq: int, case: str, kind: str, at: str, body: str) -> str:
    """sha256 over the previous hash and every field, each with its length so that no two records read the same."""
    joined = f"{previous}\n{seq}\n{len(case)}:{case}\n{len(kind)}:{kind}\n{len(at)}:{at}\n{len(body)}:{body}"
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()


def chain(events: Iterable[Event], *, seq: int, previous: str) -> list[Link]:
    """Give the events the places after `seq` and tie each to the one before. Times are written in UTC."""
    links: list[Link] = []
    last, at = None, ""
    texts: dict[int, tuple[Mapping[str, Any], str]] = {}  # cases that are alike share one body, which is written once
    for event in events:
        seq += 1
        if event.at is not last:  # the events of one batch mostly share one moment
            last, at = event.at, _utc_text(event.at)
        written = texts.get(id(event.body))
        if written is None:  # the body is kept beside its text, so that no other can have its id meanwhile
            written = texts[id(event.body)] = (event.body, canonical_json(event.body))
        body, kind = written[1], event.kind._value_  # .value looks the word up, which takes longer
        previous = chain_hash(previous, seq, event.case, kind, at, body)
        links.append(Link(seq, event.case, kind, at, body, previous))
    return links


def first_break(links: Iterable[Link], *, seq: int = 0, previous: str = GENESIS) -> int | None:
    """The first sequence number at which the chain does not hold, or None when all of it does."""
    for link in links:
        seq += 1
        if link.seq != seq:
            return seq
        if chain_hash(previous, link.seq, link.case, link.kind, link.at, link.body) != link.hash:
            return seq
        previous = link.hash
    return None


def _utc_text(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("an event's time must be aware: take it from the house's clock")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
