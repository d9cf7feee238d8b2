"""From out-of-fold scores to probabilities and thresholds: one temperature, one precision target, floors by department.

Not here: scores (models/fit.py), the figures of a report (models/metrics.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]

NEVER = 1.01  # a threshold that no confidence reaches: this department is always shown to a person first


def fit_temperature(scores: NDArray[np.float32], codes: NDArray[np.int64]) -> float:
    """The temperature that makes the softmax of `scores / temperature` most likely for the true `codes`."""

    def loss(log_temperature: float) -> float:
        chances = probabilities(scores, float(np.exp(log_temperature)))
        return float(-np.log(np.maximum(chances[np.arange(len(codes)), codes], 1e-12)).mean())

    found = minimize_scalar(loss, bounds=(np.log(0.01), np.log(10.0)), method="bounded")
    return round(float(np.exp(found.x)), 6)


def probabilities(scores: NDArray[np.float32], temperature: float) -> NDArray[np.float64]:
    """Softmax of scores over the departments, cooled by the temperature."""
    cooled = scores.astype(np.float64) / temperature
    powers = np.exp(cooled - cooled.max(axis=1, keepdims=True))
    chances: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return chances


def threshold_for(confidence: NDArray[np.float64], is_right: NDArray[np.bool_], precision: float) -> float:
    """The lowest threshold above which at least `precision` of the answers are right; NEVER if there is none."""
    if not len(confidence):
        return NEVER
    order = np.argsort(-confidence, kind="stable")
    so_far = np.cumsum(is_right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(so_far >= precision)
    return round(float(confidence[order[enough[-1]]]), 4) if len(enough) else NEVER


def department_thresholds(
    confidence: NDArray[np.float64],
    predicted: NDArray[np.int64],
    is_right: NDArray[np.bool_],
    *,
    departments: int,
    precision: float,
    floor_precision: float,
) -> tuple[float, ...]:
    """One threshold a department: the overall one for `precision`, raised where a department's own answers above it are
    right in less than `floor_precision` of the cases. Counts are smoothed by two answers at the overall precision, so that
    a department with few answers is neither trusted nor shut out by one of them."""
    overall = threshold_for(confidence, is_right, precision)
    found: list[float] = []
    for code in range(departments):
        own = (predicted == code) & (confidence >= overall)
        found.append(max(overall, _floor(confidence[own], is_right[own], precision, floor_precision)))
    return tuple(found)


def _floor(
    confidence: NDArray[np.float64], is_right: NDArray[np.bool_], precision: float, floor_precision: float
) -> float:
    order = np.argsort(-confidence, kind="stable")
    count = np.arange(1, len(order) + 1)
    smoothed = (np.cumsum(is_right[order]) + 2 * precision) / (count + 2)
    if not len(order) or smoothed[-1] >= floor_precision:
        return 0.0
    enough = np.flatnonzero(smoothed >= floor_precision)
    return round(float(confidence[order[enough[-1]]]), 4) if len(enough) else NEVER
