"""Letters, orders and daily notices against the ledger: which there are, that nothing on them was changed, how each stands.

Here: the fold of their events and the comparison. Not here: the cases (verify_cases.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from nistaran.domain.daily_notices import DailyNotice
from nistaran.domain.drafts import ActKind, Draft, DraftState
from nistaran.domain.events import EventKind, Link, canonical_json
from nistaran.domain.orders import Order, OrderState
from nistaran.domain.paper_seals import (
    ACT_EVENTS,
    PAPER_EVENTS,
    act_body,
    draft_seal,
    notice_seal,
    order_end,
    order_seal,
)
from nistaran.steps.paper_notice import ALARM_PREFIX, MARKED_PREFIX
from nistaran.steps.ports import UnitOfWork

#: Letters and notices have long lists on them.
_PAGE = 200
_DRAWN = frozenset({EventKind.LETTER_DRAFTED, EventKind.DAILY_NOTICE_DRAWN, EventKind.ORDER_GIVEN})
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(slots=True)
class _Told:
    """What the events say of one paper: its seal, when it was drawn up, and each thing that was done with it, as text."""

    seal: str
    at: str
    since: tuple[tuple[str, str, str], ...] = ()


class PaperCheck:
    """Read the events first, then ask for the faults."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._told: dict[str, _Told] = {}

    def read(self, link: Link, kind: EventKind) -> bool:
        """Fold one event. Returns False for one that is about a case. Raises KeyError for one that comes from nowhere."""
        if kind in _DRAWN:
            if link.case in self._told:
                raise ValueError("drawn up twice")
            self._told[link.case] = _Told(str(json.loads(link.body)["seal"]), link.at)
        elif kind in PAPER_EVENTS:
            told = self._told[link.case]
            told.since = (*told.since, (kind.value, link.at, link.body))
        elif kind is EventKind.NOTICE_DELIVERED and link.case.startswith((ALARM_PREFIX, MARKED_PREFIX)):
            return True
        elif kind is not EventKind.NOTICE_DELIVERED or link.case not in self._told:
            return False
        return True

    def faults(self) -> Iterator[str]:
        """Hold every kept paper against its events. Yields what does not agree."""
        for name, papers in (("letter", self._letters), ("notice", self._notices), ("order", self._orders)):
            try:
                yield from papers()
            except _UNREADABLE:
                yield f"{name}: a row cannot be read; the others of its kind were not looked at"
        yield from (f"{name}: has events but no row" for name in self._told)

    def _letters(self) -> Iterator[str]:
        after = ""
        while page := self._work.drafts.page(after=after, limit=_PAGE):
            after = page[-1].id
            for one in page:
                acts = tuple(_event(ACT_EVENTS[act.kind], act.at, act_body(act)) for act in one.acts)
                yield from self._compare("letter", one.id, _Told(draft_seal(one), _text(one.drawn_at), acts))
                if one.state is not _state_of(one):
                    yield f"letter {one.id}: it does not stand as its acts say"

    def _notices(self) -> Iterator[str]:
        after: tuple[date, str] | None = None
        while page := self._work.daily_notices.page(after=after, limit=_PAGE):
            after = page[-1].day, page[-1].department
            for one in page:
                yield from self._compare("notice", one.id, _Told(notice_seal(one), _text(one.at), _acknowledged(one)))

    def _orders(self) -> Iterator[str]:
        for one in self._work.orders.find():
            yield from self._compare("order", one.id, _Told(order_seal(one), _text(one.given_at), _ended(one)))

    def _compare(self, kind: str, id_: str, stands: _Told) -> Iterator[str]:
        told = self._told.pop(id_, None)
        if told is None:
            yield f"{kind} {id_}: no event drew it up"
        elif (told.seal, told.at) != (stands.seal, stands.at):
            yield f"{kind} {id_}: it is not what was drawn up"
        elif told.since != stands.since:
            yield f"{kind} {id_}: what was done with it is not what its events say"


def _state_of(draft: Draft) -> DraftState:
    state = DraftState.DRAFTED
    for act in draft.acts:
        state = DraftState.SENT if act.kind is ActKind.ANSWERED else DraftState(act.kind.value)
    return state


def _acknowledged(one: DailyNotice) -> tuple[tuple[str, str, str], ...]:
    if one.acknowledged_at is None:
        return ()
    return (_event(EventKind.DAILY_NOTICE_ACKNOWLEDGED, one.acknowledged_at, {"by": one.acknowledged_by}),)


def _ended(one: Order) -> tuple[tuple[str, str, str], ...]:
    if one.state is OrderState.GIVEN or one.ended_at is None:
        return ()
    return (_event(EventKind.ORDER_ENDED, one.ended_at, order_end(one)),)


def _event(kind: EventKind, at: datetime, body: dict[str, Any]) -> tuple[str, str, str]:
    return kind.value, _text(at), canonical_json(body)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
