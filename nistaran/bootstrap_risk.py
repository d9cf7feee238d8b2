"""The part of bootstrap.py that opens the training of the risk of default: scikit-learn is brought in only when it is asked for."""

from __future__ import annotations

from nistaran.steps.risk import Trainer


def risk_trainer() -> Trainer:
    """Fits, compares and gates (models/risk)."""
    from models.risk.gate import train

    return train
