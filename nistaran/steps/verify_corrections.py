"""Corrections against the ledger: what teaches the model is what a person said and another confirmed, event by event.

Here: the fold of the events and the comparison. Not here: the cases themselves (verify_cases.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from nistaran.domain.correction import Correction, Source, Trust
from nistaran.domain.events import EventKind, Link
from nistaran.steps.ports import UnitOfWork

_PAGE = 2000
_SAID = ("by", "source", "said", "department", "reason")
#: Whose word needs no second one.
_ALONE = frozenset({Source.ARBITER.value, Source.AUDIT.value})
#: The events with which somebody names a department.
_SAYING = frozenset({EventKind.DEPARTMENT_CORRECTED, EventKind.FORWARDED, EventKind.RULED})
#: The events that change how far a correction is trusted.
TRUST_EVENTS = {
    EventKind.CORRECTION_TRUSTED: Trust.TRUSTED,
    EventKind.CORRECTION_QUARANTINED: Trust.QUARANTINED,
    EventKind.CORRECTION_RELEASED: Trust.WAITING,
    EventKind.CORRECTION_WITHDRAWN: Trust.WITHDRAWN,
}


@dataclass(slots=True, kw_only=True)
class _Told:
    """What the events say of one correction."""

    case: str
    at: str
    said: tuple[str, ...]
    trust: str = Trust.WAITING.value
    trusted_at: str = ""
    trusted_by: str = ""
    office: str = ""
    why: str = ""
    by_itself: bool = False  #: trusted by the login that said it; only the arbiter's word and an audit's need no other


class CorrectionCheck:
    """Read the events first, then ask for the faults. A house has few corrections: about 500 bytes are kept each."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._told: dict[str, _Told] = {}

    def read(self, link: Link, kind: EventKind) -> None:
        """Fold one event; those that are about no correction are passed over. Raises KeyError for one that comes from nowhere."""
        if kind in _SAYING:
            body = json.loads(link.body)
            if "correction" not in body:  # moved without a word on its department
                return
            said = tuple(str(body[name]) for name in _SAID)
            self._told[str(body["correction"])] = _Told(case=link.case, at=link.at, said=said)
        elif kind in TRUST_EVENTS:
            body = json.loads(link.body)
            told = self._told[str(body["correction"])]
            told.trust = TRUST_EVENTS[kind].value
            if kind is EventKind.CORRECTION_TRUSTED:
                told.trusted_at, told.trusted_by, told.office = link.at, str(body["by"]), str(body["office"])
                told.by_itself |= told.trusted_by == told.said[0] and told.said[1] not in _ALONE
            if kind is EventKind.CORRECTION_QUARANTINED:
                told.why = str(body["reason"])

    def faults(self) -> Iterator[str]:
        """Hold every kept correction against its events, page by page. Yields what does not agree."""
        last = ""
        while True:
            try:
                page = self._work.corrections.page(after=last, limit=_PAGE)
            except (ValueError, KeyError, TypeError):
                yield f"corrections: a row after {last or 'the beginning'} cannot be read; the rest were not looked at"
                return
            if not page:
                break
            last = page[-1].id
            for one in page:
                told = self._told.pop(one.id, None)
                if told is None or _differs(one, told):
                    yield f"case {one.case}: correction {one.id} is not that of its events"
                elif told.by_itself:
                    yield f"case {one.case}: correction {one.id} was confirmed by the login that made it"
        yield from (f"case {told.case}: correction {name} is missing" for name, told in self._told.items())


def _differs(one: Correction, told: _Told) -> bool:
    stands = _Told(
        case=one.case,
        at=_text(one.at),
        said=(one.by, one.source.value, one.said, one.department, one.reason.value),
        trust=one.trust.value,
        trusted_at=_text(one.trusted_at) if one.trusted_at else "",
        trusted_by=one.trusted_by,
        office=one.office,
        why=one.why_quarantined.value if one.why_quarantined else "",
    )
    compared = [part.name for part in fields(_Told) if part.name != "by_itself"]
    return any(getattr(stands, name) != getattr(told, name) for name in compared)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
