"""Fits one linear model on complaint texts and their romanised copies (scikit-learn), and scores held-out texts.

Not here: temperature and thresholds (models/calibrate.py), files and versions (models/train.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed  # type: ignore[import-untyped]
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from models.features import FeatureSpace
from models.romanise import is_mostly_devanagari, romanised
from models.vectorise import fit_space, rows

SEED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What may be chosen in training; the defaults are what measured best in grouped cross-validation (docs/evaluation.md)."""

    cost: float = 0.5  # LinearSVC's C
    min_rows: int = 3  # a feature must occur in as many rows: rare words are names
    folds: int = 5
    jobs: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One training text as tokens. Examples of one `group` (near-duplicates) stay in one fold."""

    id: str
    tokens: tuple[str, ...]
    department: str
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A linear model: `coefficients` has the shape (features, departments)."""

    departments: tuple[str, ...]
    space: FeatureSpace
    coefficients: NDArray[np.float32]

    def scores(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Normalised scores of token lists, shape (texts, departments)."""
        scored: NDArray[np.float32] = rows(texts, self.space) @ self.coefficients
        return scored


def fit(examples: Sequence[Example], departments: tuple[str, ...], recipe: Recipe) -> Fitted:
    """The model of these examples and their copies. No intercept: an empty text must not look like any department."""
    texts = [example.tokens for example in examples]
    codes = np.asarray([departments.index(example.department) for example in examples])
    copied = [row for row, text in enumerate(texts) if is_mostly_devanagari(text)]
    texts += [tuple(romanised(texts[row], examples[row].id)) for row in copied]
    codes = np.concatenate([codes, codes[copied]])
    space = fit_space(texts, min_rows=recipe.min_rows)
    machine = LinearSVC(C=recipe.cost, fit_intercept=False, class_weight="balanced", random_state=SEED, tol=1e-3)
    machine.fit(rows(texts, space), codes)
    coefficients = np.zeros((len(space.weights), len(departments)), dtype=np.float32)
    coefficients[:, machine.classes_] = machine.coef_.T
    # float16 is what is saved: whatever is measured is measured with the saved values.
    return Fitted(departments=departments, space=space, coefficients=coefficients.astype(np.float16).astype(np.float32))


def out_of_fold(
    examples: Sequence[Example], departments: tuple[str, ...], recipe: Recipe
) -> NDArray[np.float32]:
    """Each example's scores by a model that saw neither it nor its group nor their copies."""
    codes = [departments.index(example.department) for example in examples]
    groups = [example.group for example in examples]
    splitter = StratifiedGroupKFold(n_splits=recipe.folds, shuffle=True, random_state=SEED)
    folds = list(splitter.split(np.zeros(len(codes)), codes, groups))
    scored = Parallel(n_jobs=recipe.jobs)(
        delayed(_held_out)([examples[row] for row in seen], [examples[row] for row in held], departments, recipe)
        for seen, held in folds
    )
    together = np.zeros((len(examples), len(departments)), dtype=np.float32)
    for (_, held), scores in zip(folds, scored, strict=True):
        together[held] = scores
    return together


def _held_out(
    seen: Sequence[Example], held: Sequence[Example], departments: tuple[str, ...], recipe: Recipe
) -> NDArray[np.float32]:
    return fit(seen, departments, recipe).scores([example.tokens for example in held])
