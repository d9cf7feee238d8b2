"""A case's history of desks as its events tell it: nothing else is asked when a case is to move (promise P5).

Here: reading events into a History. Not here: what may follow (transfer.py, routing/transfer.py), writing events (steps/).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from nistaran.domain.events import EventKind, Link
from nistaran.domain.transfer import Act, AnswerKind, Arrival, History, OfficeAnswer

_ACTS = {
    EventKind.ROUTED: Act.ROUTED,
    EventKind.DEPARTMENT_CORRECTED: Act.CORRECTED,
    EventKind.FORWARDED: Act.FORWARDED,
    EventKind.FROZEN: Act.FROZEN,
    EventKind.RULED: Act.RULED,
    EventKind.RETURNED: Act.RETURNED,
}


#: An office's report closed the case: it took it for its own.
_CLOSED_BY = frozenset({EventKind.DISPOSED, EventKind.SPECIAL_CLOSED})


def history_of(events: Iterable[Link], *, due_on: date, sender: str = "") -> History | None:
    """The desks of a case and what their offices answered; None while it was on no desk.

    Args:
        events: of one case, oldest first.

    Raises:
        KeyError, ValueError: for an event whose body is not what its kind carries.
    """
    arrivals: list[Arrival] = []
    answers: list[OfficeAnswer] = []
    tasks: list[str] = []
    kept: list[str] = []
    reported: list[str] = []
    for link in events:
        kind = EventKind(link.kind)
        if kind in _ACTS:
            act = _ACTS[kind]
            # the first desk is no move, whoever named it
            arrivals.append(_arrival(link, act if arrivals or act is not Act.CORRECTED else Act.ROUTED))
        elif kind is EventKind.OFFICE_ANSWERED:
            answers.append(_answer(link))
        elif kind is EventKind.FORWARD_DECLINED:
            kept.append(str(_body(link)["office"]))
        elif kind in _CLOSED_BY:
            reported.append(str(_body(link)["office"]))
        elif kind is EventKind.TASK_SET:
            tasks += _co_department(_body(link))
    if not arrivals:
        return None
    return History(
        arrivals=tuple(arrivals),
        due_on=due_on,
        sender=sender,
        answers=tuple(answers),
        tasks=tuple(tasks),
        kept=frozenset(kept),
        reported=frozenset(reported),
    )


def _arrival(link: Link, act: Act) -> Arrival:
    body = _body(link)
    return Arrival(office=str(body["office"]), department=str(body["department"]), at=_at(link), act=act)


def _answer(link: Link) -> OfficeAnswer:
    body = _body(link)
    return OfficeAnswer(
        office=str(body["office"]),
        kind=AnswerKind(body["answer"]),
        at=_at(link),
        by=str(body["by"]),
        department=str(body.get("department", "")),
        place=str(body.get("place", "")),
    )


def _co_department(body: Mapping[str, Any]) -> list[str]:
    return [str(body["office"])] if body["kind"] == "PART" else []


def _body(link: Link) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(link.body)
    return found


def _at(link: Link) -> datetime:
    return datetime.fromisoformat(link.at)
