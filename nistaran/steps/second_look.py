"""A second look: cases that a person or an older model sent where model and rules now say they do not belong (S0-5).

Nobody's days are wasted on a wrong desk before the office says so. Every doubt is proposed to a person of the cell, none acts by itself.
Here: which cases, and proposing. Not here: the forward (follow.py), releasing it (release.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from nistaran.domain.complaint import Case, Status
from nistaran.domain.decision import Classification
from nistaran.domain.desk_events import history_of
from nistaran.domain.following import Forward, ForwardWhy
from nistaran.domain.transfer import AnswerKind, History, barred
from nistaran.steps.fault import fault
from nistaran.steps.follow import follow
from nistaran.steps.house import House
from nistaran.steps.owing import At
from nistaran.steps.ports import UnitOfWork
from routing.pack import NONE

_ANSWERED = frozenset({AnswerKind.ACCEPTED, AnswerKind.COURT_MATTER, AnswerKind.NEEDS_ANOTHER_DEPARTMENT_TOO})


@dataclass(slots=True)
class LookedAgain:
    """Counts: cases looked at, of them doubted; of those proposed to the cell, and left since only the arbiter could send them there."""

    looked_at: int = 0
    doubted: int = 0
    proposed: int = 0
    barred: int = 0


def look_again(house: House) -> LookedAgain:
    """Doubt every case on an office's desk that the present model did not send there itself. Safe to repeat: one proposal a case."""
    outcome, model = LookedAgain(), house.classifier()
    if model is None:
        return outcome
    for cases in _sent_otherwise(house, model.version):
        outcome.looked_at += len(cases)
        said = model.classify([case.text for case in cases], [case.addressed_to or None for case in cases])
        doubted = [(case, one) for case, one in zip(cases, said, strict=True) if _doubts(house, case, one)]
        outcome.doubted += len(doubted)
        if doubted:
            _propose(house, doubted, outcome)
    return outcome


def _sent_otherwise(house: House, version: str) -> Iterator[list[Case]]:
    """Cases with an office whose last decision is young and not this model's, page by page."""
    last, since = 0, house.clock.now() - timedelta(days=house.transfers().second_look.days)
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=house.batch)
            if not page:
                return
            last = page[-1].id
            waiting = [case for case in page if case.status is Status.WITH_OFFICE and case.department != NONE]
            made = work.decisions.of_each([case.id for case in waiting])
        yield [
            case for case in waiting if (own := made.get(case.id)) and own[-1].at >= since and own[-1].model != version
        ]


def _doubts(house: House, case: Case, said: Classification) -> bool:
    """The model is sure of another department, gives the present one next to nothing, and no pair rule speaks for the present one."""
    limits, best = house.transfers().second_look, said.best
    if said.ask is not None or best.department in {NONE, case.department}:
        return False
    own = sum(one.confidence for one in said.candidates if one.department == case.department)
    pair = house.transfers().pairs.leans(best.department, [case.department], case.text)
    return best.confidence * 100 >= limits.propose_percent and own * 100 <= limits.own_percent and not pair


def _propose(house: House, doubted: Sequence[tuple[Case, Classification]], outcome: LookedAgain) -> None:
    with house.work() as work:
        work.ledger.lock()
        for before, said in doubted:
            case = work.cases.by_ids([before.id])[0]
            history = history_of(work.ledger.of(case.number), due_on=case.due_on)
            if history is None or case.office != before.office or _is_settled(work, case, history):
                continue
            going = _forward(house, case, said)
            if barred(history, going.office, cap=house.transfers().hop_cap) is not None:
                outcome.barred += 1
                continue
            at = At(house=house, work=work, case=case, history=history, now=house.clock.now())
            follow(at, going, author="")
            outcome.proposed += 1
        fault("before_commit")
        work.commit()
    fault("after_commit")


def _is_settled(work: UnitOfWork, case: Case, history: History) -> bool:
    """Whether its office has taken it, the arbiter ruled, or the cell was asked about this desk before."""
    answered = any(one.office == history.holder and one.kind in _ANSWERED for one in history.answers)
    asked = any(one.body.get("from") == history.holder for one in work.tasks.of(case.id))
    return history.ruled or answered or asked


def _forward(house: House, case: Case, said: Classification) -> Forward:
    transfers, best = house.transfers(), said.best
    first = house.router.office_for(case, best.department).office
    office, because = transfers.raised(first, transfers.respondents.complained_of(case.text))
    return Forward(
        office=office or first,
        department=best.department,
        why=ForwardWhy.SECOND_LOOK,
        share=best.confidence,
        automatic=False,
        respondents=because,
    )
