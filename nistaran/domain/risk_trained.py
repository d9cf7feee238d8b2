"""What training a risk model came to: the model that the house orders by, or why it orders by the days that are left.

Not here: training (models/risk), where it is kept (nistaran/steps/risk.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nistaran.domain.risk_model import RiskModel


class WhyDaysLeft(StrEnum):
    """Why the house orders by the days that are left and by nothing that was learned."""

    TOO_SMALL = "TOO_SMALL"  #: the history has too few cases, or too few that defaulted or did not
    NOT_BETTER = "NOT_BETTER"  #: on later days no better than the days that are left
    NOT_BETTER_THAN_OFFICE = "NOT_BETTER_THAN_OFFICE"  #: on later days no better than the office's past share
    UNTRUSTED = "UNTRUSTED"  #: what is kept was changed or cannot be read
    NEVER_TRAINED = "NEVER_TRAINED"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTrained:
    """`model` is what won (None: too small a history), `why` says why it is not a learned one; figures by «learned», «days left», «office»."""

    model: RiskModel | None
    why: WhyDaysLeft | None
    examples: int
    figures: Mapping[str, Mapping[str, float]]
