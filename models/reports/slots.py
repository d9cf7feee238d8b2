"""Evidence as numbers for the model: one row of features a report, each between 0 and 1.

Length is kept weak: counts become «none, one, several», and the number of words enters as one small feature only.
Not here: finding the evidence (nistaran.domain.evidence), the wording (wording.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from models.reports.phrases import Met
from nistaran.domain.evidence import Evidence
from nistaran.domain.evidence_words import SLOTS
from nistaran.domain.report import ReportCode

_KINDS = ("date", "money", "quantity", "number", "law", "phone", "time")
_SLOT_LABELS = [(name, f"has {name}") for name in SLOTS]
_KIND_LABELS = [(kind, f"mark {kind}") for kind in _KINDS]
_ANCHOR_LABELS = [(least, f"anchors {least}") for least in (1, 2, 4)]
_LENGTH_WEIGHT = 0.1
_FEW_WORDS = 8


def _pairs(seen: Evidence, met: Sequence[Met]) -> Iterator[tuple[str, float]]:
    slots, counts, over = seen.slots, seen.marked.counts, seen.overlap
    sentences = max(1, seen.sentences)
    is_numbered = counts["number"] > 0 or counts["date"] > 0
    fillers = sum(1 for phrase in met if phrase.code is ReportCode.BOILERPLATE)
    yield "always", 0.3
    for name, label in _SLOT_LABELS:
        yield label, float(slots[name] > 0)
    for kind, label in _KIND_LABELS:
        yield label, float(counts[kind] > 0)
    anchors = seen.anchors
    for least, label in _ANCHOR_LABELS:
        yield label, float(anchors >= least)
    yield "anchored", float(seen.anchored > 0)
    yield "anchored share", min(1.0, seen.anchored / sentences)
    yield "remedied", float(seen.remedied > 0)
    yield "open share", seen.open_ended / sentences
    yield "all open", float(seen.open_ended == sentences)
    yield "open, nothing remedied", float(seen.open_ended > 0 and not seen.remedied)
    yield "past without mark", float(slots["past"] > 0 and not seen.anchors)
    yield "remedy without mark", float(slots["remedy"] > 0 and not seen.anchors)
    yield "looked, no remedy", float(slots["looked"] > 0 and not slots["remedy"])
    yield "pending without date", float(slots["pending"] > 0 and not slots["next_date"])
    yield "pending without number", float(slots["pending"] > 0 and not counts["number"])
    yield "pending complete", float(slots["pending"] > 0 and slots["next_date"] > 0 and counts["number"] > 0)
    yield "not ours, not sent", float(slots["not_ours"] > 0 and not is_numbered)
    yield "sent with number", float(slots["transfer"] > 0 and counts["number"] > 0)
    yield "blame unheard", float(slots["blame"] > 0 and not slots["contact"])
    yield "refused by law", float(slots["refusal"] > 0 and counts["law"] > 0)
    yield "refused, heard", float(slots["refusal"] > 0 and slots["contact"] > 0)
    yield "found true, no remedy", float(slots["found_true"] > 0 and not seen.remedied)
    yield "copied", min(1.0, 3 * over.copied)
    yield "repeated", over.repeated
    yield "mostly repeated", float(over.repeated > 0.4)
    yield "covered", over.covered
    yield "filler", float(fillers > 0)
    yield "filler without mark", float(fillers > 0 and not seen.anchors)
    yield "filler beside remedy", float(fillers > 0 and seen.remedied > 0)
    for code in (
        ReportCode.NOT_SPECIFIC,
        ReportCode.BLAMES_COMPLAINANT_UNHEARD,
        ReportCode.WRONG_DEPARTMENT_NOT_FORWARDED,
    ):
        yield f"phrase {code}", float(any(phrase.code is code for phrase in met))
    yield "few words, no mark", float(seen.words <= _FEW_WORDS and not seen.anchors)
    yield "length", _LENGTH_WEIGHT * min(1.0, math.log1p(seen.words) / 6)


def slot_row(seen: Evidence, met: Sequence[Met]) -> NDArray[np.float32]:
    """The features of one report."""
    return np.array([value for _, value in _pairs(seen, met)], dtype=np.float32)


def slot_names(seen: Evidence) -> tuple[str, ...]:
    """Names of the features, in their order, from any evidence."""
    return tuple(name for name, _ in _pairs(seen, ()))
