"""A second copy of each training text in Latin letters, spelt as freely as people spell on phones.

Rules of our own with seeded, deterministic variants. Not here: the table of common words (models/loanwords.py). Serving never
romanises: the model learns both scripts from the copies.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache

from models.loanwords import SPELLINGS
from models.text import word_tokens

_CONSONANTS: dict[str, str] = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh g", "ङ": "n", "च": "ch", "छ": "chh ch", "ज": "j j j z", "झ": "jh", "ञ": "n",
    "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d", "ध": "dh d", "न": "n",
    "प": "p", "फ": "f ph", "ब": "b", "भ": "bh b", "म": "m", "य": "y", "र": "r", "ल": "l", "ळ": "l", "व": "v w",
    "श": "sh s", "ष": "sh s", "स": "s", "ह": "h",
}  # fmt: skip
_VOWEL_SIGNS: dict[str, str] = {
    "ा": "a a aa", "ि": "i", "ी": "i i ee", "ु": "u", "ू": "u oo", "ृ": "ri r", "े": "e", "ै": "ai e", "ो": "o", "ौ": "au o",
}  # fmt: skip
_VOWELS: dict[str, str] = {
    "अ": "a", "आ": "aa a", "इ": "i", "ई": "i ee", "उ": "u", "ऊ": "u oo", "ऋ": "ri", "ए": "e ye", "ऐ": "ai e", "ओ": "o", "औ": "au or",
}  # fmt: skip
_CLUSTERS: tuple[tuple[str, str], ...] = (("ज्ञ", "gy"), ("क्ष", "ksh x ch"), ("छ्छ", "chh"))
_LETTER_NAMES: dict[str, str] = {
    "एच": "h", "एफ": "f", "एम": "m", "एन": "n", "एल": "l", "एस": "s", "एक्स": "x", "आई": "i", "आर": "r", "ए": "a", "बी": "b",
    "सी": "c", "डी": "d", "ई": "e", "जी": "g", "जे": "j", "के": "k", "ओ": "o", "पी": "p", "क्यू": "q", "टी": "t", "यू": "u",
    "वी": "v", "डब्ल्यू": "w", "डबल्यू": "w", "वाई": "y", "जेड": "z",
}  # fmt: skip
_ACRONYM = re.compile("(?:" + "|".join(sorted(_LETTER_NAMES, key=len, reverse=True)) + "){3,}")
_LETTER_NAME = re.compile("|".join(sorted(_LETTER_NAMES, key=len, reverse=True)))
_HALANT, _ANUSVARA, _VISARGA = "्", "ं", "ः"
_DEVANAGARI = re.compile("[\u0900-\u097f]")


def romanised(tokens: Sequence[str], seed: str) -> list[str]:
    """The tokens in Latin letters; the same seed gives the same spellings. Tokens already Latin stay as they are."""
    choose = random.Random(seed)
    copied: list[str] = []
    for token in tokens:
        copied.extend(_romanised_word(token, choose).split())
    return copied


def is_mostly_devanagari(tokens: Sequence[str]) -> bool:
    """True if a romanised copy would say something new: most tokens hold Devanagari."""
    return 2 * sum(_DEVANAGARI.search(token) is not None for token in tokens) > len(tokens)


@cache
def _spellings() -> dict[str, list[str]]:
    return {" ".join(word_tokens(word)): typed.split() for word, typed in SPELLINGS.items()}


def _romanised_word(token: str, choose: random.Random) -> str:
    if not _DEVANAGARI.search(token):
        return token
    typed = _spellings().get(token)
    if typed and choose.random() < 0.9:
        return typed[0] if choose.random() < 0.5 else choose.choice(typed)
    if _ACRONYM.fullmatch(token):
        return _LETTER_NAME.sub(lambda name: _LETTER_NAMES[name[0]], token)
    return _by_rule(token, choose)


def _by_rule(token: str, choose: random.Random) -> str:
    syllables = _syllables(token, choose)
    spelt: list[str] = []
    for position, (consonant, vowel) in enumerate(syllables):
        spelt.append(consonant + ("a" if vowel is None and _keeps_schwa(syllables, position) else vowel or ""))
    return "".join(spelt)


def _keeps_schwa(syllables: Sequence[tuple[str, str | None]], position: int) -> bool:
    """The inherent a is silent at the end of a word, and in the middle between two spoken vowels («लड़का» ladka)."""
    is_last = position == len(syllables) - 1
    if is_last:
        return position == 0
    if position == 0 or position + 1 >= len(syllables):
        return True
    before, after = syllables[position - 1], syllables[position + 1]
    return not (before[1] != "" and after[1] not in {None, ""})


def _syllables(token: str, choose: random.Random) -> list[tuple[str, str | None]]:
    """(consonant, vowel) pairs; vowel None is the inherent a, "" is none (halant). A nasal mark is a pair of its own."""
    found: list[tuple[str, str | None]] = []
    start = 0
    while start < len(token):
        cluster = next((pair for pair in _CLUSTERS if token.startswith(pair[0], start)), None)
        letter = token[start]
        if cluster is not None:
            found.append((choose.choice(cluster[1].split()), None))
            start += len(cluster[0])
            continue
        start += 1
        _take(letter, found, choose)
    return found


def _take(letter: str, found: list[tuple[str, str | None]], choose: random.Random) -> None:
    if letter in _CONSONANTS:
        found.append((choose.choice(_CONSONANTS[letter].split()), None))
    elif letter in _VOWELS:
        found.append(("", choose.choice(_VOWELS[letter].split())))
    elif letter in _VOWEL_SIGNS:
        _set_vowel(found, choose.choice(_VOWEL_SIGNS[letter].split()))
    elif letter == _HALANT:
        _set_vowel(found, "")
    elif letter in {_ANUSVARA, "ँ"}:
        if found and found[-1][1] is None:
            _set_vowel(found, "a")
        found.append((choose.choice(("n", "n", "n", "")), ""))
    elif letter != _VISARGA and not _DEVANAGARI.match(letter):
        found.append((letter, ""))


def _set_vowel(found: list[tuple[str, str | None]], vowel: str) -> None:
    if found:
        found[-1] = (found[-1][0], vowel)
