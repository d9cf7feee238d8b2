"""Verbs about disposal reports: check-reports for files (a stable contract), check-report for an officer's draft.

A door: it reads lines, calls the step and prints. No rule stands here.
"""

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

from nistaran.cli.output import print_json, say, say_error

if TYPE_CHECKING:
    from nistaran.domain.report import ReportVerdict
    from nistaran.steps.check_reports import ReportJudge

_BATCH = 1000
_DRAFT_BYTES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of the input. `wrong` says why it cannot be answered, "" when it can."""

    id: object
    number: int
    report: str = ""
    complaint: str = ""
    wrong: str = ""


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("check-reports")(check_reports)
    app.command("check-report")(check_report)


def check_reports(
    input_: Annotated[
        Path, typer.Option("--input", help="JSON Lines: {id, complaint, report}", exists=True, dir_okay=False)
    ],
    output: Annotated[
        Path, typer.Option("--output", help="JSON Lines: one line for each line of the input, in order", dir_okay=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="print the counts as JSON")] = False,
) -> None:
    """Judge disposal reports (आख्या). Needs no house. Exit 1 when lines could not be read; each says so in the output."""
    from nistaran.bootstrap import calm_the_collector
    from nistaran.bootstrap_reports import open_report_judge

    judge = open_report_judge()
    calm_the_collector()
    done = bad = rejected = 0
    # a byte that is no UTF-8 costs its letter, never the line
    with input_.open(encoding="utf-8-sig", errors="replace") as source, _whole(output) as target:
        while lines := list(islice(source, _BATCH)):
            read = [_read(line, number) for number, line in enumerate(lines, start=done + 1)]
            bad += sum(bool(line.wrong) for line in read)
            rejected += _answer(judge, read, target)
            done += len(lines)
    if as_json:
        sys.stdout.write(json.dumps({"lines": done, "bad": bad, "rejected": rejected, "model": judge.version}) + "\n")
    if bad:
        say_error(
            f"{bad} पंक्तियाँ id, complaint और report वाली JSON पंक्तियाँ नहीं हैं; आउटपुट में उनके सामने कारण लिखा है / "
            f"{bad} lines are not JSON objects with an id, a complaint and a report; the output says why beside each"
        )
        raise typer.Exit(1)


def check_report(
    file: Annotated[str, typer.Argument(help="the draft's text file, - for standard input")],
    complaint: Annotated[
        Path | None, typer.Option("--complaint", help="the complaint's text file", dir_okay=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the verdict as JSON")] = False,
) -> None:
    """Check a draft report before submitting it and say in Hindi what is missing. Exit 1 when it would be refused."""
    from nistaran.bootstrap_reports import open_report_judge
    from nistaran.domain.report import ReportDecision
    from nistaran.steps.check_reports import SubmittedReport, as_answer
    from nistaran.steps.check_reports import check_reports as judged

    asked = _text_of(str(complaint)) if complaint is not None else ""
    verdict = judged(open_report_judge(), [SubmittedReport(report=_text_of(file), complaint=asked)])[0]
    if as_json:
        print_json(as_answer(verdict))
    else:
        say(*_told(verdict))
    if verdict.decision is ReportDecision.REJECT:
        raise typer.Exit(1)


def _told(verdict: ReportVerdict) -> Iterator[str]:
    from nistaran.domain.report import ReportDecision

    if verdict.decision is ReportDecision.ACCEPT:
        yield "आख्या स्वीकार योग्य है / The report can be accepted"
    else:
        yield "आख्या इस रूप में स्वीकार नहीं होगी / The report would be refused as it is"
    for number, found in enumerate(verdict.findings, start=1):
        words = f" «{found.words}»" if found.words else ""
        yield f"{number}. {found.code.value}{words}\n   {found.cure_hi}\n   {found.cure_en}"


def _text_of(name: str) -> str:
    """At most _DRAFT_BYTES of a file or of standard input; a byte that is no UTF-8 costs its letter."""
    if name == "-":
        content = sys.stdin.buffer.read(_DRAFT_BYTES)
    else:
        with Path(name).open("rb") as opened:
            content = opened.read(_DRAFT_BYTES)
    return content.decode("utf-8-sig", errors="replace")


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
    for field in ("report", "complaint"):
        if not isinstance(row.get(field), str):
            return _Line(id=known, number=number, wrong=f"{field} is missing or not a string")
    return _Line(id=known, number=number, report=row["report"], complaint=row["complaint"])


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _answer(judge: ReportJudge, lines: Sequence[_Line], target: TextIO) -> int:
    """Write one line for each; returns how many reports were refused."""
    from nistaran.domain.report import ReportDecision
    from nistaran.steps.check_reports import SubmittedReport, as_answer, check_reports

    good = [SubmittedReport(report=line.report, complaint=line.complaint) for line in lines if not line.wrong]
    verdicts = check_reports(judge, good)
    said = iter(verdicts)
    for line in lines:
        answer: dict[str, Any] = {"id": line.id}
        answer |= {"line": line.number, "error": line.wrong} if line.wrong else as_answer(next(said))
        target.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return sum(verdict.decision is ReportDecision.REJECT for verdict in verdicts)
