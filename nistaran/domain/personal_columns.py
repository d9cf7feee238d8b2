"""Which columns that no field of ours names hold what is personal: they are kept sealed and not in the open.

Here: the rule, by header and by value; in doubt a column is personal, since sealing costs next to nothing. Not here: sealing
(nistaran/steps/context.py), the fields that are known (nistaran/readers/headers.py), masks (privacy.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from nistaran.domain.privacy import mask_text

#: Anywhere in a header, spaces and signs left out: «Father's Name», «FatherName», «पिता/पति का नाम».
_STEMS = (
    "मोबाइल", "मोबाईल", "दूरभाष", "टेलीफोन", "फोन", "व्हाट्स", "वाट्स", "संपर्क", "इमेल", "ईमेल", "mobile", "phone",
    "whatsapp", "contact", "email", "gmail", "पिता", "पति", "माता", "पत्नी", "पुत्र", "अभिभावक", "संरक्षक", "वारिस",
    "father", "mother", "husband", "spouse", "guardian", "निवास", "मकान", "पिनकोड", "address", "reside", "houseno",
    "pincode", "आधार", "पहचानपत्र", "राशनकार्ड", "मतदाता", "वोटर", "समग्र", "पासपोर्ट", "लाइसेंस", "पासबुक", "खाता",
    "aadhaar", "aadhar", "adhaar", "adhar", "rationcard", "voter", "passport", "licen", "passbook", "account",
    "ifsc", "idcard", "idproof", "जन्म", "उम्र", "लिंग", "जाति", "धर्म", "दिव्यांग", "विकलांग", "birth", "gender",
    "caste", "religion", "disab", "आवेदक", "आवेदनकर्ता", "शिकायतकर्ता", "परिवादी", "प्रार्थी", "पीडित", "फरियादी",
    "लाभार्थी", "applicant", "complainant", "petitioner", "citizen", "caller", "beneficiary",
)  # fmt: skip
#: Only as whole words: shorter, or part of other words («लापता», «company»).
_WORDS = frozenset((
    "मो", "मोब", "नाम", "पता", "पते", "पैन", "आयु", "वल्द", "मेल", "mob", "mo", "ph", "tel", "cell", "name", "names",
    "wife", "son", "daughter", "pan", "uid", "uidai", "epic", "dob", "age", "sex", "mail", "s/o", "w/o", "d/o",
    "c/o", "h/o", "r/o",
))  # fmt: skip
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_ABBREVIATION = re.compile("(?<=[\u0900-\u0963])[0०॰]+")
_WORD = re.compile("[a-z]/[a-z](?![a-z])|[a-z\u0900-\u0963]+")
_NASAL = re.compile("[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u092e])|\u0901")
_UNWRITTEN = dict.fromkeys(map(ord, "\u093c\u200c\u200d"))


def _fold(header: str) -> str:
    """One spelling: without nukta and abbreviation zeros, with a bindu for every nasal, in small letters."""
    parted = _CAMEL.sub(" ", unicodedata.normalize("NFD", header[:400])).lower()
    return _NASAL.sub("\u0902", _ABBREVIATION.sub(" ", parted.translate(_UNWRITTEN)))


_STEM = re.compile("|".join(map(_fold, _STEMS)))


@lru_cache(maxsize=10_000)
def is_personal_header(header: str) -> bool:
    """Whether a column of this header holds a name, a phone, an address, the family, papers or accounts of a person.

    In Hindi and English, as portals and registers spell it; also true for our own field names name, phone and address.
    """
    folded = _fold(header)
    words = _WORD.findall(folded)
    return not _WORDS.isdisjoint(words) or _STEM.search("".join(words)) is not None


def part_personal(
    cells: Mapping[str, str], *, shown: Callable[[str], str] = str
) -> tuple[dict[str, str], dict[str, str]]:
    """The cells by header, parted: those that may stand in the open, and those that are personal by header or by value
    (a phone, Aadhaar, account or PAN number, an e-mail address under whatever header).

    `shown` gives what a header may show besides itself: the Hindi of one typed in a legacy font.
    """
    open_: dict[str, str] = {}
    personal: dict[str, str] = {}
    for header, cell in cells.items():
        hidden = is_personal_header(header) or is_personal_header(shown(header)) or mask_text(cell) != cell
        (personal if hidden else open_)[header] = cell
    return open_, personal
