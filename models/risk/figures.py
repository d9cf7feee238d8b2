"""How good probabilities are: Brier score, logarithmic loss, calibration, and how many true defaulters stand at the head of a list.

Not here: fitting (fit.py), what is kept (gate.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_BINS = 10
_HEAD = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`brier` and `log_loss`: the less the better. `ece`: by how much probabilities miss the shares, in ten bins of equal size.

    `head`: of the true defaulters, the share that stands in the first tenth of each day's list.
    """

    brier: float
    log_loss: float
    ece: float
    head: float


def figures(chance: Numbers, defaulted: Numbers, days: NDArray[np.int64]) -> Figures:
    """The figures of these probabilities; `days` says which examples stand in one list."""
    kept = np.clip(chance, 1e-6, 1 - 1e-6)
    return Figures(
        brier=float(np.mean((chance - defaulted) ** 2)),
        log_loss=float(-np.mean(defaulted * np.log(kept) + (1 - defaulted) * np.log(1 - kept))),
        ece=_calibration_error(chance, defaulted),
        head=_head_share(chance, defaulted, days),
    )


def _calibration_error(chance: Numbers, defaulted: Numbers) -> float:
    bins = np.array_split(np.argsort(chance, kind="stable"), _BINS)
    parts = [len(part) * abs(chance[part].mean() - defaulted[part].mean()) for part in bins if len(part)]
    return float(sum(parts) / len(chance))


def _head_share(chance: Numbers, defaulted: Numbers, days: NDArray[np.int64]) -> float:
    found = 0.0
    for day in np.unique(days):
        here = np.flatnonzero(days == day)
        first = here[np.argsort(-chance[here], kind="stable")][: max(1, int(_HEAD * len(here)))]
        found += defaulted[first].sum()
    return float(found / max(defaulted.sum(), 1))


def better_by(better: Numbers, worse: Numbers, defaulted: Numbers, cases: NDArray[np.int64]) -> tuple[float, float]:
    """(by how much the first Brier score is the smaller, its standard error), the examples of one case taken as one."""
    gain = (worse - defaulted) ** 2 - (better - defaulted) ** 2
    mean = float(gain.mean())
    _, turn = np.unique(cases, return_inverse=True)
    by_case = np.bincount(turn, weights=gain - mean)
    return mean, float(np.sqrt((by_case**2).sum()) / len(gain))
