"""Where a case stands among its desks, and what is known of it besides: what routing/transfer.py needs to say where it goes.

Here: gathering from the store. Not here: the decision (routing/transfer.py), doing what it says (follow.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from nistaran.domain.complaint import Case, Status
from nistaran.domain.decision import Candidate
from nistaran.domain.desk_events import history_of
from nistaran.domain.errors import UnknownCase
from nistaran.domain.transfer import History
from nistaran.domain.transfer_refused import NotOnADesk
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from routing.transfer import Matter


def case_and_history(house: House, work: UnitOfWork, number: str) -> tuple[Case, History]:
    """The case of this number with the history of its desks.

    Raises:
        UnknownCase, NotOnADesk: when there is no such case, or no office has had it yet.
    """
    case = work.cases.by_number(number)
    if case is None:
        raise UnknownCase(number)
    sender = house.pack.channels[case.channel].sender_hi and case.channel
    history = history_of(work.ledger.of(case.number), due_on=case.due_on, sender=sender)
    if history is None or case.status in {Status.REGISTERED, Status.AWAITING_PERSON}:
        raise NotOnADesk(number)
    return case, history


def matter_of(house: House, work: UnitOfWork, case: Case, history: History) -> Matter:
    """What the model said when the case was last classified (or says now, where it never was), the rules' lean, the posts complained of."""
    candidates, rules = _candidates(house, work, case), house.transfers()
    others = [one.department for one in candidates if one.department != history.last.department]
    return Matter(
        candidates=candidates,
        office_for=lambda department: house.router.office_for(case, department).office,
        respondents=rules.respondents.complained_of(case.text),
        leans=rules.pairs.leans(history.last.department, others, case.text),
    )


def _candidates(house: House, work: UnitOfWork, case: Case) -> Sequence[Candidate]:
    for made in reversed(work.decisions.of(case.id)):
        if made.candidates:
            return made.candidates
    classifier = house.classifier()
    return classifier.classify([case.text], [case.addressed_to])[0].candidates if classifier else ()
