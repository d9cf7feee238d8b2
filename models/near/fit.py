"""`python -m models.near.fit`: fits the likeness on half of the written pairs and measures it on the other half.

Beside the written pairs stand pairs of training complaints by different hands that look alike and are different matters.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.corpus.reader import Row, read_sheets
from models.near.likeness import FACTS, SHIPPED, Likeness, facts_of, is_certain
from models.near.telling import Telling, stems_of, telling_of
from models.near.weights import shipped_weights
from models.near.written import OTHER, Pair, Written, pairs_of, read_written

#: Crossed pairs repeat what the written ones say, and counting all would let large groups decide.
CROSSED_WEIGHT = 0.4
#: All look-alikes from the sheets together weigh as many written pairs.
LOOK_ALIKES_WEIGHT = 60.0
LOOKS_ALIKE = 0.22  # share of common weight from which two training complaints look alike
_COMMON = 0.25  # stems of less weight are shared by all
#: Of two tellings that the likeness joins, so many must be one matter: a wrong link sends an officer to the wrong file.
PRECISION = 0.97
STRENGTH = 3.0  # of the fit (C), by folds of whole groups within the fitting half


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A pair with its facts and what is true of it."""

    facts: tuple[float, ...]
    same: bool
    kind: str
    weight: float
    written: bool
    is_certain: bool = False  #: likeness.is_certain: then the facts are not asked


def tell(text: str, place: str = "") -> Telling:
    """The telling of a text and of its place column."""
    return telling_of(stems_of(text), stems_of(place), shipped_weights())


def judged_pairs(*, fitting: bool) -> list[Judged]:
    """The pairs of one half of the written groups."""
    return [_judged(pair) for group in read_written() if group[0].is_for_fitting is fitting for pair in pairs_of(group)]


def look_alikes(*, test: bool) -> list[Judged]:
    """Pairs of complaints by different hands that share much: different matters, since no hand saw another's sheets."""
    rows = [row for row in read_sheets() if row.is_test is test]
    tellings = [tell(row.text) for row in rows]
    weights = shipped_weights()
    found = [facts_of(tellings[a], tellings[b], same_person=False, weights=weights) for a, b in _near(rows, tellings)]
    each = LOOK_ALIKES_WEIGHT / max(1, len(found))
    return [Judged(facts=facts, same=False, kind="look_alike", weight=each, written=False) for facts in found]


def fit(pairs: Sequence[Judged]) -> Likeness:
    """The likeness that these pairs give, with the lowest threshold of the wished precision on the written ones."""
    facts, same = np.array([pair.facts for pair in pairs]), np.array([pair.same for pair in pairs])
    model = LogisticRegression(C=STRENGTH, max_iter=10_000)
    model.fit(facts, same, np.array([pair.weight for pair in pairs]))
    chances = model.predict_proba(facts)[:, 1]
    factors = {name: round(float(value), 4) for name, value in zip(FACTS, model.coef_[0], strict=True)}
    threshold = _lowest(chances, same, np.array([pair.weight for pair in pairs]))
    return Likeness(factors=factors, constant=round(float(model.intercept_[0]), 4), threshold=threshold)


def measured(likeness: Likeness, pairs: Sequence[Judged]) -> Iterator[tuple[str, int, int]]:
    """(kind, how many written pairs, how many judged rightly), kinds in order, then the two sums."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        if pair.written:
            by_kind[pair.kind].append((chance(likeness, pair) >= likeness.threshold) is pair.same)
    for kind in sorted(by_kind, key=lambda kind: (kind in OTHER, kind)):
        yield kind, len(by_kind[kind]), sum(by_kind[kind])


def chance(likeness: Likeness, pair: Judged) -> float:
    """How likely the pair is one matter."""
    return 1.0 if pair.is_certain else likeness.chance(pair.facts)


def precision_recall(likeness: Likeness, pairs: Sequence[Judged]) -> tuple[float, float]:
    """Precision and recall over these pairs."""
    said = [chance(likeness, pair) >= likeness.threshold for pair in pairs]
    right = sum(pair.same and yes for pair, yes in zip(pairs, said, strict=True))
    return right / max(1, sum(said)), right / max(1, sum(pair.same for pair in pairs))


def _lowest(chances: np.ndarray, same: np.ndarray, weight: np.ndarray) -> float:
    order = np.argsort(-chances)
    right, all_ = np.cumsum((weight * same)[order]), np.cumsum(weight[order])
    good = np.nonzero(right >= PRECISION * all_)[0]
    return round(float(chances[order][good[-1]]), 3)


def _judged(pair: Pair) -> Judged:
    one, other = _telling(pair.one), _telling(pair.other)
    same_person = pair.one.person == pair.other.person
    return Judged(
        facts=facts_of(one, other, same_person=same_person, weights=shipped_weights()),
        same=pair.same,
        kind=pair.kind,
        weight=1.0 if pair.written else CROSSED_WEIGHT,
        written=pair.written,
        is_certain=is_certain(one, other, same_person=same_person),
    )


def _telling(row: Written) -> Telling:
    return tell(row.text, row.place)


def _near(rows: Sequence[Row], tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pairs of rows that share LOOKS_ALIKE of their weight, each hand with others only."""
    holders: dict[str, list[int]] = defaultdict(list)
    totals = [sum(weight for weight in telling.weights.values() if weight > _COMMON) for telling in tellings]
    for at, telling in enumerate(tellings):
        shared: dict[int, float] = defaultdict(float)
        for known, weight in telling.weights.items():
            if weight > _COMMON:
                for other in holders[known]:
                    shared[other] += weight
                holders[known].append(at)
        own = totals[at]
        for other, both in shared.items():
            union = own + totals[other] - both
            if both >= LOOKS_ALIKE * union and rows[at].hand != rows[other].hand:
                yield other, at


def main() -> None:
    """Fit, write and tell."""
    fitted = fit([*judged_pairs(fitting=True), *look_alikes(test=False)])
    shown = {"factors": fitted.factors, "constant": fitted.constant, "threshold": fitted.threshold}
    SHIPPED.write_text(json.dumps(shown, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(shown, indent=1) + "\n")
    for fitting in (True, False):
        pairs = judged_pairs(fitting=fitting)
        alike = look_alikes(test=not fitting)
        wrong = sum(chance(fitted, pair) >= fitted.threshold for pair in alike)
        written = precision_recall(fitted, [pair for pair in pairs if pair.written])
        sys.stdout.write(
            f"{'fitted' if fitting else 'held out'}: written {written}, all {precision_recall(fitted, pairs)}\n"
        )
        sys.stdout.write(f"  look-alikes joined: {wrong} of {len(alike)}\n")
        for kind, count, right in measured(fitted, pairs):
            sys.stdout.write(f"  {kind:15} {right}/{count}\n")


if __name__ == "__main__":
    main()
