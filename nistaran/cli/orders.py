"""Verbs about clean-up orders: orders give, list, show, withdraw, follow. An order never changes a due date.

Here: the verbs. Not here: what each does (steps/orders.py, follow_orders.py), how an order stands (steps/order_progress.py).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.output import both, print_json, print_table, say
from nistaran.domain.orders import Order, OrderState, Standing
from nistaran.domain.paper_wording import ORDER_STATE_HI, STANDING_HI

if TYPE_CHECKING:
    from nistaran.steps.order_progress import Progress

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
By = Annotated[str, typer.Option(help="login of who says so; no name, no phone")]
Id = Annotated[str, typer.Argument(help="id of an order, e.g. ORDER-2026-27-0001")]
_DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
_LINES = 200

orders = typer.Typer(
    name="orders",
    help="निस्तारण अभियान के आदेश — clean-up orders: a target day on a set of cases, followed to the end.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (give, show, withdraw, follow):
        orders.command()(verb)
    orders.command("list")(list_them)
    app.add_typer(orders)


def give(
    by: By,
    target: Annotated[datetime, typer.Option(formats=_DAYS, help="by this day the cases are to be disposed of")],
    why: Annotated[str, typer.Option(help="why the order is given, in a sentence without names")],
    office: Annotated[str, typer.Option(help="cases that this office is answerable for")] = "",
    department: Annotated[str, typer.Option(help="cases of this department")] = "",
    channel: Annotated[str, typer.Option(help="cases that came by this channel")] = "",
    defaulters: Annotated[bool, typer.Option("--defaulters", help="only cases whose day is over")] = False,
    due_before: Annotated[datetime | None, typer.Option(formats=_DAYS, help="only cases due before this day")] = None,
    cases: Annotated[str, typer.Option(help="case numbers, with commas between")] = "",
    as_json: Json = False,
) -> None:
    """Give an order: the open cases that are chosen now are fixed, each office with some is told once. Later cases never join it."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.find_case import full_number
    from nistaran.steps.order_progress import progress
    from nistaran.steps.orders import Chosen, give_order
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        chosen = Chosen(
            office=office.strip().upper(),
            department=house.pack.department_of(department) or department.strip().upper(),
            channel=channel.strip().upper(),
            defaulters=defaulters,
            due_before=due_before.date() if due_before else None,
            numbers=tuple(full_number(house, one) for one in cases.replace(",", " ").split()),
        )
        order = give_order(house, chosen, target=target.date(), by=by, why=why)
        checkpoint(house)
        _show(order, progress(house, order), as_json=as_json, cases=False)


def list_them(
    state: Annotated[str, typer.Option(help="GIVEN, CLOSED, WITHDRAWN; empty: all")] = "",
    limit: Annotated[int, typer.Option(min=1, help="at most so many, those given last")] = 50,
    as_json: Json = False,
) -> None:
    """List orders with how many of their cases are done, left, done late, moved away or reopened."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.order_progress import progress

    code = state.strip().upper()
    if code and code not in set(OrderState):
        raise typer.BadParameter(", ".join(OrderState), param_hint="--state")
    with open_house(load()) as house:
        with house.read() as work:
            found = work.orders.find(state=OrderState(code) if code else None)
        told = [(one, progress(house, one)) for one in found[-limit:]]
    if as_json:
        print_json({"orders": [_json(*one) for one in told]})
    elif not told:
        say("कोई आदेश नहीं / no order")
    else:
        print_table(
            f"आदेश / orders: {len(told)}",
            ["आदेश / order", "लक्ष्य / target", "स्थिति / state", *_heads()],
            [(one.id, f"{one.target:%d.%m.%Y}", _state(one), *_counts(stands)) for one, stands in told],
            whole=("आदेश / order",),
        )


def show(order: Id, as_json: Json = False) -> None:
    """Show how an order stands, office by office, and what is left of it with its office. Exit 1 when its day is over and some is left."""
    from nistaran.bootstrap import open_house
    from nistaran.domain.deadlines import day_in_india
    from nistaran.settings import load
    from nistaran.steps.order_progress import progress
    from nistaran.steps.orders import get_order

    with open_house(load()) as house:
        found = get_order(house, order)
        stands = progress(house, found)
        over = found.state is OrderState.GIVEN and found.target < day_in_india(house.clock.now())
    _show(found, stands, as_json=as_json, cases=True)
    if over and stands.left:
        raise typer.Exit(1)


def withdraw(
    order: Id, by: By, why: Annotated[str, typer.Option(help="why, in a sentence without names")], as_json: Json = False
) -> None:
    """Withdraw an order: nobody is held to it any more; it stays on record."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.order_progress import progress
    from nistaran.steps.orders import withdraw_order
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        gone = withdraw_order(house, order, by=by, why=why)
        checkpoint(house)
        _show(gone, progress(house, gone), as_json=as_json, cases=False)


def follow(as_json: Json = False) -> None:
    """Follow all orders: close what is done, remind on the day before the target, send the cell what is left after it. Each once."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.follow_orders import follow_orders
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        told = follow_orders(house)
        checkpoint(house)
    if as_json:
        print_json({"orders": told.orders, "closed": told.closed, "offices_reminded": told.reminded, "over": told.over})
    else:
        say(
            f"{told.orders} आदेश देखे: {told.closed} पूर्ण, {told.reminded} कार्यालयों को स्मरण, {told.over} का दिन बीता / {told.orders} orders: "
            f"{told.closed} closed, {told.reminded} offices reminded, {told.over} past their day"
        )


def _show(order: Order, stands: Progress, *, as_json: bool, cases: bool) -> None:
    if as_json:
        told = {"left": [_case(one) for one in stands.left]} if cases else {}
        print_json({**_json(order, stands), **told})
        return
    say(
        f"{order.id}: {_state(order)}; लक्ष्य / target {order.target:%d.%m.%Y}; {len(order.cases)} प्रकरण / cases",
        f"{order.given_by}: {order.why}",
    )
    rows = [(office, *(counts[one] for one in Standing)) for office, counts in stands.by_office.items()]
    print_table("कार्यालयवार / by office", ["कार्यालय / office", *_heads()], rows, whole=("कार्यालय / office",))
    if cases and stands.left:
        print_table(
            f"शेष / left: {len(stands.left)}",
            ["प्रकरण / case", "कार्यालय / office", "नियत दिनांक / due", "स्थिति / state"],
            [
                (one.number, one.office, f"{one.due_on:%d.%m.%Y}", both(STANDING_HI[one.standing], one.standing.value))
                for one in stands.left[:_LINES]
            ],
            whole=("प्रकरण / case", "कार्यालय / office"),
        )


def _json(order: Order, stands: Progress) -> dict[str, Any]:
    return {
        "id": order.id,
        "state": order.state.value,
        "target": order.target,
        "by": order.given_by,
        "why": order.why,
        "chosen": dict(order.chosen),
        "cases": len(order.cases),
        "standing": {one.value: stands.total[one] for one in Standing},
        "offices": {
            office: {one.value: counts[one] for one in Standing} for office, counts in stands.by_office.items()
        },
    }


def _case(one: Any) -> dict[str, Any]:
    return {"case": one.number, "office": one.office, "due_on": one.due_on, "standing": one.standing.value}


def _heads() -> list[str]:
    return [both(STANDING_HI[one.value], one.value) for one in Standing]


def _counts(stands: Progress) -> list[int]:
    return [stands.total[one] for one in Standing]


def _state(order: Order) -> str:
    return f"{ORDER_STATE_HI[order.state.value]} / {order.state.value}"
