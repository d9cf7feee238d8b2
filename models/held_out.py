"""Corpus texts of writers that a model has not seen, answered with and without the corrections: the widest evidence there is.

The calibrating hands are left out in turn, so a few thousand texts are judged like strangers'. The model without corrections never
moves from one retraining to the next: poison in many small doses shows too. Not here: the verdict (models/gate.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.calibrate import fit_temperature
from models.corpus.descriptions import Phrase
from models.corpus.reader import Row
from models.evidence import Answers
from models.fit import Recipe, fit
from models.probability import probabilities
from models.train import as_examples, phrase_examples

FOLDS = 2  # both sides alike; half the hands gone makes no difference to what corrections do


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """The answers, and the temperature at which scores became probabilities, for the other side to be answered alike."""

    answers: Answers
    temperature: float


def held_out(
    corpus: Sequence[Row],
    corrections: Sequence[Row],
    phrases: Sequence[Phrase],
    recipe: Recipe,
    *,
    temperature: float | None = None,
) -> HeldOut:
    """Answers on the rows of `corpus` by calibrating hands, in its order, by models that saw the corrections and no text of the
    row's hand. Nobody serves these models: `assigned` is False throughout."""
    departments = tuple(sorted({row.department for row in corpus}))
    examples = [*as_examples(corpus), *as_examples(corrections), *phrase_examples(phrases, departments)]
    fitted = fit(examples, departments, replace(recipe, folds=FOLDS))
    asked = np.flatnonzero(fitted.is_held_out[: len(corpus)])
    scores = fitted.held_out[asked]
    codes = np.asarray([departments.index(corpus[row].department) for row in asked.tolist()], dtype=np.int64)
    if temperature is None:
        temperature = fit_temperature(scores, codes)
    chances = probabilities(scores, temperature)
    names = np.asarray(departments, dtype=np.str_)
    answers = Answers(
        truth=names[codes],
        subjects=names[codes],
        said=names[chances.argmax(axis=1)],
        confidence=chances.max(axis=1),
        of_truth=chances[np.arange(len(codes)), codes],
        assigned=np.zeros(len(codes), dtype=np.bool_),
    )
    return HeldOut(answers=answers, temperature=temperature)
