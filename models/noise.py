"""Corrections that the other labels contradict: out-of-fold confident disagreement, counted by who made them and for whom.

A list for the curator to look at, by case number and never with words. Measured on this project's corpus: of honest corrections of
a wrong model a third look so, therefore nothing is left out for it. Not here: the limits (models/labels.py).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.calibrate import fit_temperature
from models.corpus.descriptions import Phrase
from models.corpus.reader import Row
from models.fit import Recipe, fit
from models.labels import as_row
from models.probability import probabilities
from models.train import as_examples, phrase_examples
from nistaran.domain.correction import TrustedLabel

FOLDS = 2
MOST_NAMED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseReport:
    """`looked_at` corrections, of which `suspects` are confidently contradicted: case numbers, the most contradicted first; counts
    (suspects, all) by operator and accepting office; suspects by (department given, department that the others say)."""

    looked_at: int
    suspects: tuple[str, ...]
    operators: dict[str, tuple[int, int]]
    offices: dict[str, tuple[int, int]]
    pairs: dict[tuple[str, str], int]

    def to_json(self) -> dict[str, object]:
        """Codes, logins, case numbers and counts."""
        return {
            "looked_at": self.looked_at,
            "suspects": len(self.suspects),
            "cases": list(self.suspects[:MOST_NAMED]),
            "operators": {login: list(counts) for login, counts in self.operators.items()},
            "offices": {office: list(counts) for office, counts in self.offices.items()},
            "pairs": {f"{given}>{said}": count for (given, said), count in self.pairs.items()},
        }


def noise_report(
    labels: Sequence[TrustedLabel], corpus: Sequence[Row], phrases: Sequence[Phrase], recipe: Recipe
) -> NoiseReport:
    """Each correction judged by a model that saw the corpus and the other corrections, but not those of its own fold.

    A correction is suspect when another department is likelier than that department's own corrections and rows are on average
    (confident learning, Northcutt et al. 2021).
    """
    if not labels:
        return NoiseReport(looked_at=0, suspects=(), operators={}, offices={}, pairs={})
    departments = tuple(sorted({row.department for row in corpus}))
    given = np.asarray([departments.index(label.department) for label in labels])
    chances = _out_of_fold(labels, corpus, phrases, departments, replace(recipe, folds=FOLDS))
    itself = chances[np.arange(len(labels)), given]
    usual = np.asarray(
        [itself[given == code].mean() if (given == code).any() else 1.0 for code in range(len(departments))]
    )
    likeliest = chances.argmax(axis=1)
    contradicted = chances.max(axis=1) - itself
    suspect = (likeliest != given) & (chances.max(axis=1) >= np.maximum(usual[likeliest], 0.5))
    order = [row for row in np.argsort(-contradicted, kind="stable") if suspect[row]]
    pairs = Counter((departments[given[row]], departments[likeliest[row]]) for row in order)
    return NoiseReport(
        looked_at=len(labels),
        suspects=tuple(labels[row].case for row in order),
        operators=_shares([label.by for label in labels], suspect),
        offices=_shares([label.office or "-" for label in labels], suspect),
        pairs=dict(pairs.most_common()),
    )


def _out_of_fold(
    labels: Sequence[TrustedLabel],
    corpus: Sequence[Row],
    phrases: Sequence[Phrase],
    departments: tuple[str, ...],
    recipe: Recipe,
) -> NDArray[np.float64]:
    """Probabilities of the corrections, shape (labels, departments); the corpus is in every training part."""
    own = [
        replace(example, hand=f"fold{_fold(label.case)}")
        for example, label in zip(as_examples([as_row(label) for label in labels]), labels, strict=True)
    ]
    seen = [replace(example, hand="") for example in as_examples(corpus)]
    fitted = fit([*own, *seen, *phrase_examples(phrases, departments)], departments, recipe)
    codes = np.asarray([departments.index(label.department) for label in labels])
    scores = fitted.held_out[: len(labels)]
    return probabilities(scores, fit_temperature(scores, codes))


def _fold(case: str) -> int:
    return hashlib.sha256(case.encode()).digest()[0] % FOLDS


def _shares(keys: Sequence[str], suspect: NDArray[np.bool_]) -> dict[str, tuple[int, int]]:
    everything, bad = Counter(keys), Counter(key for key, is_bad in zip(keys, suspect, strict=True) if is_bad)
    return {key: (bad[key], everything[key]) for key in sorted(everything, key=lambda key: (-bad[key], key))}
