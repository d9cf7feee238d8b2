"""Verbs that look: show, files, rejected, verify, export, doctor. Not here: printing a story or the files (story.py, files.py)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.files import files
from nistaran.cli.output import both, print_json, print_table, say
from nistaran.domain.refusal_sentences import FIELD_NAMES_HI

if TYPE_CHECKING:
    from nistaran.steps.finding import Finding
    from nistaran.steps.rejected import Rejection

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (show, files, rejected, verify, export, doctor):
        app.command()(verb)


def show(
    number: Annotated[str, typer.Argument(help="case number, e.g. SDR-2026-0000042, or only its serial, e.g. 42")],
    open_: Annotated[
        bool,
        typer.Option("--open", help="show the complainant's name, phone and address; who and why is kept for ever"),
    ] = False,
    by: Annotated[str, typer.Option(help="with --open: who looks, name and post")] = "",
    reason: Annotated[str, typer.Option(help="with --open: why; without the complainant's name or phone")] = "",
    as_json: Json = False,
) -> None:
    """Tell the story of one case, masked. With --open: the complainant alone, unmasked, and who looked is written down."""
    if open_ or by or reason:
        from nistaran.cli.unmask import unmask

        unmask(number, asked=open_, by=by, reason=reason, as_json=as_json)
        return
    from nistaran.bootstrap import open_house
    from nistaran.cli.story import print_story, story_json
    from nistaran.settings import load
    from nistaran.steps.find_case import full_number
    from nistaran.steps.story import also_concerns, story_of

    with open_house(load()) as house:
        story = story_of(house, full_number(house, number))
        also = also_concerns(house, story)
        if as_json:
            print_json(story_json(story, also=also))
        else:
            print_story(house, story, also=also)


def rejected(
    export: Annotated[
        Path | None, typer.Option(help="write the rows as CSV for correction; feed it back with `nistaran ingest`")
    ] = None,
    close: Annotated[
        list[str] | None, typer.Option(help="id of a refusal that needs no correction (its beginning is enough)")
    ] = None,
    as_json: Json = False,
) -> None:
    """List rows that could not be taken, with reason and remedy. Exit 1 when there are any; 0 after --export or --close."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.close import close_refusals
    from nistaran.steps.rejected import export_rejections, open_rejections

    with open_house(load()) as house:
        closed = close_refusals(house, close) if close else []
        found = open_rejections(house)
    if close or export is not None:
        written = export_rejections(found, export) if export is not None else None
        _tell_handled(found, closed, export, written, as_json=as_json)
        return
    if as_json:
        print_json({"rejected": [_rejection_json(rejection) for rejection in found]})
    else:
        _print_rejected(found)
    if found:
        raise typer.Exit(1)


def _tell_handled(
    found: list[Rejection], closed: list[str], target: Path | None, written: int | None, *, as_json: bool
) -> None:
    """What --close and --export did. Whole-file refusals have no row to correct: they are named, not dropped in silence."""
    left_out = [one.refused for one in found if not one.values] if target is not None else []
    if as_json:
        print_json({"closed": closed, "exported": written, "left_out": [row.id for row in left_out]})
        return
    if closed:
        say(f"बन्द किये गये / closed: {', '.join(closed)}")
    if target is not None:
        say(f"{written} पंक्तियाँ / rows → {target}")
    if left_out:
        say(f"{len(left_out)} बाहर रहीं, सुधारने योग्य पंक्ति नहीं है / {len(left_out)} left out, there is no row to correct:")
        for row in left_out:
            say(f"   {row.id[:8]}  {row.file}: {row.reason_hi} {row.remedy_hi} / {row.reason_en} {row.remedy_en}")
        say("नई फ़ाइल आ जाने पर / once a new file came: nistaran rejected --close ID")


def _print_rejected(found: list[Rejection]) -> None:
    rows = [
        (
            r.refused.id[:8],
            r.refused.file,
            r.refused.row or "-",
            FIELD_NAMES_HI.get(r.refused.field, r.refused.field or "-"),
            f"{r.refused.reason_hi}\n{r.refused.reason_en}",
            f"{r.refused.remedy_hi}\n{r.refused.remedy_en}",
        )
        for r in found
    ]
    headers = ["क्रमांक / id", "फ़ाइल", "पंक्ति", "कॉलम", "कारण / reason", "उपाय / remedy"]
    print_table("अस्वीकृत पंक्तियाँ / refused rows", headers, rows)


def _rejection_json(rejection: Rejection) -> dict[str, Any]:
    row = rejection.refused
    return {
        "id": row.id,
        "file": row.file,
        "row": row.row,
        "field": row.field,
        "code": row.code,
        "reason": {"hi": row.reason_hi, "en": row.reason_en},
        "remedy": {"hi": row.remedy_hi, "en": row.remedy_en},
    }


def verify(as_json: Json = False) -> None:
    """Check the ledger's chain, its signed checkpoints, the cases and the raw files. Exit 1 when something is wrong."""
    from nistaran.bootstrap import calm_the_collector, open_house
    from nistaran.settings import load
    from nistaran.steps.verify import verify as verify_house

    with open_house(load()) as house:
        calm_the_collector()
        outcome = verify_house(house)
    if as_json:
        print_json(
            {
                "events": outcome.events,
                "cases": outcome.cases,
                "files": outcome.files,
                "checkpoint": outcome.checkpoint,
                "unsealed": outcome.unsealed,
                "faults": outcome.faults,
            }
        )
    else:
        say(
            f"घटनाएँ / events: {outcome.events}   प्रकरण / cases: {outcome.cases}   फ़ाइलें / files: {outcome.files}   "
            f"हस्ताक्षरित / signed up to: {outcome.checkpoint}",
            *(outcome.faults or ["सब ठीक है / all is well"]),
        )
        if outcome.unsealed:
            say(
                f"{outcome.unsealed} पुराने प्रकरणों के सन्दर्भ, श्रेणी और स्थान की मुहर नहीं है, इनका मिलान नहीं हुआ / "
                f"{outcome.unsealed} older cases have no seal of reference, category and place: these were not compared"
            )
    if outcome.faults:
        raise typer.Exit(1)


def export(
    target: Annotated[Path, typer.Argument(help="a .csv or .xlsx file")],
    as_json: Json = False,
) -> None:
    """Write all cases as a table, masked."""
    if target.suffix.lower() not in {".csv", ".xlsx"}:
        raise typer.BadParameter(".csv या .xlsx फ़ाइल का नाम दें / name a .csv or .xlsx file")
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.export import export_cases

    with open_house(load()) as house:
        count = export_cases(house, target)
    if as_json:
        print_json({"cases": count, "file": str(target)})
    else:
        say(f"{count} प्रकरण / cases → {target}")


def doctor(as_json: Json = False) -> None:
    """Look for whatever keeps the house from working well. Exit 1 when something is bad."""
    from nistaran.bootstrap import open_house
    from nistaran.bootstrap_retain import deployed_flows, retention_rules
    from nistaran.settings import load
    from nistaran.steps.doctor import examine

    settings = load()
    with open_house(settings) as house:
        found = examine(house, deployed_flows(), retention_rules(settings))
    if as_json:
        print_json({"findings": [asdict(finding) for finding in found]})
    else:
        _print_findings(found)
    if any(finding.state == "bad" for finding in found):
        raise typer.Exit(1)


_STATE_HI = {"ok": "ठीक / ok", "warn": "ध्यान दें / warn", "bad": "बाधा / bad"}


def _print_findings(found: list[Finding]) -> None:
    print_table(
        "जाँच / examination",
        ["विषय / subject", "स्थिति / state", "विवरण / detail", "उपाय / remedy"],
        [
            (
                both(finding.subject_hi, finding.subject),
                _STATE_HI[finding.state],
                both(finding.detail_hi, finding.detail),
                both(finding.remedy_hi, finding.remedy),
            )
            for finding in found
        ],
    )
