"""Route: classify (or abstain) → department → office by territory → the desk's clock starts → the notice waits to go out.

Not here: the model (models/), the choice of an office (routing/), bringing notices (deliver.py).
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nistaran.domain.complaint import Case, Status
from nistaran.domain.decision import AskAPerson, AskReason, Assign, Classification, Decision
from nistaran.domain.events import Event, EventKind
from nistaran.domain.records import DecisionRecord, DeskEntry, Notice, Placement
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.world import Classifier

log = logging.getLogger(__name__)


@dataclass(slots=True)
class RouteOutcome:
    """What became of one batch: counts only, so that it may stand in an artifact."""

    routed: int = 0
    asked: int = 0
    departments: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def cases(self) -> int:
        """How many cases were decided in all; 0 means that nothing waits."""
        return self.routed + self.asked

    def add(self, other: RouteOutcome) -> None:
        """Sum up."""
        self.routed += other.routed
        self.asked += other.asked
        self.departments += other.departments
        self.reasons += other.reasons


def route_batch(house: House, *, lanes: Sequence[str] | None = None, limit: int | None = None) -> RouteOutcome:
    """Decide the next cases, first lane first; everything that follows from a decision commits with it.

    A case whose text or tables make the engine stumble goes to a person (ERROR); the others go on (promise P9).
    """
    with house.work() as work:
        cases = work.cases.take_unrouted(limit=limit or house.batch, lanes=lanes)
        if not cases:
            return RouteOutcome()
        classified, model = _classify(house, cases)
        now = house.clock.now()
        decided = [(case, _decide(house, case, said), said) for case, said in zip(cases, classified, strict=True)]
        _write(house, work, decided, model, now)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return _outcome(decision for _, decision, _ in decided)


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
        return house.router.decide(case, said)
    except Exception as error:  # noqa: BLE001 - whatever it is, a person can still decide (decision 2)
        log.error("routing failed", extra={"case": case.number, "error": type(error).__name__})
        return AskAPerson(reason=AskReason.ERROR, department="", confidence=0.0, words=(), places=())


Decided = Sequence[tuple[Case, Decision, Classification | None]]


def _write(house: House, work: UnitOfWork, decided: Decided, model: str, now: datetime) -> None:
    assigned = [(case, decision) for case, decision, _ in decided if isinstance(decision, Assign)]
    work.cases.place([_placement(case, decision) for case, decision, _ in decided])
    work.decisions.add([_record(case, decision, said, model, now) for case, decision, said in decided])
    work.desks.open([DeskEntry(case_id=case.id, office=decision.office, since=now) for case, decision in assigned])
    work.outbox.add([_notice(case, decision) for case, decision in assigned], at=now)
    work.ledger.append([_event(case, decision, model, now) for case, decision, _ in decided])


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


def _event(case: Case, decision: Decision, model: str, now: datetime) -> Event:
    body: dict[str, object] = {
        "department": decision.department,
        "confidence": round(decision.confidence, 4),
        "model": model,
        "places": list(decision.places),
    }
    if isinstance(decision, Assign):
        body |= {"office": decision.office, "rule": decision.rule}
        return Event(case=case.number, kind=EventKind.ROUTED, at=now, body=body)
    body["reason"] = decision.reason.value
    return Event(case=case.number, kind=EventKind.PERSON_ASKED, at=now, body=body)


def _outcome(decisions: Iterable[Decision]) -> RouteOutcome:
    outcome = RouteOutcome()
    for decision in decisions:
        if isinstance(decision, Assign):
            outcome.routed += 1
            outcome.departments[decision.department] += 1
        else:
            outcome.asked += 1
            outcome.reasons[decision.reason.value] += 1
    return outcome
