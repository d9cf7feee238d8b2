"""Serves the department classifier: cleaned texts in, `Classification`s out, in bulk. numpy and scipy.sparse only.

Not here: training (models/train.py), which files may be trusted (models/registry.py), the office (routing/).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.also import other_departments
from models.artefact import Artefact
from models.explain import deciding_words
from models.probability import mended, probabilities
from models.registry import Registry, load_artefact
from models.table import CONTENT, DAMAGED, FOREIGN, KNOWN, WORDS, Scored, ScoreTable
from nistaran.domain.decision import AskReason, Candidate, Classification

NOT_OURS = "NONE"
MAX_TEXT_CHARS = 20_000  # P25; the cleaning layer caps at the same length
CANDIDATES = 5
CHUNK = 2_000  # texts scored together: their word rows stay within the processor's cache

_REASONS: tuple[AskReason | None, ...] = (
    None,
    AskReason.LOW_CONFIDENCE,
    AskReason.NOT_A_GRIEVANCE,
    AskReason.TOO_LITTLE_EVIDENCE,
    AskReason.DAMAGED_TEXT,
    AskReason.UNKNOWN_SCRIPT,
)


class DepartmentClassifier:
    """The responsible department of complaint texts, with calibrated confidence, deciding words and the wish to ask."""

    def __init__(self, trained: Artefact) -> None:
        self.settings = trained.settings
        self._table = ScoreTable(trained.space, trained.coefficients)
        self._thresholds = np.asarray(trained.settings.thresholds)
        codes = trained.settings.departments
        self._not_ours = codes.index(NOT_OURS) if NOT_OURS in codes else -1

    @classmethod
    def load(cls, folder: Path | None = None) -> DepartmentClassifier:
        """The classifier in a version's folder (None: the current shipped version).

        Raises models.artefact.UntrustedModel if a file is missing, altered or not of the expected form.
        """
        return cls(load_artefact(folder if folder is not None else Registry().current()))

    @property
    def version(self) -> str:
        """The model's version, as it stands in every Classification."""
        return self.settings.version

    @property
    def departments(self) -> tuple[str, ...]:
        """All department codes the model knows, in the order of `probabilities`' columns."""
        return self.settings.departments

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        """One Classification for each cleaned text, in order; batches of 1,000 to 10,000 are fastest.

        `addressed_to` (whom each writer addressed) is accepted and NOT used in this version: writers often address the
        wrong office, and it must not lead the model by the nose. Raises ValueError if its length is not that of `texts`.
        """
        if addressed_to is not None and len(addressed_to) != len(texts):
            raise ValueError(f"{len(addressed_to)} addressees for {len(texts)} texts: give one each, or none at all")
        found: list[Classification] = []
        for start in range(0, len(texts), CHUNK):
            found.extend(self._classify_chunk(texts[start : start + CHUNK]))
        return found

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Calibrated probabilities, shape (texts, departments)."""
        return self._probabilities(self._table.score(_capped(texts)).scores)

    def known_words(self, texts: Sequence[str]) -> tuple[int, int]:
        """(known, all) words of these cleaned texts that carry matter: how much of the traffic's vocabulary the model has."""
        seen = self._table.score(_capped(texts)).evidence
        return int(seen[:, KNOWN].sum()), int(seen[:, CONTENT].sum())

    def also(self, texts: Sequence[str], responsible: Sequence[str]) -> list[tuple[str, ...]]:
        """Other departments that cleaned texts of several issues concern, beside the responsible one of each."""
        return other_departments(self.probabilities, self.departments, texts, responsible, leave_out=[NOT_OURS])

    def _classify_chunk(self, texts: Sequence[str]) -> list[Classification]:
        scored = self._table.score(_capped(texts))
        chances = self._probabilities(scored.scores)
        best = _best_first(chances)
        leading = np.take_along_axis(chances, best, axis=1)
        reasons = self._reasons(scored, best[:, 0], leading[:, 0]).tolist()
        words = deciding_words(scored, best[:, 0], best[:, 1])
        codes, version = self.settings.departments, self.settings.version
        return [
            Classification(
                candidates=tuple([Candidate(codes[code], chance) for code, chance in zip(order, sure, strict=True)]),
                words=decided,
                ask=_REASONS[reason],
                model=version,
            )
            for order, sure, decided, reason in zip(best.tolist(), leading.tolist(), words, reasons, strict=True)
        ]

    def _probabilities(self, scores: NDArray[np.float32]) -> NDArray[np.float64]:
        return mended(probabilities(scores, self.settings.temperature), self.settings.curve)

    def _reasons(self, scored: Scored, first: NDArray[np.intp], confidence: NDArray[np.float64]) -> NDArray[np.int64]:
        """Why to ask, as positions in _REASONS; a later, graver reason replaces an earlier one."""
        guard, seen = self.settings.guard, scored.evidence
        words, content = np.maximum(seen[:, WORDS], 1), np.maximum(seen[:, CONTENT], 1)
        reasons = np.zeros(len(first), dtype=np.int64)
        reasons[first == self._not_ours] = _REASONS.index(AskReason.NOT_A_GRIEVANCE)
        reasons[confidence < self._thresholds[first]] = _REASONS.index(AskReason.LOW_CONFIDENCE)
        says_little = (seen[:, KNOWN] < guard.min_known_words) | (seen[:, KNOWN] < guard.min_known_share * content)
        reasons[says_little] = _REASONS.index(AskReason.TOO_LITTLE_EVIDENCE)
        damaged = seen[:, DAMAGED]
        is_damaged = (damaged >= guard.min_damaged_words) & (damaged > guard.max_damaged_share * words)
        reasons[is_damaged] = _REASONS.index(AskReason.DAMAGED_TEXT)
        is_foreign = seen[:, FOREIGN] > guard.max_foreign_share * words
        reasons[is_foreign] = _REASONS.index(AskReason.UNKNOWN_SCRIPT)
        return reasons


def _best_first(chances: NDArray[np.float64]) -> NDArray[np.intp]:
    """The likeliest departments' columns, best first, shape (texts, at most CANDIDATES)."""
    count = min(CANDIDATES, chances.shape[1])
    top = np.argpartition(-chances, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(chances, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)


def _capped(texts: Sequence[str]) -> Sequence[str]:
    if all(len(text) <= MAX_TEXT_CHARS for text in texts):
        return texts
    return [text[:MAX_TEXT_CHARS] for text in texts]
