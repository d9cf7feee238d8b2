"""The step that judges disposal reports, shared by the bulk verb, the officer's pre-check and later doors.

Here: the port of the judge and the published form of a verdict. Not here: how it judges (models/reports), files and lines (the doors).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nistaran.domain.report import ReportVerdict


class ReportJudge(Protocol):
    """The judge of disposal reports."""

    @property
    def version(self) -> str:
        """Which model this is."""

    def judge(self, reports: Sequence[str], complaints: Sequence[str]) -> list[ReportVerdict]:
        """One verdict a report, in order. Never raises for a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedReport:
    """A report with the complaint that it answers ("" when that is not at hand). Texts as they came, not cleaned."""

    report: str
    complaint: str = ""


def check_reports(judge: ReportJudge, submitted: Sequence[SubmittedReport]) -> list[ReportVerdict]:
    """One verdict a report, in order."""
    return judge.judge([one.report for one in submitted], [one.complaint for one in submitted])


def as_answer(verdict: ReportVerdict) -> dict[str, object]:
    """A verdict in the published form: verdict, reasons (codes, gravest first) and findings, cures in Hindi."""
    return {
        "verdict": verdict.decision.value,
        "reasons": [code.value for code in verdict.reasons],
        "findings": [
            {"code": found.code.value, "words": found.words, "cure": found.cure_hi} for found in verdict.findings
        ],
    }
