"""Copies of training reports that break easy signs: a date or number on a filler does not make it an action, a filler beside an
action does not undo it, and Latin letters change nothing.

Not here: the corpus (corpus.py), weights of copies (fit.py).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from models.reports.corpus import ReportRow
from nistaran.domain.report import ReportCode

_CURED_BY_NUMBERS = {
    ReportCode.NO_DATE_OR_EVIDENCE,
    ReportCode.SUB_JUDICE_INCOMPLETE,
    ReportCode.WRONG_DEPARTMENT_NOT_FORWARDED,
    ReportCode.TOO_SHORT,
    ReportCode.COPY_OF_COMPLAINT,
}
_OPENINGS = (
    "दि0 {date} को ",
    "दिनांक {date} को ",
    "सन्दर्भ सं0 {number} दि0 {date} के क्रम में ",
    "पत्रांक {number} दिनांक {date} द्वारा ",
    "उपरोक्त विषयक पत्र सं0 {number} का अवलोकन किया गया। ",
    "{date} को प्राप्त शिकायत सं0 {number} के सम्बन्ध में ",
)
_CLOSINGS = (
    "नियमानुसार अग्रिम कार्यवाही की जा रही है।",
    "शेष के सम्बन्ध में कार्यवाही प्रचलित है।",
    "आख्या सादर सेवा में प्रेषित है।",
    "अतः प्रकरण निस्तारित करने की कृपा करें।",
    "सम्बन्धित को आवश्यक निर्देश दे दिये गये हैं।",
    "भविष्य में भी अनुश्रवण किया जाता रहेगा।",
    "आवेदक को अवगत करा दिया गया है।",
    "अन्य बिन्दुओं पर शीघ्र कार्यवाही की जायेगी।",
)


def augmented(rows: Sequence[ReportRow]) -> list[ReportRow]:
    """One copy of every row that a copy can teach from; equal rows give equal copies. Their ids end in «+»."""
    found: list[ReportRow] = []
    for row in rows:
        choose = random.Random(row.id)
        if not row.is_reject:
            report = f"{row.report.rstrip()} {choose.choice(_CLOSINGS)}"
        elif not _CURED_BY_NUMBERS & set(row.reasons):
            report = _opening(choose) + row.report
        else:
            continue
        found.append(replace(row, id=row.id + "+", report=report))
    return found


def _opening(choose: random.Random) -> str:
    date = f"{choose.randint(1, 28):02d}.{choose.randint(1, 12):02d}.{choose.choice(('26', '2026', '25'))}"
    return choose.choice(_OPENINGS).format(date=date, number=choose.randint(11, 9999))
