"""Fits one linear model on complaint texts, descriptions and their romanised copies (scikit-learn); scores held-out texts.

Not here: temperature and thresholds (models/calibrate.py), files and versions (models/train.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from models.features import FeatureSpace
from models.romanise import is_mostly_devanagari, romanised
from models.solve import STEPS, ridge
from models.vectorise import fit_space, rows

HELD_OUT_STEPS = 14  # confidence is learned to within half a point from them (measured)
THREADS = 2  # models fitted at the same time: the whole and those without one fold
ALWAYS_SEEN = (
    -1
)  # the fold of hands that do not calibrate and of descriptions: in every training part, in no held-out part


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What may be chosen in training; the defaults are what measured best in grouped cross-validation."""

    alpha: float = 1.0  # ridge penalty
    balance: float = 0.5  # 0: departments weigh as they occur, 1: all alike
    description_weight: float = 2.0  # of a description's phrase, beside 1 for a complaint
    min_rows: int = 3  # a feature must occur in as many rows: rarer words are names
    folds: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One training text as tokens. Examples of one `hand` are held out together: scores on them are scores on a stranger's
    text. "": never held out. `is_phrase`: a phrase of a description, not a complaint."""

    id: str
    tokens: tuple[str, ...]
    department: str
    hand: str = ""
    is_phrase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A linear model: `coefficients` has the shape (features, departments); `held_out` are the scores of each example by a
    model that saw no text of its hand, `is_held_out` says which examples have such scores (the rows of others are zero)."""

    departments: tuple[str, ...]
    space: FeatureSpace
    coefficients: NDArray[np.float32]
    held_out: NDArray[np.float32]
    is_held_out: NDArray[np.bool_]

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
    parts = [design.folds != fold for fold in range(design.folds.max() + 1)]
    with ThreadPoolExecutor(max_workers=THREADS) as threads:  # the products leave Python; each model is deterministic
        whole = threads.submit(_solved, design, np.ones(len(texts), dtype=bool), recipe, STEPS)
        solved = threads.map(lambda seen: _solved(design, seen, recipe, HELD_OUT_STEPS), parts)
        coefficients = whole.result()
        held_out = np.zeros((len(examples), len(departments)), dtype=np.float32)
        for seen, without in zip(parts, solved, strict=True):
            held = np.flatnonzero(~seen[: len(examples)])
            held_out[held] = design.rows[held] @ without
    # float16 is what is saved: whatever is measured is measured with the saved values.
    saved = coefficients.astype(np.float16).astype(np.float32)
    return Fitted(
        departments=departments,
        space=space,
        coefficients=saved,
        held_out=held_out,
        is_held_out=design.folds[: len(examples)] != ALWAYS_SEEN,
    )


def _design(
    weighted: csr_matrix,
    examples: Sequence[Example],
    sources: NDArray[np.int64],
    departments: tuple[str, ...],
    recipe: Recipe,
) -> _Design:
    codes = np.asarray([departments.index(example.department) for example in examples])[sources]
    light = np.asarray([recipe.description_weight if example.is_phrase else 1.0 for example in examples])[sources]
    mass = np.bincount(codes, weights=light, minlength=len(departments))
    balanced = (light.sum() / len(departments) / np.maximum(mass, 1)) ** recipe.balance
    targets = np.full((len(codes), len(departments)), -1, dtype=np.float32)
    targets[np.arange(len(codes)), codes] = 1
    roots = np.sqrt(light * balanced[codes]).astype(np.float32)
    return _Design(weighted, targets, roots, _folds(examples, recipe)[sources])


def _folds(examples: Sequence[Example], recipe: Recipe) -> NDArray[np.int64]:
    """The fold of each example: hands are put together, the largest first, so that the folds come out about equal."""
    sizes = Counter(example.hand for example in examples if example.hand)
    taken = [0] * min(recipe.folds, len(sizes))
    fold_of = {"": ALWAYS_SEEN}
    for hand, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold_of[hand] = taken.index(min(taken))
        taken[fold_of[hand]] += size
    return np.asarray([fold_of[example.hand] for example in examples], dtype=np.int64)


def _solved(design: _Design, seen: NDArray[np.bool_], recipe: Recipe, steps: int) -> NDArray[np.float32]:
    return ridge(design.rows[seen], design.targets[seen], design.roots[seen], alpha=recipe.alpha, steps=steps)
