"""People's words on the judge of reports, as labels for its training: what was overruled, what was taken back, and why.

They hold citizens' and officers' words as they are: for training inside the house only. Not here: overruling and recalling
(report_words.py), what training takes of them (models/reports/labels.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nistaran.domain.office_report import CloseKind, OfficeReport, ReportState
from nistaran.domain.report import ReportDecision
from nistaran.steps.house import House
from nistaran.steps.report_words import Why

_PAGE = 1_000
_WHYS = frozenset(why.value for why in Why)
_SAYS = {ReportState.OVERRULED: ReportDecision.ACCEPT, ReportState.RECALLED: ReportDecision.REJECT}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLabel:
    """One report with its complaint and what a person says the verdict should have been. `why` is a code, `by` a login."""

    id: str
    complaint: str
    report: str
    verdict: ReportDecision
    why: str
    by: str


def report_labels(house: House) -> Iterator[ReportLabel]:
    """Every ordinary report on which a person decided otherwise than the judge, by id; none whose words were erased.

    A complainant's dissatisfaction takes a report back too, but says nothing of its text: it is no label.
    """
    after = ""
    while True:
        with house.read() as work:
            page = work.reports.page(after=after, limit=_PAGE)
            said = [one for one in page if _is_label(one)]
            texts = {case.id: case.text for case in work.cases.by_ids(sorted({one.case_id for one in said}))}
        yield from (_label(one, texts[one.case_id]) for one in said if texts.get(one.case_id))
        if len(page) < _PAGE:
            return
        after = page[-1].id


def write_report_labels(house: House, target: Path) -> int:
    """Write the labels as JSON Lines to a file that only its owner may read, whole or not at all. Returns how many."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    count = 0
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            for one in report_labels(house):
                file.write(json.dumps(_line(one), ensure_ascii=False) + "\n")
                count += 1
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count


def _is_label(one: OfficeReport) -> bool:
    return one.state in _SAYS and one.close is CloseKind.ORDINARY and one.why in _WHYS and bool(one.text.strip())


def _label(one: OfficeReport, complaint: str) -> ReportLabel:
    return ReportLabel(
        id=one.id, complaint=complaint, report=one.text, verdict=_SAYS[one.state], why=one.why, by=one.decided_by
    )


def _line(one: ReportLabel) -> dict[str, str]:
    return {
        "id": one.id,
        "complaint": one.complaint,
        "report": one.report,
        "verdict": one.verdict.value,
        "why": one.why,
        "by": one.by,
    }
