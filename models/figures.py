"""The figures behind a verdict: champion and challenger side by side on each evidence, and by department.

Here: what a curator reads on a model's card. Not here: what counts as harm (models/gate.py), the arithmetic (models/harm.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from models.evidence import Answers, Where
from models.harm import calibration_gap, coverage_of, macro_f1_of
from nistaran.domain.verdict import Figure


def figures_of(
    pairs: Mapping[Where, tuple[Answers, Answers]],
    whole: tuple[Answers, Answers] | None,
    *,
    precision: float,
) -> Iterator[Figure]:
    """Figures of every evidence, then what `whole` (all open evidence together, None: there is none) says of each department.

    Confidence and coverage are told only where the texts are in the shares of traffic.
    """
    for where, (before, after) in pairs.items():
        told = [("top1", float(before.right.mean()), float(after.right.mean()))]
        if where in (Where.SHEETS, Where.AUDITED):
            told += [
                ("macro_f1", macro_f1_of(before), macro_f1_of(after)),
                ("ece", calibration_gap(before), calibration_gap(after)),
                ("coverage", coverage_of(before, precision), coverage_of(after, precision)),
                ("assigned", float(before.assigned.mean()), float(after.assigned.mean())),
                ("precision", precision_of(before), precision_of(after)),
            ]
        for name, was, now in told:
            yield _figure(name, where, was, now, len(before))
    if whole is not None:
        yield from _departments(*whole)


def precision_of(answers: Answers) -> float:
    """The share of what is assigned without asking that is right; 0 when nothing is assigned."""
    return float(answers.right[answers.assigned].mean()) if answers.assigned.any() else 0.0


def _departments(before: Answers, after: Answers) -> Iterator[Figure]:
    for department in np.unique(before.truth):
        own = before.truth == department
        was, now = float(before.right[own].mean()), float(after.right[own].mean())
        yield _figure("recall", Where.OPEN, was, now, int(own.sum()), str(department))


def _figure(name: str, where: Where, was: float, now: float, count: int, subject: str = "") -> Figure:
    return Figure(
        name=name, where=where.value, subject=subject, champion=round(was, 4), challenger=round(now, 4), count=count
    )
