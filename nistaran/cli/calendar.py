"""The verb `calendar`: the days ahead with holidays and sittings. No case stands in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from nistaran.steps.calendar_days import CalendarDay
    from nistaran.steps.house import House

#: No table knows a holiday of other years.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_WEEKDAYS_HI = ("सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार")


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command(name="calendar")(show_calendar)


def show_calendar(
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d", "%d.%m.%Y"], help="today")] = None,
    days: Annotated[int, typer.Option(min=1, max=400, help="so many days")] = 31,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
) -> None:
    """List holidays, closed days and sittings ahead. Exit 1 when holidays.toml knows nothing of a year that is asked for."""
    from nistaran.bootstrap import open_house
    from nistaran.domain.deadlines import day_in_india
    from nistaran.settings import load
    from nistaran.steps.calendar_days import days_ahead, years_without_holidays

    with open_house(load()) as house:
        first = since.date() if since else day_in_india(house.clock.now())
        if not _FIRST_YEAR <= first.year <= _LAST_YEAR:
            raise typer.BadParameter(
                f"--from: वर्ष {_FIRST_YEAR} से {_LAST_YEAR} तक दें / a year from {_FIRST_YEAR} to {_LAST_YEAR}"
            )
        found = days_ahead(house, first=first, count=days)
        unknown = years_without_holidays(house, first=first, count=days)
        if as_json:
            print_json({"days": [_as_json(one) for one in found], "years_without_holidays": list(unknown)})
        else:
            _print(house, found)
    for year in unknown:
        say(
            f"{year}: holidays.toml में कोई अवकाश नहीं है; शासन की सूची से भरें / no holiday is entered: fill it from the State's list"
        )
    if unknown:
        raise typer.Exit(1)


def _print(house: House, found: list[CalendarDay]) -> None:
    rows = [
        (
            f"{one.day:%d.%m.%Y}",
            _WEEKDAYS_HI[one.day.weekday()],
            "कार्य दिवस" if one.working else "बन्द",
            one.holiday + (" (पुष्टि करें / to confirm)" if one.to_confirm else ""),
            ", ".join(house.pack.channels[code].name_hi for code in one.sittings),
        )
        for one in found
        if one.holiday or one.sittings or not one.working
    ]
    print_table(
        "अवकाश और समाधान दिवस / holidays and sittings", ["दिनांक", "दिन", "कार्यालय", "अवकाश", "सुनवाई / sitting"], rows
    )
    say(f"कार्य दिवस / working days: {sum(one.working for one in found)} / {len(found)}")


def _as_json(one: CalendarDay) -> dict[str, object]:
    return {
        "day": one.day.isoformat(),
        "working": one.working,
        "holiday": one.holiday,
        "to_confirm": one.to_confirm,
        "sittings": list(one.sittings),
    }
