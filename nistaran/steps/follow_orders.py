"""Following clean-up orders to the end: closed when all is disposed of, offices reminded on the eve, the cell told what is left.

Each is told once, however often this runs. Not here: giving an order (orders.py), the warnings that follow one (propose_drafts.py).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.orders import Order, OrderState, Standing
from nistaran.steps.house import House
from nistaran.steps.order_progress import Progress, StandingCase, progress
from nistaran.steps.orders import end_order, known_order, order_letters
from nistaran.steps.paper_notice import MOST_NUMBERS, ORDER_EVE, ORDER_OVER, paper_notice


@dataclass(slots=True)
class Followed:
    """What one look at all orders came to."""

    orders: int = 0
    reminded: int = 0  #: offices that were reminded on the day before the target
    over: int = 0  #: orders past their day with cases left; the list went to the cell, once each
    closed: int = 0


def follow_orders(house: House) -> Followed:
    """Close what is done to the end, remind on the day before the target, send the cell what is left after it. Each once; safe to repeat."""
    outcome, today = Followed(), day_in_india(house.clock.now())
    with house.read() as work:
        given = work.orders.find(state=OrderState.GIVEN)
    for order in given:
        outcome.orders += 1
        stands = progress(house, order)
        if not stands.left:
            outcome.closed += _close(house, order.id)
        elif today > order.target:
            outcome.over += 1
            _tell_left(house, order, stands)
        elif today >= order.target - timedelta(days=1):
            outcome.reminded += _remind(house, order, stands)
    return outcome


def _remind(house: House, order: Order, stands: Progress) -> int:
    by_office: dict[str, list[str]] = defaultdict(list)
    for one in stands.left:
        by_office[one.office].append(one.number)
    with house.work() as work:
        work.outbox.add(order_letters(order, by_office, ORDER_EVE, "आदेश का लक्ष्य दिनांक निकट"), at=house.clock.now())
        work.commit()
    return len(by_office)


def _tell_left(house: House, order: Order, stands: Progress) -> None:
    left = sorted(stands.left, key=lambda one: (one.office, one.number))
    lines = [f"आदेश {order.id}, लक्ष्य दिनांक {order.target:%d.%m.%Y}: {len(left)} प्रकरण शेष", ""]
    lines += [f"{one.number}  {_name(house, one)}" for one in left[:MOST_NUMBERS]]
    notice = paper_notice(
        ORDER_OVER,
        order.id,
        house.district.facts.cell,
        key=f"{ORDER_OVER}:{order.id}",
        subject=f"आदेश {order.id}: लक्ष्य दिनांक बीत गया, {len(left)} प्रकरण शेष",
        lines=lines,
        more={"target": order.target.isoformat(), "left": len(left)},
    )
    with house.work() as work:
        work.outbox.add([notice], at=house.clock.now())
        work.commit()


def _close(house: House, id_: str) -> int:
    with house.work() as work:
        work.ledger.lock()
        order = known_order(work, id_)
        if order.state is not OrderState.GIVEN:
            return 0
        end_order(work, order, OrderState.CLOSED, "", "", house.clock.now())
        work.commit()
    return 1


def _name(house: House, one: StandingCase) -> str:
    again = {Standing.REOPENED: " (पुनः खुला)", Standing.MOVED: f" (पूर्व में {one.given_to})"}.get(one.standing, "")
    office = house.district.offices.get(one.office)
    return (office.name_hi if office else one.office) + again
