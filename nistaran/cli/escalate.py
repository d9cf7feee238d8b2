"""Verbs of time: escalate (mark what fell due), due (what falls due, in the order to be worked). Codes and days, never a citizen's word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.output import both, print_json, print_table, say
from nistaran.domain.wording import MARK_HI, PASSED_OVER_HI, STATUS_HI

if TYPE_CHECKING:
    from collections import Counter

    from nistaran.steps.escalate import Swept
    from nistaran.steps.falling_due import Due
    from nistaran.steps.house import House

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
#: So many lines stand in a table; --json has all.
_LINES = 200


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command()(escalate)
    app.command()(due)


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
    office: Annotated[str, typer.Option(help="only what this office is answerable for, e.g. SDR-SDM-BANSI")] = "",
    days: Annotated[int, typer.Option(min=0, max=400, help="due within so many days; what is overdue always is")] = 3,
    as_json: Json = False,
) -> None:
    """List what falls due or is overdue, first lanes first, and why each stands where it stands. Exit 1 when some is overdue."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.falling_due import due_within, forecast

    with open_house(load()) as house:
        if office and office not in house.district.offices:
            raise typer.BadParameter(f"{office}: ऐसा कार्यालय offices.toml में नहीं / no such office in offices.toml")
        found = due_within(house, days=days, office=office)
        expected = [
            {"office": code, "defaults_on": day, "cases": count} for (code, day), count in forecast(found).items()
        ]
        if as_json:
            print_json({"due": [_due_json(house, one) for one in found], "forecast": expected})
        else:
            _print_due(house, found, days)
    if any(one.days < 0 for one in found):
        raise typer.Exit(1)


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


def _print_due(house: House, found: list[Due], days: int) -> None:
    if not found:
        say(f"अगले {days} दिन में कुछ नियत नहीं / nothing falls due within {days} days")
        return
    print_table(
        f"नियत प्रकरण / cases due: {len(found)}",
        ["प्रकरण / case", "कार्यालय / office", "नियत दिनांक / due", "स्थिति / status", "इस स्थान का कारण / why here"],
        [
            (
                one.case.number,
                one.office,
                _day(one.clock.due_on),
                both(STATUS_HI[one.case.status.value], one.case.status.value),
                both(*_why(house, one)),
            )
            for one in found[:_LINES]
        ],
        whole=("प्रकरण / case", "कार्यालय / office"),
    )
    if len(found) > _LINES:
        more = len(found) - _LINES
        say(f"और {more}: --office या --json से / {more} more: use --office or --json")


def _why(house: House, one: Due) -> tuple[str, str]:
    """The reason for its place: the lane first, then how near its day is."""
    lane = house.pack.lanes.get(one.case.lane)
    names = (lane.name_hi, lane.name_en) if lane else (one.case.lane, one.case.lane)
    if one.days < 0:
        time = f"{-one.days} दिन विलम्ब", f"{-one.days} days overdue"
    else:
        time = f"{one.days} दिन शेष ({one.working} कार्य दिवस)", f"{one.days} days left ({one.working} working)"
    again = (" · पुनः खोला गया", " · reopened") if one.clock.number else ("", "")
    hindi, english = (
        f"{one.case.priority}. {name} · {left} · {one.level}{more}"
        for name, left, more in zip(names, time, again, strict=True)
    )
    return hindi, english


def _due_json(house: House, one: Due) -> dict[str, Any]:
    hindi, english = _why(house, one)
    return {
        "case": one.case.number,
        "office": one.office,
        "department": one.case.department,
        "status": one.case.status.value,
        "lane": one.case.lane,
        "due_on": one.clock.due_on,
        "defaults_on": one.defaults_on,
        "days": one.days,
        "working_days": one.working,
        "level": one.level,
        "round": one.clock.number,
        "why": {"hi": hindi, "en": english},
    }


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
