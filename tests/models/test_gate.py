"""The gate fails closed, sees targeted harm that global figures hide, and does not take chance for harm (P22)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from models.evidence import Answers, Evidence, Where, ask, evidence, joined
from models.gate import LIMITS, GateLimits, judge
from models.harm import below_target, calibration_gap, recall_change, sureness_change
from nistaran.domain.decision import AskReason, Candidate, Classification
from nistaran.domain.verdict import Refused, Verdict

DEPARTMENTS = ("CANE", "ENERGY", "POLICE", "NONE", "HEALTH", "FOREST", "PWD", "EXCISE")


@dataclass
class Scripted:
    """Answers the right department, which the text names, unless told otherwise."""

    version: str = "champion"
    departments: tuple[str, ...] = DEPARTMENTS
    wrong: set[str] = field(default_factory=set)
    sure: dict[str, float] = field(default_factory=dict)  # by text
    asks: set[str] = field(default_factory=set)

    def classify(self, texts: Sequence[str]) -> list[Classification]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Classification:
        truth = text.split(maxsplit=1)[0]
        said = next(code for code in self.departments if code != truth) if text in self.wrong else truth
        confidence = self.sure.get(text, 0.96)
        others = [code for code in self.departments if code != said]
        rest = (1 - confidence) / len(others)
        return Classification(
            candidates=(Candidate(said, confidence), *(Candidate(code, rest) for code in others)),
            words=(),
            ask=AskReason.LOW_CONFIDENCE if text in self.asks else None,
            model=self.version,
        )


def texts(where: str, each: int) -> list[tuple[str, str]]:
    return [(f"{department} {where} {number}", department) for department in DEPARTMENTS for number in range(each)]


def offered(**each: int) -> list[Evidence]:
    sizes = {"sheets": 60, "audited": 30, "newest": 10, "canaries": 8, **each}
    found = []
    for where, size in sizes.items():
        labelled = texts(where, size)
        intents = [f"{code}/{'one' if number % 2 else 'two'}" for number, (_, code) in enumerate(labelled)]
        found.append(evidence(Where(where), labelled, intents if where == "canaries" else None))
    return found


EVIDENCE = offered()
HANDS = ask(Scripted(), evidence(Where.SHEETS, texts("hands", 60)))


def some_wrong(seed: int = 1, share: float = 0.03) -> set[str]:
    """Texts outside the canaries that a model gets wrong."""
    rng = random.Random(seed)
    return {text for one in EVIDENCE if one.where is not Where.CANARIES for text in one.texts if rng.random() < share}


CHAMPION = Scripted(wrong=some_wrong())


def verdict(challenger: Scripted, *, given: list[Evidence] | None = None, hands: object = "same") -> Verdict:
    pair = (HANDS, HANDS) if hands == "same" else hands
    return judge(
        CHAMPION,
        replace(challenger, version="challenger"),
        EVIDENCE if given is None else given,
        pair,  # type: ignore[arg-type]
    )


def codes(given: Verdict) -> set[tuple[Refused, str, str]]:
    return {(reason.code, reason.where, reason.subject) for reason in given.reasons}


def test_an_equal_model_passes_with_figures() -> None:
    found = verdict(Scripted(wrong=some_wrong()))
    assert found.promote
    assert {(figure.where, figure.name) for figure in found.figures} >= {("audited", "precision"), ("hands", "top1")}
    recalls = {figure.subject: figure.count for figure in found.figures if figure.name == "recall"}
    assert recalls == dict.fromkeys(DEPARTMENTS, 98)


@pytest.mark.parametrize("missing", ["sheets", "audited", "newest", "canaries"])
def test_without_one_kind_of_evidence_it_refuses(missing: str) -> None:
    given = [one for one in EVIDENCE if one.where.value != missing]
    assert (Refused.EVIDENCE_MISSING, missing, "") in codes(verdict(CHAMPION, given=given))


@pytest.mark.parametrize("small", ["sheets", "audited", "newest", "canaries"])
def test_with_too_little_evidence_it_refuses(small: str) -> None:
    assert not verdict(CHAMPION, given=offered(**{small: 0})).promote
    found = {(code, where) for code, where, _ in codes(verdict(CHAMPION, given=offered(**{small: 1})))}
    assert (Refused.EVIDENCE_TOO_SMALL, small) in found


def test_without_held_out_hands_it_refuses() -> None:
    assert (Refused.EVIDENCE_MISSING, "hands", "") in codes(verdict(CHAMPION, hands=None))


def test_a_department_without_enough_texts_refuses() -> None:
    few = [
        evidence(
            one.where,
            [(t, d) for t, d in zip(one.texts, one.departments, strict=True) if d != "CANE" or t.endswith(" 1")],
        )
        if one.where is not Where.CANARIES
        else one
        for one in EVIDENCE
    ]
    assert (Refused.EVIDENCE_TOO_SMALL, "open", "CANE") in codes(verdict(CHAMPION, given=few))


def test_a_department_that_the_challenger_lost_refuses() -> None:
    challenger = Scripted(departments=DEPARTMENTS[1:])
    given = verdict(challenger)
    assert (Refused.DEPARTMENT_LOST, "model", "CANE") in codes(given)


def test_one_departments_fall_is_seen_though_macro_f1_hardly_moves() -> None:
    lost = {f"CANE {where} {number}" for where in ("sheets", "audited") for number in range(4)}
    given = verdict(Scripted(wrong=CHAMPION.wrong | lost))
    assert (Refused.RECALL_FELL, "open", "CANE") in codes(given)


def test_the_twin_that_looks_at_macro_f1_only_lets_it_pass() -> None:
    """M13: a global gate hides targeted harm."""
    lost = {*(f"CANE sheets {number}" for number in range(3)), *(f"CANE audited {number}" for number in range(2))}
    blind = GateLimits(recall=1.0, sureness=1.0)
    harmed = Scripted(version="challenger", wrong=CHAMPION.wrong | lost)
    assert judge(CHAMPION, harmed, EVIDENCE, (HANDS, HANDS), blind).promote
    assert not judge(CHAMPION, harmed, EVIDENCE, (HANDS, HANDS), LIMITS).promote


def test_two_lost_texts_of_ninety_are_chance() -> None:
    assert verdict(Scripted(wrong=CHAMPION.wrong | {"CANE sheets 1", "CANE audited 1", "CANE audited 2"})).promote


def test_two_lost_texts_are_chance_however_few_there_are_and_three_are_not() -> None:
    small = offered(sheets=16, audited=14, canaries=8)
    for lost, passes in ((2, True), (3, False)):
        less = {f"CANE sheets {number}": 0.9 for number in range(16)} | {f"CANE audited {n}": 0.9 for n in range(14)}
        wrong = {f"CANE sheets {number}" for number in range(lost)}
        challenger = Scripted(version="challenger", wrong=wrong, sure=less)
        wide = GateLimits(sureness=1.0, sheets=50, audited=50, calibration=1.0, macro_f1=1.0)
        assert judge(Scripted(), challenger, small, (HANDS, HANDS), wide).promote is passes


def test_a_department_given_less_and_less_probability_is_seen_before_it_is_lost() -> None:
    rng = random.Random(3)
    sure = {f"CANE {where} {n}": rng.uniform(0.7, 0.95) for where in ("sheets", "audited") for n in range(60)}
    given = verdict(Scripted(wrong=CHAMPION.wrong, sure=sure))
    assert (Refused.SURENESS_FELL, "open", "CANE") in codes(given)


def test_harm_that_only_the_held_out_hands_show_refuses() -> None:
    lost = {f"CANE hands {number}" for number in range(6)}
    after = ask(Scripted(wrong=lost), evidence(Where.SHEETS, texts("hands", 60)))
    given = verdict(CHAMPION, hands=(HANDS, after))
    assert (Refused.RECALL_FELL, "hands", "CANE") in codes(given)


def test_one_lost_canary_refuses() -> None:
    given = verdict(Scripted(wrong=CHAMPION.wrong | {"CANE canaries 2"}))
    assert codes(given) == {(Refused.CANARY_FELL, "canaries", "CANE/two")}


def test_a_canary_that_the_champion_only_guessed_is_no_loss() -> None:
    guessed = replace(CHAMPION, sure={"CANE canaries 2": 0.4})
    lost = Scripted(version="challenger", wrong=CHAMPION.wrong | {"CANE canaries 2"}, sure={"CANE canaries 2": 0.45})
    assert judge(guessed, lost, EVIDENCE, (HANDS, HANDS)).promote


def test_canaries_that_fall_together_refuse_before_one_is_lost() -> None:
    sure = {f"CANE canaries {number}": 0.8 for number in (0, 2, 4, 6)}
    given = verdict(Scripted(wrong=CHAMPION.wrong, sure=sure))
    assert codes(given) == {(Refused.CANARY_FELL, "canaries", "CANE/two")}


def doubtful(wrong: set[str]) -> Scripted:
    """A champion that is as often wrong, knows it and asks."""
    return Scripted(wrong=wrong, sure=dict.fromkeys(wrong, 0.3), asks=wrong)


def test_overconfidence_refuses() -> None:
    wrong = some_wrong(2, share=0.15)
    given = judge(doubtful(wrong), Scripted(version="challenger", wrong=wrong), EVIDENCE, (HANDS, HANDS))
    assert {Refused.CALIBRATION_OFF, Refused.PRECISION_BELOW_TARGET} <= {code for code, _, _ in codes(given)}


def test_where_the_champion_misses_the_target_too_a_better_one_passes_and_a_worse_one_does_not() -> None:
    """A district stranger than the training texts: both are overconfident there, and to refuse would keep the worse one."""
    wrong = some_wrong(2, share=0.15)
    fewer = {text for number, text in enumerate(sorted(wrong)) if number % 4}
    champion, better = Scripted(wrong=wrong), Scripted(version="challenger", wrong=fewer)
    assert judge(champion, better, EVIDENCE, (HANDS, HANDS)).promote
    assert not judge(replace(better, wrong=fewer), replace(champion, version="c"), EVIDENCE, (HANDS, HANDS)).promote
    blind = GateLimits(recall=1.0, sureness=1.0, macro_f1=1.0, coverage=1.0)
    left = judge(better, replace(champion, version="c"), EVIDENCE, (HANDS, HANDS), blind)
    assert {Refused.CALIBRATION_OFF, Refused.PRECISION_BELOW_TARGET} & {code for code, _, _ in codes(left)}


def test_coverage_that_falls_refuses() -> None:
    """As right as before, but the wrong ones are among the surest now: hardly anything can be sent without asking."""
    wrong = some_wrong(5, share=0.10)
    before = dict.fromkeys(wrong, 0.5)
    after = dict.fromkeys(wrong, 0.99)
    given = judge(
        Scripted(wrong=wrong, sure=before, asks=set(wrong)),
        Scripted(version="challenger", wrong=wrong, sure=after),
        EVIDENCE,
        (HANDS, HANDS),
    )
    assert Refused.COVERAGE_FELL in {code for code, _, _ in codes(given)}


def test_what_is_assigned_wrongly_too_often_refuses() -> None:
    wrong = some_wrong(4, share=0.2)
    sure = dict.fromkeys(wrong, 0.6)
    given = judge(
        Scripted(wrong=wrong, sure=sure, asks=wrong),
        Scripted(version="challenger", wrong=wrong, sure=sure),
        EVIDENCE,
        (HANDS, HANDS),
    )
    assert Refused.PRECISION_BELOW_TARGET in {code for code, _, _ in codes(given)}


def test_macro_f1_refuses_for_a_loss_spread_over_all_departments() -> None:
    rng = random.Random(9)
    more = {text for one in EVIDENCE[:2] for text in one.texts if rng.random() < 0.04}
    blind_to_departments = GateLimits(recall=1.0, sureness=1.0)
    challenger = Scripted(version="challenger", wrong=CHAMPION.wrong | more)
    given = judge(CHAMPION, challenger, EVIDENCE, (HANDS, HANDS), blind_to_departments)
    assert Refused.MACRO_F1_FELL in {code for code, _, _ in codes(given)}


def leaning(rng: random.Random, leans: dict[str, float], spread: float) -> Scripted:
    """A model that gives each text's department about the probability it leans to, and is wrong below one half."""
    own = {text: min(max(lean + rng.gauss(0, spread), 0.01), 0.99) for text, lean in leans.items()}
    wrong = {text for text, chance in own.items() if chance < 0.5}
    return Scripted(wrong=wrong, sure={text: max(chance, 1 - chance) for text, chance in own.items()})


@pytest.mark.parametrize("seed", range(20))
def test_models_that_differ_by_chance_pass(seed: int) -> None:
    """Two equally good models: every probability wanders, and texts near one half tip over on both sides."""
    rng = random.Random(seed)
    labelled = [one for one in EVIDENCE if one.where is not Where.CANARIES]
    everything = [*(text for one in labelled for text in one.texts), *(text for text, _ in texts("hands", 60))]
    leans = {text: rng.betavariate(6, 1) for text in everything}
    first, second = (leaning(random.Random(seed + turn), leans, 0.06) for turn in (1000, 2000))
    hands = evidence(Where.SHEETS, texts("hands", 60))
    given = judge(first, replace(second, version="challenger"), EVIDENCE, (ask(first, hands), ask(second, hands)))
    # an honest model's own calibration is another matter, and so is its precision
    assert {code for code, _, _ in codes(given)} <= {Refused.CALIBRATION_OFF, Refused.PRECISION_BELOW_TARGET}


def test_the_sign_test_wants_four_against_none_with_probabilities_and_nine_alone() -> None:
    before = np.asarray([True] * 40)
    for lost, limit in ((4, LIMITS.chance), (9, LIMITS.chance_alone)):
        for number, is_unlikely in ((lost - 1, False), (lost, True)):
            after = before.copy()
            after[:number] = False
            assert (recall_change(before, after).chance <= limit) is is_unlikely


def test_texts_that_tip_over_at_one_half_are_chance_however_many_lose_a_little() -> None:
    """Four lost, none won, and the mean probability hardly moves (as honest retrainings do it at full size)."""
    tipped = {f"CANE {where} {number}" for where in ("sheets", "audited") for number in range(2)}
    before = replace(CHAMPION, sure=dict.fromkeys(tipped, 0.51))
    after = Scripted(version="challenger", wrong=CHAMPION.wrong | tipped, sure=dict.fromkeys(tipped, 0.51))
    assert judge(before, after, EVIDENCE, (HANDS, HANDS)).promote


def test_many_that_tip_over_are_harm_though_each_loses_a_little() -> None:
    tipped = {f"CANE {where} {number}" for where in ("sheets", "audited") for number in range(10, 15)}
    before = replace(CHAMPION, sure=dict.fromkeys(tipped, 0.51))
    after = Scripted(version="challenger", wrong=CHAMPION.wrong | tipped, sure=dict.fromkeys(tipped, 0.51))
    assert (Refused.RECALL_FELL, "open", "CANE") in codes(judge(before, after, EVIDENCE, (HANDS, HANDS)))


def test_a_single_text_says_nothing() -> None:
    assert sureness_change(np.asarray([0.9]), np.asarray([0.1])).chance == pytest.approx(0.5)


def test_the_calibration_gap_of_honest_answers_is_small_at_any_number() -> None:
    generator = np.random.default_rng(1)
    for count in (150, 3000):
        confidence = generator.uniform(0.3, 1, count)
        right = generator.random(count) < confidence
        truth = np.where(right, "A", "B")
        honest = Answers(
            truth=truth,
            subjects=truth,
            said=np.full(count, "A"),
            confidence=confidence,
            of_truth=confidence,
            assigned=right,
        )
        assert calibration_gap(honest) < 0.05
    assert len(joined([honest, honest])) == 2 * len(honest)


def test_precision_is_judged_by_the_exact_tail() -> None:
    assert not below_target(93, 100, 0.95, chance=0.05)
    assert below_target(90, 100, 0.95, chance=0.05)
    assert not below_target(0, 0, 0.95, chance=0.05)
