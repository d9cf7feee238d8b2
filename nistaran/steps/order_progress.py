"""How far a clean-up order has come: how each of its cases stands now, counted by office.

Here: looking. Not here: giving and ending orders (orders.py), the rule (domain/orders.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import STILL_OPEN
from nistaran.domain.events import EventKind, Link
from nistaran.domain.orders import Order, Standing, standing
from nistaran.steps.house import House

_OVER = frozenset({EventKind.DISPOSED.value, EventKind.SPECIAL_CLOSED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCase:
    """A case of an order as it stands: `office` is answerable now, or was when it was disposed of."""

    case_id: int
    number: str
    office: str
    given_to: str
    due_on: date
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How an order stands."""

    cases: Sequence[StandingCase]

    @property
    def by_office(self) -> Mapping[str, Counter[Standing]]:
        """Office that had the case when the order was given → how many of its cases stand how."""
        found: dict[str, Counter[Standing]] = {}
        for one in self.cases:
            found.setdefault(one.given_to, Counter())[one.standing] += 1
        return dict(sorted(found.items()))

    @property
    def total(self) -> Counter[Standing]:
        """How many cases stand how."""
        return Counter(one.standing for one in self.cases)

    @property
    def left(self) -> list[StandingCase]:
        """Cases that are not over."""
        return [one for one in self.cases if one.standing not in {Standing.DONE, Standing.DONE_LATE}]


def progress(house: House, order: Order) -> Progress:
    """How each case of the order stands now."""
    ids = [one.case_id for one in order.cases]
    with house.read() as work:
        cases = {case.id: case for case in work.cases.by_ids(ids)}
        rounds = work.marks.rounds_of(ids)
        over = [case.number for case in cases.values() if case.status not in STILL_OPEN]
        events = work.ledger.of_each(over)
    found = []
    for one in order.cases:
        case, clock = cases[one.case_id], rounds.get(one.case_id)
        holder = case.office if case.office in house.district.offices else house.district.facts.cell
        is_open = case.status in STILL_OPEN
        stands = standing(
            one,
            is_open=is_open,
            office=holder,
            round_now=clock.number if clock else 0,
            disposed_on=None if is_open else _disposed_on(events.get(case.number, ())),
            target=order.target,
        )
        found.append(
            StandingCase(
                case_id=case.id,
                number=case.number,
                office=holder,
                given_to=one.office,
                due_on=clock.due_on if clock else case.due_on,
                standing=stands,
            )
        )
    return Progress(cases=found)


def _disposed_on(events: Sequence[Link]) -> date | None:
    last = next((event.at for event in reversed(events) if event.kind in _OVER), None)
    return day_in_india(datetime.fromisoformat(last)) if last else None
