"""Verbs about the cell's daily notices to departments: notice make, list, show, ack, silent.

Here: the verbs. Not here: what stands in a notice (steps/daily_notice.py), who may acknowledge (steps/notice_acks.py).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nistaran.domain.daily_notices import DailyNotice

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
_DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
Day = Annotated[datetime, typer.Argument(formats=_DAYS, help="the notice's day")]
Department = Annotated[str, typer.Argument(help="code or full name of a department, e.g. ENERGY")]

notice = typer.Typer(
    name="notice",
    help="विभागों की दैनिक सूचना — the cell's daily notice to each department, and who acknowledged it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (make, show, ack, silent):
        notice.command()(verb)
    notice.command("list")(list_them)
    app.add_typer(notice)


def make(as_json: Json = False) -> None:
    """Draw up today's notices, one a department, and queue them; `nistaran deliver` brings them. Nothing on days when offices are closed."""
    from nistaran.bootstrap import open_answers, open_house
    from nistaran.settings import load
    from nistaran.steps.daily_notice import draw_notices
    from nistaran.steps.notice_acks import take_acknowledgements
    from nistaran.steps.verify import checkpoint

    settings = load()
    with open_house(settings) as house:
        taken, left = take_acknowledgements(house, open_answers(settings))
        made = draw_notices(house)
        checkpoint(house)
    told = {"idle": made.idle, "drawn": made.drawn, "known": made.known, "cases": made.cases, **made.counts}
    if as_json:
        print_json({**told, "acknowledged": taken, "acknowledgements_left": left})
    elif made.idle:
        say("आज कार्यालय बन्द हैं: कोई सूचना नहीं / offices are closed today: no notice")
    else:
        say(
            f"{made.drawn} विभागों की सूचना तैयार ({made.cases} प्रकरण), {made.known} पहले से / notices drawn up for {made.drawn} departments "
            f"({made.cases} cases), {made.known} were there already",
            f"प्राप्ति की पुष्टि की फ़ाइलें / files of acknowledgement: {taken} ली गईं / taken, {left} छोड़ी गईं / left",
            "भेजें / bring them: nistaran deliver",
        )


def list_them(
    since: Annotated[datetime | None, typer.Option(formats=_DAYS, help="from this day on; default: of today")] = None,
    as_json: Json = False,
) -> None:
    """List daily notices: day, department, office, how many cases, who acknowledged when."""
    from nistaran.bootstrap import open_house
    from nistaran.domain.deadlines import day_in_india
    from nistaran.settings import load

    with open_house(load()) as house:
        first = since.date() if since else day_in_india(house.clock.now())
        with house.read() as work:
            found = work.daily_notices.since(first)
    _print(found, as_json=as_json, none="कोई सूचना नहीं / no notice")


def show(
    day: Day,
    department: Department,
    pdf: Annotated[Path | None, typer.Option(help="write its pages to this file; made anew at any time")] = None,
    as_json: Json = False,
) -> None:
    """Tell one department's notice as it was sent; with --pdf its pages."""
    from nistaran.bootstrap import open_house
    from nistaran.domain.daily_notices import UnknownNotice
    from nistaran.settings import load
    from nistaran.steps.notice_text import notice_lines, notice_pdf

    with open_house(load()) as house, house.read() as work:
        code = house.pack.department_of(department) or department.strip().upper()
        found = work.daily_notices.get(day.date(), code)
    if found is None:
        raise UnknownNotice(f"{day:%Y-%m-%d}")
    if pdf is not None:
        pages = notice_pdf(found)
        with pdf.open("xb") as file:
            file.write(pages)
    if as_json:
        print_json({**_json(found), "facts": dict(found.facts)})
    else:
        say(*notice_lines(found.facts))


def ack(
    day: Day,
    department: Department,
    by: Annotated[str, typer.Option(help="login of who acknowledges; no name, no phone")],
    as_json: Json = False,
) -> None:
    """Write down that a department has its notice. A file named after the notice in the login's folder of answers says the same."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.notice_acks import acknowledge
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        known = acknowledge(house, day.date(), department, by=by)
        checkpoint(house)
    if as_json:
        print_json(_json(known))
    else:
        say(f"{known.id}: प्राप्ति दर्ज / acknowledged: {known.acknowledged_by}")


def silent(
    tell: Annotated[bool, typer.Option("--tell", help="queue the list to the cell, once a day")] = False,
    as_json: Json = False,
) -> None:
    """List notices that were not acknowledged by 11:00 of the next working day. Exit 1 when there are some."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps import notice_acks

    with open_house(load()) as house:
        found = notice_acks.silent(house)
        if tell:
            notice_acks.tell_silence(house)
    _print(found, as_json=as_json, none="सभी की पुष्टि प्राप्त / all are acknowledged")
    if found:
        raise typer.Exit(1)


def _print(found: Sequence[DailyNotice], *, as_json: bool, none: str) -> None:
    if as_json:
        print_json({"notices": [_json(one) for one in found]})
        return
    if not found:
        say(none)
        return
    print_table(
        f"दैनिक सूचनाएँ / daily notices: {len(found)}",
        ["सूचना / notice", "कार्यालय / office", "प्रकरण / cases", "पुष्टि / acknowledged"],
        [(one.id, one.office, _cases(one), one.acknowledged_by or "–") for one in found],
        whole=("सूचना / notice",),
    )


def _json(one: DailyNotice) -> dict[str, Any]:
    return {
        "id": one.id,
        "day": one.day,
        "department": one.department,
        "office": one.office,
        "cases": _cases(one),
        "acknowledged_by": one.acknowledged_by,
        "acknowledged_at": one.acknowledged_at,
    }


def _cases(one: DailyNotice) -> int:
    rows, more = one.facts["rows"], one.facts["more"]
    return (len(rows) if isinstance(rows, list) else 0) + int(str(more))
