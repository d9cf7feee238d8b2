"""The fused score table: one row of department scores for each whitespace word met, filled as words are met.

A text's scores are the sum of its words' rows divided by one norm: exact for the additive features of models/features.py.
Not here: probabilities, thresholds and the guard (models/classifier.py), words that decided (models/explain.py).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from models.features import FeatureSpace
from models.stopwords import STOPWORDS
from models.text import LONG, distinct_words, is_damaged, is_foreign, is_personal, word_tokens

TABLE_WORDS = 150_000  # about 30 MB of scores; beyond it the table starts anew
EVIDENCE = ("squares", "content", "known", "foreign", "damaged", "words")  # columns after the departments
SQUARES, CONTENT, KNOWN, FOREIGN, DAMAGED, WORDS = range(len(EVIDENCE))
_PERSONAL = 0  # the one row of all words that may not be remembered (phone numbers)


@dataclass(frozen=True, slots=True)
class Scored:
    """Texts against the table: `words` (texts x rows of the table, each distinct word once), `scores` (texts x departments, normalised),
    `norms` (texts), `evidence` (texts x EVIDENCE, sums), `rows` the table's score rows and `surface` its words as written."""

    words: csr_matrix
    scores: NDArray[np.float32]
    norms: NDArray[np.float32]
    evidence: NDArray[np.float32]
    rows: NDArray[np.float32]
    surface: list[str]


class _Index(dict[str, int]):
    """Row of each word; a word not met before gets the next row and waits in `waiting` for its scores."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.next_row = 1

    def __missing__(self, word: str) -> int:
        if is_personal(word):
            return _PERSONAL
        row = self.next_row
        self[word] = row
        self.next_row = row + 1
        self.waiting.append(word)
        return row


class ScoreTable:
    """Scores of words, remembered between calls; safe for several threads, which take turns."""

    def __init__(self, space: FeatureSpace, coefficients: NDArray[np.float32]) -> None:
        """`coefficients` has the shape (features, departments) in the order of `space`."""
        self._space = space
        self._coefficients = coefficients
        self._departments = coefficients.shape[1]
        self._turn = threading.Lock()
        self._start_anew()

    def score(self, texts: Sequence[str]) -> Scored:
        """Scores and evidence of cleaned texts."""
        with self._turn:
            if self._index.next_row > TABLE_WORDS:
                self._start_anew()
            return self._scored(texts)

    def _scored(self, texts: Sequence[str]) -> Scored:
        find = self._index.__getitem__
        rows: list[int] = []
        ends = [0]
        for text in texts:
            rows.extend(map(find, distinct_words(text)))
            ends.append(len(rows))
        self._fill()
        used = self._index.next_row
        words = csr_matrix(
            (np.ones(len(rows), dtype=np.float32), np.asarray(rows, dtype=np.int32), np.asarray(ends, dtype=np.int32)),
            shape=(len(texts), used),
        )
        table = self._rows[:used]
        sums: NDArray[np.float32] = words @ table
        evidence = sums[:, self._departments :]
        norms: NDArray[np.float32] = np.sqrt(np.maximum(evidence[:, SQUARES], 1e-6)).astype(np.float32)
        scores: NDArray[np.float32] = sums[:, : self._departments] / norms[:, None]
        return Scored(words, scores, norms, evidence, table, self._surface)

    def _start_anew(self) -> None:
        self._index = _Index()
        self._surface = [""]
        self._rows = np.zeros((1024, self._departments + len(EVIDENCE)), dtype=np.float32)
        weighted = self._space.matrix(LONG)
        self._rows[_PERSONAL, : self._departments] = (weighted @ self._coefficients)[0]
        self._rows[_PERSONAL, self._departments + SQUARES] = weighted.multiply(weighted).sum()
        self._rows[_PERSONAL, self._departments + WORDS] = 1

    def _fill(self) -> None:
        """Scores for the words that wait, all in one product."""
        waiting = self._index.waiting
        if not waiting:
            return
        first = self._index.next_row - len(waiting)
        self._grow(self._index.next_row)
        found = [word_tokens(word) for word in waiting]
        owners = np.fromiter((row for row, own in enumerate(found) for _ in own), dtype=np.int64)
        weighted = self._space.matrix([token for own in found for token in own])
        filled = self._rows[first : self._index.next_row]
        np.add.at(filled[:, : self._departments], owners, weighted @ self._coefficients)
        squares = np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()
        np.add.at(filled[:, self._departments + SQUARES], owners, squares)
        for row, (word, own) in enumerate(zip(waiting, found, strict=True)):
            filled[row, self._departments + CONTENT :] = self._word_evidence(word, own)
            self._surface.append(_shown(word) if filled[row, self._departments + CONTENT] else "")
        self._index.waiting = []

    def _word_evidence(self, word: str, own: Sequence[str]) -> tuple[float, float, float, float, float]:
        content = [token for token in own if token[0] != "<" and len(token) > 1 and token not in STOPWORDS]
        known = sum(map(self._space.knows, content))
        foreign = sum(map(is_foreign, own))
        return len(content), known, foreign, float(any(map(is_damaged, own))), float(bool(own))

    def _grow(self, needed: int) -> None:
        if needed > len(self._rows):
            # A new array, not a resize: texts scored before still hold the old one.
            more = np.zeros((max(needed, 2 * len(self._rows)), self._rows.shape[1]), dtype=np.float32)
            more[: len(self._rows)] = self._rows
            self._rows = more


def _shown(word: str) -> str:
    """The word as its writer left it, without punctuation around it."""
    return word.strip("।॥|.,;:!?\"'“”‘’()[]{}<>-–—/\\*_«»…")
