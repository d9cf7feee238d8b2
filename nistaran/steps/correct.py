"""Correct: a person decides a case that waits for a person, or says that an assigned one belongs to another department.

Here: the cell's own word: the case moves, and the correction is kept for learning. Not here: when it may teach (trust.py), what
offices answer (trust.py, forwarding later), many answers from a file (answers.py).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime

from nistaran.domain import correction as rules
from nistaran.domain.complaint import Case, Status
from nistaran.domain.correction import BY_A_PERSON, NONE, Correction, CorrectionReason, Source, Trust
from nistaran.domain.correction_refused import (
    CorrectedTooOften,
    NoSuchDepartment,
    NotYetRouted,
    WrongReason,
    login_of,
)
from nistaran.domain.decision import Assign
from nistaran.domain.errors import UnknownCase
from nistaran.domain.events import Event, EventKind
from nistaran.domain.mass_correction import held_back, looks_back_to, period_began
from nistaran.domain.records import DecisionRecord, DeskEntry, Notice, Placement
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork

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
    house: House, number: str, *, department: str, by: str, reason: str = CorrectionReason.UNSTATED
) -> Corrected:
    """The cell says whose case this is; it goes to that department's office in the same transaction. Safe to repeat.

    `department` is a code or full name of the pack's table, NONE (with a reason) for what is no grievance: the cell's own office
    gets that and answers the complainant. The citizen's due date does not move.

    Raises:
        UnknownCase, NotYetRouted, CorrectedTooOften: when the case is not there, not decided yet, or is now for the arbiter.
        NoSuchDepartment, WrongReason, WrongLogin: when an argument is none.
    """
    login, named = login_of(by), house.pack.department_of(department)
    if named is None:
        raise NoSuchDepartment
    why = _reason(reason, named)
    with house.work() as work:
        work.ledger.lock()
        case = work.cases.by_number(number)
        if case is None:
            raise UnknownCase(number)
        if case.status is Status.WITH_OFFICE and case.department == named:
            return _standing(case)
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
        if reason.value == (written.strip().upper() or CorrectionReason.UNSTATED.value):
            return reason
    raise WrongReason(", ".join(allowed))


def _standing(case: Case) -> Corrected:
    return Corrected(
        case=case.number, department=case.department, office=case.office, due_on=case.due_on, changed=False
    )


def _write(house: House, work: UnitOfWork, case: Case, new: Correction, earlier: list[Correction]) -> Corrected:
    to = _office(house, case, new.department)
    _move(work, case, to, new)
    kept, held = _keep(house, work, new, earlier)
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
            by_people = [one for one in earlier if one.source is not Source.AUDIT]
            if len(by_people) >= house.pack.corrections.case_most:
                arbiter = house.district.facts.arbiter
                raise CorrectedTooOften(f"{case.number}: {arbiter}, {house.district.offices[arbiter].post_hi}")


def _guess(work: UnitOfWork, case: Case) -> str:
    """The department that the machine would have named when it asked a person; "" when it had none."""
    decisions = work.decisions.of(case.id)
    return decisions[-1].department if decisions else ""


def _office(house: House, case: Case, department: str) -> Assign:
    try:
        return house.router.office_for(case, department)
    except Exception as error:  # noqa: BLE001 - a text at which the engine stumbles must not keep a person from deciding it
        log.error("no office by place", extra={"case": case.number, "error": type(error).__name__})
    office = house.district.district_office(department) or house.district.offices[house.district.facts.cell]
    return Assign(
        office=office.code, department=department, confidence=1.0, rule="district:unreadable", words=(), places=()
    )


def _move(work: UnitOfWork, case: Case, to: Assign, new: Correction) -> None:
    """Put the case on the office's desk, with everything that follows; the same rows as routing writes."""
    turn, rule = len(work.desks.of(case.id)) + 1, f"{BY_A_PERSON}{to.rule}"
    work.cases.place(
        [Placement(case_id=case.id, status=Status.WITH_OFFICE, department=to.department, office=to.office)]
    )
    work.decisions.add([_record(case, to, rule, new.at)])
    work.desks.open([DeskEntry(case_id=case.id, office=to.office, since=new.at)])
    work.outbox.add([_notice(case, to, turn)], at=new.at)
    body = {
        "correction": new.id,
        "source": new.source.value,
        "by": new.by,
        "said": new.said,
        "department": to.department,
        "reason": new.reason.value,
        "office": to.office,
        "rule": rule,
        "places": list(to.places),
    }
    work.ledger.append([Event(case=case.number, kind=EventKind.DEPARTMENT_CORRECTED, at=new.at, body=body)])


def _notice(case: Case, to: Assign, turn: int) -> Notice:
    return Notice(
        key=f"assigned:{case.number}:{to.office}:{turn}",
        kind="assigned",
        case_id=case.id,
        office=to.office,
        body={"number": case.number, "department": to.department, "due": case.due_on.isoformat()},
    )


def _record(case: Case, to: Assign, rule: str, now: datetime) -> DecisionRecord:
    return DecisionRecord(
        case_id=case.id,
        at=now,
        outcome="assign",
        reason="",
        department=to.department,
        office=to.office,
        confidence=to.confidence,
        rule=rule,
        model="",
        words=(),
        places=to.places,
        candidates=(),
    )


def _keep(
    house: House, work: UnitOfWork, new: Correction, earlier: list[Correction]
) -> tuple[Correction, tuple[str, ...]]:
    """Keep the correction, withdraw what it stands in place of, and hold back what looks like a mass. Returns it as kept, and
    the ids that are held back."""
    limits, gone = house.pack.corrections.mass, rules.on_correction(earlier)
    everybody: dict[str, int] = {}
    for (login, _), count in work.corrections.count_by_login(since=period_began(new.at, limits)).items():
        everybody[login] = everybody.get(login, 0) + count
    superseded = {one.id for one in gone}
    his = work.corrections.of_login(new.by, since=looks_back_to(new, everybody, limits))
    held = [one for one in held_back(new, his, everybody, limits) if one.id not in superseded]
    kept = next((one for one in held if one.id == new.id), None) or rules.on_arrival(new)
    work.corrections.add([kept])
    work.corrections.settle([*gone, *(one for one in held if one.id != new.id)])
    work.ledger.append([_told(EventKind.CORRECTION_WITHDRAWN, one, new.at) for one in gone])
    work.ledger.append([_told(EventKind.CORRECTION_QUARANTINED, one, new.at) for one in held])
    return kept, tuple(one.id for one in held)


def _told(kind: EventKind, one: Correction, at: datetime) -> Event:
    body = {"correction": one.id}
    if one.trust is Trust.QUARANTINED and one.why_quarantined is not None:
        body["reason"] = one.why_quarantined.value
    return Event(case=one.case, kind=kind, at=at, body=body)
