"""Verbs of the weekly review: weekly make, promise, promises; rank. Counts, codes and officers' plan lines, never a citizen's word."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.output import both, print_json, print_table, say
from nistaran.domain.promise import Counted

if TYPE_CHECKING:
    from nistaran.domain.rank import Estimate
    from nistaran.domain.weekly_figures import Ranking, WeeklyFigures
    from nistaran.steps.house import House

weekly = typer.Typer(
    help="The weekly review: its paper and sheets, and what departments promise.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
Until = Annotated[
    datetime | None, typer.Option(formats=_DAYS, help="the last day of the week; default: the last Sunday")
]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.add_typer(weekly, name="weekly")
    app.command()(rank)


@weekly.command()
def make(
    until: Until = None,
    to: Annotated[
        Path | None, typer.Option(help="the folder for the files; default: reviews in the home folder")
    ] = None,
    months: Annotated[int, typer.Option(min=1, max=12, help="the top five departments over so many months")] = 4,
    as_json: Json = False,
) -> None:
    """Make the weekly review as PDF and XLSX, and print its first numbers."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.weekly import weekly_figures
    from nistaran.steps.weekly_files import write_weekly

    settings = load()
    with open_house(settings) as house:
        figures = weekly_figures(house, until=_day(until), months=months)
        made = write_weekly(house, figures, to or settings.home / "reviews")
        if as_json:
            print_json({"files": [str(path) for path in made], **_figures_json(figures)})
        else:
            _print_figures(house, figures, made)


@weekly.command()
def promise(
    department: Annotated[str, typer.Argument(help="code or full name, e.g. ENERGY")],
    line: Annotated[str, typer.Option(help="the officer's own words, up to 200 signs")],
    target: Annotated[datetime, typer.Option(formats=_DAYS, help="by the end of this day")],
    by: Annotated[str, typer.Option(help="login of who writes it down")],
    number: Annotated[int | None, typer.Option(min=0, help="at most so many by then")] = None,
    of: Annotated[Counted, typer.Option(help="of what", case_sensitive=False)] = Counted.DEFAULTERS,
) -> None:
    """Write down what a department promises at the review; the next one shows it beside what happened."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.promises import promise as write_down

    with open_house(load()) as house:
        made = write_down(house, department, line=line, target=target.date(), by=by, number=number, counted=of)
        name = house.pack.departments[made.department].name_hi
    say(f"{name}: {made.target:%d.%m.%Y} तक, दर्ज हुआ / {made.department}: until {made.target:%d.%m.%Y}, written down")


@weekly.command()
def promises(until: Until = None, as_json: Json = False) -> None:
    """List what was promised beside what happened, as of the end of a day (default: today). Exit 1 when one was not kept."""
    from nistaran.bootstrap import open_house
    from nistaran.domain.promise import Kept
    from nistaran.settings import load
    from nistaran.steps.weekly import outcomes
    from nistaran.steps.weekly_names import Names
    from nistaran.steps.weekly_plans import KEPT_HI, promised

    with open_house(load()) as house:
        found, names = outcomes(house, until=_day(until)), Names(house)
    rows = [
        {
            "department": one.promise.department,
            "line": one.promise.line,
            "made_on": one.promise.made_on,
            "target": one.promise.target,
            "counted": one.promise.counted.value,
            "number": one.promise.number,
            "pending": {"then": one.then[0], "now": one.now[0]},
            "defaulters": {"then": one.then[1], "now": one.now[1]},
            "kept": one.kept.value,
        }
        for one in found
    ]
    if as_json:
        print_json({"promises": rows})
    elif not rows:
        say("कोई वचन दर्ज नहीं / nothing was promised")
    else:
        heads = [
            "विभाग / department",
            "कार्ययोजना / line",
            "तक / until",
            "वचन / at most",
            "लम्बित / pending",
            f"{names.words.defaulter} / late",
            "परिणाम / outcome",
        ]
        print_table(
            "कार्ययोजना / promises",
            heads,
            [
                (
                    names.department(one.promise.department),
                    one.promise.line,
                    f"{one.promise.target:%d.%m.%Y}",
                    promised(one.promise, names),
                    f"{one.then[0]} → {one.now[0]}",
                    f"{one.then[1]} → {one.now[1]}",
                    both(KEPT_HI[one.kept], one.kept.value),
                )
                for one in found
            ],
            whole=("तक / until",),
        )
    if any(one.kept is Kept.NOT_KEPT for one in found):
        raise typer.Exit(1)


def rank(until: Until = None, as_json: Json = False) -> None:
    """Tell the estimated score of the district by the pack's rubric, and the 20 pending cases that gain most. Never the official score."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.rank import ranking

    with open_house(load()) as house:
        told = ranking(house, until=_day(until))
        if as_json:
            print_json(_ranking_json(told))
        else:
            _print_ranking(house, told)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _figures_json(figures: WeeklyFigures) -> dict[str, Any]:
    from nistaran.domain.weekly_sums import whole

    line = whole(figures.weeks)
    names = ("received", "disposed", "reopened", "returned", "pending", "defaulters", "soon")
    return {
        "week": {"since": figures.week.since, "until": figures.week.until},
        **{name: getattr(line, name) for name in names},
        "pending_by_week": list(line.pendings),
        "defaulters_by_week": list(line.lates),
        "ages": list(line.ages),
        "stuck_parts": figures.stuck_in_all,
        "days_on_wrong_desks": figures.misroutes.days,
        "estimated": {"marks": figures.ranking.estimate.marks, "of": figures.ranking.estimate.of},
        "promises": {
            "shown": len(figures.promises),
            "kept": [one.kept.value for one in figures.promises].count("KEPT"),
        },
    }


def _print_figures(house: House, figures: WeeklyFigures, made: list[Path]) -> None:
    from nistaran.steps.weekly_names import Names
    from nistaran.steps.weekly_paper import headline_boxes

    title = f"साप्ताहिक समीक्षा / weekly review: {figures.week.since:%d.%m.%Y} – {figures.week.until:%d.%m.%Y}"
    rows = [
        (both(one["name"], one["name_en"]), " ".join((one["value"], one["of"])), one["change"])
        for one in headline_boxes(figures, Names(house))
    ]
    print_table(title, ["", "इस सप्ताह / this week", "पिछले से / against last"], rows)
    say(*(str(path) for path in made))


def _ranking_json(told: Ranking) -> dict[str, Any]:
    return {
        "estimated": True,
        "until": told.until,
        **_estimate_json(told.estimate),
        "week_before": _estimate_json(told.before),
        "gain_most": [
            {
                "case": one.case.number,
                "channel": one.case.channel,
                "office": one.case.office,
                "due_on": one.case.due_on,
                "marks": round(one.marks, 6),
            }
            for one in told.gains
        ],
    }


def _estimate_json(one: Estimate) -> dict[str, Any]:
    points = [
        {"code": point.point.code, "value": point.value, "marks": point.marks, "of": point.point.marks}
        for point in one.points
    ]
    return {"marks": one.marks, "of": one.of, "points": points}


def _print_ranking(house: House, told: Ranking) -> None:
    from nistaran.steps.weekly_names import Names, day

    names, marks = Names(house), told.estimate
    rows = [
        (
            both(one.point.name_hi, one.point.name_en),
            "–" if one.value is None else f"{one.value:.3f}",
            f"{one.marks:.1f} / {one.point.marks:g}",
            f"{was.marks:.1f}",
        )
        for one, was in zip(marks.points, told.before.points, strict=True)
    ]
    title = f"अनुमानित अंक, शासकीय नहीं / estimated, not official: {marks.marks:.1f} / {marks.of:g}, {day(told.until)}"
    print_table(title, ["बिन्दु / point", "मान / value", "अंक / marks", "पिछले सप्ताह / week before"], rows)
    gain = sum(one.marks for one in told.gains)
    print_table(
        f"इनके निस्तारण से सर्वाधिक (अनुमानित +{gain:.2f}) / these gain most (estimated)",
        ["प्रकरण / case", "माध्यम / channel", "कार्यालय / office", "नियत दिनांक / due", "अंक / marks"],
        [
            (one.case.number, names.channel(one.case.channel), names.office(one.case.office), day(one.case.due_on), f"{one.marks:.4f}")
            for one in told.gains
        ],
        whole=("प्रकरण / case",),
    )  # fmt: skip
