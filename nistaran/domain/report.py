"""The verdict on an office's disposal report (आख्या): its codes, findings and what would cure each.

Here: closed lists and values. Not here: what a text shows (evidence.py), how it is judged (models/reports), what then happens (steps).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReportCode(StrEnum):
    """Why a report is refused: the closed list of the published contract."""

    BOILERPLATE = "BOILERPLATE"
    SUB_JUDICE_INCOMPLETE = "SUB_JUDICE_INCOMPLETE"
    NOT_SPECIFIC = "NOT_SPECIFIC"
    NO_ACTION_TAKEN = "NO_ACTION_TAKEN"
    WRONG_DEPARTMENT_NOT_FORWARDED = "WRONG_DEPARTMENT_NOT_FORWARDED"
    TOO_SHORT = "TOO_SHORT"
    COPY_OF_COMPLAINT = "COPY_OF_COMPLAINT"
    BLAMES_COMPLAINANT_UNHEARD = "BLAMES_COMPLAINANT_UNHEARD"
    NO_DATE_OR_EVIDENCE = "NO_DATE_OR_EVIDENCE"


class ReportWarning(StrEnum):
    """What an officer should mend although it does not refuse the report (Q06, Q07, Q10, Q13)."""

    NO_CONTACT_WITH_COMPLAINANT = "NO_CONTACT_WITH_COMPLAINANT"
    NO_OFFICER_NAMED = "NO_OFFICER_NAMED"
    FILLER_BESIDE_ACTION = "FILLER_BESIDE_ACTION"


class ReportDecision(StrEnum):
    """Whether a report may close its case."""

    ACCEPT = "ACCEPT"
    REJECT = "REJECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault: `words` are the report's own words concerned ("" when something is missing), the cures say what to write."""

    code: ReportCode | ReportWarning
    words: str
    cure_hi: str
    cure_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVerdict:
    """`reasons` are empty for ACCEPT, gravest first for REJECT; `findings` hold one entry a reason, then the warnings.
    `reject_probability` is 0–1; `model` names the version that judged."""

    decision: ReportDecision
    reasons: tuple[ReportCode, ...]
    findings: tuple[Finding, ...]
    reject_probability: float
    model: str


_CURES: dict[ReportCode | ReportWarning, tuple[str, str]] = {
    ReportCode.BOILERPLATE: (
        "लिखें कि इस प्रकरण में वास्तव में क्या कार्य पूर्ण किया गया: किसने, किस दिनांक को, किस आदेश/पत्र संख्या से और क्या परिणाम रहा। "
        "केवल निर्देश देने, पत्र भेजने अथवा भविष्य में कार्यवाही करने का उल्लेख निस्तारण नहीं है।",
        "State what was completed in this case: who, on which date, by which order number, with what result. Instructions, letters "
        "and promises do not dispose of a complaint.",
    ),
    ReportCode.SUB_JUDICE_INCOMPLETE: (
        "न्यायालय का पूरा नाम, वाद संख्या व वर्ष, धारा, पक्षकार, अगली नियत तिथि तथा स्थगन आदेश है या नहीं, यह सब अंकित करें।",
        "Give the court, case number and year, section, parties, the next date, and whether there is a stay.",
    ),
    ReportCode.NOT_SPECIFIC: (
        "इस शिकायत के प्रत्येक बिन्दु पर अलग-अलग लिखें कि मौके/अभिलेख में क्या पाया गया और क्या किया गया; शिकायतकर्ता, ग्राम, गाटा अथवा "
        "खाता संख्या का उल्लेख करें।",
        "Answer each point of this complaint: what was found and what was done, naming the complainant, village, plot or account.",
    ),
    ReportCode.NO_ACTION_TAKEN: (
        "जांच में जो तथ्य पाये गये उन पर की गयी पूर्ण कार्यवाही, उसका दिनांक व परिणाम लिखें। कार्य शेष हो तो प्रकरण बन्द न करें, अन्तरिम "
        "आख्या में उत्तरदायी अधिकारी का नाम तथा पूर्ण करने की तिथि दें।",
        "Write what was completed on the facts found, with date and result. If work is left, do not close: send an interim report "
        "with a named officer and a date.",
    ),
    ReportCode.WRONG_DEPARTMENT_NOT_FORWARDED: (
        "प्रकरण को सम्बन्धित कार्यालय को नाम सहित अन्तरित कर पत्र संख्या व दिनांक अंकित करें और शिकायतकर्ता को सूचित करें।",
        "Transfer the case to the office concerned, give its name, letter number and date, and inform the complainant.",
    ),
    ReportCode.TOO_SHORT: (
        "आख्या में कम से कम की गयी कार्यवाही, उसका दिनांक और प्रमाण (आदेश संख्या, माप, भुगतान विवरण अथवा गवाह) लिखें।",
        "Write at least the action taken, its date and a proof (order number, measure, payment or witnesses).",
    ),
    ReportCode.COPY_OF_COMPLAINT: (
        "शिकायत के शब्द दोहराने के स्थान पर अपनी जांच का निष्कर्ष और की गयी कार्यवाही लिखें।",
        "Do not repeat the complaint: write what your inquiry found and what was done.",
    ),
    ReportCode.BLAMES_COMPLAINANT_UNHEARD: (
        "शिकायतकर्ता का बयान दिनांक सहित लें, स्थलीय जांच करें और दो निष्पक्ष गवाहों के नाम सहित तथ्यों के आधार पर निष्कर्ष दें; "
        "शिकायतकर्ता के आचरण पर टिप्पणी न करें।",
        "Take the complainant's statement with its date, visit the spot, name two impartial witnesses and conclude from facts; do not "
        "comment on the complainant's character.",
    ),
    ReportCode.NO_DATE_OR_EVIDENCE: (
        "की गयी कार्यवाही का दिनांक और प्रमाण अंकित करें: आदेश/पत्र संख्या, माप या मात्रा, भुगतान (UTR), फोटो अथवा गवाहों के नाम।",
        "Give the date of the action and a proof: order number, measure, payment (UTR), photo or names of witnesses.",
    ),
    ReportWarning.NO_CONTACT_WITH_COMPLAINANT: (
        "शिकायतकर्ता से कब और कैसे सम्पर्क किया गया तथा उसने क्या कहा, यह भी लिखें।",
        "Add when and how the complainant was contacted and what was said.",
    ),
    ReportWarning.NO_OFFICER_NAMED: (
        "जांच/कार्यवाही करने वाले अधिकारी का नाम और पदनाम लिखें।",
        "Name the officer who inquired or acted, with designation.",
    ),
    ReportWarning.FILLER_BESIDE_ACTION: (
        "यह वाक्य कुछ नहीं जोड़ता; इसे हटा दें अथवा शेष कार्य की तिथि और उत्तरदायी अधिकारी का नाम लिखें।",
        "This phrase adds nothing: delete it, or give the date and the officer for what is left.",
    ),
}  # fmt: skip


def finding(code: ReportCode | ReportWarning, words: str) -> Finding:
    """The finding of a code with its cure. `words`: the words of the report that it is about, "" for something missing."""
    cure_hi, cure_en = _CURES[code]
    return Finding(code=code, words=words, cure_hi=cure_hi, cure_en=cure_en)
