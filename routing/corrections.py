"""The pack's table about corrections: how much one login may correct before a second person looks.

Here: corrections.toml. Not here: what the limits mean (nistaran/domain/mass_correction.py), headings of files (headings.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from nistaran.domain.mass_correction import MassLimits
from routing.tables import Row, parse, read_toml


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
