"""The verb petitions: which cases tell one matter. Numbers and counts, never a citizen's word."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.output import TerminalProgress, both, print_json, print_table, say

if TYPE_CHECKING:
    from nistaran.steps.house import House
    from nistaran.steps.petitions import Found, Petition

#: So many numbers of a group stand in the table; --json has all.
_NUMBERS = 5


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command()(petitions)


def petitions(
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
            help="cases received on or after this day; default: as far back as the pack counts a repeat",
        ),
    ] = None,
    least: Annotated[int, typer.Option("--min", min=2, help="groups of at least so many people")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
) -> None:
    """Find cases that tell one matter, link each with an earlier one, and list the matters that many people brought."""
    from nistaran.bootstrap import open_house, open_near_index
    from nistaran.settings import load
    from nistaran.steps.petitions import default_since, find_petitions

    with open_house(load()) as house:
        day = since.date() if since else default_since(house)
        found = find_petitions(house, open_near_index(), since=day, least=least, watch=TerminalProgress)
        if as_json:
            print_json(_found_json(found))
        else:
            _print(house, found)


def _print(house: House, found: Found) -> None:
    say(
        f"{_day(found.since)} से {found.cases} प्रकरण देखे; {found.grouped} प्रकरण {found.groups} समान विषयों में; {found.linked} नये "
        f"जोड़े गये / {found.cases} cases since {_day(found.since)}; {found.grouped} of them in {found.groups} matters told more than "
        f"once; {found.linked} newly linked"
    )
    if not found.petitions:
        say("सामूहिक शिकायत नहीं मिली / no matter that many people brought")
        return
    print_table(
        "सामूहिक शिकायतें / petitions",
        [
            "प्रकरण / cases",
            "लोग / people",
            "विभाग / department",
            "ग्राम / places",
            "प्रथम – अन्तिम",
            "दिन / days",
            "संख्याएँ / numbers",
        ],
        [_row(house, petition) for petition in found.petitions],
    )


def _row(house: House, petition: Petition) -> tuple[object, ...]:
    code = next(iter(petition.departments))
    department = house.pack.departments.get(code)
    unknown = f" + {petition.unknown} अज्ञात / unknown" if petition.unknown else ""
    more = len(petition.numbers) - _NUMBERS
    return (
        len(petition.numbers),
        f"{petition.people}{unknown}",
        both(department.name_hi, department.name_en) if department else "-",
        petition.places or "-",
        f"{_day(petition.first)} – {_day(petition.last)}",
        petition.days,
        "\n".join([*petition.numbers[:_NUMBERS], *([f"… + {more}"] if more > 0 else [])]),
    )


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _found_json(found: Found) -> dict[str, Any]:
    return {
        "since": found.since,
        "cases": found.cases,
        "groups": found.groups,
        "grouped": found.grouped,
        "linked": found.linked,
        "petitions": [
            {
                "numbers": list(petition.numbers),
                "cases": len(petition.numbers),
                "people": petition.people,
                "unknown": petition.unknown,
                "departments": dict(petition.departments),
                "channels": dict(petition.channels),
                "places": petition.places,
                "first": petition.first,
                "last": petition.last,
                "days": petition.days,
            }
            for petition in found.petitions
        ],
    }
