"""Route again: cases that stand with a person only because the machine could not decide, once the cause of that is mended.

Here: which cases still stand so, and writing what came out differently. Not here: deciding (decide.py), what starts it (cli).
A case that a person has taken in hand since it was asked is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nistaran.domain.complaint import Case, Status
from nistaran.domain.decision import AskAPerson, AskReason, Assign, Decision
from nistaran.domain.events import EventKind, Link
from nistaran.steps.decide import decide_cases, write_decided
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
            asked = _asked_for(work, waiting)
        if not page:
            return
        last = page[-1].id
        former = {case_id: reason for case_id, reason in asked.items() if reason in reasons}
        if former:
            yield _decide_anew(house, [case for case in waiting if case.id in former], former)


def _asked_for(work: UnitOfWork, cases: Sequence[Case]) -> dict[int, AskReason]:
    """By id, the reason of the decision by which a case stands with a person; without those that stand elsewhere."""
    waiting = [case.id for case in cases if case.status is Status.AWAITING_PERSON]
    last = {case_id: made[-1] for case_id, made in work.decisions.of_each(waiting).items()}
    return {case_id: AskReason(one.reason) for case_id, one in last.items() if one.outcome == "ask"}


def _touched(work: UnitOfWork, cases: Sequence[Case]) -> set[int]:
    """The ids of those cases with which a person has done anything since the last time a person was asked."""
    events = work.ledger.of_each([case.number for case in cases])
    return {case.id for case in cases if _by_a_person(events.get(case.number, ()))}


def _by_a_person(events: Iterable[Link]) -> bool:
    """Whether a person acted after the last question. A kind of event that this version does not know counts as a person's:
    better one case left than one taken out of somebody's hands."""
    touched = False
    for link in events:
        if link.kind == EventKind.PERSON_ASKED:
            touched = False
        else:
            touched |= link.kind not in _KINDS or EventKind(link.kind).by_a_person
    return touched


def _decide_anew(house: House, cases: Sequence[Case], former: Mapping[int, AskReason]) -> AgainOutcome:
    decided, model = decide_cases(house, cases)
    outcome = AgainOutcome()
    with house.work() as work:
        work.ledger.lock()
        now = house.clock.now()
        present = work.cases.by_ids([case.id for case in cases])
        asked = _asked_for(work, present)
        standing = [one for one in decided if asked.get(one[0].id) is former[one[0].id]]
        touched = _touched(work, [case for case, _, _ in standing])
        untouched = [one for one in standing if one[0].id not in touched]
        changed = [one for one in untouched if _is_new(one[1], former[one[0].id])]
        write_decided(work, changed, model=model, now=now, former=former)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    outcome.decided = RouteOutcome.of(changed)
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
