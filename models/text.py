"""The text layer: Hindi text to canonical tokens, one whitespace word at a time.

indic-nlp-library is the reference: every word passes through its normaliser and tokeniser once and is then remembered.
Not here: cleaning whole texts (nistaran.domain.cleaning), weights or scores of tokens (models/features.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from indicnlp.normalize.indic_normalize import DevanagariNormalizer
from indicnlp.tokenize.indic_tokenize import trivial_tokenize

MAX_WORD_CHARS = 60  # longer "words" are joined rubbish; also bounds the library's work on runs of marks
LONG_NUMBER_DIGITS = 5  # phone, Aadhaar, FIR and plot numbers are personal: never remembered, never a feature
CACHE_WORDS = 200_000  # about 60 MB of strings; beyond it the cache starts anew
# A number becomes its class: school classes 1-8 and 9-12 and helplines tell departments apart, others only that one is there.
HELPLINES = {
    "102": "<ambulance>", "108": "<ambulance>", "112": "<police>", "181": "<women>", "1090": "<women>",
    "1076": "<cm>", "1098": "<child>", "1912": "<electricity>", "1930": "<cyber>", "1962": "<cattle>",
}  # fmt: skip
LONG = ("<long>",)

_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_BREAKS = str.maketrans(dict.fromkeys(":|।॥፧=*_~`^…•«»<>", " "))
# «मा0», «मा०», «मा॰», «मा°»: one abbreviation sign in four spellings. Dropped, so that «आई0जी0» equals «आईजी».
_ABBREVIATION_SIGN = re.compile(r"(?<=[\u0904-\u0963])[0०॰°](?![0-9०-९])")
_DOTTED_LETTERS = re.compile(r"(?:[\u0904-\u0963]{1,3}\.){2,}[\u0904-\u0963]{0,3}|(?:[A-Za-z]\.){2,}[A-Za-z]?")
# Repairs that must precede do_normalize_chandras, which else writes two vowel signs («डाेक्टर», «हूें»).
_REPAIRS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("ाॅ"), "ॉ"),
    (re.compile("(?<=[ािीुूेैोौ])ॅ"), "ं"),
    (re.compile("ॉ[ंँ]"), "ां"),
    (re.compile("([ँं])[ँं]+"), r"\1"),
    # «गॉव», «जॉच»: ॉ typed for ाँ on old keyboards, in words where ॉ is never meant («कॉलेज», «पॉवर» stay)
    (re.compile("^(ग(?=ॉव)|[पज](?=ॉच)|म(?=ॉग|ॉ$)|ब(?=ॉध|ॉट)|[यकवज]ह(?=ॉ$)|ह(?=ॉ$)|च(?=ॉद)|द(?=ॉत))ॉ"), r"\1ां"),
    (re.compile("^चै(?=क[ीि]|रा|ध|पा|ड|ब|हा)"), "चौ"),  # KrutiDev `kS` misread by old converters (docs/domain.md)
)
_RUNS = re.compile(r"[\u0900-\u0963\u0970-\u097F]+|[^\W\d_]+|\d+")
_STRETCHED = re.compile(r"(.)\1{2,}")
_DAMAGE = re.compile("^[\u0900-\u0903\u093a-\u094f]|[ािीुूृेैोौ]{2}|[ािीुूृेैोौ]्|््")
# Words that neither prepare() nor the library changes beyond nukta, chandrabindu and marks around: whole syllables without
# chandra, half nasal or double mark, and plain Latin letters. They are most words. tests/models hold them to the library.
_PLAIN_DEVANAGARI = re.compile("(?!चै|[ा-्])(?:[अ-ऋएऐओऔक-घच-झट-ढत-धप-भयरलवशषसहा-ृेैोौ]|[ङञणनम](?!्)|ं(?!ं)|्)+")
_PLAIN_LATIN = re.compile("[A-Za-z]+")
_SAME = str.maketrans({"ँ": "ं", "\u093c": None} | dict(zip(map(chr, range(0x0958, 0x0960)), "कखगजडढफय", strict=True)))
_AROUND = ",।!?\"'()"


@cache
def _normaliser() -> Callable[[str], str]:
    library = DevanagariNormalizer(
        lang="hi", remove_nuktas=True, nasals_mode="to_anusvaara_strict", do_normalize_chandras=True
    )
    normalise: Callable[[str], str] = library.normalize
    return normalise


def prepare(word: str) -> str:
    """One whitespace word with the repairs that the library lacks or gets wrong, ready for it (may contain spaces)."""
    word = unicodedata.normalize("NFC", word[:MAX_WORD_CHARS])
    word = _ABBREVIATION_SIGN.sub("", word).translate(_DIGITS).translate(_BREAKS)
    word = _DOTTED_LETTERS.sub(lambda found: found[0].replace(".", ""), word)
    for pattern, repaired in _REPAIRS:
        word = pattern.sub(repaired, word)
    return word


def library_tokens(prepared: str) -> list[str]:
    """The library's own tokens of a prepared word: its normaliser, then its tokeniser, empty tokens left out."""
    normal = " ".join(_normaliser()(prepared).split())
    return [token for token in trivial_tokenize(normal) if token] if normal else []


def word_tokens(word: str) -> tuple[str, ...]:
    """Canonical tokens of one whitespace word: lower case, punctuation gone, numbers as classes. Often exactly one.

    A word that may identify a person is only `<long>`, whatever else stands in it.
    """
    if is_personal(word):
        return LONG
    plain = word.translate(_SAME).strip(_AROUND)
    if _PLAIN_DEVANAGARI.fullmatch(plain):
        return (_STRETCHED.sub(r"\1", plain),)
    if _PLAIN_LATIN.fullmatch(plain):
        return (_STRETCHED.sub(r"\1", plain.lower()),)
    return _tokens_by_library(word)


def _tokens_by_library(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for token in library_tokens(prepare(word)):
        for run in _RUNS.findall(token.lower()):
            found.append(_number_token(run) if run.isdecimal() else _STRETCHED.sub(r"\1", run))
    return tuple(found)


def distinct_words(text: str) -> list[str]:
    """The whitespace words of a text, each once, in order: saying a word again adds nothing to a complaint (measured)."""
    return list(dict.fromkeys(text.split()))


def tokens(text: str) -> list[str]:
    """Canonical tokens of a cleaned text, in order. Words are remembered, except those with a long number in them."""
    found: list[str] = []
    remembered = _remembered()
    for word in text.split():
        known = remembered.get(word)
        if known is None:
            known = word_tokens(word)
            if known is not LONG:
                if len(remembered) >= CACHE_WORDS:
                    remembered.clear()
                remembered[word] = known
        found.extend(known)
    return found


def is_personal(word: str) -> bool:
    """True for a word that may identify a person (five digits or more, an e-mail address) or is too long to be a word."""
    return len(word) > MAX_WORD_CHARS or "@" in word or sum(map(str.isdigit, word)) >= LONG_NUMBER_DIGITS


def is_damaged(word: str) -> bool:
    """True for impossible Devanagari: a mark at the start, two vowel signs together, a halant after a vowel sign."""
    return _DAMAGE.search(word) is not None


def is_foreign(token: str) -> bool:
    """True if the token's first letter is of neither the Devanagari nor the Latin script."""
    first = token[0]
    return not ("\u0900" <= first <= "\u097f" or first < "\u0250" or first == "<")


@cache
def _remembered() -> dict[str, tuple[str, ...]]:
    return {}


def _number_token(digits: str) -> str:
    if digits in HELPLINES:
        return HELPLINES[digits]
    if len(digits) >= LONG_NUMBER_DIGITS:
        return LONG[0]
    value = int(digits)
    if 1 <= value <= 8:
        return "<low>"
    if 9 <= value <= 12:
        return "<high>"
    return "<year>" if 1950 <= value <= 2050 else "<number>"
