"""Whether a report speaks of its own case: the complainant's name, the village, each numbered point of the complaint (Q04, Q13).

Pure, and warnings only: a name is written in many ways, and a point may be answered in other words. Not here: numbers, plots and dates
(report_checks.py), which villages a text names (routing/territory.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from nistaran.domain.evidence import stems_of
from nistaran.domain.evidence_marks import digits_of, fold
from nistaran.domain.report_checks import HouseCheck

_ALIKE = 0.78  # of two spellings of one name; «सुनीता» and «अनीता» are further apart
_FEWEST_LETTERS = 3
_HONORIFICS = "श्रीमती|श्री|सुश्री|कुमारी|कु|डा|डॉ|मो|स्व"
_ROLES = "शिकायतकर्ता|शिकायतकर्त्री|आवेदनकर्ता|आवेदक|आवेदिका|प्रार्थी|प्रार्थिनी|परिवादी|शिकर्ता"
_LETTER = "[\u0904-\u0963]"
# The complainant is named where an honorific, a father's or a husband's name or what only a person does shows that a name is meant.
_OF_A_PERSON = "पुत्र|पत्नी|पुत्री|निवासी|ने|के बयान|का बयान|के कथन|से वार्ता|के समक्ष|के सामने|की उपस्थिति"
_NAMED = re.compile(
    rf"(?<!{_LETTER})(?:{_ROLES})[ :–-]{{1,3}}"
    rf"(?:(?:{_HONORIFICS}) ({_LETTER}{{3,}})|({_LETTER}{{3,}})(?: {_LETTER}+)? (?:{_OF_A_PERSON})(?!{_LETTER}))"
)
_FIRST_NAME = re.compile(rf"(?:(?:{_HONORIFICS})[. ]+)*({_LETTER}{{2,}})")
_NOT_NAMES = frozenset(
    {"द्वारा", "स्वयं", "ग्राम", "न्यायालय", "संबंधित", "उपरोक्त", "उक्त", "पक्ष", "तथा", "एवं", "और", "अपने", "विपक्षी", "प्रतिवादी"}
)
_NOT_PERSONS = frozenset({"समस्त", "ग्राम", "ग्रामवासी", "निवासी", "अध्यक्ष", "सचिव", "प्रधान", "प्रबंधक", "अनाम", "अज्ञात"})
_MOST_NAMES = 5
_POINT = re.compile(r"(?:(?<=^)|(?<=[\s।,;:]))[(]?(?:बिंदु\s*(?:सं\w*|संख्या)?\s*)?(\d{1,2})\s*[.):–-](?![\d])\s*")
_MOST_POINTS = 12
_POINT_STEMS = 4  # a point of fewer words says too little to be looked for
_LATIN, _LATIN_WORDS = re.compile("[A-Za-z]{4,}"), 4
_STEM = 4  # letters by which words of point and report are compared: «मीटर», «मीटरिंग»


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What the complaint says and what the report says. `complainant`: the name as the case holds it ("" when unknown); `asked`, `told`:
    codes of the villages that complaint and report name; `is_interim`: the report need not answer every point yet."""

    complaint: str
    complainant: str = ""
    asked: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    is_interim: bool = False


def contradictions(report: str, sides: Sides) -> Iterator[tuple[HouseCheck, str]]:
    """(check, words concerned). Never a person's name among the words."""
    if names_another(report, sides.complainant, sides.complaint):
        yield HouseCheck.OTHER_NAME, ""
    if sides.asked and sides.told and not sides.asked & sides.told:
        yield HouseCheck.OTHER_VILLAGE, ""
    if not sides.is_interim and (left := unanswered(report, sides.complaint)):
        yield HouseCheck.POINT_UNANSWERED, "बिन्दु " + ", ".join(map(str, left))


def names_another(report: str, complainant: str, complaint: str) -> bool:
    """Whether the report calls somebody the complainant whom neither the case nor the complaint names, and not the one it does name.

    Only of names in Devanagari: across scripts spellings are too free to compare.
    """
    wanted = _FIRST_NAME.match(fold(complainant).strip())
    if wanted is None or len(wanted[1]) < _FEWEST_LETTERS or wanted[1] in _NOT_PERSONS:
        return False
    told = fold(report)
    named = [first or second for first, second in _NAMED.findall(told)]
    named = [name for name in named if name not in _NOT_NAMES][:_MOST_NAMES]
    if not named or _is_among(wanted[1], told):
        return False
    known = f"{fold(complainant)} {fold(complaint)}"
    return not any(_is_among(name, known) for name in named)


def _is_among(name: str, folded: str) -> bool:
    """Whether a word of the text is the name in some spelling; «राम प्रसाद» is «रामप्रसाद»."""
    if name in folded.replace(" ", ""):
        return True
    words = set(re.findall(rf"{_LETTER}{{2,}}", folded))
    return any(SequenceMatcher(None, name, word).ratio() >= _ALIKE for word in words if word[0] == name[0])


def points_of(complaint: str) -> list[str]:
    """The complaint's own numbered points («1. … 2. …», «(1) … (2) …»), in order; none unless they run from 1 to at least 2."""
    folded = fold(complaint)
    starts: list[re.Match[str]] = []
    for found in _POINT.finditer(folded):
        if int(found[1]) == len(starts) + 1:
            starts.append(found)
    if not 2 <= len(starts) <= _MOST_POINTS:
        return []
    ends = [*(found.start() for found in starts[1:]), len(folded)]
    return [folded[found.end() : end].strip() for found, end in zip(starts, ends, strict=True)]


def unanswered(report: str, complaint: str) -> list[int]:
    """Numbers of the complaint's points that the report neither numbers nor takes up by any word or number of theirs alone.

    None when it takes up no point at all (such a report uses other words, or is the judge's to refuse), or answers in English words.
    """
    points = points_of(complaint)
    if len(_LATIN.findall(report)) >= _LATIN_WORDS:
        return []
    numbered = {int(found[1]) for found in _POINT.finditer(fold(report))} if points else set()
    said, words = _signs(report), [_signs(point) for point in points]
    left: list[int] = []
    for place, mine in enumerate(words, start=1):
        own = mine - set().union(*(theirs for other, theirs in enumerate(words, start=1) if other != place))
        if place not in numbered and len(own) >= _POINT_STEMS and not own & said:
            left.append(place)
    return left if len(left) < len(points) else []


def _signs(text: str) -> set[str]:
    return {stem[:_STEM] for stem in stems_of(text)} | digits_of(fold(text))
