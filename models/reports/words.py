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


def words_about(codes: Sequence[ReportCode], report: str, met: Sequence[Met]) -> list[tuple[ReportCode, str]]:
    """Each code with the report's own words that it is about, at most MAX_CHARS; "" for an empty report."""
    sentences: list[tuple[str, set[str]]] | None = None
    found: list[tuple[ReportCode, str]] = []
    for code in codes:
        phrase = next((one for one in met if one.code is code), None)
        if phrase is not None:
            words = " ".join(report.split()[phrase.start : phrase.end])
        else:
            sentences = _sentences(report) if sentences is None else sentences
            words = _sentence_about(code, sentences)
        found.append((code, words if len(words) <= MAX_CHARS else words[: MAX_CHARS - 1].rstrip() + "…"))
    return found


def _sentences(report: str) -> list[tuple[str, set[str]]]:
    """Each sentence with the slots that its words tell."""
    whole = [sentence.strip() for sentence in _SENTENCE.findall(report) if sentence.strip(" ।;!?\n")]
    return [(sentence, {slot for word in fold(sentence).split() for slot in told_by(word)}) for sentence in whole]


def _sentence_about(code: ReportCode, sentences: Sequence[tuple[str, set[str]]]) -> str:
    if code is ReportCode.WRONG_DEPARTMENT_NOT_FORWARDED:
        for sentence, _ in sentences:
            if PHRASES["not_ours"].search(fold(sentence)):
                return sentence
    for wanted in _SHOWN_BY[code]:
        for sentence, slots in sentences:
            if wanted in slots:
                return sentence
    return sentences[0][0] if sentences else ""
