"""What a disposal report shows, as slots: completed actions, marks (dates, numbers, measures), contact, court, overlap with the complaint.

Here: reading one report beside its complaint by rules, standard library only. Not here: numbers' patterns (evidence_marks.py), word lists
(evidence_words.py), the verdict (models/reports).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from nistaran.domain.evidence_marks import Marked, digits_of, fold, mark
from nistaran.domain.evidence_words import COURT_PHRASES, KEYS_OF_PHRASES, PHRASES, SLOTS, WORDS

ANCHORS = ("date", "money", "quantity", "number", "phone", "time")
_ENDS = ("।", ";", "!", "?")
_AROUND = " ,.।;:!?()[]'\"“”‘’-–"
_CACHE_WORDS = 100_000
_ABBREVIATION_LETTERS = 3  # «सं.» ends no sentence
_STEM_LETTERS = 6
_VOWELS_AT_END = "ािीुूेैोौं"
_GOES_ON = ("ongoing",)
#: «शिवनाथ उपस्थित रहे» tells who stood by, not what goes on
_STOOD_BY = frozenset({"उपस्थित", "मौजूद", "साथ", "शामिल", "सम्मिलित", "संतुष्ट", "present"})
_WORD = re.compile("[\u0900-\u0963\u0970-\u097fa-z]{2,}")
_COMMON_WORDS = (
    "के की का को में से पर है हैं था थी थे ने और तथा एवं व भी नहीं यह वह इस उस जो कि कर किया गया गई गए द्वारा हेतु लिए जा रहा रही रहे "
    "दिया दी दिए हुआ हुई हो कोई ही तो एक अपने अपनी मेरे मेरी मेरा हम ग्राम श्री शिकायत शिकायतकर्ता आवेदक प्रार्थी प्रकरण "
    "ka ki ke ko me mein se par hai the of is in to and ne nahi ho gaya"
)
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How report and complaint share words (0–1). `copied`: share of the report's pairs of words that stand in the complaint too;
    `repeated`: share of its words; `covered`: share of the complaint's words that the report takes up."""

    copied: float
    repeated: float
    covered: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The slots of one report. `slots`: how often each word list of evidence_words.SLOTS is met; `anchored`: sentences in the past
    with a new date, number or measure; `remedied`: those of them that tell a result; `open_ended`: sentences about what is to come."""

    marked: Marked
    slots: dict[str, int]
    sentences: int
    anchored: int
    remedied: int
    open_ended: int
    overlap: Overlap
    words: int

    @property
    def anchors(self) -> int:
        """New dates, amounts, measures and numbers that the complaint does not name itself."""
        return sum(self.marked.counts[kind] for kind in ANCHORS)


def read_evidence(report: str, complaint: str) -> Evidence:
    """The slots of a cleaned report beside its cleaned complaint ("" when there is none)."""
    told, asked = fold(report), fold(complaint)
    marked = mark(told, digits_of(asked))
    slots = dict.fromkeys(SLOTS, 0)
    anchored = remedied = open_ended = 0
    sentences = _sentences(marked.text)
    for seen in sentences:
        for name in seen:
            if name != "anchor":
                slots[name] += 1
        is_open, has_anchor = "future" in seen or "ongoing" in seen, "anchor" in seen
        open_ended += is_open
        anchored += has_anchor and "past" in seen and not is_open
        remedied += has_anchor and "remedy" in seen and not is_open
    searched = PHRASES | COURT_PHRASES if slots["court"] else PHRASES
    for name, pattern in searched.items():
        # most reports hold none of a phrase's key words: looking for those first saves the slow search
        for key in KEYS_OF_PHRASES[name]:
            if key in marked.text:
                slots[name] = int(pattern.search(marked.text) is not None)
                break
    return Evidence(
        marked=marked,
        slots=slots,
        sentences=len(sentences),
        anchored=anchored,
        remedied=remedied,
        open_ended=open_ended,
        overlap=_overlap(told, asked),
        words=len(told.split()),
    )


def _sentences(text: str) -> list[list[str]]:
    """The slots that the words of each sentence tell, in order; «anchor» for a new date, number or measure."""
    found: list[list[str]] = []
    seen: list[str] = []
    is_empty, before = True, ""
    for word in text.split():
        told, is_end, is_word = _of_word(word)
        if told == _GOES_ON and before in _STOOD_BY:
            told = ()
        before = word
        if told:
            seen += told
        if is_word:
            is_empty = False
        if is_end:
            if not is_empty:
                found.append(seen)
            seen, is_empty = [], True
    return found if is_empty else [*found, seen]


@lru_cache(maxsize=_CACHE_WORDS)
def _of_word(word: str) -> tuple[tuple[str, ...], bool, bool]:
    """(the slots that a word tells, whether a sentence ends with it, whether it is more than punctuation)."""
    core = word.strip(_AROUND)
    is_end = word.endswith(_ENDS) or (word[-1] == "." and len(core) > _ABBREVIATION_LETTERS)
    return (told_by(core) if core else (), is_end, bool(core))


@lru_cache(maxsize=_CACHE_WORDS)
def told_by(word: str) -> tuple[str, ...]:
    """The slots that one folded word tells; «anchor» for the mark of a new date, number or measure."""
    word = word.strip(_AROUND) or word
    if word[0] == "⟦":
        return ("anchor",) if word[1:-1] in ANCHORS else ()
    return tuple(name for name, pattern in WORDS.items() if pattern.fullmatch(word))


def stems_of(text: str) -> set[str]:
    """The distinct stems of a text's words in Devanagari and Latin letters, without the commonest words."""
    return _runs(fold(text))[1]


def _overlap(told: str, asked: str) -> Overlap:
    mine, said = _runs(told)
    theirs, named = _runs(asked)
    pairs, known_pairs = set(itertools.pairwise(mine)), set(itertools.pairwise(theirs))
    shared = len(said & named)
    return Overlap(
        copied=len(pairs & known_pairs) / max(1, len(pairs)),
        repeated=shared / max(1, len(said)),
        covered=shared / max(1, len(named)),
    )


def _runs(text: str) -> tuple[list[str], set[str]]:
    """The runs of letters of a folded text, in order, and their distinct stems without the commonest words."""
    found = [_runs_of_word(word) for word in text.split()]
    return [run for runs, _ in found for run in runs], {stem for _, stems in found for stem in stems}


@lru_cache(maxsize=_CACHE_WORDS)
def _runs_of_word(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    runs = tuple(_WORD.findall(word))
    return runs, tuple({_stem(run) for run in runs} - _COMMON)


def _stem(word: str) -> str:
    return word if word in _COMMON else word.rstrip(_VOWELS_AT_END)[:_STEM_LETTERS]
