"""Looking back on the desks of one case from its end: which were right, who took how many days.

Here: one case, from its events. Not here: the values (desk_course.py), sums over many (transfer_figures.py), which day is whose
(desk_ledger.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.desk_course import Course, FirstDesk, Known, Said, Sent, SentBy, WrongDesk
from nistaran.domain.desk_ledger import days_by_office, days_lost, entries_of
from nistaran.domain.events import EventKind, Link
from nistaran.domain.transfer import Act, AnswerKind, History, OfficeAnswer

#: The rule of a first desk one level above a post that is complained of ends so (steps/decide.py).
_RAISED = ":raised"
#: Acts by which a case comes to a desk that only decides on it.
_DECIDING = frozenset({Act.FROZEN, Act.RETURNED})


def course_of(links: Iterable[Link], history: History, *, deciding: Collection[str], today: date) -> Course:
    """Look at a case from its end.

    Args:
        links: its events, oldest first; `history` is theirs (history_of). deciding: desks that never own a case (cell, arbiter).
        today: the last day that counts.

    Raises:
        KeyError, ValueError, TypeError: for an event whose body is not what its kind carries.
    """
    told = _told(links)
    known = _known(history, told.reported)
    right = _right(history, told, known)
    until = max(today, day_in_india(history.last.at))
    wrong, decided, left_open = _days(history, right, known, deciding, until)
    return Course(
        sent_by=SentBy.MODEL if told.first is EventKind.ROUTED else SentBy.PERSON,
        known=known,
        first=_first(history, right, known),
        department="" if known in {Known.RETURNED, Known.OPEN} else history.last.department,
        hops=history.hops,
        frozen=tuple(str(body["why"]) for body in told.frozen),
        rulings=sum(one.act is Act.RULED for one in history.arrivals),
        wrong=wrong,
        deciding=decided,
        open_days=left_open,
        waited=max(0, (day_in_india(history.arrivals[0].at) - told.registered).days),
        silent=(until - day_in_india(history.last.at)).days if known is Known.LIES else None,
        sent=tuple(_sent(body, at, history, right, known) for body, at in told.forwarded),
        said=tuple(_said(answer, right, known) for answer in history.answers),
        words=told.words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the history does not keep: how it came to each desk."""

    first: EventKind
    registered: date
    raised: frozenset[str]  #: offices to which it came one level higher, for a post complained of
    frozen: Sequence[dict[str, Any]]
    forwarded: Sequence[tuple[dict[str, Any], datetime]]
    words: tuple[str, ...]
    reported: datetime | None  #: when an office last reported on it, which takes the case as its own


def _told(links: Iterable[Link]) -> _Told:
    moves: list[EventKind] = []
    days: list[date] = []
    raised: set[str] = set()
    frozen: list[dict[str, Any]] = []
    forwarded: list[tuple[dict[str, Any], datetime]] = []
    words: list[str] = []
    reported: datetime | None = None
    for link in links:
        match EventKind(link.kind):
            case EventKind.REGISTERED:
                days.append(day_in_india(datetime.fromisoformat(link.at)))
            case EventKind.ROUTED | EventKind.DEPARTMENT_CORRECTED as kind:
                body = json.loads(link.body)
                moves.append(kind)
                raised |= {str(body["office"])} if str(body["rule"]).endswith(_RAISED) else set()
            case EventKind.FORWARDED:
                body = json.loads(link.body)
                forwarded.append((body, datetime.fromisoformat(link.at)))
                raised |= {str(body["office"])} if body["respondents"] else set()
                words += ["RELEASE"] if body["released_by"] else []
            case EventKind.FROZEN:
                frozen.append(json.loads(link.body))
                words += ["ARBITER"] if frozen[-1]["by"] else []
            case EventKind.FORWARD_DECLINED:
                words.append("KEEP")
            case EventKind.REPORT_SUBMITTED:
                reported = datetime.fromisoformat(link.at)
            case _:
                pass  # moves no case to a desk of an office, or the history says all of it
    if not moves or not days:
        raise ValueError("a case on a desk has events that registered it and put it on its first desk")
    return _Told(
        first=moves[0],
        registered=days[0],
        raised=frozenset(raised),
        frozen=frozen,
        forwarded=forwarded,
        words=tuple(words),
        reported=reported,
    )


def _known(history: History, reported: datetime | None) -> Known:
    match history.last.act:
        case Act.FROZEN:
            return Known.OPEN
        case Act.RETURNED:
            return Known.RETURNED
        case Act.RULED:
            return Known.RULED
        case Act.ROUTED | Act.FORWARDED | Act.CORRECTED:
            pass
    if reported is not None and reported >= history.last.at:
        return Known.ACCEPTED
    its = [one.kind for one in history.answers if one.office == history.holder and one.at >= history.last.at]
    spoken = [kind for kind in its if kind.disclaims or kind is AnswerKind.ACCEPTED]
    if spoken and spoken[-1] is AnswerKind.ACCEPTED:
        return Known.ACCEPTED
    return Known.OPEN if spoken and history.holder not in history.kept else Known.LIES


def _right(history: History, told: _Told, known: Known) -> frozenset[str]:
    """The offices that the case was for: where it ends, and those of the same department that a raise or «the level above» joins to it."""
    if known in {Known.RETURNED, Known.OPEN}:
        return frozenset()
    upwards = {one.office for one in history.answers if one.kind is AnswerKind.LEVEL_ABOVE}
    owners = [one for one in history.arrivals if one.act not in _DECIDING]
    own = {one.office for one in owners if one.department == history.last.department}
    return frozenset({history.holder, *(own & (upwards | told.raised))})


def _days(
    history: History, right: frozenset[str], known: Known, deciding: Collection[str], until: date
) -> tuple[tuple[WrongDesk, ...], int, int]:
    """Wrong desks, days of those who only decide, days of which nobody can say yet."""
    entries = entries_of(history)
    if known is Known.OPEN:
        return (), 0, sum(days_by_office(entries, until=until).values())
    lost = days_lost(entries, right=right, deciding=deciding, until=until)
    departments = {one.office: one.department for one in reversed(history.arrivals)}
    wrong = (WrongDesk(office=office, department=departments[office], days=days) for office, days in lost.wrong.items())
    return tuple(wrong), sum(lost.deciding.values()), 0


def _first(history: History, right: frozenset[str], known: Known) -> FirstDesk:
    first = history.arrivals[0]
    if known in {Known.RETURNED, Known.OPEN}:
        return FirstDesk.UNJUDGED
    if first.department != history.last.department:
        return FirstDesk.OTHER_DEPARTMENT
    if first.office == history.holder:
        return FirstDesk.RIGHT
    if first.office not in right:
        return FirstDesk.OTHER_OFFICE
    above = any(one.kind is AnswerKind.LEVEL_ABOVE and one.office == first.office for one in history.answers)
    return FirstDesk.LEVEL_ABOVE if above else FirstDesk.RIGHT


def _sent(body: dict[str, Any], at: datetime, history: History, right: frozenset[str], known: Known) -> Sent:
    office = str(body["office"])
    disclaimed = any(one.office == office and one.kind.disclaims and one.at >= at for one in history.answers)
    return Sent(
        automatic=not body["released_by"], disclaimed=disclaimed, right=office in right if known.settled else None
    )


def _said(answer: OfficeAnswer, right: frozenset[str], known: Known) -> Said:
    judged = answer.kind.disclaims and known.settled
    return Said(office=answer.office, kind=answer.kind, right=answer.office not in right if judged else None)
