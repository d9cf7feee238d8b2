"""Fits one linear model on complaint texts, descriptions and their romanised copies (scikit-learn); scores held-out texts.

Not here: temperature and thresholds (models/calibrate.py), files and versions (models/train.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedGroupKFold

from models.features import FeatureSpace
from models.romanise import is_mostly_devanagari, romanised
from models.solve import ridge
from models.vectorise import fit_space, rows

SEED = 20
THREADS = 2  # models fitted at the same time: the whole and those without one fold
ALWAYS_SEEN = -1  # the fold of descriptions: in every training part, in no held-out part


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What may be chosen in training; the defaults are what measured best in grouped cross-validation."""

    alpha: float = 1.0  # ridge penalty
    balance: float = 0.5  # 0: departments weigh as they occur, 1: all alike
    description_weight: float = 2.0  # of a description's phrase, beside 1 for a complaint
    min_rows: int = 3  # a feature must occur in as many rows: rarer words are names
    folds: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One training text as tokens. Examples of one `group` (near-duplicates) stay in one fold; None: never held out."""

    id: str
    tokens: tuple[str, ...]
    department: str
    group: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A linear model: `coefficients` has the shape (features, departments); `held_out` are the scores of each example by a
    model that saw neither it nor its group nor their copies (rows of examples without a group are zero)."""

    departments: tuple[str, ...]
    space: FeatureSpace
    coefficients: NDArray[np.float32]
    held_out: NDArray[np.float32]

    def scores(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Normalised scores of token lists, shape (texts, departments)."""
        scored: NDArray[np.float32] = rows(texts, self.space) @ self.coefficients
        return scored


@dataclass(frozen=True, slots=True)
class _Design:
    """The weighted rows (examples, then copies), their targets, weights' roots, folds and which example each comes from."""

    rows: csr_matrix
    targets: NDArray[np.float32]
    roots: NDArray[np.float32]
    folds: NDArray[np.int64]


def fit(examples: Sequence[Example], departments: tuple[str, ...], recipe: Recipe) -> Fitted:
    """The ridge model of these examples and their copies, with out-of-fold scores.

    No intercept: an empty text must not look like any department. The held-out scores share the feature weights (which see
    no labels) with the full model and nothing else.
    """
    texts = [example.tokens for example in examples]
    copied = [row for row, text in enumerate(texts) if is_mostly_devanagari(text)]
    texts += [tuple(romanised(texts[row], examples[row].id)) for row in copied]
    sources = [*range(len(examples)), *copied]
    space = fit_space(texts, sources, min_rows=recipe.min_rows)
    design = _design(rows(texts, space), examples, np.asarray(sources), departments, recipe)
    parts = [design.folds != fold for fold in range(recipe.folds)]
    with ThreadPoolExecutor(max_workers=THREADS) as threads:  # the products leave Python; each model is deterministic
        solved = threads.map(lambda seen: _solved(design, seen, recipe), [np.ones(len(texts), dtype=bool), *parts])
        coefficients = next(solved)
        held_out = np.zeros((len(examples), len(departments)), dtype=np.float32)
        for seen, without in zip(parts, solved, strict=True):
            held = np.flatnonzero(~seen[: len(examples)])
            held_out[held] = design.rows[held] @ without
    # float16 is what is saved: whatever is measured is measured with the saved values.
    saved = coefficients.astype(np.float16).astype(np.float32)
    return Fitted(departments=departments, space=space, coefficients=saved, held_out=held_out)


def _design(
    weighted: csr_matrix,
    examples: Sequence[Example],
    sources: NDArray[np.int64],
    departments: tuple[str, ...],
    recipe: Recipe,
) -> _Design:
    codes = np.asarray([departments.index(example.department) for example in examples])[sources]
    light = np.asarray([recipe.description_weight if example.group is None else 1.0 for example in examples])[sources]
    mass = np.bincount(codes, weights=light, minlength=len(departments))
    balanced = (light.sum() / len(departments) / np.maximum(mass, 1)) ** recipe.balance
    targets = np.full((len(codes), len(departments)), -1, dtype=np.float32)
    targets[np.arange(len(codes)), codes] = 1
    roots = np.sqrt(light * balanced[codes]).astype(np.float32)
    return _Design(weighted, targets, roots, _folds(examples, departments, recipe)[sources])


def _folds(examples: Sequence[Example], departments: tuple[str, ...], recipe: Recipe) -> NDArray[np.int64]:
    folds = np.full(len(examples), ALWAYS_SEEN, dtype=np.int64)
    held = [row for row, example in enumerate(examples) if example.group is not None]
    codes = [departments.index(examples[row].department) for row in held]
    splitter = StratifiedGroupKFold(n_splits=recipe.folds, shuffle=True, random_state=SEED)
    groups = [examples[row].group for row in held]
    for fold, (_, own) in enumerate(splitter.split(np.zeros(len(held)), codes, groups)):
        folds[np.asarray(held)[own]] = fold
    return folds


def _solved(design: _Design, seen: NDArray[np.bool_], recipe: Recipe) -> NDArray[np.float32]:
    return ridge(design.rows[seen], design.targets[seen], design.roots[seen], alpha=recipe.alpha)
