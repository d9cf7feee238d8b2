"""The arbiter's page on a case as it stands today. Not here: the page itself (routing/brief.py), freezing (follow.py)."""

from __future__ import annotations

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.following import Freeze, FreezeWhy
from nistaran.domain.transfer_refused import NotTheArbiter
from nistaran.steps.desks import case_and_history
from nistaran.steps.house import House
from nistaran.steps.masked import masked_text
from nistaran.steps.ports import UnitOfWork
from routing.brief import arbiter_brief, brief_hi


def brief_of(house: House, number: str) -> tuple[str, str]:
    """The page, without a citizen's word, and the masked complaint to be read with it.

    Raises:
        UnknownCase, NotOnADesk, NotTheArbiter: when there is no such case, or it is not before him.
    """
    transfers = house.transfers()
    with house.read() as work:
        case, history = case_and_history(house, work, number)
        if not history.frozen:
            raise NotTheArbiter(number)
        frozen = _frozen(work, case.id, case.office)
        sealed = work.complainants.sealed_of([case.id]).get(case.id)
    page = arbiter_brief(
        history,
        frozen,
        transfers,
        case=case.number,
        received_on=case.received_on,
        text=case.text,
        respondents=transfers.respondents.complained_of(case.text),
        today=day_in_india(house.clock.now()),
    )
    return brief_hi(page, transfers), masked_text(house, case, sealed)


def _frozen(work: UnitOfWork, case_id: int, arbiter: str) -> Freeze:
    """Why it was frozen, as the decision's rule keeps it."""
    rule = work.decisions.of(case_id)[-1].rule
    return Freeze(office=arbiter, why=FreezeWhy(rule.removeprefix("freeze:").upper()))
