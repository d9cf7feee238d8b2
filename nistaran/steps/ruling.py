"""The arbiter rules: the case goes to the office that he names, nobody but he moves it again, and his word teaches (S0-6, decision 9).

Not here: freezing (follow.py), the brief (routing/brief.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from nistaran.domain import correction as rules
from nistaran.domain.complaint import Status
from nistaran.domain.correction import Correction, CorrectionReason, Source
from nistaran.domain.correction_refused import NoSuchDepartment, NoSuchOffice, login_of
from nistaran.domain.events import EventKind
from nistaran.domain.letters import Letter
from nistaran.domain.report_refused import AlreadyDisposed
from nistaran.domain.task import TaskKind, TaskState
from nistaran.domain.transfer import Act
from nistaran.domain.transfer_refused import NotTheArbiter
from nistaran.steps.desks import case_and_history
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.keep_correction import keep
from nistaran.steps.move import Move, move
from nistaran.steps.owing import At
from nistaran.steps.who_may import must_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """Where the case lies now; `respondents` are posts for whose sake it went one level higher; `label` is the correction that may
    teach by it."""

    case: str
    office: str
    department: str
    respondents: tuple[str, ...]
    label: str


def rule_case(house: House, number: str, *, department: str, by: str, office: str = "") -> Ruled:
    """The arbiter's ruling on a frozen case, on one that he ruled on before, or on a returned one.

    `department` is a code or full name; `office` the office's code, "" for the one that takes such a case first (raised one level
    above a post that the complaint is about).

    Raises:
        UnknownCase, NotOnADesk, NotTheArbiter: when there is no such case, or it is not before him.
        NoSuchDepartment, NoSuchOffice, WrongLogin: when an argument is none. NotYourOffice: when the login is not the arbiter's.
    """
    login, named = login_of(by), house.pack.department_of(department)
    if named is None:
        raise NoSuchDepartment
    with house.work() as work:
        work.ledger.lock()
        must_rule(house, work, login)
        case, history = case_and_history(house, work, number)
        if case.status in {Status.DISPOSED, Status.SPECIAL_CLOSED}:
            raise AlreadyDisposed(number)
        if not (history.frozen or history.ruled or history.last.act is Act.RETURNED):
            raise NotTheArbiter(number)
        at = At(house=house, work=work, case=case, history=history, now=house.clock.now())
        target, because = _target(at, named, office)
        ruling = [
            one.id for one in work.tasks.of(case.id) if one.kind is TaskKind.RULING and one.state is TaskState.OPEN
        ]
        label = _label(at, named, login)
        move(work, case, _move(at, target, named, login, label), now=at.now, done=frozenset(ruling))
        keep(house, work, label, work.corrections.of(case.id))
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return Ruled(case=number, office=target, department=named, respondents=because, label=label.id)


def _target(at: At, department: str, office: str) -> tuple[str, tuple[str, ...]]:
    if office.strip():
        code = office.strip().upper()
        if code not in at.house.district.offices:
            raise NoSuchOffice
        return code, ()  # he has seen the brief, which names the posts complained of
    transfers = at.house.transfers()
    first = at.house.router.office_for(at.case, department).office
    target, because = transfers.raised(first, transfers.respondents.complained_of(at.case.text))
    return target or first, because


def _label(at: At, department: str, by: str) -> Correction:
    return Correction(
        id=rules.correction_id(at.case.number, len(at.work.corrections.of(at.case.id)) + 1),
        case_id=at.case.id,
        case=at.case.number,
        at=at.now,
        by=by,
        source=Source.ARBITER,
        said=at.history.arrivals[0].department,
        department=department,
        reason=CorrectionReason.UNSTATED,
    )


def _move(at: At, office: str, department: str, by: str, label: Correction) -> Move:
    return Move(
        kind=EventKind.RULED,
        letter=Letter.RULED,
        office=office,
        department=department,
        rule="ruling",
        by=by,
        body={
            "from": at.history.holder,
            "correction": label.id,
            "by": by,
            "source": label.source.value,
            "said": label.said,
            "reason": label.reason.value,
        },
    )
