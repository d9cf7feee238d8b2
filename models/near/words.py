"""Written words to the stems by which two tellings meet, whatever the script, spelling or inflection. Numbers stay numbers.

Here: one word at a time, remembered. Not here: what a whole text tells (telling.py), canonical tokens (models/text.py).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from models.phonetic import fold
from models.text import CACHE_WORDS, is_personal, word_tokens

SYNONYMS = Path(__file__).parent / "synonyms.txt"
#: A number stands as "#214": no stem begins so.
NUMBER = "#"

_ENDING = re.compile("(?<=...)[ieou]+$")  # «टूटा», «टूटी», «टूटे»
_ASCII = str.maketrans("०१२३४५६७८९", "0123456789")
_DATE = re.compile(r"\D?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\D?")  # mostly the day of writing: it differs between copies
_MASKED = re.compile("[Xx*]{3}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d\d\d?(?:\D|$))")
_ABBREVIATION = re.compile(r"(?<=[\u0900-\u0963])0(?!\d)")
_RUNS = re.compile(r"\d+|\D+")
_LONGEST_SUM = 12  # letters of an amount with commas, «1,12,40,000/-»; longer is no amount
_NUMBER_WORDS = {
    "तीन": 3, "चार": 4, "पांच": 5, "छह": 6, "छः": 6, "छ": 6, "सात": 7, "आठ": 8, "नौ": 9, "दस": 10, "ग्यारह": 11, "बारह": 12,
    "तेरह": 13, "चौदह": 14, "पंद्रह": 15, "पन्द्रह": 15, "सोलह": 16, "सत्रह": 17, "अठारह": 18, "उन्नीस": 19, "बीस": 20, "पच्चीस": 25,
    "तीस": 30, "पैंतीस": 35, "चालीस": 40, "पचास": 50, "साठ": 60, "सत्तर": 70, "अस्सी": 80, "नब्बे": 90, "सौ": 100,
    "teen": 3, "char": 4, "panch": 5, "paanch": 5, "saat": 7, "aath": 8, "das": 10, "bees": 20,
}  # fmt: skip


def stems(text: str) -> list[str]:
    """The stems of a text's whitespace words, in order. Dates, phones, masked numbers and whatever may name a person: none.

    Words are remembered, but never one with a digit in it (as models.text: such words may be personal).
    """
    remembered = _remembered()
    found: list[str] = []
    for word in text.split():
        known = remembered.get(word)
        if known is None:
            if any(map(str.isdigit, word)):
                known = _with_digits(word.translate(_ASCII))
            else:
                if len(remembered) >= CACHE_WORDS:
                    remembered.clear()
                known = remembered[word] = _plain(word)
        found += known
    return found


def stem(token: str) -> str:
    """The stem of one canonical token (models.text); "" for the class of a number."""
    return "" if token.startswith("<") else _ENDING.sub("", fold(token))


def _with_digits(word: str) -> tuple[str, ...]:
    amount = _THOUSANDS.sub("", word) if len(word) <= _LONGEST_SUM else word
    if _MASKED.search(word) or _DATE.fullmatch(word) or (amount == word and is_personal(word)):
        return ()
    found: list[str] = []
    for run in _RUNS.findall(_ABBREVIATION.sub("", amount)):
        if run.isdecimal():
            found.append(f"{NUMBER}{int(run)}")
        else:
            found.extend(inner for part in run.split() for inner in _plain(part))
    return tuple(found)


def _plain(word: str) -> tuple[str, ...]:
    special = _special()
    return tuple(found for token in word_tokens(word) if (found := special.get(token) or stem(token)))


@cache
def _special() -> dict[str, str]:
    """Canonical tokens that stand for a number or for another word."""
    meant = {"".join(word_tokens(word)): f"{NUMBER}{value}" for word, value in _NUMBER_WORDS.items()}
    for line in SYNONYMS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            tokens = ["".join(word_tokens(word)) for word in line.split()]
            meant |= dict.fromkeys(tokens, stem(tokens[0]))
    return meant


@cache
def _remembered() -> dict[str, tuple[str, ...]]:
    return {}
