"""From out-of-fold scores to probabilities and thresholds: one temperature, one curve, one precision target, floors by department.

Not here: scores (models/fit.py), the figures of a report (models/metrics.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.isotonic import IsotonicRegression

from models.probability import probabilities

CURVE_GROUPS = 25
NEVER = 1.01  # a threshold that no confidence reaches: this department is always shown to a person first


def fit_temperature(scores: NDArray[np.float32], codes: NDArray[np.int64]) -> float:
    """The temperature that makes the softmax of `scores / temperature` most likely for the true `codes`."""

    def loss(log_temperature: float) -> float:
        chances = probabilities(scores, float(np.exp(log_temperature)))
        return float(-np.log(np.maximum(chances[np.arange(len(codes)), codes], 1e-12)).mean())

    found = minimize_scalar(loss, bounds=(np.log(0.01), np.log(10.0)), method="bounded")
    return round(float(np.exp(found.x)), 6)


def fit_curve(confidence: NDArray[np.float64], is_right: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """(confidence, share that was right) at rising confidences, smoothed over groups of equal size; both rise strictly.

    One temperature leaves high confidences too high and low ones too low (measured); this mends the first candidate's.
    A value is never below min(confidence, 0.5), so that the first candidate stays the first.
    """
    order = np.argsort(confidence, kind="stable")
    rising = IsotonicRegression(y_min=0.0, y_max=0.995).fit(confidence, is_right.astype(float))
    groups = np.array_split(order, min(CURVE_GROUPS, len(order)))
    found = [(0.0, 0.0)]
    for group in groups:
        middle = float(confidence[group].mean())
        share = max(float(rising.predict(confidence[group]).mean()), min(middle, 0.5), found[-1][1] + 1e-4)
        if middle > found[-1][0]:
            found.append((round(middle, 6), round(share, 6)))
    found.append((1.0 + 1e-9, max(found[-1][1] + 1e-4, float(rising.predict([1.0])[0]))))
    return tuple(found)


def threshold_for(confidence: NDArray[np.float64], is_right: NDArray[np.bool_], precision: float) -> float:
    """The lowest threshold above which at least `precision` of the answers are right; NEVER if there is none."""
    return _lowest_cut(confidence, is_right, precision, prior_right=0.0, prior_count=0)


def _lowest_cut(
    confidence: NDArray[np.float64],
    is_right: NDArray[np.bool_],
    precision: float,
    *,
    prior_right: float,
    prior_count: int,
) -> float:
    order = np.argsort(-confidence, kind="stable")
    sorted_confidence = confidence[order]
    so_far = (np.cumsum(is_right[order]) + prior_right) / (np.arange(1, len(order) + 1) + prior_count)
    # Equal confidences stand or fall together: a cut is possible only where the next one is lower.
    is_cut = np.append(sorted_confidence[1:] < sorted_confidence[:-1], True)[: len(order)]
    enough = np.flatnonzero(is_cut & (so_far >= precision))
    return float(sorted_confidence[enough[-1]]) if len(enough) else NEVER


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
    if (is_right.sum() + 2 * precision) / (len(is_right) + 2) >= floor_precision:
        return 0.0
    return _lowest_cut(confidence, is_right, floor_precision, prior_right=2 * precision, prior_count=2)
