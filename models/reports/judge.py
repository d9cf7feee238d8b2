"""Serves the judge of reports: evidence and wording of many reports at once, the learned score, the vetoes, reasons and findings.

Not here: fitting (fit.py), thresholds (train.py), files (models/artefact.py).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.artefact import Artefact
from models.features import FeatureSpace
from models.reports.phrases import Met, PhraseTable
from models.reports.rules import can_be, veto
from models.reports.slots import slot_names, slot_row
from models.reports.wording import pair_token, singles
from models.reports.words import words_about
from nistaran.domain.cleaning import clean
from nistaran.domain.errors import UntrustedModel
from nistaran.domain.evidence import Evidence, read_evidence
from nistaran.domain.report import Finding, ReportCode, ReportDecision, ReportVerdict, ReportWarning, finding

COLUMNS = ("REJECT", *(code.value for code in ReportCode))
CODES = tuple(ReportCode)
SLOT_MARK = "#"
ZERO = 1.0  # thresholds are kept as score + 1
MAX_TOKENS = 300_000  # remembered tokens; beyond it the memory starts anew
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class _Read:
    """One report as read: its cleaned text, evidence, fillers, distinct tokens and distinct pairs of neighbours (as models/reports/wording.py,
    but a pair's own token is made only when it is met for the first time)."""

    text: str
    seen: Evidence
    met: list[Met]
    tokens: list[str | tuple[str, str]]


class ReportJudge:
    """Judges reports beside their complaints. Build it from a trusted artefact (models.registry.load_artefact)."""

    def __init__(self, trained: Artefact, table: PhraseTable) -> None:
        """Splits the artefact into wording and slots. Raises UntrustedModel when it is a model of something else."""
        settings, names = trained.settings, list(trained.space.index)
        slots = [row for row, name in enumerate(names) if name.startswith(SLOT_MARK)]
        if settings.departments != COLUMNS or len(slots) != len(slot_names()):
            raise UntrustedModel("model.json is not of a judge of reports; run python -m models.reports.train")
        first = slots[0]
        self._settings, self._table = settings, table
        self._space = FeatureSpace(
            index={name: row for row, name in enumerate(names[:first])}, weights=trained.space.weights[:first]
        )
        self._coefficients = trained.coefficients[:first]
        self._slots = trained.coefficients[first:] * trained.space.weights[first:, None]
        self._thresholds = np.asarray(settings.thresholds) - ZERO
        self._known: dict[str | tuple[str, str], int] = {}
        self._scores = np.zeros((0, len(COLUMNS) + 1), dtype=np.float32)  # each token's scores, then its squared length

    @property
    def version(self) -> str:
        """Which model this is, as it stands in every verdict."""
        return self._settings.version

    def judge(self, reports: Sequence[str], complaints: Sequence[str]) -> list[ReportVerdict]:
        """One verdict a report, in order; `complaints` are as long, "" where none is known. Never raises for a text."""
        read = [self._read(report, complaint) for report, complaint in zip(reports, complaints, strict=True)]
        return [self._verdict(one, margins) for one, margins in zip(read, self._margins(read), strict=True)]

    def reject_probabilities(self, reports: Sequence[str], complaints: Sequence[str]) -> list[float]:
        """What the learned score alone says, 0–1, without vetoes."""
        read = [self._read(report, complaint) for report, complaint in zip(reports, complaints, strict=True)]
        return [self._probability(float(margins[0])) for margins in self._margins(read)]

    def _read(self, report: str, complaint: str) -> _Read:
        text = clean(report)
        seen = read_evidence(text, clean(complaint))
        words = singles(seen.marked.text)
        tokens: list[str | tuple[str, str]] = [*dict.fromkeys(words), *dict.fromkeys(itertools.pairwise(words))]
        return _Read(text, seen, self._table.met(text.split()), tokens)

    def _margins(self, read: Sequence[_Read]) -> NDArray[np.float64]:
        """Scores less thresholds, shape (reports, COLUMNS)."""
        if not read:
            return np.zeros((0, len(COLUMNS)))
        places_of_all = self._places(read)
        margins = np.vstack([slot_row(one.seen, one.met) for one in read]) @ self._slots - self._thresholds
        for row, places in enumerate(places_of_all):
            if places:
                summed = np.add.reduce(self._scores[places])
                margins[row] += summed[:-1] / math.sqrt(max(float(summed[-1]), 1e-12))
        return margins

    def _places(self, read: Sequence[_Read]) -> list[list[int]]:
        """Where the scores of each report's tokens lie."""
        try:
            known = self._known
            return [[known[token] for token in one.tokens] for one in read]
        except KeyError:
            self._learn(read)
            known = self._known
            return [[known[token] for token in one.tokens] for one in read]

    def _learn(self, read: Sequence[_Read]) -> None:
        """Score each token once; a report's score is then the sum of its tokens'."""
        if len(self._known) > MAX_TOKENS:
            self._known, self._scores = {}, self._scores[:0]
        known = self._known
        new = list(dict.fromkeys(token for one in read for token in one.tokens if token not in known))
        if new:
            weighted = self._space.matrix([token if isinstance(token, str) else pair_token(token) for token in new])
            squares = np.asarray(weighted.multiply(weighted).sum(axis=1)).reshape(-1, 1)
            fresh = np.hstack([weighted @ self._coefficients, squares]).astype(np.float32)
            known |= {token: place for place, token in enumerate(new, start=len(known))}
            self._scores = np.vstack([self._scores, fresh])

    def _probability(self, margin: float) -> float:
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, margin / self._settings.temperature))))

    def _verdict(self, one: _Read, margins: NDArray[np.float64]) -> ReportVerdict:
        certain = veto(one.seen)
        is_reject = certain is not None or margins[0] >= 0
        reasons = _reasons(margins[1:], certain, one.seen) if is_reject else ()
        findings = [finding(code, words) for code, words in words_about(reasons, one.text, one.met)]
        return ReportVerdict(
            decision=ReportDecision.REJECT if is_reject else ReportDecision.ACCEPT,
            reasons=reasons,
            findings=(*findings, *([] if is_reject else _warnings(one))),
            reject_probability=1.0 if certain else self._probability(float(margins[0])),
            model=self.version,
        )


def _reasons(margins: NDArray[np.float64], certain: ReportCode | None, seen: Evidence) -> tuple[ReportCode, ...]:
    """The certain one, then those above their thresholds, the clearest first; at least one, at most _MOST_REASONS."""
    ranked = [CODES[place] for place in np.argsort(-margins, kind="stable")]
    possible = [code for code in ranked if can_be(code, seen)]
    above = [code for code in possible if margins[CODES.index(code)] >= 0] or possible[:1]
    if certain is not None:
        above = [certain, *(code for code in above if code is not certain)]
    return tuple(above[:_MOST_REASONS])


def _warnings(one: _Read) -> list[Finding]:
    found: list[Finding] = []
    if not one.seen.slots["contact"]:
        found.append(finding(ReportWarning.NO_CONTACT_WITH_COMPLAINANT, ""))
    if not one.seen.slots["officer"]:
        found.append(finding(ReportWarning.NO_OFFICER_NAMED, ""))
    filler = next((phrase for phrase in one.met if phrase.code is ReportCode.BOILERPLATE), None)
    if filler is not None:
        words = " ".join(one.text.split()[filler.start : filler.end])
        found.append(finding(ReportWarning.FILLER_BESIDE_ACTION, words))
    return found
