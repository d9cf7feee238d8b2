"""Poisoning is seen (P22): every attack that moves the attacked topic by more than 5 points is refused, honest retrainings are not.

The district, its clerks and its attackers are in poisoning.py. How far an attack moves its topic is told by texts that neither
training nor gate ever sees, against the same retraining without the attack.
"""

from __future__ import annotations

import itertools
import os
import sys
from dataclasses import replace

import pytest

from nistaran.domain.verdict import Refused
from tests.storm.poisoning import LIMITS, District, Outcome, district, flipped, honest, retrained

SEED = int(os.environ.get("STORM_SEED", "7"))
HONEST = int(os.environ.get("STORM_HONEST", "20"))
ATTACKS = tuple(itertools.product(("topic", "department"), (1, 5), (10, 30, 100, 300)))
TARGETED = {Refused.RECALL_FELL, Refused.SURENESS_FELL, Refused.CANARY_FELL}


@pytest.fixture(scope="module")
def area() -> District:
    return district(SEED)


@pytest.fixture(scope="module")
def peaceful(area: District) -> Outcome:
    """The retraining beside which the attacks come."""
    return retrained(area, honest(area, 7, 100))


def moved(peaceful: Outcome, attacked: Outcome, kind: str) -> float:
    """Points that the attack took from what it aimed at."""
    return round(float(getattr(peaceful, kind) - getattr(attacked, kind)), 1)


@pytest.mark.storm
@pytest.mark.promise("P22")
@pytest.mark.timeout(900)
def test_every_attack_that_moves_its_topic_is_refused(area: District, peaceful: Outcome) -> None:
    seen = []
    for kind, people, count in ATTACKS:
        outcome = retrained(area, [*flipped(area, kind, count, people), *honest(area, 7, 100)])
        codes = sorted({reason.code.value for reason in outcome.verdict.reasons})
        seen.append((kind, people, count, moved(peaceful, outcome, kind), codes))
    sys.stdout.write("\n".join(map(str, seen)) + "\n")
    harmful = [one for one in seen if one[3] > 5]
    assert len(harmful) >= 4, f"seed={SEED}: the attacks are too weak to mean anything: {seen}"
    assert [one for one in harmful if not one[4]] == [], f"seed={SEED}"


@pytest.mark.storm
@pytest.mark.promise("P22")
@pytest.mark.timeout(900)
def test_honest_retrainings_pass(area: District) -> None:
    refused = {}
    for seed in range(HONEST):
        outcome = retrained(area, honest(area, seed, (80, 100, 120)[seed % 3]))
        if not outcome.verdict.promote:
            refused[seed] = [(one.code.value, one.where, one.subject) for one in outcome.verdict.reasons]
    assert refused == {}, f"seed={SEED}"


@pytest.mark.storm
@pytest.mark.timeout(300)
def test_the_twin_that_looks_at_global_figures_only_lets_an_attack_pass(area: District, peaceful: Outcome) -> None:
    """M13: departments and canaries not looked at one by one. Which attack hides best from global figures differs by seed."""
    blind = replace(LIMITS, recall=1.0, sureness=1.0, canary=1.0, canary_sureness=1.0)
    for people, count in ((5, 100), (1, 30), (5, 300)):
        labels = [*flipped(area, "topic", count, people), *honest(area, 7, 100)]
        seeing = retrained(area, labels)
        if moved(peaceful, seeing, "topic") > 5 and retrained(area, labels, gate=blind).verdict.promote:
            assert {one.code for one in seeing.verdict.reasons} & TARGETED
            return
    raise AssertionError(f"seed={SEED}: no harmful attack hides from global figures, so this twin says nothing")
