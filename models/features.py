"""What a token contributes: character n-grams within the word, the word itself, and the same of its phonetic fold.

Features depend on the single token only, so a text's scores are the sum of its tokens' scores (the fused table of
models/table.py). Not here: fitting (models/vectorise.py, scikit-learn) and scores (models/table.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from models.phonetic import fold

WORD_MARK = "="  # "=पानी" is the whole word, " पान" an n-gram, "^pni" the whole fold; no token contains the marks
FOLD_MARK = "^"
SMALLEST, LARGEST = 3, 4  # 5 adds half as many features again and no accuracy (measured)
FOLD_SMALLEST, FOLD_LARGEST = 3, 4


def ngrams(token: str, smallest: int, largest: int) -> list[str]:
    """Character n-grams of the padded token, exactly as scikit-learn's char_wb analyser makes them (tested)."""
    padded = f" {token} "
    length = len(padded)
    found: list[str] = []
    for size in range(smallest, largest + 1):
        if size >= length:
            found.append(padded)
            break  # a token shorter than the n-gram counts once
        found.extend(padded[start : start + size] for start in range(length - size + 1))
    return found


def features(token: str) -> list[str]:
    """All features of a token. A class token such as `<number>` has only itself."""
    if token[0] == "<":
        return [WORD_MARK + token]
    folded = fold(token)
    return [
        *ngrams(token, SMALLEST, LARGEST),
        WORD_MARK + token,
        FOLD_MARK + folded,
        *(FOLD_MARK + gram for gram in ngrams(folded, FOLD_SMALLEST, FOLD_LARGEST)),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureSpace:
    """The features that a model knows, with their weights (idf, float32), in one fixed order."""

    index: dict[str, int]
    weights: NDArray[np.float32]

    def matrix(self, tokens: Sequence[str]) -> csr_matrix:
        """Weighted features of each token, shape (tokens, features); features unknown to the space are left out."""
        indptr = np.zeros(len(tokens) + 1, dtype=np.int64)
        columns: list[int] = []
        find = self.index.get
        for row, token in enumerate(tokens):
            columns.extend(column for name in features(token) if (column := find(name)) is not None)
            indptr[row + 1] = len(columns)
        indices = np.asarray(columns, dtype=np.int32)
        counts = csr_matrix(
            (np.ones(len(columns), dtype=np.float32), indices, indptr), shape=(len(tokens), len(self.weights))
        )
        counts.sum_duplicates()
        counts.data *= self.weights[counts.indices]
        return counts

    def knows(self, token: str) -> bool:
        """True if the whole word or its fold is known, or at least two thirds of its 4-letter pieces are."""
        if WORD_MARK + token in self.index or FOLD_MARK + fold(token) in self.index:
            return True
        longest = ngrams(token, 4, 4)
        return 3 * sum(name in self.index for name in longest) >= 2 * len(longest)
