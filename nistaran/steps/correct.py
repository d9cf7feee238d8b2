"""Correct: a person decides a case that waits for a person, or says that an assigned one belongs to another department.

Here: the cell's own word: the case moves, and the correction is kept for learning. Not here: when it may teach (trust.py), what
offices answer (office_answer.py), many answers from a file (answers.py).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date

from nistaran.domain import correction as rules
from nistaran.domain.complaint import Case, Status
from nistaran.domain.correction import BY_A_PERSON, NONE, Correction, CorrectionReason, Source
from nistaran.domain.correction_refused import (
    CorrectedTooOften,
    MovedSince,
    NoSuchDepartment,
    NotYetRouted,
    WrongReason,
    login_of,
)
from nistaran.domain.decision import Assign
from nistaran.domain.desk_events import history_of
from nistaran.domain.errors import UnknownCase
from nistaran.domain.events import EventKind
from nistaran.domain.following import FreezeWhy
from nistaran.domain.letters import Letter
from nistaran.domain.report_refused import AlreadyDisposed
from nistaran.domain.task import TaskKind
from nistaran.domain.transfer import barred, is_slip
from nistaran.domain.transfer_sentences import FREEZE
from nistaran.domain.wording import CORRECTION_HI
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.keep_correction import keep
from nistaran.steps.move import Move, close_tasks, is_proposed, move
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.who_may import must_be_of_cell
from routing.pack import alias_key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Where a case stands after a person's word. `changed` is False when it stood there already; `correction` is then None.

    `held_back` are the ids of the corrections of this login that fell under quarantine with this one.
    """

    case: str
    department: str
    office: str
    due_on: date
    changed: bool
    correction: Correction | None = None
    held_back: tuple[str, ...] = ()


def correct_case(
    house: House,
    number: str,
    *,
    department: str,
    by: str,
    reason: str = CorrectionReason.UNSTATED,
    turn: int | None = None,
) -> Corrected:
    """The cell says whose case this is; it goes to that department's office in the same transaction. Safe to repeat.

    `department` is a code or full name of the pack's table, NONE (with a reason) for what is no grievance: the cell's own office
    gets that and answers the complainant. The citizen's due date does not move. `turn`: the answer is to a case that waited for a
    person when so many offices had had it (review.py); None where nobody says what was seen.

    Raises:
        MovedSince: when `turn` is given and the case stands elsewhere by now, unless the answer is where it stands.
        UnknownCase, NotYetRouted, CorrectedTooOften: when the case is not there, not decided yet, or is now for the arbiter.
        NoSuchDepartment, WrongReason, WrongLogin: when an argument is none. NotYourOffice: when the login is not the cell's.
    """
    login, named = login_of(by), house.pack.department_of(department)
    if named is None:
        raise NoSuchDepartment
    why = _reason(reason, named)
    with house.work() as work:
        work.ledger.lock()
        must_be_of_cell(house, work, login)
        case = work.cases.by_number(number)
        if case is None:
            raise UnknownCase(number)
        if case.status is Status.WITH_OFFICE and case.department == named:
            return _standing(house, work, case, login)
        if turn is not None and (case.status is not Status.AWAITING_PERSON or len(work.desks.of(case.id)) != turn):
            raise MovedSince(case.number)
        earlier = work.corrections.of(case.id)
        _may_be_corrected(house, case, earlier)
        new = Correction(
            id=rules.correction_id(case.number, len(earlier) + 1),
            case_id=case.id,
            case=case.number,
            at=house.clock.now(),
            by=login,
            source=Source.CELL,
            said=case.department or _guess(work, case),
            department=named,
            reason=why,
        )
        done = _write(house, work, case, new, earlier)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return done


def _reason(written: str, department: str) -> CorrectionReason:
    allowed = rules.FOR_NONE if department == NONE else rules.FOR_A_DEPARTMENT
    for reason in allowed:
        if alias_key(written) in (alias_key(reason.value), alias_key(CORRECTION_HI[reason])) or (
            reason is CorrectionReason.UNSTATED and not written.strip()
        ):
            return reason
    raise WrongReason(", ".join(allowed))


def _standing(house: House, work: UnitOfWork, case: Case, by: str) -> Corrected:
    """It stands there already: a forward that was proposed meanwhile is no longer wanted."""
    if is_proposed(work, case):
        close_tasks(work, case, frozenset({TaskKind.RELEASE}), by=by, now=house.clock.now())
        work.commit()
    return Corrected(
        case=case.number, department=case.department, office=case.office, due_on=case.due_on, changed=False
    )


def _write(house: House, work: UnitOfWork, case: Case, new: Correction, earlier: list[Correction]) -> Corrected:
    to = _office(house, case, new.department)
    _may_go(house, work, case, to.office)
    move(work, case, _as_move(to, new), now=new.at)
    kept, held = keep(house, work, new, earlier)
    return Corrected(
        case=case.number,
        department=to.department,
        office=to.office,
        due_on=case.due_on,
        changed=True,
        correction=kept,
        held_back=held,
    )


def _may_be_corrected(house: House, case: Case, earlier: list[Correction]) -> None:
    match case.status:
        case Status.REGISTERED:
            raise NotYetRouted(case.number)
        case Status.AWAITING_PERSON:
            return
        case Status.WITH_OFFICE:
            by_cell = [one for one in earlier if one.source is Source.CELL]
            if len(by_cell) < house.pack.corrections.case_most:
                return
        case Status.AWAITING_RULING | Status.RETURNED:
            pass
        case Status.DISPOSED | Status.SPECIAL_CLOSED:
            raise AlreadyDisposed(case.number)
    arbiter = house.district.facts.arbiter
    raise CorrectedTooOften(f"{case.number}: {arbiter}, {house.district.offices[arbiter].post_hi}")


def _guess(work: UnitOfWork, case: Case) -> str:
    """The department that the machine would have named when it asked a person; "" when it had none."""
    decisions = work.decisions.of(case.id)
    return decisions[-1].department if decisions else ""


def _office(house: House, case: Case, department: str) -> Assign:
    try:
        return _raised(house, case, house.router.office_for(case, department))
    except Exception as error:  # noqa: BLE001 - a text at which the engine stumbles must not keep a person from deciding it
        log.error("no office by place", extra={"case": case.number, "error": type(error).__name__})
    office = house.district.district_office(department) or house.district.offices[house.district.facts.cell]
    return Assign(
        office=office.code, department=department, confidence=1.0, rule="district:unreadable", words=(), places=()
    )


def _raised(house: House, case: Case, to: Assign) -> Assign:
    """Nobody inquires into his own case, whoever sends it: one level above a post that the text complains of (S0-6)."""
    transfers = house.transfers()
    office, because = transfers.raised(to.office, transfers.respondents.complained_of(case.text))
    return replace(to, office=office, rule=f"{to.rule}:raised") if because and office else to


def _may_go(house: House, work: UnitOfWork, case: Case, office: str) -> None:
    """Raises CorrectedTooOften when only the arbiter may send the case there (S0-5); a clerk may take back his own slip."""
    history = history_of(work.ledger.of(case.number), due_on=case.due_on)
    if history is None:
        return
    why = barred(history, office, cap=house.pack.facts.hop_cap)
    if why is not None and not (why is FreezeWhy.LOOP and is_slip(history, office)):
        arbiter = house.district.facts.arbiter
        told = " / ".join(FREEZE[why.value])
        raise CorrectedTooOften(f"{case.number}: {told}: {arbiter}, {house.district.offices[arbiter].post_hi}")


def _as_move(to: Assign, new: Correction) -> Move:
    return Move(
        kind=EventKind.DEPARTMENT_CORRECTED,
        letter=Letter.ASSIGNED,
        office=to.office,
        department=to.department,
        rule=f"{BY_A_PERSON}{to.rule}",
        by=new.by,
        places=to.places,
        confidence=to.confidence,
        body={
            "correction": new.id,
            "source": new.source.value,
            "by": new.by,
            "said": new.said,
            "reason": new.reason.value,
            "places": list(to.places),
        },
    )
