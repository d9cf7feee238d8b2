"""One coarse spelling for a word in either script: «बिजली», «बीजली», "bijli" and "bijlee" all fold to "bijli".

Ties roman Hindi, Devanagari and misspellings together as features. Not here: the romanised copies (models/romanise.py).
"""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = {
    "क": "k", "ख": "k", "ग": "g", "घ": "g", "ङ": "n", "च": "c", "छ": "c", "ज": "j", "झ": "j", "ञ": "n", "ट": "t", "ठ": "t",
    "ड": "d", "ढ": "d", "ण": "n", "त": "t", "थ": "t", "द": "d", "ध": "d", "न": "n", "प": "p", "फ": "f", "ब": "b", "भ": "b",
    "म": "m", "य": "y", "र": "r", "ल": "l", "ळ": "l", "व": "v", "श": "s", "ष": "s", "स": "s", "ह": "h", "ं": "n", "ँ": "n",
    "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "e", "ो": "o", "ौ": "o", "इ": "i", "ई": "i", "उ": "u",
    "ऊ": "u", "ऋ": "ri", "ए": "e", "ऐ": "e", "ओ": "o", "औ": "o", "अ": "a", "आ": "a", "ा": "", "्": "", "ः": "",
}  # fmt: skip
_DEVANAGARI = str.maketrans(_LETTERS)
_LATIN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), folded)
    for pattern, folded in (
        ("[ts]ion", "sn"), ("chh?", "C"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("C", "c"), ("ph", "f"), ("([kgjtdbs])h", r"\1"),
        ("w", "v"), ("z", "j"), ("q", "k"), ("x", "ks"), ("ee", "i"), ("oo", "u"), ("a[iy](?=[^aeiou]|$)", "e"),
        ("a[uw](?=[^aeiou]|$)", "o"), ("(?<!^)a+|(?<=^a)a+", ""),
    )
)  # fmt: skip
_NASAL = re.compile("m(?=[pb])")
_LAST_NASAL = re.compile("(?<=[ieo])n$")
_DOUBLE = re.compile(r"(.)\1+")
_HAS_LATIN = re.compile("[a-z]")


@lru_cache(maxsize=1024)  # a word is asked twice in a row: for its pieces, and for whether it is known
def fold(token: str) -> str:
    """The token's coarse Latin spelling: aspirates, vowel lengths, retroflexes, sibilants and the vowel a told apart no more."""
    if _HAS_LATIN.search(token):
        folded = token
        for pattern, replacement in _LATIN:
            folded = pattern.sub(replacement, folded)
    else:
        folded = token.translate(_DEVANAGARI)
    return _DOUBLE.sub(r"\1", _LAST_NASAL.sub("", _NASAL.sub("n", folded)))
