"""Names and cue words in the form in which they are compared, and how they are found among the words of a text.

Here: folding, phrases, cues. Not here: which places there are (territory.py), other districts (elsewhere.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

_FOLD: dict[int, str | None] = {ord("़"): None, ord("ँ"): "ं", ord("ॅ"): None, 0x200C: None, 0x200D: None}
_WORD = re.compile(r"[^\s,.;:।॥|()\[\]{}\-–—_/\\'\"’‘“”!?*#०॰]+")
#: Words come again and again; so many are remembered.
_FOLDED_AT_MOST = 50_000
#: The longest cue, in words.
_CUE_WORDS = 3


def folded_letters(text: str) -> str:
    """The text with its letters as they are compared: every folded word of it stands in there."""
    return text.lower().translate(_FOLD)


class Folds(dict[str, tuple[str, ...]]):
    """A word as it stands between spaces → its words as names are compared. They come again and again, so they are
    remembered, up to a number."""

    def __missing__(self, written: str) -> tuple[str, ...]:
        if len(self) >= _FOLDED_AT_MOST:
            self.clear()
        words = (word.lower().translate(_FOLD) for word in _WORD.findall(written))
        folded = self[written] = tuple(word for word in words if word)
        return folded


def fold(name: str, folds: Mapping[str, tuple[str, ...]] | None = None) -> list[str]:
    """The words of a place name in the form in which names are compared."""
    folds = Folds() if folds is None else folds
    return list(chain.from_iterable(map(folds.__getitem__, name.split())))


class Cues:
    """Words that stand beside a name and tell its kind: «ग्राम», «थाना», «जनपद»."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        """`cues`: kind → its cue words or phrases, as written."""
        self._kinds = {" ".join(fold(cue)): kind for kind, words in cues.items() for cue in words}
        self._kinds.pop("", None)
        self._firsts = frozenset(cue.split()[0] for cue in self._kinds)
        self._lasts = frozenset(cue.split()[-1] for cue in self._kinds)

    def is_cue(self, word: str, kind: str) -> bool:
        """Whether the folded word is a cue of that kind."""
        return self._kinds.get(word) == kind

    def words_of(self, kind: str) -> frozenset[str]:
        """Every word that stands in a cue of that kind."""
        return frozenset(word for cue, of in self._kinds.items() if of == kind for word in cue.split())

    def before(self, words: Sequence[str], start: int) -> tuple[str | None, int]:
        """The kind that a cue right before `start` tells, and where the cue begins; (None, start) without one."""
        if start == 0 or words[start - 1] not in self._lasts:
            return None, start
        for size in range(min(_CUE_WORDS, start), 0, -1):
            kind = self._kinds.get(" ".join(words[start - size : start]))
            if kind is not None:
                return kind, start - size
        return None, start

    def after(self, words: Sequence[str], end: int) -> tuple[str | None, int]:
        """The kind that a cue right after a name tells, and where the cue ends; (None, end) without one."""
        if end >= len(words) or words[end] not in self._firsts:
            return None, end
        for size in range(min(_CUE_WORDS, len(words) - end), 0, -1):
            kind = self._kinds.get(" ".join(words[end : end + size]))
            if kind is not None:
                return kind, end + size
        return None, end

    def beside(self, words: Sequence[str], start: int, end: int) -> str | None:
        """The kind of the name that stands at words[start:end]: the cue before it counts more than the one after it."""
        return self.before(words, start)[0] or self.after(words, end)[0]


class Phrases:
    """Words and phrases that show something when they stand in a text."""

    def __init__(self, spellings: Iterable[str]) -> None:
        folded = {tuple(fold(spelling)) for spelling in spellings} - {()}
        self._words = frozenset(phrase[0] for phrase in folded if len(phrase) == 1)
        self._phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in sorted(phrase for phrase in folded if len(phrase) > 1):
            self._phrases[phrase[0]].append(phrase)
        self._firsts = frozenset(self._phrases)

    def stand_in(self, words: Sequence[str]) -> bool:
        """Whether any of them stands among the folded words."""
        if not self._words.isdisjoint(words):
            return True
        if self._firsts.isdisjoint(words):
            return False
        return any(
            tuple(words[at : at + len(phrase)]) == phrase
            for at, word in enumerate(words)
            if word in self._firsts
            for phrase in self._phrases[word]
        )
