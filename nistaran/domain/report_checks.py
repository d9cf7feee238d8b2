"""What the house knows beside a report's text and holds against it: dates, the case's number and plots, earlier reports, the court.

Pure. Each check is blocking or a warning, with what would cure it (Q03–Q09, Q15). Not here: the text's own merit
(models/reports), which posts the complaint is about (routing/respondents.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nistaran.domain.office_report import CourtParticulars, ReportFields
from nistaran.domain.references import find_references


class HouseCheck(StrEnum):
    """What may be held against a report."""

    SAME_AS_REFUSED = "SAME_AS_REFUSED"  #: says what was refused, or left the complainant dissatisfied, once more (Q15)
    LIKE_OTHER_REPORTS = "LIKE_OTHER_REPORTS"  #: nearly the office's report on another case (Q05)
    COURT_LACKS = "COURT_LACKS"  #: a court is named without case number or next date (Q03, S0-4)
    NEXT_DATE_PAST = "NEXT_DATE_PAST"  #: the court's next date is over (Q03)
    OTHER_NUMBER = "OTHER_NUMBER"  #: names another complaint's number and not this one's (Q04)
    OTHER_PLOT = "OTHER_PLOT"  #: names other plots than the complaint (Q04)
    OTHER_NAME = "OTHER_NAME"  #: calls somebody else the complainant (Q04)
    OTHER_VILLAGE = "OTHER_VILLAGE"  #: names only other villages of the district than the complaint (Q04)
    POINT_UNANSWERED = "POINT_UNANSWERED"  #: says nothing to a numbered point of the complaint (Q13)
    DATE_TO_COME = "DATE_TO_COME"  #: a visit or an action dated later than today
    BEFORE_THE_COMPLAINT = "BEFORE_THE_COMPLAINT"  #: a visit or an action from before the complaint came
    ACCUSED_INQUIRED = "ACCUSED_INQUIRED"  #: the post complained of inquired into it (Q09)
    INTERIM_WITHOUT_DATE = "INTERIM_WITHOUT_DATE"  #: an interim report that says neither who nor until when
    PHOTO_USED_BEFORE = "PHOTO_USED_BEFORE"  #: the same picture stands with another case (Q08)
    PHOTO_OLDER = "PHOTO_OLDER"  #: taken before the complaint came (Q08)
    NO_WORDS = "NO_WORDS"  #: numbers and signs only: nothing is said, whatever the judge makes of them
    ILLEGIBLE = "ILLEGIBLE"  #: an attachment that cannot be read (Q14)

    @property
    def blocks(self) -> bool:
        """Whether it sends the report back; the others are told and refuse nothing."""
        return self in _BLOCKING


_BLOCKING = frozenset(
    {
        HouseCheck.SAME_AS_REFUSED,
        HouseCheck.COURT_LACKS,
        HouseCheck.NEXT_DATE_PAST,
        HouseCheck.OTHER_NUMBER,
        HouseCheck.DATE_TO_COME,
        HouseCheck.ACCUSED_INQUIRED,
        HouseCheck.INTERIM_WITHOUT_DATE,
        HouseCheck.NO_WORDS,
    }
)
#: code → (what is wrong, in Hindi; what would cure it, in Hindi)
CHECK_HI: dict[HouseCheck, tuple[str, str]] = {
    HouseCheck.SAME_AS_REFUSED: (
        "यही आख्या पूर्व में अस्वीकृत हो चुकी है अथवा उस पर आवेदक असंतुष्ट रहे",
        "पिछली आख्या के बाद क्या नया किया गया, वह लिखें: पुनः निरीक्षण, नया आदेश, परिणाम।",
    ),
    HouseCheck.LIKE_OTHER_REPORTS: ("अन्य प्रकरण की आख्या से लगभग समान", "इसी प्रकरण के तथ्य, नाम, स्थान और कार्यवाही लिखें।"),
    HouseCheck.COURT_LACKS: (
        "न्यायालय का विवरण अपूर्ण",
        "न्यायालय का नाम, वाद संख्या, पक्षकार, स्तर एवं अगली तिथि अंकित करें।",
    ),
    HouseCheck.NEXT_DATE_PAST: ("न्यायालय की अंकित अगली तिथि बीत चुकी है", "पत्रावली देखकर आगामी तिथि अंकित करें।"),
    HouseCheck.OTHER_NUMBER: (
        "आख्या में किसी अन्य सन्दर्भ की संख्या अंकित है",
        "सन्दर्भ संख्या जाँचें; सही प्रकरण की आख्या प्रस्तुत करें।",
    ),
    HouseCheck.OTHER_PLOT: ("शिकायत में अंकित गाटा संख्या से भिन्न गाटा", "गाटा संख्या मिलाएं अथवा भिन्नता का कारण लिखें।"),
    HouseCheck.OTHER_NAME: (
        "आख्या में शिकायतकर्ता का नाम प्रकरण से भिन्न",
        "नाम प्रकरण से मिलाएं; सही प्रकरण की आख्या प्रस्तुत करें अथवा भिन्नता का कारण लिखें।",
    ),
    HouseCheck.OTHER_VILLAGE: (
        "आख्या में शिकायत के ग्राम से भिन्न ग्राम अंकित है",
        "ग्राम का नाम शिकायत से मिलाएं; सही स्थान की जाँच आख्या दें अथवा भिन्नता का कारण लिखें।",
    ),
    HouseCheck.POINT_UNANSWERED: (
        "शिकायत के प्रत्येक बिन्दु का उत्तर नहीं है",
        "शिकायत के बिन्दुओं के क्रम में लिखें कि प्रत्येक पर क्या पाया गया और क्या किया गया।",
    ),
    HouseCheck.DATE_TO_COME: (
        "निरीक्षण अथवा कार्यवाही का दिनांक भविष्य का है",
        "वास्तविक दिनांक अंकित करें; कार्य शेष हो तो अन्तरिम आख्या दें।",
    ),
    HouseCheck.BEFORE_THE_COMPLAINT: (
        "निरीक्षण अथवा कार्यवाही शिकायत प्राप्त होने से पूर्व की है",
        "शिकायत के बाद की गई जाँच का दिनांक अंकित करें।",
    ),
    HouseCheck.ACCUSED_INQUIRED: (
        "जाँच उसी पद के अधिकारी द्वारा, जिसके विरुद्ध शिकायत है",
        "जाँच उच्च स्तर के किसी अन्य अधिकारी से कराएं।",
    ),
    HouseCheck.INTERIM_WITHOUT_DATE: (
        "अन्तरिम आख्या में उत्तरदायी अधिकारी अथवा पूर्ण करने की तिथि नहीं",
        "शेष कार्य के लिए अधिकारी का नाम और तिथि लिखें।",
    ),
    HouseCheck.NO_WORDS: ("आख्या में कोई वाक्य नहीं है, केवल अंक अथवा चिह्न हैं", "क्या पाया गया और क्या किया गया, वाक्य में लिखें।"),
    HouseCheck.PHOTO_USED_BEFORE: ("यही फ़ोटो अन्य प्रकरण में भी लगी है", "इसी प्रकरण की फ़ोटो लगाएं।"),
    HouseCheck.PHOTO_OLDER: ("फ़ोटो शिकायत से पहले की है", "जाँच के समय की फ़ोटो लगाएं।"),
    HouseCheck.ILLEGIBLE: ("संलग्नक पढ़ा नहीं जा सकता", "स्पष्ट प्रति सीधी करके लगाएं।"),
}

#: So alike (0–100) two reports say the same; other cases' reports share their office's formulas and must be nearer.
SAME, ALIKE = 88.0, 93.0
_FEWEST_WORDS = 8  # shorter reports are alike by chance
_PLOT = re.compile(r"(?:गाटा|गटा|खसरा|आराजी|अराजी)\s*(?:संख्या|सं०|सं0|सं\.|नं०|नं0|नं\.|नम्बर|नंबर)?\s*[:\-–]?\s*([0-9०-९]+)")
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """What is known beside the report. `numbers` are the case's own number and reference; `refused` texts of earlier reports on it that
    were refused or recalled; `others` texts of the office's reports on other cases; `accused_rank`: the inquirer's post is complained of."""

    complaint: str
    numbers: tuple[str, ...]
    received_on: date
    today: date
    refused: Sequence[str] = ()
    others: Sequence[str] = ()
    accused_rank: bool = False
    is_interim: bool = False


def held_against(
    text: str, fields: ReportFields, known: ReportContext, *, alike: Callable[[str, str], float]
) -> list[tuple[HouseCheck, str]]:
    """(check, words concerned), the blocking ones first. `alike` gives 0–100 for two texts."""
    found = [
        *_words(text),
        *_repeats(text, known, alike),
        *_court(fields.court, known.today),
        *_numbers(text, known),
        *_dates(fields, known),
        *_people(fields, known),
    ]
    return sorted(found, key=lambda one: not one[0].blocks)


def plots_of(text: str) -> frozenset[str]:
    """The plot numbers (गाटा) that a text names, in Latin digits."""
    return frozenset(found.translate(_DIGITS) for found in _PLOT.findall(text))


def _words(text: str) -> Iterator[tuple[HouseCheck, str]]:
    if not any(letter.isalpha() for letter in text):
        yield HouseCheck.NO_WORDS, ""


def _repeats(text: str, known: ReportContext, alike: Callable[[str, str], float]) -> Iterator[tuple[HouseCheck, str]]:
    if any(alike(text, earlier) >= SAME for earlier in known.refused):
        yield HouseCheck.SAME_AS_REFUSED, ""
    if len(text.split()) >= _FEWEST_WORDS and any(alike(text, other) >= ALIKE for other in known.others):
        yield HouseCheck.LIKE_OTHER_REPORTS, ""


def _court(court: CourtParticulars | None, today: date) -> Iterator[tuple[HouseCheck, str]]:
    if court is None:
        return
    if not (court.court and court.case_number and court.next_date):
        yield HouseCheck.COURT_LACKS, ""
    elif court.next_date < today:
        yield HouseCheck.NEXT_DATE_PAST, f"{court.next_date:%d.%m.%Y}"


def _numbers(text: str, known: ReportContext) -> Iterator[tuple[HouseCheck, str]]:
    named = [one.number for one in find_references(text)]
    asked = {one.number for one in find_references(known.complaint)} | set(known.numbers)
    if named and not asked.intersection(named):
        yield HouseCheck.OTHER_NUMBER, named[0]
    mine, theirs = plots_of(text), plots_of(known.complaint)
    if mine and theirs and not mine & theirs:
        yield HouseCheck.OTHER_PLOT, ", ".join(sorted(mine))


def _dates(fields: ReportFields, known: ReportContext) -> Iterator[tuple[HouseCheck, str]]:
    acted_on = None if known.is_interim else fields.action_on  # of an interim report it is the day until which
    days = [day for day in (fields.visited_on, acted_on, fields.contacted_on) if day is not None]
    if any(day > known.today for day in days):
        yield HouseCheck.DATE_TO_COME, f"{max(days):%d.%m.%Y}"
    if any(day < known.received_on for day in days):
        yield HouseCheck.BEFORE_THE_COMPLAINT, f"{min(days):%d.%m.%Y}"


def _people(fields: ReportFields, known: ReportContext) -> Iterator[tuple[HouseCheck, str]]:
    if known.accused_rank:
        yield HouseCheck.ACCUSED_INQUIRED, fields.rank
    until = fields.action_on or (fields.court.next_date if fields.court else None)
    if known.is_interim and not (fields.inquiry_officer and until):
        yield HouseCheck.INTERIM_WITHOUT_DATE, ""
