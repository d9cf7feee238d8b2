"""Fits the judge of reports: wording and evidence side by side in one ridge model, a column for REJECT and one for each reason.

Not here: thresholds and files (train.py), serving (judge.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from models.features import FeatureSpace
from models.reports.corpus import ReportRow
from models.reports.phrases import PhraseTable
from models.reports.slots import slot_names, slot_row
from models.reports.wording import wording
from models.romanise import is_mostly_devanagari, romanised
from models.solve import ridge
from models.vectorise import fit_space, rows
from nistaran.domain.cleaning import clean
from nistaran.domain.evidence import read_evidence
from nistaran.domain.report import ReportCode

REJECT = "REJECT"
COLUMNS = (REJECT, *(code.value for code in ReportCode))
COPY_MARK = "+"
#: Hands that wrote nearly nothing but long dated reports in which something, or nothing, was done: a third of the corpus, and rare in traffic.
HARD = frozenset({"r5", "r6"})
SLOT_MARK = "#"  # no token contains it, so slots stand in the feature space beside n-grams


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What may be chosen in training; the defaults measured best across hands."""

    alpha: float = 0.3  # ridge penalty
    slot_weight: float = 0.05  # of a slot beside the wording's unit length
    min_rows: int = 3  # a feature must occur in as many reports: rarer words are names
    copy_weight: float = 0.4  # of an augmented or romanised copy, beside 1 for the report itself
    hard_weight: float = 0.25  # of a report by a hand that wrote the hardest kinds only
    steps: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One report ready for fitting. `targets`: +1 or -1 in the order of COLUMNS."""

    id: str
    hand: str
    tokens: tuple[str, ...]
    slots: NDArray[np.float32]
    targets: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedReports:
    """`space` holds n-grams and, after them, the slots (marked #); `coefficients` have the shape (features, COLUMNS)."""

    space: FeatureSpace
    coefficients: NDArray[np.float32]
    recipe: Recipe

    def scores(self, examples: Sequence[Example]) -> NDArray[np.float32]:
        """Scores, shape (examples, COLUMNS); above 0 speaks for the column."""
        scored: NDArray[np.float32] = _design(examples, _wording_only(self.space), self.recipe) @ self.coefficients
        return scored


def as_examples(found: Sequence[ReportRow], table: PhraseTable) -> list[Example]:
    """Rows as tokens, slots and targets."""
    examples: list[Example] = []
    for row in found:
        report = clean(row.report)
        seen = read_evidence(report, clean(row.complaint))
        codes = {code.value for code in row.reasons} | ({REJECT} if row.is_reject else set())
        examples.append(
            Example(
                id=row.id,
                hand=row.hand,
                tokens=wording(seen.marked.text),
                slots=slot_row(seen, table.met(report.split())),
                targets=np.asarray([1.0 if name in codes else -1.0 for name in COLUMNS], dtype=np.float32),
            )
        )
    return examples


def names_of_slots() -> tuple[str, ...]:
    """The slots' names as they stand in the feature space."""
    return tuple(SLOT_MARK + name for name in slot_names())


def fit_reports(examples: Sequence[Example], recipe: Recipe) -> FittedReports:
    """The ridge model of these examples (copies have ids that end in «+») and romanised copies of those in Devanagari."""
    latin = [_romanised(example) for example in examples if is_mostly_devanagari(example.tokens) and _is_own(example)]
    everything = [*examples, *latin]
    sources = {example.id: number for number, example in enumerate(everything) if _is_own(example)}
    space = fit_space(
        [example.tokens for example in everything],
        [sources[example.id.rstrip(COPY_MARK)] for example in everything],
        min_rows=recipe.min_rows,
    )
    design = _design(everything, space, recipe)
    weights = np.asarray([_weight(example, recipe) for example in everything])
    targets = np.vstack([example.targets for example in everything])
    found = ridge(design, targets, np.sqrt(weights).astype(np.float32), alpha=recipe.alpha, steps=recipe.steps)
    names = [*space.index, *names_of_slots()]
    slots = np.full(len(names) - len(space.weights), recipe.slot_weight, dtype=np.float32)
    return FittedReports(
        space=FeatureSpace(
            index={name: row for row, name in enumerate(names)}, weights=np.concatenate([space.weights, slots])
        ),
        coefficients=found.astype(np.float16).astype(np.float32),  # float16 is what is saved, so it is what is measured
        recipe=recipe,
    )


def _weight(example: Example, recipe: Recipe) -> float:
    own = 1.0 if _is_own(example) else recipe.copy_weight
    return own * (recipe.hard_weight if example.hand in HARD else 1.0)


def held_out(examples: Sequence[Example], recipe: Recipe) -> NDArray[np.float32]:
    """Scores of each example by a model that saw no text of its hand. Needs two hands or more."""
    scores = np.zeros((len(examples), len(COLUMNS)), dtype=np.float32)
    for hand in sorted({example.hand for example in examples}):
        theirs = [number for number, example in enumerate(examples) if example.hand == hand]
        fitted = fit_reports([example for example in examples if example.hand != hand], recipe)
        scores[theirs] = fitted.scores([examples[number] for number in theirs])
    return scores


def _is_own(example: Example) -> bool:
    return not example.id.endswith(COPY_MARK)


def _wording_only(space: FeatureSpace) -> FeatureSpace:
    names = [name for name in space.index if not name.startswith(SLOT_MARK)]
    return FeatureSpace(index={name: row for row, name in enumerate(names)}, weights=space.weights[: len(names)])


def _design(examples: Sequence[Example], space: FeatureSpace, recipe: Recipe) -> csr_matrix:
    said = rows([example.tokens for example in examples], space)
    shown = csr_matrix(np.vstack([example.slots for example in examples]) * np.float32(recipe.slot_weight))
    return hstack([said, shown], format="csr", dtype=np.float32)


def _romanised(example: Example) -> Example:
    """A copy in Latin letters: the words only, its pairs made anew from them."""
    single = [token for token in example.tokens if " " not in token]
    copies = {
        token: token if token[0] == "<" else " ".join(romanised([token], example.id)) or token for token in single
    }
    single = [copies[token] for token in single]
    pairs = [_pair(token, copies) for token in example.tokens if " " in token]
    return Example(
        id=example.id + COPY_MARK,
        hand=example.hand,
        tokens=(*single, *pairs),
        slots=example.slots,
        targets=example.targets,
    )


def _pair(token: str, copies: dict[str, str]) -> str:
    first, second = token[1:-1].split(" ")
    return f"<{copies.get(first, first)} {copies.get(second, second)}>"
