"""The table of fillers (phrases.toml) and its matching by sound, over the words of a report as written.

Not here: the verdict. A phrase is one sign among others (a phrase alone must not condemn a report).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from models.phonetic import fold as sound
from models.text import word_tokens
from nistaran.domain.errors import BadTable
from nistaran.domain.evidence_marks import fold
from nistaran.domain.report import ReportCode

TABLE = Path(__file__).with_name("phrases.toml")
_CACHE_WORDS = 100_000
_GAP = 1  # other words that may stand between two words of a phrase


@dataclass(frozen=True, slots=True)
class Phrase:
    """A filler as sounds of its words, and the code that it speaks for."""

    code: ReportCode
    sounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A phrase that stands in a report: words[start:end] of the report's whitespace words."""

    code: ReportCode
    start: int
    end: int


class PhraseTable:
    """Finds fillers. Build one with `read_table`."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Keep the phrases by their first sound."""
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            self._by_first.setdefault(phrase.sounds[0], []).append(phrase)

    def met(self, words: Sequence[str]) -> list[Met]:
        """The phrases in whitespace words, in order of their start; a phrase may be met more than once."""
        by_word = [_sounds(word) for word in words]
        sounds = [heard for in_word in by_word for heard in in_word]
        by_first, found = self._by_first, []
        starts = [start for start, heard in enumerate(sounds) if heard in by_first]
        places = [place for place, in_word in enumerate(by_word) for _ in in_word] if starts else []
        for start in starts:
            ahead = sounds[start + 1 : start + 2 + _GAP]
            for phrase in by_first[sounds[start]]:
                if len(phrase.sounds) == 1 or phrase.sounds[1] in ahead:
                    last = _end_of(phrase.sounds, sounds, start)
                    if last >= 0:
                        found.append(Met(phrase.code, places[start], places[last] + 1))
        return found


def read_table(path: Path = TABLE) -> PhraseTable:
    """The table in the file. Raises BadTable when it is no TOML, names an unknown code or holds an empty phrase."""
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
        return PhraseTable(list(_phrases(value)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadTable(f'{path.name}: write codes as [CODE] and phrases = ["…"] below') from error


def _phrases(value: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[Phrase]:
    for code, part in value.items():
        for text in part["phrases"]:
            sounds = tuple(heard for word in text.split() for heard in _sounds(word))
            if not sounds:
                raise ValueError("a phrase without a word")
            yield Phrase(ReportCode(code), sounds)


def _end_of(wanted: Sequence[str], heard: Sequence[str], start: int) -> int:
    """Where the phrase ends that starts at `start`, -1 when it does not stand there."""
    place = start
    for sound_ in wanted[1:]:
        for ahead in range(place + 1, min(place + 2 + _GAP, len(heard))):
            if heard[ahead] == sound_:
                place = ahead
                break
        else:
            return -1
    return place


@lru_cache(maxsize=_CACHE_WORDS)
def _sounds(word: str) -> tuple[str, ...]:
    """The sounds of a word without gender and number at its end: «गयी», «गये» and gaya are one."""
    return tuple(
        sound(token).replace("ye", "e").rstrip("iey") or token for token in word_tokens(fold(word)) if token[0] != "<"
    )
