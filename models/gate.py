"""The gate: champion against challenger on evidence that neither was trained on; one reason against it is enough to refuse.

It fails closed: evidence that is missing or too small refuses. A global figure hides targeted harm, so every department and every
canary intent is looked at by itself (promise P22). Not here: statistics (models/harm.py), promotion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.evidence import Answering, Answers, Evidence, Where, ask, joined
from models.figures import figures_of, precision_of
from models.harm import (
    Change,
    below_target,
    calibration_gap,
    chance_of_gap,
    coverage_change,
    macro_f1_of,
    recall_change,
    sureness_change,
)
from nistaran.domain.verdict import Reason, Refused, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLimits:
    """All that the gate allows, in one table; shares are 0–1.

    The recall of a department may fall by 3 points, a canary intent by 5, macro-F1 by 1 (P22), coverage at the precision target
    by 5; confidence may be 0.05 off (P24). Where the champion already misses the target of confidence or precision, the challenger
    may not be worse by more than `missed`: to keep the champion would help nobody. `sureness`: the mean probability given to the
    right department may fall by 4 points, by 3 where recall fell with it. Measured at full size: honest retrainings make falls of up
    to 2.8 points, thirty flipped corrections of one topic 3.9. `canary_sureness`: the mean probability of an intent's texts may fall
    by 8 points, unless one text makes the fall.
    """

    recall: float = 0.03
    fewest_lost: int = 3  #: texts of a department, those won taken off
    sureness: float = 0.04
    sureness_with_recall: float = 0.03
    canary: float = 0.05
    canary_sureness: float = 0.08
    canary_known: float = 0.7  #: less is a guess, which tips over whatever is learned
    macro_f1: float = 0.01
    calibration: float = 0.05
    coverage: float = 0.05
    precision: float = 0.95
    missed: float = 0.02
    chance: float = 0.0625  #: of the sign test beside a fall of probability: four lost and none won are enough
    chance_alone: float = 0.002  #: of the sign test by itself: nine lost and none won
    chance_sureness: float = 0.00621  #: two and a half standard errors
    chance_whole: float = 0.02  #: of the sign test on all departments together
    chance_coverage: float = 0.05
    chance_target: float = 0.05
    sheets: int = 200
    audited: int = 100
    newest: int = 30
    hands: int = 200
    department: int = 20
    intent: int = 4


LIMITS = GateLimits()
Pair = tuple[Answers, Answers]


def judge(
    champion: Answering,
    challenger: Answering,
    offered: Sequence[Evidence],
    hands: Pair | None,
    limits: GateLimits = LIMITS,
) -> Verdict:
    """May the challenger take the champion's place?

    `offered` has one Evidence for each of SHEETS, AUDITED, NEWEST and CANARIES; `hands` are the held-out hands' answers without
    and with the corrections.
    """
    lost = [code for code in champion.departments if code not in challenger.departments]
    reasons = [Reason(code=Refused.DEPARTMENT_LOST, where="model", subject=code) for code in lost]
    by_place = {one.where: one for one in offered}
    reasons += _lacking(by_place, hands, champion.departments, limits)
    pairs = {where: (ask(champion, one), ask(challenger, one)) for where, one in by_place.items() if one.texts}
    if hands is not None:
        pairs[Where.HANDS] = hands
    if not reasons:
        reasons = list(_harms(pairs, limits))
    return Verdict(
        champion=champion.version,
        challenger=challenger.version,
        reasons=tuple(reasons),
        figures=tuple(figures_of(pairs, _open(pairs), precision=limits.precision)),
    )


def _lacking(
    by_place: Mapping[Where, Evidence], hands: Pair | None, departments: Sequence[str], limits: GateLimits
) -> list[Reason]:
    needed = {
        Where.SHEETS: limits.sheets,
        Where.AUDITED: limits.audited,
        Where.NEWEST: limits.newest,
        Where.CANARIES: limits.intent,
        Where.HANDS: limits.hands,
    }
    found = {where: len(one.texts) for where, one in by_place.items()}
    if hands is not None:
        found[Where.HANDS] = len(hands[0])
    missing = [Reason(code=Refused.EVIDENCE_MISSING, where=where.value) for where in needed if where not in found]
    small = [
        _too_small(where.value, "", found[where], most)
        for where, most in needed.items()
        if where in found and found[where] < most
    ]
    return missing + small + list(_few(by_place, departments, limits))


def _few(by_place: Mapping[Where, Evidence], departments: Sequence[str], limits: GateLimits) -> Iterator[Reason]:
    open_to_all = [one for where, one in by_place.items() if where is not Where.NEWEST]
    truths = [department for one in open_to_all for department in one.departments]
    for department in departments:
        if truths.count(department) < limits.department:
            yield _too_small(Where.OPEN.value, department, truths.count(department), limits.department)
    canaries = by_place.get(Where.CANARIES)
    for intent in sorted(set(canaries.subjects)) if canaries else ():
        if canaries and canaries.subjects.count(intent) < limits.intent:
            yield _too_small(Where.CANARIES.value, intent, canaries.subjects.count(intent), limits.intent)


def _too_small(where: str, subject: str, count: int, needed: int) -> Reason:
    return Reason(code=Refused.EVIDENCE_TOO_SMALL, where=where, subject=subject, count=count, limit=float(needed))


def _harms(pairs: Mapping[Where, Pair], limits: GateLimits) -> Iterator[Reason]:
    """NEWEST holds what somebody corrected: the champion is wrong there by construction, so only falls are read from it and nothing
    about calibration, coverage or precision."""
    told = {Where.OPEN: _open(pairs), Where.HANDS: pairs[Where.HANDS], Where.NEWEST: pairs[Where.NEWEST]}
    for where, pair in told.items():
        if pair is None:
            continue
        yield from _departments(where, pair, limits)
        yield from _macro_f1(where, pair, limits)
    yield from _canaries(pairs[Where.CANARIES], limits)
    for where in (Where.SHEETS, Where.AUDITED):
        yield from _macro_f1(where, pairs[where], limits)
        yield from _trust(where, pairs[where], limits)


def _open(pairs: Mapping[Where, Pair]) -> Pair | None:
    """All that stands open to both models as one; None when there is nothing of it."""
    found = [pairs[where] for where in (Where.SHEETS, Where.AUDITED, Where.CANARIES) if where in pairs]
    return (joined([before for before, _ in found]), joined([after for _, after in found])) if found else None


def _departments(where: Where, pair: Pair, limits: GateLimits) -> Iterator[Reason]:
    before, after = pair
    for department in np.unique(before.truth):
        own = before.truth == department
        if own.sum() < limits.department:
            continue
        recall = recall_change(before.right[own], after.right[own])
        sureness = sureness_change(before.of_truth[own], after.of_truth[own])
        if recall.fall > limits.recall and _is_harm(recall, sureness, limits):
            yield _reason(Refused.RECALL_FELL, where, str(department), recall, limits.recall)
        elif sureness.fall > limits.sureness and sureness.chance <= limits.chance_sureness:
            yield _reason(Refused.SURENESS_FELL, where, str(department), sureness, limits.sureness)


def _is_harm(recall: Change, sureness: Change, limits: GateLimits) -> bool:
    """Texts near one half tip over by chance: a few of them are harm only when probabilities fell on the whole, two never (of
    forty they are five points); a fall of probability that has a cause is seen by itself."""
    if round(recall.fall * recall.count) < limits.fewest_lost:
        return False
    if recall.chance <= limits.chance_alone:
        return True
    is_unlikely = recall.chance <= limits.chance or sureness.chance <= limits.chance_sureness
    return is_unlikely and sureness.fall > limits.sureness_with_recall


def _canaries(pair: Pair, limits: GateLimits) -> Iterator[Reason]:
    """An intent fell when a text is lost that the champion knew (and did not only guess) and its probabilities fall with it, or when
    they fall far without a loss yet, and not for one odd text alone."""
    before, after = pair
    known = before.right & (before.of_truth >= limits.canary_known)
    for intent in np.unique(before.subjects):
        own = before.subjects == intent
        recall = recall_change(known[own], known[own] & after.right[own])
        sureness = sureness_change(before.of_truth[own], after.of_truth[own])
        losses = np.sort(before.of_truth[own] - after.of_truth[own])[::-1]
        if recall.fall > limits.canary and sureness.fall > limits.canary:
            yield _reason(Refused.CANARY_FELL, Where.CANARIES, str(intent), recall, limits.canary)
        elif sureness.fall > limits.canary_sureness and losses[1] > limits.canary:
            yield _reason(Refused.CANARY_FELL, Where.CANARIES, str(intent), sureness, limits.canary_sureness)


def _macro_f1(where: Where, pair: Pair, limits: GateLimits) -> Iterator[Reason]:
    before, after = pair
    was, now = macro_f1_of(before), macro_f1_of(after)
    chance = recall_change(before.right, after.right).chance
    if was - now > limits.macro_f1 and chance <= limits.chance_whole:
        change = Change(was=was, now=now, count=len(before), chance=chance)
        yield _reason(Refused.MACRO_F1_FELL, where, "", change, limits.macro_f1)


def _trust(where: Where, pair: Pair, limits: GateLimits) -> Iterator[Reason]:
    before, after = pair
    gap = Change(was=calibration_gap(before), now=calibration_gap(after), count=len(after))
    if _is_off(after, limits) and (not _is_off(before, limits) or -gap.fall > limits.missed):
        yield _reason(Refused.CALIBRATION_OFF, where, "", gap, limits.calibration)
    coverage = coverage_change(before, after, limits.precision)
    if coverage.fall > limits.coverage and coverage.chance <= limits.chance_coverage:
        yield _reason(Refused.COVERAGE_FELL, where, "", coverage, limits.coverage)
    precision = Change(was=precision_of(before), now=precision_of(after), count=int(after.assigned.sum()))
    if _is_imprecise(after, limits) and (not _is_imprecise(before, limits) or precision.fall > limits.missed):
        yield _reason(Refused.PRECISION_BELOW_TARGET, where, "", precision, limits.precision)


def _is_off(answers: Answers, limits: GateLimits) -> bool:
    return calibration_gap(answers) > limits.calibration + chance_of_gap(answers)


def _is_imprecise(answers: Answers, limits: GateLimits) -> bool:
    sent = answers.assigned
    return below_target(int(answers.right[sent].sum()), int(sent.sum()), limits.precision, chance=limits.chance_target)


def _reason(code: Refused, where: Where, subject: str, change: Change, limit: float) -> Reason:
    return Reason(
        code=code, where=where.value, subject=subject, was=change.was, now=change.now, limit=limit, count=change.count
    )
