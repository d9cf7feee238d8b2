"""Scores to calibrated probabilities, the same for training and serving: softmax at a temperature, then a curve for the first.

Not here: how temperature and curve are found (models/calibrate.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def probabilities(scores: NDArray[np.float32], temperature: float) -> NDArray[np.float64]:
    """Softmax of scores over the departments, cooled by the temperature."""
    cooled = scores.astype(np.float64) / temperature
    powers = np.exp(cooled - cooled.max(axis=1, keepdims=True))
    chances: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return chances


def mended(chances: NDArray[np.float64], curve: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """The probabilities with the highest of each row put on the curve; the others share what is left as they did before."""
    first = chances.argmax(axis=1)[:, None]
    highest = np.take_along_axis(chances, first, axis=1)
    before, after = zip(*curve, strict=True)
    raised = np.maximum(np.interp(highest, before, after), np.minimum(highest, 0.5))
    scaled: NDArray[np.float64] = chances * ((1 - raised) / np.maximum(1 - highest, 1e-12))
    np.put_along_axis(scaled, first, raised, axis=1)
    return scaled
