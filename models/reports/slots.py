"""Evidence as numbers for the model: one row of features a report, each between 0 and 1.

Length is kept weak: counts become «none, one, several», and the number of words enters as one small feature only.
Not here: finding the evidence (nistaran.domain.evidence), the wording (wording.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.reports.phrases import Met
from nistaran.domain.evidence import Evidence
from nistaran.domain.evidence_words import SLOTS
from nistaran.domain.report import ReportCode

_KINDS = ("date", "money", "quantity", "number", "law", "phone", "time")
_LEAST_ANCHORS = (1, 2, 4)
_PHRASE_CODES = (
    ReportCode.NOT_SPECIFIC,
    ReportCode.BLAMES_COMPLAINANT_UNHEARD,
    ReportCode.WRONG_DEPARTMENT_NOT_FORWARDED,
)
_LENGTH_WEIGHT = 0.1
_FEW_WORDS = 8
_COMBINED = (
    "anchored", "anchored share", "remedied", "open share", "all open", "open, nothing remedied", "past without mark",
    "remedy without mark", "looked, no remedy", "pending without date", "pending without number", "pending complete",
    "not ours, not sent", "sent with number", "blame unheard", "refused by law", "refused, heard", "found true, no remedy",
    "copied", "repeated", "mostly repeated", "covered", "filler", "filler without mark", "filler beside remedy",
)  # fmt: skip
_NAMES = (
    "always",
    *(f"has {name}" for name in SLOTS),
    *(f"mark {kind}" for kind in _KINDS),
    *(f"anchors {least}" for least in _LEAST_ANCHORS),
    *_COMBINED,
    *(f"phrase {code}" for code in _PHRASE_CODES),
    "few words, no mark",
    "length",
)


def slot_row(seen: Evidence, met: Sequence[Met]) -> NDArray[np.float32]:
    """The features of one report, in the order of slot_names()."""
    slots, counts, anchors = seen.slots, seen.marked.counts, seen.anchors
    codes = {phrase.code for phrase in met}
    return np.array(
        [
            0.3,
            *[slots[name] > 0 for name in SLOTS],
            *[counts[kind] > 0 for kind in _KINDS],
            *[anchors >= least for least in _LEAST_ANCHORS],
            *_combined(seen, anchors > 0, ReportCode.BOILERPLATE in codes),
            *[code in codes for code in _PHRASE_CODES],
            seen.words <= _FEW_WORDS and not anchors,
            _LENGTH_WEIGHT * min(1.0, math.log1p(seen.words) / 6),
        ],
        dtype=np.float32,
    )


def _combined(seen: Evidence, has_mark: bool, has_filler: bool) -> tuple[float, ...]:
    """The values of _COMBINED."""
    slots, counts, over = seen.slots, seen.marked.counts, seen.overlap
    sentences, has_number = max(1, seen.sentences), counts["number"] > 0
    is_pending, is_refused = slots["pending"] > 0, slots["refusal"] > 0
    return (
        seen.anchored > 0,
        min(1.0, seen.anchored / sentences),
        seen.remedied > 0,
        seen.open_ended / sentences,
        seen.open_ended == sentences,
        seen.open_ended > 0 and not seen.remedied,
        slots["past"] > 0 and not has_mark,
        slots["remedy"] > 0 and not has_mark,
        slots["looked"] > 0 and not slots["remedy"],
        is_pending and not slots["next_date"],
        is_pending and not has_number,
        is_pending and slots["next_date"] > 0 and has_number,
        slots["not_ours"] > 0 and not has_number and not counts["date"],
        slots["transfer"] > 0 and has_number,
        slots["blame"] > 0 and not slots["contact"],
        is_refused and counts["law"] > 0,
        is_refused and slots["contact"] > 0,
        slots["found_true"] > 0 and not seen.remedied,
        min(1.0, 3 * over.copied),
        over.repeated,
        over.repeated > 0.4,
        over.covered,
        has_filler,
        has_filler and not has_mark,
        has_filler and seen.remedied > 0,
    )


def slot_names() -> tuple[str, ...]:
    """Names of the features, in their order."""
    return _NAMES
