"""The verb `model audit`: a random sample of cases given out to be read, the readings taken back, and how it stands.

Not here: drawing and reading (steps/audit.py), the file (steps/audit_file.py).
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.output import print_json, say, say_error

if TYPE_CHECKING:
    from nistaran.steps.answers import AnswersOutcome
    from nistaran.steps.audit import AuditCounts


def audit(
    export: Annotated[Path | None, typer.Option(help="give out cases to read: a new .xlsx or .csv file")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="take a filled file back", exists=True, dir_okay=False)
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=5_000, help="with --export: at most so many cases")] = 150,
    by: Annotated[str, typer.Option(help="with --export or --file: login of who does this")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
) -> None:
    """Let a person read cases drawn by chance: new models are judged on them. Without options: how it stands. Exit 1 when rows were
    refused, or still too few were read."""
    if export and file:
        raise typer.BadParameter("--export और --file में से एक दें / give --export or --file, not both")
    if bool(export or file) != bool(by.strip()):
        raise typer.BadParameter("--export या --file के साथ --by दें / give --by with --export or --file, and only then")
    from nistaran.bootstrap import open_house
    from nistaran.bootstrap_model import open_models
    from nistaran.settings import load
    from nistaran.steps.audit import counts, give_out, take_readings
    from nistaran.steps.audit_file import may_write, write_audit
    from nistaran.steps.find_case import full_number

    settings = load()
    given, taken = None, None
    with open_house(settings) as house:
        models = open_models(settings)
        if export:
            may_write(export)
            cases = give_out(house, models, count=count, by=by)
            write_audit(house, cases, export)
            given = len(cases)
        if file:
            taken = take_readings(house, models, file, by=by, number_of=partial(full_number, house))
        stands = counts(models)
    if as_json:
        print_json(_json(stands, given, taken))
    else:
        _print(stands, given, taken, export)
    if (taken is not None and taken.refused) or (export is None and stands.counted < stands.needed):
        raise typer.Exit(1)


def _json(stands: AuditCounts, given: int | None, taken: AnswersOutcome | None) -> dict[str, Any]:
    told: dict[str, Any] = asdict(stands)
    if given is not None:
        told["given_out"] = given
    if taken is not None:
        refused = [
            {"row": one.row, "field": one.field, "code": one.code, "reason": one.reason} for one in taken.refused
        ]
        told |= {name: getattr(taken, name) for name in ("rows", "changed", "unchanged", "blank")} | {
            "refused": refused
        }
    return told


def _print(stands: AuditCounts, given: int | None, taken: AnswersOutcome | None, export: Path | None) -> None:
    if given is not None:
        say(
            f"{given} प्रकरण / cases → {export}",
            "पाठ पढ़कर «सही विभाग» भरें, मशीन का उत्तर जान-बूझकर नहीं दिखाया गया है / read each text and fill in the department; the machine's "
            "answer is left out on purpose. फिर / then: nistaran model audit --file FILE --by LOGIN",
        )
    if taken is not None:
        say(
            f"पंक्तियाँ / rows: {taken.rows}   लिये गये / taken: {taken.changed}   पहले से वैसा / as before: {taken.unchanged}   "
            f"खाली / blank: {taken.blank}   अस्वीकृत / refused: {len(taken.refused)}"
        )
        for one in taken.refused:
            where = f"पंक्ति / row {one.row}, {one.field}" if one.row is not None else "फ़ाइल / file"
            say_error(f"{where}: {one.reason}")
    say(
        f"नमूने में / drawn: {stands.drawn}   पढ़े गये / read: {stands.read}   शेष / unread: {stands.unread}   "
        f"मतभेद / disputed: {stands.disputed}   गिने गये / counted: {stands.counted}   चाहिए / needed: {stands.needed}"
    )
    if stands.counted < stands.needed and given is None:
        say(
            "नया मॉडल परखने के लिए और प्रकरण पढ़ने होंगे / more cases must be read before a new model can be judged: "
            "nistaran model audit --export FILE.xlsx --by LOGIN"
        )
