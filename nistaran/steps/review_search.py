"""Finding a department by what a person types: a code, a Hindi or English name, a word people use, or Hindi in Latin letters.

Here: how departments are found. Not here: departments named in an answer, which must be exact (routing/pack.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from routing.pack import alias_key
from routing.tables import DepartmentRow

#: So many are offered: one key each.
MOST = 9
_LEAST_ALIKE = 75.0
_WORD = re.compile(r"[^\s\-_/(),.;]+")
#: Sounds that people spell alike, or in several ways, when they write Hindi in Latin letters. Vowels are left out.
_SOUNDS = {
    letter: sound
    for sound, letters in {
        "k": "कखq", "g": "गघ", "c": "चछ", "j": "जझz", "t": "टठतथ", "d": "डढदध", "n": "नणङञंँ", "p": "पफf", "b": "बभ", "m": "म",
        "y": "य", "r": "रऋृ", "l": "लळ", "v": "वw", "s": "शषस", "h": "हः",
    }.items()
    for letter in letters
}  # fmt: skip
_DIGRAPHS = (
    ("Ch", "C"), ("ज्ञ", "gy"), ("sC", "sk"), ("ksh", "ks"), ("sh", "s"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ph", "p"),
    ("bh", "b"), ("jh", "j"), ("x", "ks"),
)  # fmt: skip
_SOFT_C = re.compile("c(?=[eiy])")
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to call a department; `weight` is less for words that people use, and for what it is responsible for."""

    key: str
    words: tuple[str, ...]
    sounds: str
    each: frozenset[str]  #: the sounds of each word
    weight: float


class DepartmentSearch:
    """The departments of a pack, ready to be searched."""

    def __init__(self, departments: Mapping[str, DepartmentRow]) -> None:
        self._forms = {code: list(_forms(row)) for code, row in departments.items()}

    def find(self, typed: str) -> list[str]:
        """Codes of the departments that fit, best first, at most MOST; none for less than two letters."""
        key = alias_key(typed)
        if len(key) < 2:
            return []
        sounds = sounds_of(typed)
        fits = {code: max(_fit(key, sounds, form) for form in forms) for code, forms in self._forms.items()}
        found = [code for code, fit in fits.items() if fit >= _LEAST_ALIKE]
        return sorted(found, key=lambda code: -fits[code])[:MOST]


def _forms(row: DepartmentRow) -> Iterable[_Form]:
    for weight, names in ((1.0, (row.code, row.name_hi, row.name_en)), (0.93, row.own_words), (0.85, (row.covers,))):
        for name in names:
            words = _WORD.findall(name)
            each = frozenset(map(sounds_of, words))
            yield _Form(alias_key(name), tuple(map(alias_key, words)), sounds_of(name), each, weight)


def _fit(key: str, sounds: str, form: _Form) -> float:
    """0–100: the same word, its beginning, inside it, the same sounds, alike with a slip of the finger."""
    if key == form.key:
        return 100.0 * form.weight
    if form.key.startswith(key) or key in form.words:
        return 97.0 * form.weight
    if any(word.startswith(key) for word in form.words):
        return 94.0 * form.weight
    if len(sounds) >= 2 and sounds in form.each | {form.sounds}:
        return 92.0 * form.weight
    if len(sounds) >= 3 and form.sounds.startswith(sounds):
        return 90.0 * form.weight
    if len(sounds) >= 3 and any(one.startswith(sounds) for one in form.each):
        return 88.0 * form.weight
    if len(key) >= 4 and key in form.key:
        return 85.0 * form.weight
    return fuzz.ratio(key, form.key) * 0.95 * form.weight if len(key) >= 4 else 0.0


def sounds_of(name: str) -> str:
    """The consonants of a name, those that sound alike as one: «बिजली» and «bijlee» are both «bjl»."""
    text = unicodedata.normalize("NFC", name).casefold()  # NFC writes letters with a nukta in two
    text = _SOFT_C.sub("s", text.replace("ch", "C")).replace("c", "k")
    for written, sound in _DIGRAPHS:
        text = text.replace(written, sound)
    told = "".join(letter if letter.isascii() and letter.isalpha() else "" for letter in map(_sound, text))
    return _TWICE.sub(r"\1", told)


def _sound(letter: str) -> str:
    if letter in _SOUNDS:
        return _SOUNDS[letter]
    lower = letter.lower()
    return "" if lower in "aeiou" else lower
