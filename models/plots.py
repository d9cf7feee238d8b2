"""Pictures of a measured model: is its confidence honest, how much may it send alone, what does it confuse.

Written by `make evaluate` into docs/pictures/. Not here: the figures (models/metrics.py), the tables (models/report.py).
matplotlib is needed only here and is imported inside.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from models.evaluate import Measured

BINS = 10
MOST_CONFUSED = 14


def draw(measured: Measured, folder: Path) -> list[Path]:
    """Writes reliability.png, coverage.png and confusion.png into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {
        "reliability": _reliability(measured.chances.max(axis=1), measured.is_right),
        "coverage": _coverage(measured.chances.max(axis=1), measured.is_right),
        "confusion": _confusion(measured),
    }
    paths = []
    for name, figure in pictures.items():
        paths.append(folder / f"{name}.png")
        figure.savefig(paths[-1], dpi=110, metadata={"Software": None})
    return paths


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _reliability(confidence: NDArray[np.float64], is_right: NDArray[np.bool_]) -> Figure:
    """Of the answers given with about this confidence, how many were right; the bars' height is how many answers."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    met = np.unique(bins)
    figure = _figure(5.2, 4.6)
    axes = figure.add_subplot()
    axes.bar((np.arange(BINS) + 0.5) / BINS, np.bincount(bins, minlength=BINS) / len(bins), 0.09, color="#dddddd")
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--")
    axes.plot(
        [confidence[bins == own].mean() for own in met], [is_right[bins == own].mean() for own in met], marker="o"
    )
    axes.set(xlabel="confidence", ylabel="share right (line), share of texts (bars)", title="Is the confidence honest?")
    return figure


def _coverage(confidence: NDArray[np.float64], is_right: NDArray[np.bool_]) -> Figure:
    """How right the model is on the surest part of the texts, however large one makes it."""
    order = np.argsort(-confidence, kind="stable")
    count = np.arange(1, len(order) + 1)
    figure = _figure(5.2, 4.6)
    axes = figure.add_subplot()
    axes.plot(count / len(order), np.cumsum(is_right[order]) / count)
    for precision in (0.95, 0.98):
        axes.axhline(precision, color="#999999", linestyle=":")
    axes.set(xlabel="share of texts sent without a person", ylabel="share right among them", ylim=(0.8, 1.005))
    axes.set_title("How much may it send alone?")
    return figure


def _confusion(measured: Measured) -> Figure:
    """The departments with most mistakes: rows are responsible, columns what the model said."""
    size = len(measured.departments)
    counts = np.zeros((size, size), dtype=int)
    np.add.at(counts, (measured.truth, measured.predicted), 1)
    wrong = counts - np.diag(np.diag(counts))
    worst = np.sort(np.argsort(-(wrong.sum(axis=0) + wrong.sum(axis=1)), kind="stable")[:MOST_CONFUSED])
    shown, names = counts[np.ix_(worst, worst)], [measured.departments[code] for code in worst]
    figure = _figure(8.4, 7.6)
    axes = figure.add_subplot()
    axes.imshow(shown, cmap="Blues", vmax=max(int(wrong.max()) * 2, 1))
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    for (row, column), count in np.ndenumerate(shown):
        if count:
            axes.text(column, row, str(count), ha="center", va="center", fontsize=8)
    axes.set(xlabel="model said", ylabel="responsible", title="Most confused departments")
    return figure
