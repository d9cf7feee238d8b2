"""Dates as Indian offices write them: the day comes first, two-digit years are after 2000, months may be Hindi words.

Not here: whether a date is plausible for a complaint (steps/, which know today).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

_INDIA = timezone(timedelta(hours=5, minutes=30))
_TO_ASCII = str.maketrans("०१२३४५६७८९", "0123456789")
_DAY_FIRST = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})(?:[ ,T]+(.{1,20}))?")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]+(.{1,30}))?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_WORD_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]{0,2}([^\W\d]\D{0,11}?)[ .,/-]{1,3}(\d{4}|\d{2})(?:[ ,]+(.{1,20}))?"
)
_WORD_FIRST = re.compile(r"([^\W\d]\D{0,11}?)[ .]{1,2}(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:[ ,]+(.{1,20}))?")
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d{1,9})?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|IST|[+-]\d{2}:?\d{2}))?"
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d{1,12})?")  # days since Excel's 30 December 1899
_EXCEL_ZERO = date(1899, 12, 30)

_MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate((
        "jan january जनवरी जन", "feb february फरवरी फर फ़रवरी", "mar march मार्च", "apr april अप्रैल अप्रेल", "may मई",
        "jun june जून", "jul july जुलाई", "aug august अगस्त", "sep sept september सितंबर सितम्बर", "oct october अक्टूबर अक्तूबर",
        "nov november नवंबर नवम्बर", "dec december दिसंबर दिसम्बर",
    ), start=1)
    for word in words.split()
}  # fmt: skip


@lru_cache(maxsize=10_000)
def parse_date(text: str) -> date | None:
    """The date that the text says, None when it says none that exists. A time behind it is passed over.

    Understood: 12/06/2024, 12-6-24, 12.06.2024, 2024-06-12, 20240612, 12 जून 2024, 12-Jun-24, June 12, 2024, Devanagari
    digits, an Excel serial number, ISO times (one with a zone is taken to India's calendar day).
    """
    if len(text) > 60:
        return None
    plain = " ".join(text.translate(_TO_ASCII).replace("\u093c", "").split())
    return _day_first(plain) or _year_first(plain) or _with_word(plain) or _excel_serial(plain)


def _date(year: str, month: int, day: str, time: str | None) -> date | None:
    if time is not None and _TIME.fullmatch(time) is None:
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return None


def _day_first(text: str) -> date | None:
    match = _DAY_FIRST.fullmatch(text)
    return _date(match[3], int(match[2]), match[1], match[4]) if match else None


def _year_first(text: str) -> date | None:
    match = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    if match.re is _COMPACT:
        return _date(match[1], int(match[2]), match[3], None)
    if match[5] is not None and match[5].endswith(("Z", "+00:00")):
        return _in_india(text)
    return _date(match[1], int(match[3]), match[4], match[5])


def _in_india(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.replace("/", "-")).astimezone(_INDIA).date()
    except (ValueError, OverflowError):
        return None


def _with_word(text: str) -> date | None:
    match = _WORD_MONTH.fullmatch(text)
    if match is not None:
        day, word = match[1], match[2]
    else:
        match = _WORD_FIRST.fullmatch(text)
        if match is None:
            return None
        day, word = match[2], match[1]
    month = _MONTHS.get(word.lower().strip(" ."))
    return _date(match[3], month, day, match[4]) if month is not None else None


def _excel_serial(text: str) -> date | None:
    match = _SERIAL.fullmatch(text)
    return _EXCEL_ZERO + timedelta(days=int(match[1])) if match and 30_000 <= int(match[1]) < 75_000 else None
