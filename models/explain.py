"""The words that decided: what each word of a text adds to the first department's score over the second's.

Exact, because scores are sums over words. Not here: the scores (models/table.py) and who is first (models/classifier.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.table import CONTENT, EVIDENCE, Scored

MOST_WORDS = 5


def deciding_words(scored: Scored, first: NDArray[np.intp], second: NDArray[np.intp]) -> list[tuple[str, ...]]:
    """For each text up to five of its words that spoke for department `first` against `second`, strongest first.

    Words are as their writer left them, without punctuation around. Words that carry no matter and numbers are left out.
    """
    counted = scored.words.copy()
    counted.sum_duplicates()
    texts = counted.shape[0]
    owners = np.repeat(np.arange(texts), np.diff(counted.indptr))
    rows = scored.rows
    strength = counted.data * (rows[counted.indices, first[owners]] - rows[counted.indices, second[owners]])
    content = rows.shape[1] - len(EVIDENCE) + CONTENT
    kept = np.flatnonzero((strength > 0) & (rows[counted.indices, content] > 0))
    owners, strength = owners[kept], strength[kept]
    # One sort for all texts: the owner is the whole part, the strength (scaled below 1) the fraction.
    order = np.argsort(owners - strength / (strength.max(initial=0.0) * 1.001 + 1e-9), kind="stable")
    ends = np.cumsum(np.bincount(owners, minlength=texts)).tolist()
    surface = scored.surface
    shown = [surface[row] for row in counted.indices[kept[order]].tolist()]
    starts = [0, *ends[:-1]]
    return [_distinct(shown[start : min(end, start + MOST_WORDS)]) for start, end in zip(starts, ends, strict=True)]


def _distinct(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
