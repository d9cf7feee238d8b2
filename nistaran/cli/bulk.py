"""Bulk verbs with a stable contract for other programs: classify."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer

from nistaran.cli.output import say_error

if TYPE_CHECKING:
    from nistaran.domain.decision import Classification
    from nistaran.steps.world import Classifier

_BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of the input. `wrong` says why it cannot be answered, "" when it can."""

    id: object
    number: int
    text: str = ""
    addressed_to: str | None = None
    wrong: str = ""


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command()(classify)


def classify(
    input_: Annotated[
        Path,
        typer.Option("--input", help="JSON Lines: {id, text, addressed_to?, district?}", exists=True, dir_okay=False),
    ],
    output: Annotated[
        Path, typer.Option("--output", help="JSON Lines: one line for each line of the input, in order", dir_okay=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="print the counts as JSON")] = False,
) -> None:
    """Name the department of each text. Needs no house. Exit 1 when lines could not be read; each says so in the output."""
    from nistaran.bootstrap import calm_the_collector
    from nistaran.bootstrap_model import open_classifier
    from nistaran.settings import load

    classifier = open_classifier(load(needs_home=False))
    calm_the_collector()
    done = bad = 0
    # a byte that is no UTF-8 costs its letter, never the line
    with input_.open(encoding="utf-8-sig", errors="replace") as source, _whole(output) as target:
        while lines := list(islice(source, _BATCH)):
            read = [_read(line, number) for number, line in enumerate(lines, start=done + 1)]
            bad += sum(bool(line.wrong) for line in read)
            _answer(classifier, read, target)
            done += len(lines)
    if as_json:
        sys.stdout.write(json.dumps({"lines": done, "bad": bad, "model": classifier.version}) + "\n")
    if bad:
        say_error(
            f"{bad} पंक्तियाँ id और text वाली JSON पंक्तियाँ नहीं हैं; आउटपुट में उनके सामने कारण लिखा है / "
            f"{bad} lines are not JSON objects with an id and a text; the output says why beside each"
        )
        raise typer.Exit(1)


@contextmanager
def _whole(output: Path) -> Iterator[TextIO]:
    """The output, which appears whole or not at all. Half a letter (a lone surrogate) is written as JSON's own escape."""
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_name(output.name + ".part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace") as target:
            yield target
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _read(line: str, number: int) -> _Line:
    if not line.strip():
        return _Line(id=None, number=number, wrong="blank line")
    try:
        row = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or "id" not in row:
        return _Line(id=None, number=number, wrong="not a JSON object with an id")
    known = row["id"]
    if not isinstance(known, str | int | float | None) or (isinstance(known, float) and not math.isfinite(known)):
        return _Line(id=None, number=number, wrong="id is neither a string nor a number")
    if not isinstance(row.get("text"), str):
        return _Line(id=known, number=number, wrong="text is missing or not a string")
    return _Line(id=known, number=number, text=row["text"], addressed_to=_addressee(row))


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _answer(classifier: Classifier, lines: Sequence[_Line], target: TextIO) -> None:
    from nistaran.domain.cleaning import clean
    from nistaran.domain.correction import NONE
    from nistaran.steps.world import NamesOthers

    good = [line for line in lines if not line.wrong]
    texts = [clean(line.text) for line in good]
    said = classifier.classify(texts, [line.addressed_to for line in good])
    main = [one.best.department for one in said]
    also = classifier.also(texts, main) if isinstance(classifier, NamesOthers) else [()] * len(said)
    answers = iter(
        as_answer(one) | {"also": [] if one.best.department == NONE else list(others)}
        for one, others in zip(said, also, strict=True)
    )
    for line in lines:
        answer: dict[str, Any] = {"id": line.id}
        answer |= {"line": line.number, "error": line.wrong} if line.wrong else next(answers)
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
