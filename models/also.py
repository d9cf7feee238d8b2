"""Which other departments a complaint of several issues concerns, beside the one that is responsible for the main one.

A text is read through a window that moves over its words; a department that is sure within a window is another matter of the text.
Not here: the responsible department (models/classifier.py), what is done about a second matter (a task of a co-department).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

WINDOW, STEP = 12, 6  # words
FEWEST_WORDS = 20  # a shorter text says one thing
SURE = 0.8  # on test hands: of what is named so, two thirds are marked by the writer (docs/evaluation.md)


def other_departments(
    probabilities: Callable[[Sequence[str]], NDArray[np.float64]],
    departments: Sequence[str],
    texts: Sequence[str],
    responsible: Sequence[str],
    *,
    leave_out: Sequence[str] = (),
) -> list[tuple[str, ...]]:
    """For each cleaned text the other departments that it concerns, surest first; mostly none.

    Args:
        probabilities: calibrated probabilities of texts, shape (texts, departments).
        responsible: the department of each text's main matter. leave_out: codes that are no second matter.
    """
    windows = [_windows(text) for text in texts]
    flat = [part for parts in windows for part in parts]
    chances = probabilities(flat) if flat else np.zeros((0, len(departments)))
    found: list[tuple[str, ...]] = []
    start = 0
    for parts, main in zip(windows, responsible, strict=True):
        own = chances[start : start + len(parts)]
        start += len(parts)
        strongest = own.max(axis=0) if len(parts) else np.zeros(len(departments))
        order = np.argsort(-strongest, kind="stable")
        named = [departments[code] for code in order if strongest[code] >= SURE]
        found.append(tuple(code for code in named if code != main and code not in leave_out))
    return found


def _windows(text: str) -> list[str]:
    words = text.split()
    if len(words) < FEWEST_WORDS:
        return []
    return [" ".join(words[start : start + WINDOW]) for start in range(0, len(words) - WINDOW // 2, STEP)]
