"""What the ledger says of letters, orders and daily notices, so that none of them can be changed unseen: seals over what was drawn up.

Nothing a citizen wrote stands in any of them. Not here: writing events (steps/), comparing (steps/verify_papers.py).
"""

from __future__ import annotations

import hashlib
from typing import Any

from nistaran.domain.daily_notices import DailyNotice
from nistaran.domain.drafts import Act, ActKind, Draft
from nistaran.domain.events import EventKind, canonical_json
from nistaran.domain.orders import Order, OrderState

ACT_EVENTS = {
    ActKind.SIGNED: EventKind.LETTER_SIGNED,
    ActKind.SENT: EventKind.LETTER_SENT,
    ActKind.ANSWERED: EventKind.LETTER_ANSWERED,
    ActKind.CANCELLED: EventKind.LETTER_CANCELLED,
}
#: Events whose `case` is a letter's, an order's or a notice's id.
PAPER_EVENTS = frozenset(
    {
        EventKind.LETTER_DRAFTED,
        *ACT_EVENTS.values(),
        EventKind.DAILY_NOTICE_DRAWN,
        EventKind.DAILY_NOTICE_ACKNOWLEDGED,
        EventKind.ORDER_GIVEN,
        EventKind.ORDER_ENDED,
    }
)


def draft_seal(draft: Draft) -> str:
    """Over everything of a letter that never changes."""
    own = [draft.id, draft.kind.value, draft.year, draft.serial, draft.office, draft.department, draft.drawn_by]
    return _seal([*own, draft.basis, draft.reply_days, sorted(map(list, draft.cases)), draft.facts])


def act_body(act: Act) -> dict[str, Any]:
    """What the ledger says of an act on a letter; of its cause only a seal, since people write what they like."""
    days = {"on": act.on.isoformat() if act.on else "", "until": act.until.isoformat() if act.until else ""}
    return {"by": act.by, **days, "why": _seal(act.why) if act.why else ""}


def notice_seal(notice: DailyNotice) -> str:
    """Over everything of a daily notice that never changes."""
    return _seal([notice.id, notice.office, notice.facts])


def order_seal(order: Order) -> str:
    """Over everything of an order that never changes."""
    cases = sorted([one.case_id, one.office, one.round] for one in order.cases)
    return _seal([order.id, order.given_by, order.why, order.target.isoformat(), order.chosen, cases])


def order_end(order: Order) -> dict[str, Any]:
    """What the ledger says of an order's end."""
    ended = {"state": order.state.value, "by": order.ended_by}
    return {**ended, "why": _seal(order.ended_why) if order.state is OrderState.WITHDRAWN else ""}


def _seal(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()
