"""Which status a case has: the fold of its events, nothing else (promise P5)."""

from __future__ import annotations

from collections.abc import Iterable

from nistaran.domain.complaint import Status
from nistaran.domain.events import EventKind

#: The status that an event leads to; None where the event leaves it as it is.
LEADS_TO: dict[EventKind, Status | None] = {
    EventKind.REGISTERED: Status.REGISTERED,
    EventKind.LINKED: None,
    EventKind.ROUTED: Status.WITH_OFFICE,
    EventKind.PERSON_ASKED: Status.AWAITING_PERSON,
    EventKind.NOTICE_DELIVERED: None,
    EventKind.COMPLAINANT_SHOWN: None,
    EventKind.DEPARTMENT_CORRECTED: Status.WITH_OFFICE,
    EventKind.OFFICE_ANSWERED: None,
    EventKind.FORWARD_PROPOSED: None,
    EventKind.FORWARD_DECLINED: None,
    EventKind.FORWARDED: Status.WITH_OFFICE,
    EventKind.FROZEN: Status.AWAITING_RULING,
    EventKind.RULED: Status.WITH_OFFICE,
    EventKind.RETURNED: Status.RETURNED,
    EventKind.TASK_SET: None,
    EventKind.TASK_CLOSED: None,
    EventKind.REPORT_SUBMITTED: None,
    EventKind.DISPOSED: Status.DISPOSED,
    EventKind.SPECIAL_CLOSED: Status.SPECIAL_CLOSED,
    EventKind.SPECIAL_REFUSED: None,
    EventKind.FEEDBACK_GIVEN: None,
    EventKind.REOPENED: Status.WITH_OFFICE,
    EventKind.MARKED: None,
    EventKind.LETTER_DRAFTED: None,
    EventKind.LETTER_SIGNED: None,
    EventKind.LETTER_SENT: None,
    EventKind.LETTER_ANSWERED: None,
    EventKind.LETTER_CANCELLED: None,
    EventKind.DAILY_NOTICE_DRAWN: None,
    EventKind.DAILY_NOTICE_ACKNOWLEDGED: None,
    EventKind.ORDER_GIVEN: None,
    EventKind.ORDER_ENDED: None,
    EventKind.MASKED: None,
    EventKind.PURGED: None,
    EventKind.CORRECTION_TRUSTED: None,
    EventKind.CORRECTION_QUARANTINED: None,
    EventKind.CORRECTION_RELEASED: None,
    EventKind.CORRECTION_WITHDRAWN: None,
}


def fold(kinds: Iterable[EventKind]) -> Status | None:
    """The status after these events in their order; None before the first `Registered`."""
    status: Status | None = None
    for kind in kinds:
        status = LEADS_TO[kind] or status
    return status
