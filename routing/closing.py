"""How cases are closed in a State: days for what is owed around a report, categories of special close, rounds of feedback.

Here: closing.toml and its check. Not here: what a report must hold (nistaran/domain/report_checks.py), the acts (steps/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from routing.tables import Row, need, parse, read_toml, rows


class ClosingDays(Row):
    """closing.toml, [days]: calendar days."""

    approval: int = Field(ge=1, le=60)
    rework: int = Field(ge=1, le=60)
    call: int = Field(ge=1, le=60)
    field: int = Field(ge=1, le=90)


class FeedbackRules(Row):
    """closing.toml, [feedback]."""

    rounds: int = Field(ge=1, le=5)
    tries: int = Field(ge=1, le=10)


class SpecialRow(Row):
    """closing.toml: a category of special close (S0-7), and what must be shown for it."""

    code: str
    name_hi: str
    evidence_hi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRules:
    """All of closing.toml."""

    days: ClosingDays
    feedback: FeedbackRules
    special: Mapping[str, SpecialRow]


def load_closing_rules(path: Path) -> ClosingRules:
    """Read and check closing.toml.

    Raises:
        BadTable: naming row and reason, for the first thing that is wrong.
    """
    data = read_toml(path)
    special: dict[str, SpecialRow] = {}
    for row in rows(path, "special", SpecialRow, data=data):
        need(row.code not in special, path, row.code, "stands twice")
        special[row.code] = row
    return ClosingRules(
        days=parse(path, "[days]", ClosingDays, data.get("days", {})),
        feedback=parse(path, "[feedback]", FeedbackRules, data.get("feedback", {})),
        special=special,
    )
