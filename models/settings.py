"""What a trained model carries beside its arrays: departments, temperature, thresholds and the evidence guard, as JSON.

Not here: the arrays (models/artefact.py), how the figures are found (models/calibrate.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass


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
    """`temperature` turns normalised scores into probabilities; `thresholds` (one a department, 0–1) are what the first
    candidate needs to be assigned without a person; `training` says what the model was made from (counts and hashes)."""

    version: str
    departments: tuple[str, ...]
    temperature: float
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
            settings = cls(**_mapping(value) | {"guard": Guard(**_mapping(_mapping(value)["guard"]))})
        except (TypeError, KeyError) as error:
            raise BadSettings("model.json lacks a field or has one too many; train the model again") from error
        departments, thresholds = tuple(settings.departments), tuple(settings.thresholds)
        is_good = (
            all(isinstance(code, str) for code in departments)
            and len(departments) == len(set(departments)) == len(thresholds) >= 2
            and all(isinstance(number, float) and 0 <= number <= 2 for number in thresholds)
            and isinstance(settings.temperature, float)
            and settings.temperature > 0
            and all(isinstance(number, int | float) for number in asdict(settings.guard).values())
        )
        if not is_good:
            raise BadSettings("model.json has a value of the wrong kind; train the model again")
        return cls(**_mapping(value) | {"departments": departments, "thresholds": thresholds, "guard": settings.guard})


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise TypeError("not a JSON object")
    return value
