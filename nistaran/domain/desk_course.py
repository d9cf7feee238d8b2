"""What the desks of one case come to, looked at from its end: whether the first was right, and the days that wrong ones took.

Here: one case. Not here: sums over many (transfer_figures.py), the history itself (desk_events.py), which day is whose (desk_ledger.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.desk_ledger import days_by_office, days_lost, entries_of
from nistaran.domain.events import EventKind, Link
from nistaran.domain.transfer import Act, AnswerKind, History, OfficeAnswer

#: The rule of a first desk one level above a post that is complained of ends so (steps/decide.py).
_RAISED = ":raised"


class SentBy(StrEnum):
    """Who chose the first desk."""

    MODEL = "MODEL"
    PERSON = "PERSON"


class Known(StrEnum):
    """How it is known whose case it is."""

    ACCEPTED = "ACCEPTED"  #: the office that has it took it
    RULED = "RULED"  #: the arbiter said so
    LIES = "LIES"  #: it lies there and the office has not said that it is not its own
    RETURNED = "RETURNED"  #: of who sent it down from above the district
    OPEN = "OPEN"  #: not known: frozen, or disclaimed and the cell is asked

    @property
    def settled(self) -> bool:
        """Whether somebody who may has said it; lying there unanswered is not enough."""
        return self in {Known.ACCEPTED, Known.RULED, Known.RETURNED}


class FirstDesk(StrEnum):
    """The first desk, looked at from the end."""

    RIGHT = "RIGHT"
    OTHER_DEPARTMENT = "OTHER_DEPARTMENT"
    OTHER_OFFICE = "OTHER_OFFICE"  #: the department was right, its office was not
    LEVEL_ABOVE = "LEVEL_ABOVE"  #: the department was right, and only a higher office could decide: no misroute
    UNJUDGED = "UNJUDGED"  #: returned above the district, or not known yet

    @property
    def misrouted(self) -> bool:
        """Whether the case began on a wrong desk."""
        return self in {FirstDesk.OTHER_DEPARTMENT, FirstDesk.OTHER_OFFICE}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongDesk:
    """Days of the case on a desk that was not the right one."""

    office: str
    department: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A forward. `right` is None while nobody has settled whose the case is."""

    automatic: bool
    disclaimed: bool  #: its office said afterwards that it is not its own
    right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer. `right` only of a disclaimer, and once somebody has settled whose the case is."""

    office: str
    kind: AnswerKind
    right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One case. `department` is whose it is, "" where that is above the district or not known; `open_days` are the days of its life
    when it is not known."""

    sent_by: SentBy
    known: Known
    first: FirstDesk
    department: str
    hops: int
    frozen: tuple[str, ...]  #: why, each time
    rulings: int
    wrong: tuple[WrongDesk, ...]
    deciding: int  #: days with the cell or the arbiter
    open_days: int
    sent: tuple[Sent, ...]
    said: tuple[Said, ...]
    words: tuple[str, ...]  #: what the cell said of proposals: RELEASE, KEEP, ARBITER


def course_of(links: Iterable[Link], history: History, *, deciding: Collection[str], today: date) -> Course:
    """Look at a case from its end.

    Args:
        links: its events, oldest first; `history` is theirs (history_of). deciding: desks that never own a case (cell, arbiter).
        today: the last day that counts.

    Raises:
        KeyError, ValueError, TypeError: for an event whose body is not what its kind carries.
    """
    told, known = _told(links), _known(history)
    right = _right(history, told, known)
    until, entries = max(today, day_in_india(history.last.at)), entries_of(history)
    is_open = known is Known.OPEN
    lost = days_lost(entries, right=right, deciding=deciding, until=until)
    departments = {one.office: one.department for one in reversed(history.arrivals)}
    return Course(
        sent_by=SentBy.MODEL if told.first is EventKind.ROUTED else SentBy.PERSON,
        known=known,
        first=_first(history, right, known),
        department="" if known in {Known.RETURNED, Known.OPEN} else history.last.department,
        hops=history.hops,
        frozen=tuple(str(body["why"]) for body in told.frozen),
        rulings=sum(one.act is Act.RULED for one in history.arrivals),
        wrong=()
        if is_open
        else tuple(
            WrongDesk(office=office, department=departments[office], days=days) for office, days in lost.wrong.items()
        ),
        deciding=0 if is_open else sum(lost.deciding.values()),
        open_days=sum(days_by_office(entries, until=until).values()) if is_open else 0,
        sent=tuple(_sent(body, at, history, right, known) for body, at in told.forwarded),
        said=tuple(_said(answer, right, known) for answer in history.answers),
        words=told.words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the history does not keep: how it came to each desk."""

    first: EventKind
    raised: frozenset[str]  #: offices to which it came one level higher, for a post complained of
    frozen: Sequence[dict[str, Any]]
    forwarded: Sequence[tuple[dict[str, Any], datetime]]
    words: tuple[str, ...]


def _told(links: Iterable[Link]) -> _Told:
    moves: list[EventKind] = []
    raised: set[str] = set()
    frozen: list[dict[str, Any]] = []
    forwarded: list[tuple[dict[str, Any], datetime]] = []
    words: list[str] = []
    for link in links:
        match EventKind(link.kind):
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
            case _:
                pass  # moves no case to a desk of an office, or the history says all of it
    if not moves:
        raise ValueError("a case on a desk has an event that put it on its first")
    return _Told(first=moves[0], raised=frozenset(raised), frozen=frozen, forwarded=forwarded, words=tuple(words))


def _known(history: History) -> Known:
    match history.last.act:
        case Act.FROZEN:
            return Known.OPEN
        case Act.RETURNED:
            return Known.RETURNED
        case Act.RULED:
            return Known.RULED
        case Act.ROUTED | Act.FORWARDED | Act.CORRECTED:
            pass
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
    own = {one.office for one in history.arrivals if one.department == history.last.department}
    return frozenset({history.holder, *(own & (upwards | told.raised))})


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
