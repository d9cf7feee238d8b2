"""Clean-up orders: a target day on a set of cases fixed when it is given, told to the offices, followed to the end (S2-2, S1-5).

An order never changes a due date. Here: giving and withdrawing. Not here: how far one has come (order_progress.py), following
it (follow_orders.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from nistaran.domain.correction_refused import login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import financial_year
from nistaran.domain.errors import UnknownCase
from nistaran.domain.events import Event, EventKind
from nistaran.domain.orders import Order, OrderedCase, OrderRefused, OrderState, UnknownOrder, order_id
from nistaran.domain.paper_seals import order_end, order_seal
from nistaran.domain.records import Notice
from nistaran.steps.drafts import asked_for, one_line
from nistaran.steps.escalate import clocks_of
from nistaran.steps.falling_due import open_cases
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.paper_notice import MOST_NUMBERS, ORDERED, paper_notice
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.telling import Clocked, holder_of
from nistaran.steps.who_may import must_be_a_cell_login, must_be_of_cell

_WORDS = 300
_FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which open cases an order is about: those to which every given word applies. `numbers` alone, or a filter."""

    office: str = ""
    department: str = ""
    channel: str = ""
    defaulters: bool = False
    due_before: date | None = None
    numbers: tuple[str, ...] = ()

    def as_facts(self) -> dict[str, object]:
        """As it is kept: codes and days."""
        told: dict[str, object] = {
            "office": self.office,
            "department": self.department,
            "channel": self.channel,
            "defaulters": self.defaulters,
            "due_before": self.due_before.isoformat() if self.due_before else "",
            "numbers": len(self.numbers),
        }
        return {name: value for name, value in told.items() if value}


def give_order(house: House, chosen: Chosen, *, target: date, by: str, why: str) -> Order:
    """Fix the cases that are chosen now and tell each office that has some. Later cases never join it. One that stands already, on the same
    cases with the same target and cause, is not given twice: it comes back as it is.

    Raises:
        OrderRefused: for a target that is not after today or more than a year away, a missing cause, an unknown code, nothing chosen, or
            no open case.
        UnknownCase, WrongLogin: when a number or the login is none. NotYourOffice: when the login is not the cell's.
    """
    login, cause = login_of(by), one_line(why)
    must_be_a_cell_login(house, login)
    _check(house, chosen, target, cause)
    ids = _ids_of(house, chosen)
    with house.work() as work:
        work.ledger.lock()
        now = house.clock.now()
        cases = tuple(
            OrderedCase(case_id=one.case.id, office=holder_of(house, one.case), round=one.clock.number)
            for one in clocks_of(house, work, work.marks.open_of(ids), Counter())
        )
        _need(bool(cases), "कोई खुला प्रकरण नहीं चुना गया / no open case is chosen")
        for known in work.orders.find(state=OrderState.GIVEN):
            if (known.target, known.why, known.cases) == (target, cause, cases):
                return known
        year = financial_year(day_in_india(now))
        order = Order(
            id=order_id(year, work.counters.take(f"order:{year}", 1)),
            given_at=now,
            given_by=login,
            why=cause,
            target=target,
            chosen=chosen.as_facts(),
            cases=cases,
        )
        work.orders.add(order)
        body = {"by": login, "target": target.isoformat(), "cases": len(cases), "seal": order_seal(order)}
        work.ledger.append([Event(case=order.id, kind=EventKind.ORDER_GIVEN, at=now, body=body)])
        numbers = {case.id: case.number for case in work.cases.by_ids([one.case_id for one in cases])}
        by_office: dict[str, list[str]] = defaultdict(list)
        for one in cases:
            by_office[one.office].append(numbers[one.case_id])
        work.outbox.add(order_letters(order, by_office, ORDERED, "निस्तारण हेतु आदेश"), at=now)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return order


def withdraw_order(house: House, id_: str, *, by: str, why: str) -> Order:
    """Nobody is held to it any more; it stays on record. Raises UnknownOrder, OrderRefused, WrongLogin, NotYourOffice."""
    login, cause = login_of(by), one_line(why)
    _need(_says(cause), f"कारण लिखें, {_WORDS} अक्षरों तक / say why, in at most {_WORDS} letters")
    with house.work() as work:
        work.ledger.lock()
        must_be_of_cell(house, work, login)
        order = known_order(work, id_)
        _need(order.state is OrderState.GIVEN, f"{order.id}: {order.state.value}")
        order = end_order(work, order, OrderState.WITHDRAWN, login, cause, house.clock.now())
        work.commit()
    return order


def get_order(house: House, id_: str) -> Order:
    """The order of this id. Raises UnknownOrder."""
    with house.read() as work:
        return known_order(work, id_)


def end_order(work: UnitOfWork, order: Order, state: OrderState, by: str, why: str, now: datetime) -> Order:
    """The order after it ended, written down in the caller's transaction, which must hold the ledger's lock."""
    ended = replace(order, state=state, ended_at=now, ended_by=by, ended_why=why)
    work.orders.settle(ended)
    work.ledger.append([Event(case=order.id, kind=EventKind.ORDER_ENDED, at=now, body=order_end(ended))])
    return ended


def order_letters(order: Order, by_office: Mapping[str, Sequence[str]], kind: str, subject: str) -> list[Notice]:
    """One notice an office, once for the order and kind."""
    return [
        paper_notice(
            kind,
            order.id,
            office,
            key=f"{kind}:{order.id}:{office}",
            subject=f"{subject}: {order.id}, दिनांक {order.target:%d.%m.%Y} तक",
            lines=[
                f"आपके कार्यालय के निम्न {len(numbers)} प्रकरणों का निस्तारण दिनांक {order.target:%d.%m.%Y} तक किया जाना है। कारण: {order.why}",
                "प्रकरणों के नियत दिनांक इस आदेश से परिवर्तित नहीं होते।",
                "",
                *numbers[:MOST_NUMBERS],
                *([f"… और {len(numbers) - MOST_NUMBERS}"] if len(numbers) > MOST_NUMBERS else []),
            ],
            more={"target": order.target.isoformat(), "cases": list(numbers[:MOST_NUMBERS])},
        )
        for office, numbers in sorted(by_office.items())
    ]


def _check(house: House, chosen: Chosen, target: date, why: str) -> None:
    today, pack = day_in_india(house.clock.now()), house.pack
    near = "लक्ष्य दिनांक आज के बाद, एक वर्ष के भीतर का हो / the target lies after today, within a year"
    _need(today < target <= today + _FURTHEST, near)
    _need(_says(why), f"कारण लिखें, {_WORDS} अक्षरों तक / say why, in at most {_WORDS} letters")
    _need(bool(chosen.as_facts()), "किन प्रकरणों पर? कार्यालय, विभाग, माध्यम, डिफॉल्टर या संख्याएँ दें / say which cases")
    for code, known, what in (
        (chosen.office, house.district.offices, "offices.toml"),
        (chosen.department, pack.departments, "departments.toml"),
        (chosen.channel, pack.channels, "channels.toml"),
    ):
        _need(not code or code in known, f"{what} में यह कूट नहीं है / has no such code")


def _ids_of(house: House, chosen: Chosen) -> list[int]:
    today, ids = day_in_india(house.clock.now()), []
    with house.read() as work:
        for number in chosen.numbers:
            case = work.cases.by_number(number)
            if case is None:
                raise UnknownCase(number)
            ids.append(case.id)
    if chosen.numbers:
        return [
            one.case.id for one in open_cases(house) if one.case.id in set(ids) and _fits(house, chosen, one, today)
        ]
    return [one.case.id for one in open_cases(house) if _fits(house, chosen, one, today)]


def _fits(house: House, chosen: Chosen, one: Clocked, today: date) -> bool:
    return (
        chosen.office in ("", holder_of(house, one.case))
        and chosen.department in ("", one.case.department)
        and chosen.channel in ("", one.case.channel)
        and (not chosen.defaulters or one.clock.due_on < today)
        and (chosen.due_before is None or one.clock.due_on < chosen.due_before)
    )


def known_order(work: UnitOfWork, id_: str) -> Order:
    """The order of this id, however its letters are written. Raises UnknownOrder."""
    order = work.orders.get(id_.strip().upper())
    if order is None:
        raise UnknownOrder(asked_for(id_))
    return order


def _says(why: str) -> bool:
    return any(letter.isalpha() for letter in why) and len(why) <= _WORDS


def _need(holds: bool, why: str) -> None:
    if not holds:
        raise OrderRefused(why)
