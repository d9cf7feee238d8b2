"""What the house keeps of a training: the outcome with what was known of offices on that day, as one JSON object.

Not here: where it lies and who signed it (nistaran/steps/risk.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from nistaran.domain.errors import UntrustedModel
from nistaran.domain.risk import Past, Surroundings
from nistaran.domain.risk_model import RiskModel
from nistaran.domain.risk_trained import RiskTrained, WhyDaysLeft


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskKept:
    """`on` is the day on which it was trained and its surroundings were looked at."""

    on: date
    trained: RiskTrained
    around: Surroundings


def to_json(kept: RiskKept) -> dict[str, Any]:
    """As JSON."""
    trained = kept.trained
    return {
        "on": kept.on.isoformat(),
        "model": trained.model.to_json() if trained.model else None,
        "why": trained.why.value if trained.why else None,
        "examples": trained.examples,
        "figures": {name: dict(figures) for name, figures in trained.figures.items()},
        "around": asdict(kept.around),
    }


def from_json(told: Mapping[str, Any]) -> RiskKept:
    """What to_json() wrote. Raises UntrustedModel for anything else."""
    try:
        around = told["around"]
        trained = RiskTrained(
            model=RiskModel.from_json(told["model"]) if told["model"] else None,
            why=WhyDaysLeft(told["why"]) if told["why"] else None,
            examples=int(told["examples"]),
            figures=told["figures"],
        )
        kinds = {name: _pasts(around[name]) for name in ("offices", "departments", "channels")}
        closed = {str(office): int(count) for office, count in around["closed"].items()}
        return RiskKept(
            on=date.fromisoformat(told["on"]),
            trained=trained,
            around=Surroundings(house=Past(**around["house"]), closed=closed, **kinds),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UntrustedModel("a risk model that cannot be read; train again: nistaran risk train") from error


def _pasts(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Past]:
    return {name: Past(**past) for name, past in told.items()}
