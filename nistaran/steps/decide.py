"""Deciding: cases are classified (or not) and sent to an office or a person, and all that follows is written with it.

Not here: which cases are decided, and when (route.py, route_again.py); the model (models/), the choice of an office (routing/).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from nistaran.domain.complaint import Case, Status
from nistaran.domain.decision import AskAPerson, AskReason, Assign, Classification, Decision
from nistaran.domain.events import Event, EventKind
from nistaran.domain.records import DecisionRecord, DeskEntry, Notice, Placement
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.world import Classifier

log = logging.getLogger(__name__)

#: What was decided of each case, beside what the model said of it (None: there was no model).
Decided = Sequence[tuple[Case, Decision, Classification | None]]
_NONE: Mapping[int, AskReason] = MappingProxyType({})


def decide_cases(house: House, cases: Sequence[Case]) -> tuple[Decided, str]:
    """Decide these cases; also the version of the model that classified them ("" without one). Nothing is written.

    A case whose text or tables make the engine stumble goes to a person (ERROR); the others go on (promise P9).
    """
    classified, model = _classify(house, cases)
    return [(case, _decide(house, case, said), said) for case, said in zip(cases, classified, strict=True)], model


def write_decided(
    work: UnitOfWork, decided: Decided, *, model: str, now: datetime, former: Mapping[int, AskReason] = _NONE
) -> None:
    """Write all that follows from these decisions, in the caller's transaction: placements, decisions, desks, notices, events.

    `former`: why a person was asked before, by case id, where a case is decided once more; its event says so as `again`.
    """
    assigned = [(case, decision) for case, decision, _ in decided if isinstance(decision, Assign)]
    work.cases.place([_placement(case, decision) for case, decision, _ in decided])
    work.decisions.add([_record(case, decision, said, model, now) for case, decision, said in decided])
    work.desks.open([DeskEntry(case_id=case.id, office=decision.office, since=now) for case, decision in assigned])
    work.outbox.add([_notice(case, decision) for case, decision in assigned], at=now)
    work.ledger.append([_event(case, decision, model, now, former.get(case.id)) for case, decision, _ in decided])


def _classify(house: House, cases: Sequence[Case]) -> tuple[Sequence[Classification | None], str]:
    classifier = house.classifier()
    if classifier is None:
        return [None] * len(cases), ""
    try:
        return _said(classifier, cases), classifier.version
    except Exception as error:  # noqa: BLE001 - one text must not keep a thousand: each alone, and the bad one to a person
        log.error("a batch could not be classified", extra={"cases": len(cases), "error": type(error).__name__})
    return [_said_alone(classifier, case) for case in cases], classifier.version


def _said(classifier: Classifier, cases: Sequence[Case]) -> list[Classification]:
    return classifier.classify([case.text for case in cases], [case.addressed_to or None for case in cases])


def _said_alone(classifier: Classifier, case: Case) -> Classification | None:
    try:
        return _said(classifier, [case])[0]
    except Exception as error:  # noqa: BLE001 - whatever it is, a person can still decide (promise P9)
        log.error("a case could not be classified", extra={"case": case.number, "error": type(error).__name__})
        return Classification(candidates=(), words=(), ask=AskReason.ERROR, model=classifier.version)


def _decide(house: House, case: Case, said: Classification | None) -> Decision:
    try:
        decision = house.router.decide(case, said)
        return _raised(house, case, decision) if isinstance(decision, Assign) else decision
    except Exception as error:  # noqa: BLE001 - whatever it is, a person can still decide (decision 2)
        log.error("routing failed", extra={"case": case.number, "error": type(error).__name__})
        return AskAPerson(reason=AskReason.ERROR, department="", confidence=0.0, words=(), places=())


def _raised(house: House, case: Case, decision: Assign) -> Decision:
    """Nobody inquires into his own case: one level above a post that the text complains of (S0-6)."""
    transfers = house.transfers()
    posts = transfers.respondents.complained_of(case.text)
    if not posts:
        return decision
    office, because = transfers.raised(decision.office, posts)
    if not because:
        return decision
    if not office:
        ask = AskReason.RESPONDENT
        return AskAPerson(
            reason=ask,
            department=decision.department,
            confidence=decision.confidence,
            words=decision.words,
            places=decision.places,
        )
    return replace(decision, office=office, rule=f"{decision.rule}:raised")


def _placement(case: Case, decision: Decision) -> Placement:
    match decision:
        case Assign():
            return Placement(
                case_id=case.id, status=Status.WITH_OFFICE, department=decision.department, office=decision.office
            )
        case AskAPerson():
            return Placement(case_id=case.id, status=Status.AWAITING_PERSON, department="", office="")


def _record(case: Case, decision: Decision, said: Classification | None, model: str, now: datetime) -> DecisionRecord:
    assigned = isinstance(decision, Assign)
    return DecisionRecord(
        case_id=case.id,
        at=now,
        outcome="assign" if assigned else "ask",
        reason="" if isinstance(decision, Assign) else decision.reason.value,
        department=decision.department,
        office=decision.office if isinstance(decision, Assign) else "",
        confidence=decision.confidence,
        rule=decision.rule if isinstance(decision, Assign) else "",
        model=model,
        words=decision.words,
        places=decision.places,
        candidates=said.candidates if said is not None else (),
    )


def _notice(case: Case, decision: Assign) -> Notice:
    return Notice(
        key=f"assigned:{case.number}:{decision.office}:1",
        kind="assigned",
        case_id=case.id,
        office=decision.office,
        body={"number": case.number, "department": decision.department, "due": case.due_on.isoformat()},
    )


def _event(case: Case, decision: Decision, model: str, now: datetime, former: AskReason | None) -> Event:
    body: dict[str, object] = {
        "department": decision.department,
        "confidence": round(decision.confidence, 4),
        "model": model,
        "places": list(decision.places),
    }
    if former is not None:
        body["again"] = former.value
    if isinstance(decision, Assign):
        body |= {"office": decision.office, "rule": decision.rule}
        return Event(case=case.number, kind=EventKind.ROUTED, at=now, body=body)
    body["reason"] = decision.reason.value
    return Event(case=case.number, kind=EventKind.PERSON_ASKED, at=now, body=body)
