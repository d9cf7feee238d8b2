"""Route again: cases that stand with a person only because the machine could not decide, once the cause of that is mended.

Here: which cases still stand so, and writing what came out differently. Not here: deciding (route.py), what starts it (cli).
A case that a person has taken in hand since it was asked is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nistaran.domain.complaint import Case, Status
from nistaran.domain.decision import AskAPerson, AskReason, Assign, Decision
from nistaran.domain.events import Event, EventKind
from nistaran.domain.records import DeskEntry
from nistaran.steps import route
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.route import RouteOutcome

#: Reasons that say nothing of the complaint, only that the machine was not able to look at it.
NOT_LOOKED_AT = frozenset({AskReason.NO_MODEL, AskReason.ERROR})
_KINDS = frozenset(kind.value for kind in EventKind)


@dataclass(slots=True)
class AgainOutcome:
    """What became of the cases looked at once more, as counts.

    `decided` are those that came out differently; `unchanged` the same answer again, of which nothing is written; `touched`
    those that are left to the person who has them in hand.
    """

    decided: RouteOutcome = field(default_factory=RouteOutcome)
    unchanged: int = 0
    touched: int = 0

    @property
    def cases(self) -> int:
        """How many cases stood there for one of the reasons."""
        return self.decided.cases + self.unchanged + self.touched

    def add(self, other: AgainOutcome) -> None:
        """Sum up."""
        self.decided.add(other.decided)
        self.unchanged += other.unchanged
        self.touched += other.touched


def route_asked(
    house: House, *, reasons: Collection[AskReason] = NOT_LOOKED_AT, lanes: Sequence[str] | None = None
) -> Iterator[AgainOutcome]:
    """Decide anew, once each, the cases that a person was asked about for one of these reasons; one outcome a batch.

    What came out differently is written as routing writes it, and its event carries the former reason as `again`. Safe to
    repeat and to run beside ingest, route and deliver: whether a case still stands so is asked again under the ledger's lock.
    """
    last = 0
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=house.batch)
            waiting = [case for case in page if lanes is None or case.lane in lanes]
            asked = [(case, _asked_for(work, case)) for case in waiting]
        if not page:
            return
        last = page[-1].id
        former = {case.id: reason for case, reason in asked if reason is not None and reason in reasons}
        if former:
            yield _decide_anew(house, [case for case in waiting if case.id in former], former)


def _asked_for(work: UnitOfWork, case: Case) -> AskReason | None:
    """The reason of the decision by which the case stands with a person; None when it stands elsewhere."""
    if case.status is not Status.AWAITING_PERSON:
        return None
    decisions = work.decisions.of(case.id)
    return AskReason(decisions[-1].reason) if decisions and decisions[-1].outcome == "ask" else None


def _touched(work: UnitOfWork, case: Case) -> bool:
    """Whether a person has done anything since the last time a person was asked. A kind of event that this version does not
    know counts as a person's: better one case left than one taken out of somebody's hands."""
    touched = False
    for link in work.ledger.of(case.number):
        if link.kind == EventKind.PERSON_ASKED:
            touched = False
        else:
            touched |= link.kind not in _KINDS or EventKind(link.kind).by_a_person
    return touched


def _decide_anew(house: House, cases: Sequence[Case], former: Mapping[int, AskReason]) -> AgainOutcome:
    classified, model = route._classify(house, cases)
    decided = [(case, route._decide(house, case, said), said) for case, said in zip(cases, classified, strict=True)]
    outcome = AgainOutcome()
    with house.work() as work:
        work.ledger.lock()
        now = house.clock.now()
        present = {case.id: case for case in work.cases.by_ids([case.id for case in cases])}
        standing = [one for one in decided if _asked_for(work, present[one[0].id]) is former[one[0].id]]
        untouched = [one for one in standing if not _touched(work, one[0])]
        changed = [one for one in untouched if _is_new(one[1], former[one[0].id])]
        assigned = [(case, decision) for case, decision, _ in changed if isinstance(decision, Assign)]
        work.cases.place([route._placement(case, decision) for case, decision, _ in changed])
        work.decisions.add([route._record(case, decision, said, model, now) for case, decision, said in changed])
        work.desks.open([DeskEntry(case_id=case.id, office=office.office, since=now) for case, office in assigned])
        work.outbox.add([route._notice(case, decision) for case, decision in assigned], at=now)
        work.ledger.append(
            [_again(route._event(case, decision, model, now), former[case.id]) for case, decision, _ in changed]
        )
        fault("before_commit")
        work.commit()
    fault("after_commit")
    outcome.decided = route._outcome(decision for _, decision, _ in changed)
    outcome.touched = len(standing) - len(untouched)
    outcome.unchanged = len(untouched) - len(changed)
    return outcome


def _is_new(decision: Decision, former: AskReason) -> bool:
    """Whether the answer tells more than the former one: an office, or a reason that speaks of the complaint itself."""
    match decision:
        case Assign():
            return True
        case AskAPerson():
            return decision.reason is not former and decision.reason not in NOT_LOOKED_AT


def _again(event: Event, former: AskReason) -> Event:
    return replace(event, body={**event.body, "again": former.value})
