"""The hand-written reports with their complaints (models/corpus/reports): reading and splitting by hand.

Not here: features (slots.py, wording.py) and fitting (fit.py). The hands q1 and q2 are for measuring only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nistaran.domain.report import ReportCode

REPORTS = Path(__file__).resolve().parent.parent / "corpus" / "reports"
TEST_HANDS = frozenset({"q1", "q2"})
FIELDS = 8


class BadCorpus(ValueError):
    """A line of the reports' corpus is not of the form VERDICT | reasons | kind | difficulty | state | department | complaint |
    report. Mend the line that is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One report with its complaint and the verdict of the person who wrote it."""

    id: str
    hand: str
    is_reject: bool
    reasons: tuple[ReportCode, ...]
    kind: str
    difficulty: str
    complaint: str
    report: str


def read_reports(folder: Path = REPORTS, *, test: bool = False) -> list[ReportRow]:
    """The training rows, or with `test` those of the test hands; the files of the other kind are not even opened."""
    found: list[ReportRow] = []
    for path in sorted(folder.glob("*.txt")):
        hand = path.stem.split("-")[0]
        if (hand in TEST_HANDS) == test:
            lines = path.read_text(encoding="utf-8").splitlines()
            found += [_row(line, f"{path.stem}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]
    return found


def _row(line: str, name: str) -> ReportRow:
    fields = line.split(" | ")
    if len(fields) != FIELDS or fields[0] not in {"ACCEPT", "REJECT"}:
        raise BadCorpus(name)
    try:
        reasons = tuple(ReportCode(code.strip()) for code in fields[1].split(",") if code.strip() != "-")
    except ValueError as error:
        raise BadCorpus(f"{name}: unknown code") from error
    return ReportRow(
        id=name,
        hand=name.split("-", maxsplit=1)[0],
        is_reject=fields[0] == "REJECT",
        reasons=reasons,
        kind=fields[2],
        difficulty=fields[3],
        complaint=fields[6].replace("\\n", "\n"),
        report=fields[7].replace("\\n", "\n"),
    )


def hands(rows: Sequence[ReportRow]) -> list[str]:
    """The hands of rows, sorted."""
    return sorted({row.hand for row in rows})
