"""Poisoning is seen (P22): every attack that moves the attacked topic by more than 5 points is refused, honest retrainings are not.

The district, its clerks and its attackers are in poisoning.py.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import replace

import pytest

from nistaran.domain.verdict import Refused
from tests.storm.poisoning import LIMITS, District, district, flipped, honest, retrained

SEED = int(os.environ.get("STORM_SEED", "7"))
HONEST = int(os.environ.get("STORM_HONEST", "20"))
ATTACKS = tuple(itertools.product(("topic", "department"), (1, 5), (10, 30, 100, 300)))


@pytest.fixture(scope="module")
def area() -> District:
    return district(SEED)


@pytest.mark.storm
@pytest.mark.promise("P22")
@pytest.mark.timeout(900)
def test_every_attack_that_moves_its_topic_is_refused(area: District) -> None:
    seen = []
    for kind, people, count in ATTACKS:
        labels = [*flipped(area, kind, count, people), *honest(area, 7, 100)]
        outcome = retrained(area, labels, topic_only=kind == "topic")
        seen.append(
            (kind, people, count, round(outcome.moved, 1), sorted({r.code.value for r in outcome.verdict.reasons}))
        )
    harmful = [one for one in seen if one[3] > 5]
    assert len(harmful) >= 6, f"seed={SEED}: the attacks are too weak to mean anything: {seen}"
    assert [one for one in harmful if not one[4]] == [], f"seed={SEED}"


@pytest.mark.storm
@pytest.mark.promise("P22")
@pytest.mark.timeout(900)
def test_honest_retrainings_pass(area: District) -> None:
    refused = {}
    for seed in range(HONEST):
        outcome = retrained(area, honest(area, seed, (80, 100, 120)[seed % 3]), topic_only=False)
        if not outcome.verdict.promote:
            refused[seed] = [(one.code.value, one.where, one.subject) for one in outcome.verdict.reasons]
    assert refused == {}, f"seed={SEED}"


@pytest.mark.storm
@pytest.mark.timeout(300)
def test_the_twin_that_looks_at_global_figures_only_lets_an_attack_pass(area: District) -> None:
    """M13: departments, canaries and held-out hands not looked at one by one."""
    labels = [*flipped(area, "topic", 30, 5), *honest(area, 7, 100)]
    blind = replace(LIMITS, recall=1.0, sureness=1.0, canary=1.0, canary_sureness=1.0, chance=0.0)
    assert retrained(area, labels, topic_only=True, gate=blind).verdict.promote
    seeing = retrained(area, labels, topic_only=True)
    assert seeing.moved > 5
    assert {one.code for one in seeing.verdict.reasons} & {
        Refused.RECALL_FELL,
        Refused.SURENESS_FELL,
        Refused.CANARY_FELL,
    }
