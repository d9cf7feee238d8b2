"""`python -m models.evaluate`: the shipped model on the test hands, through the same `classify` that serves.

Writes the version's card.md and docs/evaluation.md. Not here: the arithmetic (models/metrics.py), the tables (models/report.py).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.classifier import NOT_OURS, DepartmentClassifier
from models.corpus.reader import SHEETS, Row, read_sheets
from models.plots import draw
from models.registry import SHIPPED, Registry
from models.report import card, evaluation_page
from nistaran.domain.cleaning import clean
from nistaran.domain.decision import AskReason

DOCS = Path(__file__).parent.parent / "docs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A model's answers on labelled rows: `truth` and `predicted` are columns of `chances`; `asked` as the model served
    it, `also` the departments of further issues."""

    rows: tuple[Row, ...]
    departments: tuple[str, ...]
    truth: NDArray[np.int64]
    chances: NDArray[np.float64]
    asked: tuple[AskReason | None, ...]
    also: tuple[tuple[str, ...], ...]

    @property
    def predicted(self) -> NDArray[np.int64]:
        """The likeliest department of each row."""
        likeliest: NDArray[np.int64] = self.chances.argmax(axis=1)
        return likeliest

    @property
    def is_right(self) -> NDArray[np.bool_]:
        """Which rows' likeliest department is the responsible one."""
        right: NDArray[np.bool_] = self.predicted == self.truth
        return right

    @property
    def is_assigned(self) -> NDArray[np.bool_]:
        """Which rows the model would send without asking a person."""
        return np.asarray([reason is None for reason in self.asked])

    @property
    def is_not_ours(self) -> NDArray[np.bool_]:
        """Which rows are no grievance, or not one for the district."""
        not_ours: NDArray[np.bool_] = self.truth == self.departments.index(NOT_OURS)
        return not_ours


def measure(classifier: DepartmentClassifier, rows: Sequence[Row]) -> Measured:
    """The classifier's answers on rows whose departments it knows. Raises ValueError for a department that it does not."""
    known = classifier.departments
    unknown = {row.department for row in rows} - set(known)
    if unknown:
        raise ValueError(f"the model does not know {sorted(unknown)}; train it on sheets that have these departments")
    texts = [clean(row.text) for row in rows]
    classified = classifier.classify(texts)
    return Measured(
        rows=tuple(rows),
        departments=known,
        truth=np.asarray([known.index(row.department) for row in rows]),
        chances=classifier.probabilities(texts),
        asked=tuple(found.ask for found in classified),
        also=tuple(classifier.also(texts, [found.best.department for found in classified])),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures the current version on all test hands and writes its card and the evaluation page."""
    parser = argparse.ArgumentParser(prog="python -m models.evaluate", description=main.__doc__)
    parser.add_argument("--registry", type=Path, default=SHIPPED, help="folder of model versions")
    parser.add_argument("--sheets", type=Path, default=SHEETS, help="folder of corpus sheets")
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder that gets evaluation.md")
    chosen = parser.parse_args(arguments)
    folder = Registry(chosen.registry).current()
    classifier = DepartmentClassifier.load(folder)
    measured = measure(classifier, [row for row in read_sheets(chosen.sheets) if row.is_test])
    written = card(classifier.settings, measured)
    (folder / "card.md").write_text(written, encoding="utf-8")
    chosen.docs.mkdir(parents=True, exist_ok=True)
    (chosen.docs / "evaluation.md").write_text(evaluation_page(classifier.settings, measured), encoding="utf-8")
    draw(measured, chosen.docs / "pictures")
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
