"""People's words on the judge (`nistaran report-labels`) as training rows beside the corpus: which may teach, how many, and the gate.

Not here: where they come from (nistaran/steps/report_labels.py), fitting (fit.py).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.reports.corpus import ReportRow
from nistaran.domain.report import ReportCode, ReportDecision

HAND = "h"  # the hand of every label: none of the corpus's hands is named so
TOTAL, OPERATOR = 0.20, 0.05  # shares of the training rows: of all labels, and of one person's (P22)
MAY_FALL = 0.02  # of REJECT F1 and precision on the test hand
#: Only these speak of the text; that a report is false, or was seen to be true on the spot, no text shows.
TEACHES: dict[str, tuple[ReportDecision, tuple[ReportCode, ...]]] = {
    "TRUE_ON_FACTS": (ReportDecision.ACCEPT, ()),
    "NOTHING_DONE": (ReportDecision.REJECT, (ReportCode.NO_ACTION_TAKEN,)),
}


class BadLabel(ValueError):
    """A line of the labels is not what `nistaran report-labels` writes; write the file anew. The line's number is named."""


class GateRefused(RuntimeError):
    """The judge that was made with the labels is worse on the test hand; the current one stays. Look at the labels."""


def read_labels(path: Path, corpus: Sequence[ReportRow], *, measured: Sequence[ReportRow]) -> list[ReportRow]:
    """The labels that may teach beside the corpus, within the limits; none that repeats a report that is measured on.

    Raises BadLabel.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [_row(line, number) for number, line in enumerate(lines, start=1) if line.strip()]
    known = {row.report.strip() for row in (*corpus, *measured)}
    new = {row.report.strip(): (row, by) for row, by in found if row is not None and row.report.strip() not in known}
    return _within_limits(list(new.values()), len(corpus))


def against(before: tuple[float, float, float], after: tuple[float, float, float]) -> list[str]:
    """What speaks against the new judge; each argument is (precision, recall, F1) of REJECT on the test hand."""
    named = (("precision", before[0], after[0]), ("F1", before[2], after[2]))
    return [f"{name} fell from {was:.3f} to {now:.3f}" for name, was, now in named if was - now > MAY_FALL]


def _within_limits(found: Sequence[tuple[ReportRow, str]], corpus: int) -> list[ReportRow]:
    """A choice by the ids' hashes, which nobody who labels can steer."""
    most = int(corpus * TOTAL / (1 - TOTAL))
    each = int(corpus * OPERATOR)
    taken: list[ReportRow] = []
    of_person: Counter[str] = Counter()
    for row, by in sorted(found, key=lambda one: hashlib.sha256(one[0].id.encode()).digest()):
        if len(taken) < most and of_person[by] < each:
            taken.append(row)
            of_person[by] += 1
    return sorted(taken, key=lambda row: row.id)


def _row(line: str, number: int) -> tuple[ReportRow | None, str]:
    try:
        value: Mapping[str, str] = json.loads(line)
        verdict, reasons = TEACHES.get(value["why"], (None, ()))
        said, by = ReportDecision(value["verdict"]), value["by"]
        texts = (value["id"], value["complaint"], value["report"], by)
    except (ValueError, KeyError, TypeError) as error:
        raise BadLabel(f"line {number}") from error
    if not all(isinstance(text, str) for text in texts) or verdict not in (None, said):
        raise BadLabel(f"line {number}")
    if verdict is None:
        return None, by
    row = ReportRow(
        id=f"{HAND}:{value['id'].replace('+', ' ')}",  # «+» marks copies
        hand=HAND,
        is_reject=said is ReportDecision.REJECT,
        reasons=reasons,
        kind="label",
        difficulty="medium",
        complaint=value["complaint"],
        report=value["report"],
    )
    return row, by
