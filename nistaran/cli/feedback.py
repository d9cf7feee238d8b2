"""Verbs about what complainants say after a disposal: feedback, calls, sample, relief.

Not here: what each verb does (steps/feedback.py, feedback_figures.py), printing (closing_tables.py).
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from nistaran.cli.closing import EITHER, By, Case, File, Json
from nistaran.cli.output import print_json, say

_DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (feedback, calls, sample, relief):
        app.command()(verb)


def feedback(
    by: By,
    case: Case = "",
    outcome: Annotated[str, typer.Option(help="SATISFIED, DISSATISFIED, NO_ANSWER, WRONG_NUMBER, CALL_AGAIN")] = "",
    relief: Annotated[str, typer.Option(help="GIVEN, PARTLY, NOT_GIVEN, UNKNOWN")] = "UNKNOWN",
    how: Annotated[str, typer.Option(help="CALL, CELL_CALL, FIELD, PORTAL")] = "CALL",
    file: File = None,
    as_json: Json = False,
) -> None:
    """What the complainant said of the disposal; a dissatisfied one brings the case back. With --file for many. Exit 1 when cases came back."""
    if bool(case) == (file is not None):
        raise typer.BadParameter(EITHER)
    if case and not outcome.strip():
        raise typer.BadParameter("--outcome भी दें / give --outcome too", param_hint="--outcome")
    from nistaran.bootstrap import open_house
    from nistaran.cli.closing_tables import show_given, show_rows
    from nistaran.settings import load
    from nistaran.steps.feedback import give_feedback
    from nistaran.steps.find_case import full_number
    from nistaran.steps.report_files import feedback_from
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        if file is not None:
            rows = feedback_from(house, file, by=by, number_of=partial(full_number, house))
            came_back = show_rows(rows, as_json=as_json)
        else:
            number = full_number(house, case)
            given = give_feedback(house, number, outcome=outcome, relief=relief, how=how, by=by)
            came_back = show_given(given, as_json=as_json)
        checkpoint(house)
    if came_back:
        raise typer.Exit(1)


def calls(
    office: Annotated[str, typer.Option(help="code of an office; empty: all")] = "",
    export: Annotated[
        Path | None, typer.Option(help="a sheet with open names and phones to fill; needs --by and --reason")
    ] = None,
    by: Annotated[str, typer.Option(help="with --export: who will ring, name and post")] = "",
    reason: Annotated[str, typer.Option(help="with --export: why the numbers are opened")] = "",
    as_json: Json = False,
) -> None:
    """Complainants still to be rung after a disposal, the first due first. With --export as a sheet; who looked stands in the ledger."""
    if (export is not None) != bool(by.strip() and reason.strip()):
        raise typer.BadParameter("--export, --by और --reason साथ दें / give --export, --by and --reason together")
    from nistaran.bootstrap import open_house
    from nistaran.cli.closing_tables import show_calls
    from nistaran.settings import load
    from nistaran.steps.call_sheet import write_call_sheet
    from nistaran.steps.feedback import calls_due
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        if export is None:
            show_calls(house, list(calls_due(house, office=office)), as_json=as_json)
            return
        count = write_call_sheet(house, export, office=office, by=by, why=reason)
        checkpoint(house)
    if as_json:
        print_json({"file": str(export), "calls": count})
    else:
        say(
            f"{export}: {count} आवेदक / complainants",
            f"भरकर लौटाएँ, फिर मिटा दें / fill it, hand it back, delete it: nistaran feedback --file {export} --by LOGIN",
        )


def sample(
    by: By,
    count: Annotated[int, typer.Option(min=1, help="how many cases to go and see")] = 5,
    seed: Annotated[int, typer.Option(help="the same seed draws the same cases")] = 1,
    as_json: Json = False,
) -> None:
    """Draw disposed cases at random for going and seeing; each becomes a FIELD task for somebody who did not close it."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.desk_tables import show_tasks
    from nistaran.settings import load
    from nistaran.steps.feedback import draw_sample
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        drawn = draw_sample(house, count=count, seed=seed, by=by)
        checkpoint(house)
        if drawn or as_json:
            show_tasks(house, drawn, as_json=as_json)
        else:
            say("सत्यापन हेतु कोई निस्तारित प्रकरण शेष नहीं / no disposed case is left to draw")


def relief(
    by: Annotated[str, typer.Option("--by", help="department, office, channel, subject or village")] = "department",
    since: Annotated[datetime | None, typer.Option(formats=_DAYS, help="cases received from this day on")] = None,
    as_json: Json = False,
) -> None:
    """Shares of relief and satisfaction with their intervals, first and final word apart; small numbers are marked."""
    from datetime import timedelta

    from nistaran.bootstrap import open_house
    from nistaran.cli.closing_tables import show_shares
    from nistaran.domain.deadlines import day_in_india
    from nistaran.settings import load
    from nistaran.steps.feedback_figures import KEYS, feedback_figures

    if by not in KEYS:
        raise typer.BadParameter(", ".join(KEYS), param_hint="--by")
    with open_house(load()) as house:
        first = since.date() if since else day_in_india(house.clock.now()) - timedelta(days=90)
        show_shares(house, feedback_figures(house, key=by, since=first), key=by, as_json=as_json)
