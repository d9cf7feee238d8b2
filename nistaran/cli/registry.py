"""`nistaran registry …`: officers and logins, what is lacking, two logins a day, silent offices, today's roster.

Not here: any rule (nistaran/domain/{registry,login_days,rosters}.py), what the verbs do (steps/registry*.py), how it is shown
(registry_tables.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import print_json, say

if TYPE_CHECKING:
    from nistaran.steps.house import House

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
File = Annotated[Path, typer.Argument(help="a CSV or XLSX file", exists=True, dir_okay=False)]
Office = Annotated[str, typer.Option(help="one office only: its code or full name")]
Export = Annotated[Path | None, typer.Option(help="write an .xlsx file; never over one that exists")]
Days = Annotated[int, typer.Option(min=1, max=400, help="so many days back")]

registry = typer.Typer(
    name="registry",
    help="Officers, their logins and rosters: who holds which post, who logs in, who stays silent, who sits where today.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Register the group of verbs."""
    registry.command("import")(import_)
    for verb in (show, lacking, logins, compliance, silent, rosters, roster):
        registry.command()(verb)
    app.add_typer(registry)


@contextmanager
def _opened() -> Iterator[House]:
    from nistaran.bootstrap import open_house
    from nistaran.settings import load

    with open_house(load()) as house:
        yield house


def import_(file: File, as_json: Json = False) -> None:
    """Enter officers from a file, a post a row: office, name, designation, mobile, e-mail, login, since, until. Safe to repeat.
    Exit 1 when a row was refused."""
    from nistaran.cli.registry_tables import show_entered
    from nistaran.steps.registry_files import officers_from

    with _opened() as house:
        outcome = officers_from(house, file)
    if show_entered(file.name, outcome, as_json=as_json):
        raise typer.Exit(1)


def show(office: Office = "", as_json: Json = False) -> None:
    """List who holds each office's posts today, with designation, mobile, e-mail, login, since when; with --office its history too."""
    from nistaran.cli.registry_tables import show_history, show_officers
    from nistaran.steps.registry import officers_now
    from nistaran.steps.registry_files import office_names, office_of

    with _opened() as house:
        if office.strip():
            code = office_of(office_names(house), office)
            with house.read() as work:
                kept = work.registry.officers([code])
            show_history(house, officers_now(house)[code], kept, as_json=as_json)
        else:
            show_officers(officers_now(house), as_json=as_json)


def lacking(export: Export = None, as_json: Json = False) -> None:
    """List the posts without a login, or without one of the four fields that the NIC needs to make one; the file marks what is blank.
    Exit 1 when something is lacking."""
    from nistaran.cli.registry_tables import show_lacking
    from nistaran.steps.registry import lacking as find
    from nistaran.steps.registry_sheet import write_lacking_sheet

    with _opened() as house:
        found = find(house)
        if export is not None:
            _xlsx(export)
            written = write_lacking_sheet(house, export)
            if as_json:
                print_json({"file": str(export), "posts": written})
            else:
                say(f"{written} पद लिखे / {written} posts written: {export}")
        else:
            show_lacking(found, as_json=as_json)
    if found:
        raise typer.Exit(1)


def logins(file: File, as_json: Json = False) -> None:
    """Keep the records of logging in of a file: login, day and time, a login a row; known ones are left. Exit 1 when a row was refused."""
    from nistaran.cli.registry_tables import show_entered
    from nistaran.steps.registry_files import logins_from

    with _opened() as house:
        outcome, strangers = logins_from(house, file)
    if show_entered(file.name, outcome, as_json=as_json, strangers=strangers):
        raise typer.Exit(1)


def compliance(
    days: Days = 7,
    by_login: Annotated[bool, typer.Option("--by-login", help="each login by itself, not each office")] = False,
    export: Export = None,
    as_json: Json = False,
) -> None:
    """Tell on how many working days each office logged in twice, once, never, by the records that came. Exit 1 when one did not comply."""
    from nistaran.cli.registry_tables import show_compliance
    from nistaran.steps.registry import compliance as count
    from nistaran.steps.registry_sheet import write_compliance_sheet

    with _opened() as house:
        told = count(house, days=days, by_login=by_login)
        if export is not None:
            _xlsx(export)
            written = write_compliance_sheet(house, told, export)
            say(f"{written} पंक्तियाँ लिखीं / {written} rows written: {export}")
        else:
            show_compliance(told, by_login=by_login, as_json=as_json)
    if not all(row.complies for row in told.rows):
        raise typer.Exit(1)


def silent(days: Days = 7, as_json: Json = False) -> None:
    """Name offices that got cases and show no login, answer, report or task done since, and what lies untouched for more than a day.
    Exit 1 when one is silent."""
    from nistaran.cli.registry_tables import show_silence
    from nistaran.steps.registry import silence

    with _opened() as house:
        told = silence(house, days=days)
        show_silence(told, as_json=as_json)
    if told.silent:
        raise typer.Exit(1)


def rosters(file: File, as_json: Json = False) -> None:
    """Enter rosters from a file: village, post, name, mobile, weekdays, place, office, since, until. Safe to repeat. Exit 1 when a row
    was refused."""
    from nistaran.cli.registry_tables import show_entered
    from nistaran.steps.registry_rosters import rosters_from

    with _opened() as house:
        outcome = rosters_from(house, file)
    if show_entered(file.name, outcome, as_json=as_json):
        raise typer.Exit(1)


def roster(
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], help="default: today")
    ] = None,
    village: Annotated[str, typer.Option(help="one village only: its code or name")] = "",
    office: Office = "",
    as_json: Json = False,
) -> None:
    """List which lekhpal or secretary sits where on a day."""
    from nistaran.cli.registry_tables import show_roster
    from nistaran.steps import registry_rosters
    from nistaran.steps.who_may import today_in

    with _opened() as house:
        on = day.date() if day is not None else today_in(house)
        found = registry_rosters.roster(house, day=on, village=village, office=office)
        show_roster(on, found, is_open=house.escalation().calendar.is_working(on), as_json=as_json)


def _xlsx(target: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{target.name}: नाम .xlsx से समाप्त हो / the name must end in .xlsx")
