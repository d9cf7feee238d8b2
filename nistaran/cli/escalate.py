"""Verbs of time: escalate (mark what fell due), due (what falls due, in the order to be worked), forecast (what will default when).

Not here: printing what is due (due_tables.py). Codes and days, never a citizen's word.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import both, print_json, print_table, say
from nistaran.domain.wording import MARK_HI, PASSED_OVER_HI

if TYPE_CHECKING:
    from collections import Counter

    from nistaran.steps.escalate import Swept
    from nistaran.steps.house import House

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
Office = Annotated[str, typer.Option(help="only what this office is answerable for, e.g. SDR-SDM-BANSI")]
_DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]


class Order(StrEnum):
    """In what order the cases of a lane stand."""

    DUE = "due"
    RISK = "risk"


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command()(escalate)
    app.command()(due)
    app.command()(forecast)


def escalate(as_json: Json = False) -> None:
    """Look at every case that is not over: warn, mark defaulters, climb. Exit 1 when a case has no clock until a table is mended."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.escalate import sweep

    with open_house(load()) as house:
        swept = sweep(house)
    if as_json:
        print_json(
            {
                "looked_at": swept.looked_at,
                "handled": swept.handled,
                "skipped": dict(swept.skipped),
                "marked": dict(swept.marked),
                "letters": swept.letters,
            }
        )
    else:
        _print_swept(swept)
    if swept.stuck:
        raise typer.Exit(1)


def due(
    office: Office = "",
    days: Annotated[int, typer.Option(min=0, max=400, help="due within so many days; what is overdue always is")] = 3,
    limit: Annotated[int, typer.Option(min=0, help="so many cases; 0: all")] = 50,
    order: Annotated[
        Order, typer.Option("--by", help="in each lane: by the due date, or the likeliest defaulter first")
    ] = Order.DUE,
    as_json: Json = False,
) -> None:
    """List what falls due or is overdue, first lanes first, and why each stands where it stands. Exit 1 when some is overdue."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.due_tables import falling_json, show_due
    from nistaran.settings import load
    from nistaran.steps.falling_due import falling_due
    from nistaran.steps.risk_list import falling_by_risk

    with open_house(load()) as house:
        _must_be_an_office(house, office)
        used = None
        if order is Order.RISK:
            found, used = falling_by_risk(house, days=days, office=office, limit=limit or None)
        else:
            found = falling_due(house, days=days, office=office, limit=limit or None)
        if as_json:
            print_json(falling_json(house, found, used))
        else:
            show_due(house, found, days, used)
    if found.overdue:
        raise typer.Exit(1)


def forecast(
    until: Annotated[
        datetime | None,
        typer.Option(formats=_DAYS, help="the last day; without it the end of the month, a week at least"),
    ] = None,
    office: Office = "",
    limit: Annotated[
        int, typer.Option(min=0, help="list so many cases, the first to default first; --export has all")
    ] = 10,
    export: Annotated[Path | None, typer.Option(help="a new .xlsx: offices by days, and all the cases")] = None,
    as_json: Json = False,
) -> None:
    """Which cases will be defaulters on which day, per office, if nothing is done. Exit 1 when any will."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.due_tables import forecast_json, show_forecast
    from nistaran.domain.deadlines import day_in_india
    from nistaran.settings import load
    from nistaran.steps.forecast import forecast_until
    from nistaran.steps.forecast_sheet import write_forecast_sheet

    with open_house(load()) as house:
        _must_be_an_office(house, office)
        last = until.date() if until else None
        if last is not None and last < day_in_india(house.clock.now()):
            raise typer.BadParameter(f"--until {last:%d.%m.%Y}: बीता हुआ दिन है / is over: name a day ahead")
        found = forecast_until(house, until=last, office=office, limit=limit if export is None else None)
        if export is not None:
            count = write_forecast_sheet(house, found, export)
            say(f"{export}: {count} प्रकरण / cases")
        elif as_json:
            print_json(forecast_json(house, found))
        else:
            show_forecast(house, found)
    if found.total:
        raise typer.Exit(1)


def _must_be_an_office(house: House, office: str) -> None:
    if office and office not in house.district.offices:
        raise typer.BadParameter(f"{office}: ऐसा कार्यालय offices.toml में नहीं / no such office in offices.toml")


def _print_swept(swept: Swept) -> None:
    say(
        f"{swept.looked_at} खुले प्रकरण देखे, {swept.marked.total()} चिह्न लगाये, {swept.letters} पत्र / {swept.looked_at} open cases "
        f"looked at, {swept.marked.total()} marks made, {swept.letters} letters"
    )
    _print_counts("चिह्न / marks", swept.marked, MARK_HI)
    _print_counts("छोड़े गये / passed over", swept.skipped, PASSED_OVER_HI)


def _print_counts(title: str, counts: Counter[str], words: dict[str, str]) -> None:
    if counts:
        rows = [(both(words[code], code), count) for code, count in sorted(counts.items())]
        print_table(title, ["", "संख्या / count"], rows)
