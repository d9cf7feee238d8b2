"""`python -m models.train`: corpus → the shipped model. Deterministic: equal sheets and recipe give equal bytes.

Not here: the single fit (models/fit.py), measuring on test hands (models/evaluate.py).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import sklearn

from models.artefact import Artefact
from models.calibrate import department_thresholds, fit_curve, fit_temperature
from models.corpus.descriptions import Phrase, read_descriptions
from models.corpus.overlap import leaks
from models.corpus.reader import SHEETS, Row, calibrating_hands, read_sheets
from models.features import FOLD_LARGEST, FOLD_SMALLEST, LARGEST, SMALLEST
from models.fit import HELD_OUT_STEPS, Example, Recipe, fit
from models.probability import mended, probabilities
from models.registry import SHIPPED, Registry
from models.settings import Guard, ModelSettings
from models.solve import STEPS
from models.text import distinct_words, tokens
from nistaran.domain.cleaning import clean

PRECISION = 0.95
FLOOR_PRECISION = 0.90
#: What shapes a model beside its rows and recipe: another value makes another version.
_MADE_WITH = (SMALLEST, LARGEST, FOLD_SMALLEST, FOLD_LARGEST, STEPS, HELD_OUT_STEPS, PRECISION, FLOOR_PRECISION)
GUARD = Guard(
    min_known_words=1, min_known_share=0.4, max_foreign_share=0.5, min_damaged_words=2, max_damaged_share=0.25
)


def training_rows(folder: Path = SHEETS) -> list[Row]:
    """The rows that may be trained on: never those of a test hand, nor those that nearly repeat one of them."""
    rows = read_sheets(folder)
    repeats = {training for _, training in leaks(rows)}
    return [row for row in rows if not row.is_test and row.id not in repeats]


def as_examples(rows: Sequence[Row]) -> list[Example]:
    """Rows as tokens; those of calibrating hands know their hand, by which they are held out."""
    calibrating = calibrating_hands()
    return [
        Example(
            id=row.id,
            tokens=tuple(tokens(" ".join(distinct_words(clean(row.text))))),
            department=row.department,
            hand=row.hand if row.hand in calibrating else "",
        )
        for row in rows
    ]


def phrase_examples(phrases: Sequence[Phrase], departments: Sequence[str]) -> list[Example]:
    """The descriptions' phrases of these departments as examples that are never held out."""
    return [
        Example(id=phrase.id, tokens=tuple(tokens(phrase.text)), department=phrase.department, is_phrase=True)
        for phrase in phrases
        if phrase.department in departments
    ]


def train(rows: Sequence[Row], phrases: Sequence[Phrase], recipe: Recipe) -> Artefact:
    """The model of these rows and descriptions, calibrated on the scores of hands by models that saw none of their texts.

    Raises ValueError when no row is by a calibrating hand.
    """
    departments = tuple(sorted({row.department for row in rows}))
    fitted = fit([*as_examples(rows), *phrase_examples(phrases, departments)], departments, recipe)
    is_held_out = fitted.is_held_out[: len(rows)]
    held_out = fitted.held_out[: len(rows)][is_held_out]
    codes = np.asarray([departments.index(row.department) for row in rows])[is_held_out]
    if not len(codes):
        raise ValueError("no row of a calibrating hand: mark one in models/corpus/hands.toml")
    temperature = fit_temperature(held_out, codes)
    chances = probabilities(held_out, temperature)
    predicted = chances.argmax(axis=1)
    curve = fit_curve(chances.max(axis=1), predicted == codes)
    chances = mended(chances, curve)
    thresholds = department_thresholds(
        chances.max(axis=1),
        predicted,
        predicted == codes,
        departments=len(departments),
        precision=PRECISION,
        floor_precision=FLOOR_PRECISION,
    )
    corpus_sha256 = _hash_of(rows, phrases)
    settings = ModelSettings(
        version=f"departments-{hashlib.sha256(f'{corpus_sha256}{recipe}{GUARD}{_MADE_WITH}'.encode()).hexdigest()[:10]}",
        departments=departments,
        temperature=temperature,
        curve=curve,
        thresholds=thresholds,
        guard=GUARD,
        training={
            "rows": len(rows),
            "held_out_rows": len(codes),
            "phrases": len(phrases),
            "features": len(fitted.space.weights),
            "corpus_sha256": corpus_sha256,
            "other_hands_top1": round(float((predicted == codes).mean()), 4),
            "precision_target": PRECISION,
            "scikit_learn": sklearn.__version__,
            **{f"recipe_{name}": value for name, value in asdict(recipe).items()},
        },
    )
    return Artefact(settings=settings, space=fitted.space, coefficients=fitted.coefficients)


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains on all training hands, saves the version and makes it current."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=main.__doc__)
    parser.add_argument("--registry", type=Path, default=SHIPPED, help="folder of model versions")
    parser.add_argument("--sheets", type=Path, default=SHEETS, help="folder of corpus sheets")
    chosen = parser.parse_args(arguments)
    started = time.perf_counter()
    trained = train(training_rows(chosen.sheets), read_descriptions(), Recipe())
    registry = Registry(chosen.registry)
    folder = registry.save(trained)
    registry.promote(trained.settings.version)
    facts = trained.settings.training
    sys.stdout.write(
        f"{folder.name}: {facts['rows']} rows, {facts['features']} features, "
        f"top-1 on hands held out {facts['other_hands_top1']:.3f}, {time.perf_counter() - started:.1f} s\n"
    )


def _hash_of(rows: Sequence[Row], phrases: Sequence[Phrase]) -> str:
    digest = hashlib.sha256()
    everything: list[Row | Phrase] = [*rows, *phrases]
    for row in everything:
        digest.update(f"{row.id}\t{row.department}\t{row.text}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
