"""Training with a gate: a learned model is kept only when it is better on later days than what is known without it.

Better than the days that are left alone, and than the office's past share: by the Brier score, beyond chance. Not here: fitting (fit.py),
where the kept one lies (nistaran/steps/risk.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from models.risk.figures import Figures, better_by, figures
from models.risk.fit import chances, fit, set_right
from nistaran.domain.risk import FEATURES
from nistaran.domain.risk_history import Example
from nistaran.domain.risk_model import RiskModel
from nistaran.domain.risk_trained import RiskTrained, WhyDaysLeft

Numbers = NDArray[np.float64]
#: Cases that must be in each part, and of each kind among them.
_FEWEST, _FEWEST_OF_A_KIND = 200, 25
_TRAIN, _SET_RIGHT = 0.5, 0.75
#: By so many standard errors a model must be better: one chance in twenty that it is not.
_SURELY = 1.645
_ALONE = ("days_left",)
_OFFICE = ("office_share",)


@dataclass(frozen=True, slots=True)
class _Part:
    known: Numbers
    defaulted: Numbers
    cases: NDArray[np.int64]
    days: NDArray[np.int64]

    @property
    def is_enough(self) -> bool:
        """Whether there are enough cases of both kinds."""
        of_a_kind = (len(np.unique(self.cases[self.defaulted == kind])) for kind in (0, 1))
        return len(np.unique(self.cases)) >= _FEWEST and min(of_a_kind) >= _FEWEST_OF_A_KIND


def train(examples: Sequence[Example], *, today: date) -> RiskTrained:
    """Train on the earlier days, set right on the next, compare on the last; keep what won.

    An example whose case falls due after the first day of the next part is left out, so that no part knows another's end.
    """
    parts = _parts(examples)
    if parts is None:
        return RiskTrained(model=None, why=WhyDaysLeft.TOO_SMALL, examples=len(examples), figures={})
    first, second, last = parts
    learned, alone, office = (
        set_right(fit(first.known, first.defaulted, features=names, today=today), second.known, second.defaulted)
        for names in (FEATURES, _ALONE, _OFFICE)
    )
    found = {
        name: chances(model, last.known)
        for name, model in (("learned", learned), ("days left", alone), ("office", office))
    }
    why = None
    for other, reason in (("days left", WhyDaysLeft.NOT_BETTER), ("office", WhyDaysLeft.NOT_BETTER_THAN_OFFICE)):
        gain, error = better_by(found["learned"], found[other], last.defaulted, last.cases)
        if why is None and gain <= _SURELY * error:
            why = reason
    return RiskTrained(
        model=learned if why is None else alone,
        why=why,
        examples=len(examples),
        figures={name: asdict(_figures(chance, last)) for name, chance in found.items()},
    )


def _figures(chance: Numbers, part: _Part) -> Figures:
    return figures(chance, part.defaulted, part.days)


def _parts(examples: Sequence[Example]) -> tuple[_Part, _Part, _Part] | None:
    """Earlier, later and last days; None when one of them is too small."""
    days = sorted({one.day for one in examples})
    if not days:
        return None
    second, last = days[int(_TRAIN * len(days))], days[int(_SET_RIGHT * len(days))]
    parts = (
        _part([one for one in examples if one.due_on < second]),
        _part([one for one in examples if one.day >= second and one.due_on < last]),
        _part([one for one in examples if one.day >= last]),
    )
    return parts if all(part.is_enough for part in parts) else None


def _part(examples: Sequence[Example]) -> _Part:
    return _Part(
        np.array([one.known for one in examples], dtype=np.float64).reshape(-1, len(FEATURES)),
        np.array([one.defaulted for one in examples], dtype=np.float64),
        np.array([one.case for one in examples], dtype=np.int64),
        np.array([(one.day - date(2000, 1, 1)) // timedelta(days=1) for one in examples], dtype=np.int64),
    )


def check(model: RiskModel, examples: Sequence[Example]) -> Figures:
    """The figures of a model on other examples."""
    part = _part(examples)
    return _figures(chances(model, part.known), part)
