"""Which words of a report a finding is about: the filler itself, or the sentence that tells the fault.

Here: choosing words as written by the officer. Not here: whether there is a fault (judge.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.reports.phrases import Met
from nistaran.domain.evidence import told_by
from nistaran.domain.evidence_marks import fold
from nistaran.domain.evidence_words import PHRASES
from nistaran.domain.report import ReportCode

MAX_CHARS = 300
_SENTENCE = re.compile(r"[^।;!?\n]+[।;!?]?")
#: the slots of words that show a code's fault, the strongest first
_SHOWN_BY: dict[ReportCode, tuple[str, ...]] = {
    ReportCode.BOILERPLATE: ("future", "ongoing", "looked"),
    ReportCode.NO_ACTION_TAKEN: ("future", "ongoing", "looked"),
    ReportCode.SUB_JUDICE_INCOMPLETE: ("court",),
    ReportCode.BLAMES_COMPLAINANT_UNHEARD: ("blame",),
    ReportCode.NO_DATE_OR_EVIDENCE: ("remedy", "past"),
    ReportCode.NOT_SPECIFIC: ("remedy", "looked", "past"),
    ReportCode.WRONG_DEPARTMENT_NOT_FORWARDED: ("transfer",),
    ReportCode.TOO_SHORT: (),
    ReportCode.COPY_OF_COMPLAINT: (),
}


def words_about(code: ReportCode, report: str, met: Sequence[Met]) -> str:
    """The report's own words that a code is about, at most MAX_CHARS; "" for an empty report."""
    split = report.split()
    for phrase in met:
        if phrase.code is code:
            return _short(" ".join(split[phrase.start : phrase.end]))
    sentences = [sentence.strip() for sentence in _SENTENCE.findall(report) if sentence.strip(" ।;!?\n")]
    if not sentences:
        return ""
    if code is ReportCode.WRONG_DEPARTMENT_NOT_FORWARDED:
        for sentence in sentences:
            if PHRASES["not_ours"].search(fold(sentence)):
                return _short(sentence)
    shown = [(sentence, _slots_of(sentence)) for sentence in sentences] if _SHOWN_BY[code] else []
    for slot in _SHOWN_BY[code]:
        for sentence, slots in shown:
            if slot in slots:
                return _short(sentence)
    return _short(sentences[0])


def _slots_of(sentence: str) -> set[str]:
    return {slot for word in fold(sentence).split() for slot in told_by(word)}


def _short(words: str) -> str:
    return words if len(words) <= MAX_CHARS else words[: MAX_CHARS - 1].rstrip() + "…"
