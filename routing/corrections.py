"""The pack's tables about people's answers: how much one login may correct, and the headings of files of answers.

Here: corrections.toml, the [answers] of headers.toml. Not here: what the limits mean (nistaran/domain/mass_correction.py),
headings of complaint files (pack.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from nistaran.domain.mass_correction import MassLimits
from routing.tables import Row, need, parse, read_toml

#: The columns that a file of answers may have.
ANSWER_FIELDS = ("case", "department", "reason", "office", "answer", "place")


class MassRow(Row):
    """corrections.toml, [mass]: more than this by one login, and a second person looks first."""

    day_most: int = Field(ge=1)
    alike_most: int = Field(ge=1)
    alike_minutes: int = Field(ge=1, le=1440)
    share_percent: int = Field(ge=1, le=100)
    share_days: int = Field(ge=1, le=400)
    share_from: int = Field(ge=1)
    share_people: int = Field(ge=1)


class CorrectionFacts(Row):
    """corrections.toml as a whole."""

    case_most: int = Field(ge=1, le=10)
    mass: MassRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLimits:
    """How often the cell may correct one case, and what one login may say before it is held back."""

    case_most: int
    mass: MassLimits


def load_limits(path: Path) -> CorrectionLimits:
    """Read corrections.toml.

    Raises:
        BadTable: naming the field that is missing or wrong.
    """
    facts = parse(path, path.name, CorrectionFacts, read_toml(path))
    return CorrectionLimits(case_most=facts.case_most, mass=MassLimits(**facts.mass.model_dump()))


def load_answer_headers(path: Path) -> dict[str, tuple[str, ...]]:
    """Read the [answers] of headers.toml: field → headings, the preferred one first.

    Raises:
        BadTable: when a field is unknown or has no heading.
    """
    written = read_toml(path).get("answers", {})
    for field in {*ANSWER_FIELDS, *written}:
        need(field in ANSWER_FIELDS, path, f"[answers] {field}", f"the fields are {', '.join(ANSWER_FIELDS)}")
        need(bool(written.get(field)), path, f"[answers] {field}", "has no heading")
    return {field: tuple(headings) for field, headings in written.items()}
