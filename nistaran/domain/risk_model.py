"""A model of the risk as plain numbers: for each feature a line with knees, added up, and the curve from the sum to a probability.

Read from JSON and reckoned without any library. Not here: how the numbers are found (models/risk), features (risk.py).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp, isfinite
from typing import Any

from nistaran.domain.errors import UntrustedModel
from nistaran.domain.risk import FEATURES

_FORM = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a feature adds: at each knee a value, straight between two, level outside. `mean` is what it adds on average."""

    feature: str
    knees: tuple[float, ...]
    values: tuple[float, ...]
    mean: float

    def at(self, number: float) -> float:
        """What this number adds."""
        turn = bisect_right(self.knees, number)
        if turn == 0:
            return self.values[0]
        if turn == len(self.knees):
            return self.values[-1]
        left, right = self.knees[turn - 1], self.knees[turn]
        share = (number - left) / (right - left)
        return self.values[turn - 1] * (1 - share) + self.values[turn] * share


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskModel:
    """Lines over features, and the intercept. With one line over days_left alone it is the house's fall-back."""

    lines: tuple[Line, ...]
    intercept: float
    trained_on: date

    @property
    def is_days_left(self) -> bool:
        """Whether nothing but the days that are left counts."""
        return [line.feature for line in self.lines] == ["days_left"]

    def chance(self, known: Sequence[float]) -> float:
        """The probability of a default, of a case whose features are `known` (the order of risk.FEATURES)."""
        total = self.intercept
        for line, place in zip(self.lines, self._places(), strict=True):
            total += line.at(known[place])
        return 1 / (1 + exp(-total)) if total > -500 else 0.0

    def weighed(self, known: Sequence[float]) -> dict[str, float]:
        """What each feature adds beyond its average, in log-odds."""
        return {
            line.feature: line.at(known[place]) - line.mean
            for line, place in zip(self.lines, self._places(), strict=True)
        }

    def _places(self) -> list[int]:
        return [_PLACES[line.feature] for line in self.lines]

    def to_json(self) -> dict[str, Any]:
        """As JSON."""
        lines = [
            {"feature": one.feature, "knees": list(one.knees), "values": list(one.values), "mean": one.mean}
            for one in self.lines
        ]
        return {"form": _FORM, "lines": lines, "intercept": self.intercept, "trained_on": self.trained_on.isoformat()}

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> RiskModel:
        """A model that to_json() wrote. Raises UntrustedModel for anything else."""
        try:
            if told["form"] != _FORM:
                raise UntrustedModel("a risk model of another form; train again: nistaran risk train")
            model = RiskModel(
                lines=tuple(_line(one) for one in told["lines"]),
                intercept=_number(told["intercept"]),
                trained_on=date.fromisoformat(told["trained_on"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise UntrustedModel("a risk model that cannot be read; train again: nistaran risk train") from error
        return model


_PLACES = {name: place for place, name in enumerate(FEATURES)}


def _line(told: Mapping[str, Any]) -> Line:
    knees, values = tuple(map(_number, told["knees"])), tuple(map(_number, told["values"]))
    if told["feature"] not in _PLACES or not knees or len(knees) != len(values):
        raise ValueError("a line of another form")
    if not all(left < right for left, right in pairwise(knees)):
        raise ValueError("knees in another order")
    return Line(feature=told["feature"], knees=knees, values=values, mean=_number(told["mean"]))


def _number(told: object) -> float:
    if not isinstance(told, int | float) or isinstance(told, bool) or not isfinite(told):
        raise ValueError("no number")
    return float(told)
