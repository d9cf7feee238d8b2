"""Paired comparisons of two models on the same texts, such that chance alone does not look like harm.

A share that fell by more than the limit counts only when the texts themselves say so: an exact sign test on the texts that only one
model got right, or the mean loss of probability beside its standard error. Not here: which limits (models/gate.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, norm

from models.evidence import Answers
from models.metrics import BINS, coverage_at

SEED = 22
RESAMPLES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From `was` to `now`, over `count` texts; `chance` is the probability that chance alone makes so large a fall."""

    was: float
    now: float
    count: int
    chance: float = 0.0

    @property
    def fall(self) -> float:
        """How much it fell; below 0 when it rose."""
        return self.was - self.now


def recall_change(before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Change:
    """Texts recognised by the two models, with an exact one-sided sign test on those that only one of them recognised."""
    lost, won = int((before & ~after).sum()), int((~before & after).sum())
    chance = float(binom.sf(lost - 1, lost + won, 0.5)) if lost else 1.0
    return Change(was=float(before.mean()), now=float(after.mean()), count=len(before), chance=chance)


def sureness_change(before: NDArray[np.float64], after: NDArray[np.float64]) -> Change:
    """Probability given to the right department, with the tail of the mean loss beside its standard error."""
    losses = before - after
    error = float(losses.std(ddof=1)) / np.sqrt(len(losses)) if len(losses) > 1 else np.inf
    chance = float(norm.sf(losses.mean() / max(error, 1e-9)))
    return Change(was=float(before.mean()), now=float(after.mean()), count=len(losses), chance=chance)


def coverage_of(answers: Answers, precision: float) -> float:
    """The largest share of the texts that can be assigned at this precision."""
    return coverage_at(answers.confidence, answers.right, precision)


def coverage_change(before: Answers, after: Answers, precision: float) -> Change:
    """The share that can be assigned at this precision; `chance`: the share of resamples of the texts in which it does not fall."""
    count = len(before)
    generator = np.random.default_rng(SEED)
    drawn = [generator.integers(0, count, count) for _ in range(RESAMPLES)]
    stays = sum(_coverage(after, precision, own) >= _coverage(before, precision, own) for own in drawn)
    return Change(
        was=coverage_of(before, precision), now=coverage_of(after, precision), count=count, chance=stays / RESAMPLES
    )


def _coverage(answers: Answers, precision: float, drawn: NDArray[np.int64]) -> float:
    return coverage_at(answers.confidence[drawn], answers.right[drawn], precision)


def macro_f1_of(answers: Answers) -> float:
    """Mean F1 over the departments that occur."""
    scores = []
    for department in np.unique(answers.truth):
        named, truly = answers.said == department, answers.truth == department
        scores.append(2 * float((named & truly).sum()) / float(named.sum() + truly.sum()))
    return float(np.mean(scores)) if scores else 0.0


def calibration_gap(answers: Answers) -> float:
    """Expected calibration error without the part that chance makes in bins of this size: it may be compared between a few
    hundred texts and many thousands."""
    bins = np.minimum((answers.confidence * BINS).astype(int), BINS - 1)
    total = 0.0
    for own in np.unique(bins):
        inside = bins == own
        confidence, size = answers.confidence[inside], int(inside.sum())
        gap = float(confidence.mean() - answers.right[inside].mean())
        by_chance = float((confidence * (1 - confidence)).sum()) / size**2
        total += float(np.sqrt(max(gap * gap - by_chance, 0.0))) * size / len(answers)
    return total


def chance_of_gap(answers: Answers) -> float:
    """One standard error of the calibration gap at this number of texts."""
    spread = float((answers.confidence * (1 - answers.confidence)).mean())
    return float(np.sqrt(spread / len(answers)))


def below_target(right: int, count: int, target: float, *, chance: float) -> bool:
    """Whether so few right of `count` would hardly happen if the target were met (exact, one-sided)."""
    return count > 0 and float(binom.cdf(right, count, target)) < chance
