"""Dates, amounts, quantities, numbers of orders and of phones in a report, found in one pass over folded text and replaced by marks.

Here: folding of spellings («गयी» = «गई», «सम्बन्धित» = «संबंधित», «दि0» = «दि») and the marks. Not here: what the words around them say
(evidence.py), cleaning of texts (cleaning.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_SINGLE: dict[int, str | None] = {
    **{ord(digit): str(value) for value, digit in enumerate("०१२३४५६७८९")},
    ord("ँ"): "ं",
    ord("ः"): None,
    0x093C: None,
    0x200C: None,
    0x200D: None,
    ord("॰"): "0",
    ord("°"): "0",
    ord("\n"): " । ",
    ord("॥"): "।",
    **dict(zip(range(0x0958, 0x0960), "कखगजडढफय", strict=True)),
}
_ABBREVIATION = re.compile(r"(?<=[\u0904-\u0963])0(?![\d])\.?")
_HALF_NASAL = re.compile("[ङञणनम]्(?=[क-धप-भ])")

_MONTHS = (
    "जनवरी|जन|फरवरी|फर|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|सित|अक्टूबर|अक्तूबर|अक्टू|अक्तू|नवंबर|नव|दिसंबर|दिस|"
    "january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct|november|nov|"
    "december|dec|navambar|november|aktubar|disambar"
)
_UNITS = (
    "मीटर|मी|सेमी|किमी|हेक्टेयर|हे|बीघा|बीघे|बिस्वा|एकड|वर्ग|वर्गमी|घनमी|घमी|फुट|फीट|फिट|इंच|केवीए|केवी|किवा|किलोवाट|यूनिट|लीटर|ली|किग्रा|"
    "किलो|क्विंटल|कुंतल|कुंटल|कुं|कुन्तल|टन|बोरी|बोरे|ट्राली|ट्रॉली|नग|अदद|घंटे|घंटा|क्यूसेक|एचपी|एमएम|मिमी|प्रतिशत|एलपीएम|वोल्ट|एंपियर|"
    "परिवार|परिवारों|किसान|किसानों|कृषकों|बच्चे|बच्चों|छात्र|छात्रों|लोगों|श्रमिक|श्रमिकों|पोल|खंभे|खंबे|मरीज|मरीजों|गोवंश|पशु|पशुओं|वाहन|पेड|"
    "पौधे|मकान|दुकानें|दुकान|स्थान|बार|कर्मी|कर्मियों|सदस्य|दिन|माह|"
    "kva|kv|kw|hp|mtr|mtrs|meter|metre|metres|meters|m|km|mm|cm|ft|feet|sqm|sqft|ltr|litre|litres|kg|quintal|qtl|units|unit|nos|nag|"
    "hec|hectare|beegha|bigha|volt|v|amp|bags|poles|pole|tonne|tonnes|days|din|bori|boriyon"
)
_NUMBERED = (
    "संख्या|संखया|क्रमांक|क्र|सं|नं|नंबर|न|पत्रांक|पत्र|आदेश|ज्ञापांक|वाद|मुअसं|अपराध|रसीद|वाउचर|चालान|जीडी|रपट|एफआईआर|डायरी|आवक|पावती|केस|रिट|आईडी|"
    "आवेदन|बिल|नोटिस|टोकन|एमबी|पृष्ठ|यूटीआर|बैच|पर्ची|मस्टर|प्रवेश|स्वीकृति|ट्रांजेक्शन|utr|fto|id|no|order|letter|memo|mb|fir|gd|ref|receipt|voucher|"
    "challan|case|writ|sr|sno|token|pavti|rasid|adesh|patra|sankhya|patrank|batch|neft|rtgs|txn|crime|page|meter|मीटर|कार्ड|खाता"
)
_END = r"(?![\w\u0900-\u0963])"
_DATED = r"(?:(?:दिनांक|दिनाक|दि|dt|dated|date)[ .:-]{0,3})"
#: every mark begins with one of these: looking for that first saves most of the search
_BEGINS = r"(?=[\da-z.…*₹अआउएकखगचजटडदधनपफबमयरवशस])"
_MARKS = re.compile(
    _BEGINS
    + r"(?:(?P<phone>(?<!\d)[6-9]\d{9}(?!\d)|\d{1,4}[x×*]{3,}\d{0,4}|(?:\.{2,}|…|x{3,}|[*]{2,})\s?\d{3,4}(?!\d))"
    rf"|(?P<date>(?=[\ddद]){_DATED}?(?:(?<![\d/.])[0-3]?\d\s?[./-]\s?[01]?\d\s?[./-]\s?(?:20)?[1-3]\d(?![\d/])"
    rf"|(?<![\d/.])[0-3]?\d(?:st|nd|rd|th)?[ -]?(?:{_MONTHS}){_END}(?:[ ,-]{{1,2}}20[1-3]\d)?"
    r"|(?<![\d/.])20[1-3]\d-[01]\d-[0-3]\d(?!\d)"
    r"|(?<![\d/.])[0-3]?\d\s?[./]\s?[01]?\d(?=\s?(?:को|से|तक|की|ki|ko|se|tak|के|रात|सायं|प्रात|में|,|।|;|$))(?![./]\d)"
    r"|(?<![\d/.])[0-3]?\d(?= (?:तारीख|tarikh|ता\b)))"
    rf"|(?=[dद]){_DATED}[0-3]?\d(?:\s?[./-]\s?[01]?\d)?(?![\d.])"
    rf"|(?<![a-z])(?:{_MONTHS}) [0-3]?\d(?:st|nd|rd|th)?(?!\d)(?:,? 20[1-3]\d)?)"
    r"|(?P<law>(?:धारा|नियम|उपविधि|प्रस्तर|पैरा|अनुच्छेद|section|rule|para|u/s|dhara|niyam|शासनादेश|बिंदु)[ .:-]*"
    r"(?:सं(?:ख्या)?[ .]*)?\d[\w()/.,-]*)"
    r"|(?P<time>(?=\d)(?<![\d/.])[0-2]?\d(?:[:.]\d\d)?\s?(?:बजे|baje|am\b|pm\b)|(?<![\d/.])[0-2]?\d:[0-5]\d(?!\d))"
    r"|(?P<money>(?:₹|रुपए|रुपये|रु|रू|rs|inr)[ .]{0,2}\d[\d,]*(?:\.\d+)?(?:/-)?(?: ?(?:लाख|करोड|हजार|lakh|crore))?"
    rf"|(?<![\d/.])\d[\d,]*(?:\.\d+)?\s?(?:/-|(?:लाख|करोड|हजार|रुपए|रुपये|रुपया|रुपयों|रू|रु|lakh|crore|rupaye|rupees|rs){_END}))"
    rf"|(?P<quantity>(?=\d)(?<![\d/.])\d[\d.,x*×]*\s?(?:(?:{_UNITS}){_END}|%))"
    rf"|(?P<number>(?<![\w\u0900-\u0963])(?:{_NUMBERED})(?![\w\u0900-\u0963])[ .:/#-]{{0,3}}"
    r"(?:(?:संख्या|सं|नं|नंबर|न|no|क्र|क्रमांक|id)[ .:-]{1,3})?(?:[a-z]{1,6}[-/. ]{0,2}){0,2}"
    r"(?!\d?\d[./-]\d?\d[./-]\d)\d[\w\u0904-\u0963/-]*"
    r"|(?<![\w\u0900-\u0963])[a-z]{1,6}[-/]?\d[\w/.-]{2,}|(?<![\d.])\d+(?:[/-][\w\u0904-\u0963]+)+)"
    r"|(?P<plain>\d[\d,.]*))"
)
KINDS = ("phone", "law", "date", "time", "money", "quantity", "number", "plain")
_DIGITS = re.compile(r"\d+")
_BEFORE, _AFTER = 2, 1  # words around a number that belong to it: «आदेश सं 76», «40 मी»
_REMEMBERED = 200_000  # words; beyond it the memory starts anew
_LONGEST = 40  # characters of a word that is remembered


def fold(text: str) -> str:
    """A cleaned text in one spelling, lower case: for comparing and matching, never for showing."""
    known = _folded()
    return " ".join([known.get(word) or _fold_word(word) for word in text.split(" ")])


@cache
def _folded() -> dict[str, str]:
    """Words folded before; nothing in the folding looks beyond a space."""
    return {}


@cache
def _numberless() -> set[str]:
    """Folded words that are known to hold no digit."""
    return set()


def _fold_word(word: str) -> str:
    folded = _fold(word)
    if len(word) <= _LONGEST and _DIGITS.search(folded) is None:  # numbers are of persons, and seldom come twice
        known = _folded()
        if len(known) >= _REMEMBERED:
            known.clear()
        known[word] = folded
    return folded


def _fold(text: str) -> str:
    if text.isascii() and "\n" not in text:
        return text.lower()
    folded = text.translate(_SINGLE).lower()
    if "0" in folded:
        folded = _ABBREVIATION.sub("", folded)
    folded = _HALF_NASAL.sub("ं", folded)
    return folded.replace("यी", "ई").replace("ये", "ए").replace("ावे", "ाए")


@dataclass(frozen=True, slots=True)
class Marked:
    """`text`: the folded report with every mark as ⟦kind⟧, or ⟦old⟧ for a number that the complaint names already.
    `counts`: of each of KINDS how often it stands there and is new. `old`: numbers that repeat the complaint's."""

    text: str
    counts: dict[str, int]
    old: int


def digits_of(folded: str) -> frozenset[str]:
    """The digit groups of a folded text, without leading zeros."""
    return frozenset(group.lstrip("0") for group in _DIGITS.findall(folded))


def mark(folded: str, known: frozenset[str]) -> Marked:
    """Replace every number of a folded text by its kind. `known`: the complaint's digit groups."""
    counts = dict.fromkeys((*KINDS, "old"), 0)
    replaced = _replacer(known, counts)
    text = " ".join(_MARKS.sub(replaced, zone) if has_digits else zone for has_digits, zone in _zones(folded))
    old = counts.pop("old")
    return Marked(text, counts, old)


def _zones(folded: str) -> list[tuple[bool, str]]:
    """The text in pieces with and without digits, two words before and after them kept together: the marks are slow to search."""
    if _DIGITS.search(folded) is None:
        return [(False, folded)]
    words = folded.split()
    known = _numberless()
    numbers = [place for place, word in enumerate(words) if word not in known and _has_digit(word)]
    pieces: list[tuple[bool, str]] = []
    start = end = 0  # of the zone that is being made; before it everything is in pieces
    for place in numbers:
        if place - _BEFORE > end or not end:
            if end:
                pieces.append((True, " ".join(words[start:end])))
            start = max(end, place - _BEFORE)
            pieces.append((False, " ".join(words[end:start])))
        end = place + _AFTER + 1
    return [*pieces, (True, " ".join(words[start:end])), (False, " ".join(words[end:]))]


def _has_digit(word: str) -> bool:
    if _DIGITS.search(word):
        return True
    if len(word) <= _LONGEST:
        known = _numberless()
        if len(known) >= _REMEMBERED:
            known.clear()
        known.add(word)
    return False


def _replacer(known: frozenset[str], counts: dict[str, int]) -> Callable[[re.Match[str]], str]:
    def replaced(found: re.Match[str]) -> str:
        kind = found.lastgroup or "plain"
        if known and kind != "date" and all(group.lstrip("0") in known for group in _DIGITS.findall(found[0])):
            kind = "old"
        counts[kind] += 1
        return f" ⟦{kind}⟧ "

    return replaced
