"""An office answers: what it says is written down, and what follows from it is done in the same transaction (S0-5, S0-6).

Here: one answer. Not here: «it is ours» (trust.py), what may follow (routing/transfer.py), doing it (follow.py), files of answers
(answers.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nistaran.domain.complaint import Status
from nistaran.domain.correction_refused import NoSuchDepartment, NoSuchOffice, NotOnThisDesk, login_of
from nistaran.domain.events import Event, EventKind
from nistaran.domain.following import NextDesk, StayWhy, StayWith
from nistaran.domain.report_refused import AlreadyDisposed
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.domain.transfer import AnswerKind, History, OfficeAnswer
from nistaran.domain.transfer_refused import NoSuchPlace, WrongAnswer
from nistaran.domain.transfer_sentences import ANSWER, ANSWER_CHOICE_HI
from nistaran.steps.desks import case_and_history, matter_of
from nistaran.steps.fault import fault
from nistaran.steps.follow import follow
from nistaran.steps.house import House
from nistaran.steps.owing import At
from nistaran.steps.trust import accept_case
from nistaran.steps.who_may import must_act_for
from routing.names import fold
from routing.transfer import next_desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of an answer. `changed` is False when the office had said the same before and it still stands; `task` was set by it."""

    case: str
    office: str
    kind: AnswerKind
    following: NextDesk
    changed: bool
    task: Task | None = None
    trusted: tuple[str, ...] = ()


def answer_case(
    house: House, number: str, *, office: str, kind: str, by: str, department: str = "", place: str = ""
) -> Answered:
    """The office on whose desk a case lies says something of it. Safe to repeat; the citizen's due date does not move.

    Args:
        kind: a code of AnswerKind, or its Hindi wording. department: with a disclaimer whose it is, with a joint matter who else;
            code or full name, "" if not named. place: where it is, code or name in the district's table.

    Raises:
        UnknownCase, NotOnADesk, NotOnThisDesk: when there is no such case, or it lies elsewhere.
        NoSuchOffice, WrongAnswer, NoSuchDepartment, NoSuchPlace, WrongLogin: when an argument is none.
        NotYourOffice: when the login may not act for the office.
    """
    login, code, said = login_of(by), _office(house, office), answer_kind(kind)
    named, places = _department(house, department), _places(house, place)
    if said is AnswerKind.ACCEPTED:
        return _accept(house, number, code, login)
    with house.work() as work:
        work.ledger.lock()
        must_act_for(house, work, login, code)
        case, history = case_and_history(house, work, number)
        if case.status in {Status.DISPOSED, Status.SPECIAL_CLOSED}:
            raise AlreadyDisposed(number)
        now, where = house.clock.now(), _place(house, places, history.last.department)
        answer = OfficeAnswer(office=code, kind=said, at=now, by=login, department=named, place=where)
        following = next_desk(history, answer, matter_of(house, work, case, history), house.transfers())
        match following:
            case StayWith(why=StayWhy.NOT_ON_THIS_DESK | StayWhy.AWAITS_RULING):
                raise NotOnThisDesk(number)
        if isinstance(following, StayWith) and _said_before(history, answer):
            return Answered(case=number, office=code, kind=said, following=following, changed=False)
        open_ones = [one for one in work.tasks.of(case.id) if one.state is TaskState.OPEN]
        waiting = next((one for one in open_ones if one.kind is TaskKind.RELEASE), None)
        if waiting is not None and said.disclaims:  # the cell has it before it already
            return Answered(case=number, office=code, kind=said, following=following, changed=False, task=waiting)
        work.ledger.append([_event(case.number, answer)])
        at = At(house=house, work=work, case=case, history=history, now=now)
        task = follow(at, following, author=login)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return Answered(case=number, office=code, kind=said, following=following, changed=True, task=task)


def answer_kind(written: str) -> AnswerKind:
    """The kind that was meant: its code in any case of letters, or its Hindi wording. Raises WrongAnswer."""
    wanted = " ".join(written.split())
    for kind in AnswerKind:
        if wanted.upper() == kind.value or wanted in (*ANSWER[kind.value], ANSWER_CHOICE_HI[kind.value]):
            return kind
    raise WrongAnswer(", ".join(AnswerKind))


def _accept(house: House, number: str, office: str, by: str) -> Answered:
    done = accept_case(house, number, office=office, by=by)
    return Answered(
        case=number,
        office=office,
        kind=AnswerKind.ACCEPTED,
        following=StayWith(office=office, why=StayWhy.ACCEPTED),
        changed=done.changed,
        trusted=done.trusted,
    )


def _office(house: House, written: str) -> str:
    code = written.strip().upper()
    if code not in house.district.offices:
        raise NoSuchOffice
    return code


def _department(house: House, written: str) -> str:
    if not written.strip():
        return ""
    code = house.pack.department_of(written)
    if code is None:
        raise NoSuchDepartment
    return code


def _places(house: House, written: str) -> list[str]:
    """The codes of the places that a cell may mean: its code, or every place of that name. Raises NoSuchPlace when there is none."""
    if not written.strip():
        return []
    if written.strip().upper() in house.district.places:
        return [written.strip().upper()]
    sought = fold(written)
    found = [
        row.code
        for row in house.district.places.values()
        if sought in [fold(name) for name in (row.name, *row.aliases)]
    ]
    if not found:
        raise NoSuchPlace
    return found


def _place(house: House, places: Sequence[str], department: str) -> str:
    """The one place that is meant: a tehsil, a block and a thana may share a name, and that is well when one office serves them all
    or only one of them leads to an office below the district. Raises NoSuchPlace when it is not."""
    if len(places) < 2:
        return places[0] if places else ""
    transfers, district = house.transfers(), house.district.district_office(department)
    below = {
        place: office
        for place in places
        if (office := transfers.office_at(department, place)) != (district and district.code)
    }
    if len(set(below.values())) > 1:
        raise NoSuchPlace
    return next(iter(below), places[0])


def _said_before(history: History, answer: OfficeAnswer) -> bool:
    """Whether the office has said just this since the case came to it."""
    same = (answer.office, answer.kind, answer.department, answer.place)
    return any(
        (one.office, one.kind, one.department, one.place) == same and one.at >= history.last.at
        for one in history.answers
    )


def _event(number: str, answer: OfficeAnswer) -> Event:
    body = {
        "answer": answer.kind.value,
        "office": answer.office,
        "by": answer.by,
        "department": answer.department,
        "place": answer.place,
    }
    return Event(case=number, kind=EventKind.OFFICE_ANSWERED, at=answer.at, body=body)
