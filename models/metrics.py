"""Figures of a department model on labelled texts: top-k, macro-F1, calibration error, coverage at a precision.

Pure arithmetic on arrays. Not here: which texts (models/evaluate.py), how it is written up (models/report.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
BINS = 15


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `count` cases."""

    right: int
    count: int

    @property
    def value(self) -> float:
        """0–1; 0 of an empty set."""
        return self.right / self.count if self.count else 0.0


def top(chances: NDArray[np.float64], truth: Codes, size: int) -> Share:
    """Cases whose department is among the `size` likeliest."""
    likeliest = np.argsort(-chances, axis=1, kind="stable")[:, :size]
    return Share(int((likeliest == truth[:, None]).any(axis=1).sum()), len(truth))


def macro_f1(predicted: Codes, truth: Codes) -> float:
    """Mean F1 over the departments that occur in `truth`."""
    scores = []
    for code in np.unique(truth):
        both = int(((predicted == code) & (truth == code)).sum())
        scores.append(2 * both / (int((predicted == code).sum()) + int((truth == code).sum())))
    return float(np.mean(scores)) if scores else 0.0


def calibration_error(confidence: NDArray[np.float64], is_right: NDArray[np.bool_]) -> float:
    """Expected calibration error: mean gap of confidence and accuracy over 15 equal bins, weighted by their size."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(confidence[bins == own].mean()) - float(is_right[bins == own].mean())) * float((bins == own).mean())
        for own in np.unique(bins)
    ]
    return float(sum(gaps))


def coverage_at(confidence: NDArray[np.float64], is_right: NDArray[np.bool_], precision: float) -> float:
    """The largest share of cases, the surest first, of which at least `precision` are right."""
    order = np.argsort(-confidence, kind="stable")
    so_far = np.cumsum(is_right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(so_far >= precision)
    return float((enough[-1] + 1) / len(order)) if len(enough) else 0.0
