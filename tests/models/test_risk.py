"""The risk of default: what is learned is kept only when it is better on later days, and is reckoned the same without any library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import exp
from random import Random

import numpy as np
import pytest

from models.risk import gate
from models.risk.figures import better_by, figures
from models.risk.fit import chances, fit, set_right
from models.risk.gate import check, train
from nistaran.domain.risk import FEATURES
from nistaran.domain.risk_history import Example
from nistaran.domain.risk_model import RiskModel
from nistaran.domain.risk_trained import WhyDaysLeft

FIRST, TODAY = date(2026, 1, 5), date(2026, 11, 2)
_AT = {name: at for at, name in enumerate(FEATURES)}


def made(odds: Callable[[dict[str, float], float], float], *, cases: int = 2400, seed: int = 1) -> list[Example]:
    """Examples over 40 weeks whose log-odds of a default are `odds(known, share of the time that is over)`."""
    random = Random(seed)
    found = []
    for n in range(cases):
        week = random.randrange(40)
        day = FIRST + timedelta(days=7 * week)
        known = [random.gauss(0, 1) for _ in FEATURES]
        known[_AT["days_left"]] = random.randrange(15)
        total = odds(dict(zip(FEATURES, known, strict=True)), week / 40)
        defaulted = random.random() < 1 / (1 + exp(-total))
        due_on = day + timedelta(days=int(known[_AT["days_left"]]))
        found.append(Example(case=n, day=day, due_on=due_on, office="A", known=known, defaulted=defaulted))
    return found


def by_queue(known: dict[str, float], _when: float) -> float:
    return 2.5 - 0.4 * known["days_left"] + 1.5 * known["queue_days"]


def by_days_left(known: dict[str, float], _when: float) -> float:
    return 2.5 - 0.4 * known["days_left"]


def by_office(known: dict[str, float], _when: float) -> float:
    return 1.6 * known["office_share"]


def turned(known: dict[str, float], when: float) -> float:
    """What held until the last quarter of the time holds the other way then."""
    return (2.0 if when < 0.75 else -2.0) * known["queue_days"]


def numbers(examples: list[Example]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([one.known for one in examples]), np.array([float(one.defaulted) for one in examples])


def test_what_is_better_on_later_days_is_kept() -> None:
    found = train(made(by_queue), today=TODAY)
    assert found.why is None
    assert found.model is not None
    assert not found.model.is_days_left
    assert found.figures["learned"]["brier"] < 0.9 * min(
        found.figures[name]["brier"] for name in ("days left", "office")
    )
    assert found.figures["learned"]["ece"] < 0.06
    weighed = found.model.weighed([2.0 if name == "queue_days" else 0.0 for name in FEATURES])
    assert max(weighed, key=lambda name: weighed[name] if name != "days_left" else 0.0) == "queue_days"


@pytest.mark.parametrize(
    ("odds", "why"),
    [
        (by_days_left, WhyDaysLeft.NOT_BETTER),
        (by_office, WhyDaysLeft.NOT_BETTER_THAN_OFFICE),
        (turned, WhyDaysLeft.NOT_BETTER),
    ],
)
def test_what_is_no_better_leaves_the_days_left(odds: Callable[..., float], why: WhyDaysLeft) -> None:
    found = train(made(odds), today=TODAY)
    assert found.why is why
    assert found.model is not None
    assert found.model.is_days_left
    assert found.model.trained_on == TODAY


@pytest.mark.parametrize("cases", [0, 30, 400])
def test_a_small_history_teaches_nothing(cases: int) -> None:
    found = train(made(by_queue, cases=cases), today=TODAY)
    assert (found.model, found.why, found.examples) == (None, WhyDaysLeft.TOO_SMALL, cases)


def test_a_history_without_a_defaulter_teaches_nothing() -> None:
    assert train(made(lambda *_: -50.0), today=TODAY).why is WhyDaysLeft.TOO_SMALL


def test_a_gate_that_looks_at_the_days_it_learned_from_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: compared on the first days instead of the last, what turned afterwards is kept."""
    whole = gate._parts

    def backward(examples: list[Example]) -> object:
        parts = whole(examples)
        return parts and (parts[0], parts[1], parts[0])

    monkeypatch.setattr(gate, "_parts", backward)
    assert train(made(turned), today=TODAY).why is None


def test_no_part_knows_the_end_of_another() -> None:
    first, second, last = gate._parts(made(by_queue)) or pytest.fail("there is enough")
    assert not set(first.cases) & set(last.cases)
    assert first.days.max() < second.days.min() <= second.days.max() < last.days.min()
    days_left = first.known[:, _AT["days_left"]]
    assert (first.days + days_left).max() < second.days.min()


def test_the_numbers_say_the_same_without_a_library() -> None:
    known, defaulted = numbers(made(by_queue, cases=600))
    model = set_right(fit(known, defaulted, features=FEATURES, today=TODAY), known, defaulted)
    again = RiskModel.from_json(model.to_json())
    assert again == model
    at_once = chances(model, known)
    assert [again.chance(list(row)) for row in known[:200]] == pytest.approx(list(at_once[:200]))
    assert abs(at_once.mean() - defaulted.mean()) < 0.01
    assert check(model, made(by_queue, cases=600)).brier == pytest.approx(((at_once - defaulted) ** 2).mean())


def test_the_figures_by_hand() -> None:
    chance, defaulted = np.array([0.9, 0.8, 0.5, 0.2, 0.1] * 8), np.array([1.0, 0.0, 0.0, 0.0, 0.0] * 8)
    days = np.repeat(np.arange(2), 20)
    found = figures(chance, defaulted, days)
    assert found.brier == pytest.approx((0.01 + 0.64 + 0.25 + 0.04 + 0.01) / 5)
    assert found.head == pytest.approx(4 / 8)  # two of each day's twenty, all of them defaulters
    assert found.ece == pytest.approx((0.1 + 0.8 + 0.5 + 0.2 + 0.1) / 5)
    gain, error = better_by(chance, 1 - chance, defaulted, np.arange(40))
    assert gain == pytest.approx(((1 - chance - defaulted) ** 2 - (chance - defaulted) ** 2).mean())
    twice = np.tile(np.arange(40), 2)  # a case that is looked at twice says no more than once
    assert error > 0
    assert better_by(np.tile(chance, 2), np.tile(1 - chance, 2), np.tile(defaulted, 2), twice)[1] == pytest.approx(
        error
    )
