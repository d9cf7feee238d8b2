"""What a trained model carries beside its arrays: departments, temperature, thresholds and the evidence guard, as JSON.

Not here: the arrays (models/artefact.py), how the figures are found (models/calibrate.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any


class BadSettings(ValueError):
    """A model's settings are not of the expected form. Train or fetch the model again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """When a text says too little to be judged at all, in words of the text."""

    min_known_words: float
    min_known_share: float
    max_foreign_share: float
    min_damaged_words: float
    max_damaged_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """`temperature` turns normalised scores into probabilities and `curve` mends the first (models/probability.py);
    `thresholds` (one a department, 0–1) are what the first candidate needs to be assigned without a person; `training` says
    what the model was made from (counts and hashes)."""

    version: str
    departments: tuple[str, ...]
    temperature: float
    curve: tuple[tuple[float, float], ...]
    thresholds: tuple[float, ...]
    guard: Guard
    training: Mapping[str, str | int | float]

    def to_json(self) -> dict[str, object]:
        """Plain values for json.dump."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: object) -> ModelSettings:
        """The settings in a parsed JSON value. Raises BadSettings for anything else."""
        try:
            fields = _mapping(value)
            settings = cls(**fields | {"guard": Guard(**_mapping(fields["guard"]))})
        except (TypeError, KeyError) as error:
            raise BadSettings("model.json lacks a field or has one too many; train the model again") from error
        departments, thresholds = tuple(settings.departments), tuple(settings.thresholds)
        is_good = (
            all(isinstance(code, str) for code in departments)
            and len(departments) == len(set(departments)) == len(thresholds) >= 2
            and all(isinstance(number, float) and 0 <= number <= 2 for number in thresholds)
            and isinstance(settings.temperature, float)
            and settings.temperature > 0
            and _is_rising(settings.curve)
            and all(isinstance(number, int | float) for number in asdict(settings.guard).values())
        )
        if not is_good:
            raise BadSettings("model.json has a value of the wrong kind; train the model again")
        curve = tuple((float(before), float(after)) for before, after in settings.curve)
        return replace(settings, departments=departments, thresholds=thresholds, curve=curve)


def _is_rising(curve: object) -> bool:
    """True for at least two (before, after) pairs of numbers from 0 to 1 that rise in both."""
    if not isinstance(curve, list | tuple) or len(curve) < 2:
        return False
    pairs = [pair for pair in curve if isinstance(pair, list | tuple) and len(pair) == 2]
    if len(pairs) != len(curve) or not all(isinstance(number, int | float) for pair in pairs for number in pair):
        return False
    return pairs == sorted(pairs) and all(0 <= before < 1.001 and 0 <= after <= 1 for before, after in pairs)


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise TypeError("not a JSON object")
    return value
