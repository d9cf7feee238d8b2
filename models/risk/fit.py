"""Fitting a risk model: a logistic regression on lines with knees, then its curve set right on days that came later.

Here: numbers in, a RiskModel out. Not here: whether it is kept (gate.py), what the features are (nistaran/domain/risk.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import SplineTransformer

from nistaran.domain.risk import FEATURES
from nistaran.domain.risk_model import Line, RiskModel

Numbers = NDArray[np.float64]
#: Where knees may stand in the course of a feature's values.
_QUANTILES = (0.01, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95, 0.99)
_STRENGTH = 0.5


def fit(known: Numbers, defaulted: Numbers, *, features: Sequence[str], today: date) -> RiskModel:
    """A model over these features of examples (rows of all FEATURES).

    Raises:
        ValueError: when all or none of the examples defaulted.
    """
    places = [FEATURES.index(name) for name in features]
    knees = [_knees(known[:, place]) for place in places]
    hats = [_hats(known[:, place], at) for place, at in zip(places, knees, strict=True)]
    solver = LogisticRegression(C=_STRENGTH, solver="newton-cholesky", max_iter=100)  # many rows, few columns
    solver.fit(np.hstack(hats), defaulted)
    found = np.split(solver.coef_[0], np.cumsum([part.shape[1] for part in hats])[:-1])
    lines = tuple(
        Line(feature=name, knees=tuple(at), values=tuple(map(float, values)), mean=float((hat @ values).mean()))
        for name, at, values, hat in zip(features, knees, found, hats, strict=True)
    )
    return RiskModel(lines=lines, intercept=float(solver.intercept_[0]), trained_on=today)


def set_right(model: RiskModel, known: Numbers, defaulted: Numbers) -> RiskModel:
    """The same model with its sum stretched and moved so that probabilities fit examples that it has not seen."""
    total = sums(model, known)
    solver = LogisticRegression(C=1e6, solver="newton-cholesky").fit(total[:, None], defaulted)
    stretch, move = max(float(solver.coef_[0][0]), 0.0), float(solver.intercept_[0])
    lines = tuple(
        Line(
            feature=one.feature,
            knees=one.knees,
            values=tuple(stretch * value for value in one.values),
            mean=stretch * one.mean,
        )
        for one in model.lines
    )
    return RiskModel(lines=lines, intercept=stretch * model.intercept + move, trained_on=model.trained_on)


def sums(model: RiskModel, known: Numbers) -> Numbers:
    """The log-odds of many examples at once: what RiskModel.chance() reckons one by one."""
    total = np.full(len(known), model.intercept)
    for line in model.lines:
        total += np.interp(known[:, FEATURES.index(line.feature)], line.knees, line.values)
    return total


def chances(model: RiskModel, known: Numbers) -> Numbers:
    """The probabilities of many examples."""
    return np.asarray(1 / (1 + np.exp(-sums(model, known))))


def _knees(values: Numbers) -> list[float]:
    found = np.unique(np.round(np.quantile(values, _QUANTILES), 4))
    return [float(knee) for knee in found] if len(found) > 1 else [float(found[0]), float(found[0]) + 1.0]


def _hats(values: Numbers, knees: Sequence[float]) -> Numbers:
    """For each value its share of the two knees that it lies between."""
    spline: Any = SplineTransformer(degree=1, knots=np.asarray(knees)[:, None], extrapolation="constant")
    return np.asarray(spline.fit_transform(values[:, None]))
