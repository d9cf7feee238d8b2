"""`nistaran review`: the cases that wait for a person, decided at the terminal, or by a file that a clerk fills.

Not here: the sitting at the terminal (review_sitting.py), which cases and what of them (steps/review.py), the file (steps/review_file.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.correct import correct
from nistaran.cli.output import print_json, say
from nistaran.domain.decision import AskReason

if TYPE_CHECKING:
    from nistaran.steps.house import House

Json = Annotated[bool, typer.Option("--json", help="print one JSON object; with --export or --import")]
By = Annotated[str, typer.Option(help="login of who answers, e.g. up.sdr-cell; no name, no phone")]
Limit = Annotated[int, typer.Option(help="at most so many cases", min=1, max=5000)]
Lane = Annotated[list[str] | None, typer.Option(help="only of this lane; may be given several times")]
Reason = Annotated[list[str] | None, typer.Option(help="only those asked for this reason, e.g. LOW_CONFIDENCE")]
Export = Annotated[
    Path | None, typer.Option("--export", help="write an .xlsx with drop-downs for a clerk to fill", dir_okay=False)
]
Import = Annotated[
    Path | None,
    typer.Option("--import", help="take the filled file back; the same as correct --file", exists=True, dir_okay=False),
]


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command()(review)


def review(
    by: By = "",
    limit: Limit = 50,
    lane: Lane = None,
    reason: Reason = None,
    export: Export = None,
    import_: Import = None,
    as_json: Json = False,
) -> None:
    """Decide the cases on which the machine asks a person: one after the other here, or in a file. Exit 1: something was refused."""
    _one_way(by, export, import_, as_json=as_json)
    if import_ is not None:
        correct(by, file=import_, as_json=as_json)
        return
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.review import waiting

    with open_house(load()) as house:
        ids = waiting(house, lanes=_lanes(house, lane or []), reasons=_reasons(reason or []))
        if export is not None:
            _export(house, ids[:limit], export, left=len(ids[limit:]), as_json=as_json)
        else:
            _sit(house, ids[:limit], by, left=len(ids[limit:]))


def _one_way(by: str, export: Path | None, import_: Path | None, *, as_json: bool) -> None:
    if export is not None and import_ is not None:
        raise typer.BadParameter("--export या --import, दोनों में से एक दें / give --export or --import, one of them")
    if export is None and not by.strip():
        raise typer.BadParameter("--by LOGIN भी दें / give --by LOGIN too", param_hint="--by")
    if export is not None and export.suffix.lower() != ".xlsx":
        raise typer.BadParameter("फ़ाइल का नाम .xlsx में समाप्त हो / name an .xlsx file", param_hint="--export")
    if as_json and export is None and import_ is None:
        raise typer.BadParameter("--json केवल --export या --import के साथ / --json goes with --export or --import")


def _lanes(house: House, lanes: list[str]) -> list[str]:
    from nistaran.cli.work import refuse_unknown_lanes

    refuse_unknown_lanes(house, lanes)
    return lanes


def _reasons(given: list[str]) -> set[AskReason]:
    known = {reason.value for reason in AskReason}
    for one in given:
        if one.upper() not in known:
            raise typer.BadParameter(
                f"{one}: ऐसा कारण नहीं है; कारण हैं / there is no such reason; there are: {', '.join(sorted(known))}",
                param_hint="--reason",
            )
    return {AskReason(one.upper()) for one in given}


def _export(house: House, ids: list[int], target: Path, *, left: int, as_json: bool) -> None:
    from nistaran.steps.review import look
    from nistaran.steps.review_file import write_review

    cases = look(house, ids)
    if cases:
        write_review(house, cases, target)
    if as_json:
        print_json({"file": target.name if cases else None, "cases": len(cases), "left": left})
    elif not cases:
        say("कोई प्रकरण व्यक्ति की प्रतीक्षा में नहीं है; फ़ाइल नहीं बनाई गई / no case waits for a person; no file was made")
    else:
        say(
            f"{target}: {len(cases)} प्रकरण / cases   शेष प्रतीक्षा में / still waiting: {left}",
            f"भरकर लौटाएँ / fill it and hand it back: nistaran correct --file {target} --by LOGIN",
        )


def _sit(house: House, ids: list[int], by: str, *, left: int) -> None:
    from nistaran.cli.review_screen import Screen
    from nistaran.cli.review_sitting import Sitting
    from nistaran.domain.correction_refused import login_of
    from nistaran.steps.verify import checkpoint
    from nistaran.steps.who_may import must_be_a_cell_login

    if not ids:
        say("कोई प्रकरण व्यक्ति की प्रतीक्षा में नहीं है / no case waits for a person")
        return
    login = login_of(by)
    must_be_a_cell_login(house, login)
    sitting = Sitting(house, ids, by=login, screen=Screen(house))
    try:
        sitting.run()
    finally:
        sitting.screen.summary(sitting.tally, left=left + sitting.left)
        if sitting.tally.answered:
            checkpoint(house)
    if sitting.tally.refused:
        raise typer.Exit(1)
