"""Bulk verbs with a stable contract for other programs: classify."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from nistaran.bootstrap import calm_the_collector, open_classifier
from nistaran.cli.output import say_error
from nistaran.domain.cleaning import clean
from nistaran.domain.decision import Classification
from nistaran.settings import Settings
from nistaran.steps.world import Classifier

_BATCH = 2000


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command()(classify)


def classify(
    input_: Annotated[
        Path,
        typer.Option("--input", help="JSON Lines: {id, text, addressed_to?, district?}", exists=True, dir_okay=False),
    ],
    output: Annotated[Path, typer.Option("--output", help="JSON Lines: one line for each line of the input, in order")],
    as_json: Annotated[bool, typer.Option("--json", help="print the counts as JSON")] = False,
) -> None:
    """Name the department of each text. Needs no house. Exit 1 when lines could not be read; each says so in the output."""
    classifier = open_classifier(Settings())
    calm_the_collector()
    done = bad = 0
    part = output.with_name(output.name + ".part")
    with input_.open(encoding="utf-8-sig") as source, part.open("w", encoding="utf-8") as target:
        while lines := list(islice(source, _BATCH)):
            rows = list(_rows(lines, done))
            bad += sum("error" in row for row in rows)
            _answer(classifier, rows, target)
            done += len(lines)
    part.replace(output)
    if as_json:
        sys.stdout.write(json.dumps({"lines": done, "bad": bad, "model": classifier.version}) + "\n")
    if bad:
        say_error(f"{bad} lines are not JSON objects with an id and a text")
        raise typer.Exit(1)


def _rows(lines: Sequence[str], before: int) -> Iterator[dict[str, Any]]:
    """Each line as an object; a line that is none becomes {"error": …}. Blank lines are skipped."""
    for number, line in enumerate(lines, start=before + 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict) or "id" not in row:
            yield {"id": None, "line": number, "error": "not a JSON object with an id"}
        elif not isinstance(row.get("text"), str):
            yield {"id": row["id"], "line": number, "error": "text is missing or not a string"}
        else:
            yield row


def _answer(classifier: Classifier, rows: Sequence[dict[str, Any]], target: TextIO) -> None:
    good = [row for row in rows if "error" not in row]
    said = iter(classifier.classify([clean(row["text"]) for row in good], [_addressee(row) for row in good]))
    for row in rows:
        answer = row if "error" in row else {"id": row["id"], **as_answer(next(said))}
        target.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _addressee(row: dict[str, Any]) -> str | None:
    named = row.get("addressed_to")
    return named if isinstance(named, str) and named else None


def as_answer(said: Classification) -> dict[str, Any]:
    """A classification in the published form. `alternatives` are the likeliest departments, best first, the named one included;
    `decision` is "assign" or "ask"; `reasons` are the words of the text that decided, strongest first.
    """
    return {
        "department": said.best.department,
        "confidence": round(said.best.confidence, 4),
        "alternatives": [
            {"department": other.department, "confidence": round(other.confidence, 4)} for other in said.candidates
        ],
        "decision": "assign" if said.ask is None else "ask",
        "reasons": list(said.words),
    }
