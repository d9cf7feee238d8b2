"""Verbs that look: show, rejected, verify, export, doctor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from nistaran.bootstrap import open_house
from nistaran.cli.output import print_json, print_table, say
from nistaran.cli.story import print_story, story_json
from nistaran.domain.refusal_sentences import FIELD_NAMES_HI
from nistaran.settings import Settings
from nistaran.steps.doctor import examine
from nistaran.steps.export import export_cases
from nistaran.steps.rejected import Rejection, export_rejections, open_rejections
from nistaran.steps.story import story_of
from nistaran.steps.verify import verify as verify_house

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (show, rejected, verify, export, doctor):
        app.command()(verb)


def show(
    number: Annotated[str, typer.Argument(help="case number, e.g. SDR-2026-0000042")], as_json: Json = False
) -> None:
    """Tell the story of one case, masked."""
    with open_house(Settings()) as house:
        story = story_of(house, number)
        if as_json:
            print_json(story_json(story))
        else:
            print_story(house, story)


def rejected(
    export: Annotated[
        Path | None, typer.Option(help="write the rows as CSV for correction; feed it back with `nistaran ingest`")
    ] = None,
    as_json: Json = False,
) -> None:
    """List rows that could not be taken, with reason and remedy. Exit 1 when there are any."""
    with open_house(Settings()) as house:
        found = open_rejections(house)
    if export is not None:
        count = export_rejections(found, export)
        say(f"{count} पंक्तियाँ / rows → {export}")
    elif as_json:
        print_json({"rejected": [_rejection_json(rejection) for rejection in found]})
    else:
        rows = [
            (
                r.refused.file,
                r.refused.row or "-",
                FIELD_NAMES_HI.get(r.refused.field, r.refused.field or "-"),
                f"{r.refused.reason_hi}\n{r.refused.reason_en}",
                f"{r.refused.remedy_hi}\n{r.refused.remedy_en}",
            )
            for r in found
        ]
        print_table("अस्वीकृत पंक्तियाँ / refused rows", ["फ़ाइल", "पंक्ति", "कॉलम", "कारण / reason", "उपाय / remedy"], rows)
    if found:
        raise typer.Exit(1)


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
    with open_house(Settings()) as house:
        outcome = verify_house(house)
    if as_json:
        print_json(
            {
                "events": outcome.events,
                "cases": outcome.cases,
                "files": outcome.files,
                "checkpoint": outcome.checkpoint,
                "faults": outcome.faults,
            }
        )
    else:
        say(
            f"घटनाएँ / events: {outcome.events}   प्रकरण / cases: {outcome.cases}   फ़ाइलें / files: {outcome.files}   "
            f"हस्ताक्षरित / signed up to: {outcome.checkpoint}",
            *(outcome.faults or ["सब ठीक है / all is well"]),
        )
    if outcome.faults:
        raise typer.Exit(1)


def export(
    target: Annotated[Path, typer.Argument(help="a .csv or .xlsx file")],
    as_json: Json = False,
) -> None:
    """Write all cases as a table, masked."""
    if target.suffix.lower() not in {".csv", ".xlsx"}:
        raise typer.BadParameter("name a .csv or .xlsx file")
    with open_house(Settings()) as house:
        count = export_cases(house, target)
    if as_json:
        print_json({"cases": count, "file": str(target)})
    else:
        say(f"{count} प्रकरण / cases → {target}")


def doctor(as_json: Json = False) -> None:
    """Look for whatever keeps the house from working well. Exit 1 when something is bad."""
    with open_house(Settings()) as house:
        found = examine(house)
    if as_json:
        print_json({"findings": [json.loads(json.dumps(vars_of(finding))) for finding in found]})
    else:
        print_table(
            "जाँच / examination",
            ["विषय / subject", "स्थिति", "विवरण / detail", "उपाय / remedy"],
            [(finding.subject, finding.state, finding.detail, finding.remedy) for finding in found],
        )
    if any(finding.state == "bad" for finding in found):
        raise typer.Exit(1)


def vars_of(finding: Any) -> dict[str, Any]:
    """A finding as plain values."""
    return {name: getattr(finding, name) for name in ("subject", "state", "detail", "remedy")}
