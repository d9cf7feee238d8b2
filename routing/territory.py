"""Where a complaint comes from: the district's places named in its fields or, failing that, in its text.

Here: finding and disambiguating places. Not here: which office serves them (choose.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from nistaran.domain.complaint import Whereabouts
from routing.district import District
from routing.pack import Vocabulary

Area = Literal["rural", "town", "unknown"]
KINDS = ("village", "town", "thana", "block", "tehsil")
#: A field's spelling is taken for a place at this likeness (0–100); below it the field is treated as unknown.
LIKENESS = 88

_FOLD: dict[int, str | None] = {ord("़"): None, ord("ँ"): "ं", ord("ॅ"): None, 0x200C: None, 0x200D: None}
_WORD = re.compile(r"[^\s,.;:।॥|()\[\]{}\-–—_/\\'\"’‘“”!?*#०॰]+")
#: Words come again and again; so many are remembered.
_FOLDED_AT_MOST = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Places of a complaint. `found`: kind → place code. `rivals`: villages that share the name and cannot be told apart.

    `area` is rural or town where a place or a word shows it. `outside`: the row names another district.
    """

    found: dict[str, str]
    rivals: tuple[str, ...]
    area: Area
    outside: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The place codes, most specific kind first."""
        return tuple(self.found[kind] for kind in KINDS if kind in self.found)


class _Folds(dict[str, str]):
    """Word → the form in which names are compared. Words come again and again, so they are remembered, up to a number."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _FOLDED_AT_MOST:
            self.clear()
        folded = self[word] = word.lower().translate(_FOLD)
        return folded


def fold(name: str, folds: Mapping[str, str] | None = None) -> list[str]:
    """The words of a place name in the form in which names are compared."""
    folds = _Folds() if folds is None else folds
    return [folded for word in _WORD.findall(name) if (folded := folds[word])]


class Gazetteer:
    """The district's names, indexed once for finding them in fields and texts."""

    def __init__(self, district: District, vocabulary: Vocabulary) -> None:
        self._district = district
        self._folds = _Folds()
        self._kind = {place.code: place.kind for place in district.places.values()}
        self._by_name: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[str]]]] = defaultdict(list)
        self._index(district)
        self._firsts = frozenset(self._by_first)
        self._names = {kind: list(names) for kind, names in self._by_name.items()}
        self._cues = {
            word: kind for kind, words in vocabulary.cues.items() for cue in words for word in [" ".join(fold(cue))]
        }
        self._rural = _Phrases(vocabulary.rural)
        self._urban = _Phrases(vocabulary.urban)
        self._own = {
            " ".join(fold(n)) for n in (district.facts.name_hi, district.facts.name_en, *district.facts.aliases)
        }

    def _index(self, district: District) -> None:
        phrases: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for place in district.places.values():
            if place.kind not in KINDS:
                continue
            for name in {" ".join(fold(spelling)) for spelling in (place.name, *place.aliases)} - {""}:
                self._by_name[place.kind][name].append(place.code)
                phrases[tuple(name.split())].append(place.code)
        for words, codes in phrases.items():
            self._by_first[words[0]].append((words, codes))
        for found in self._by_first.values():
            found.sort(key=lambda phrase: -len(phrase[0]))

    def locate(self, where: Whereabouts, text: str) -> Located:
        """The places of a complaint: its fields first, then names in the text beside a cue word, then bare names."""
        if where.district and not self._is_own(where.district):
            return Located(found={}, rivals=(), area="unknown", outside=True)
        sure = self._from_fields(where)
        words = fold(text, self._folds)
        cued, bare = self._from_text(words)
        for kind, codes in cued.items():
            sure.setdefault(kind, codes)
        area = self._area(sure, bare, words)
        found, rivals = self._settle(sure, bare, area)
        return Located(found=found, rivals=rivals, area=area, outside=False)

    def _is_own(self, written: str) -> bool:
        name = " ".join(fold(written))
        return name in self._own or any(fuzz.ratio(name, own) >= LIKENESS for own in self._own)

    def _from_fields(self, where: Whereabouts) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for kind in KINDS:
            written = getattr(where, kind)
            if not written:
                continue
            words = fold(written, self._folds)
            without_cues = [word for word in words if self._cues.get(word) != kind]
            if codes := self._named(kind, " ".join(words)) or self._named(kind, " ".join(without_cues)):
                found[kind] = codes
        return found

    def _named(self, kind: str, name: str) -> list[str]:
        if not name:
            return []
        exact = self._by_name[kind].get(name)
        if exact:
            return list(exact)
        near = process.extractOne(name, self._names[kind], scorer=fuzz.ratio, score_cutoff=LIKENESS)
        return list(self._by_name[kind][near[0]]) if near else []

    def _from_text(self, words: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        cued: dict[str, list[str]] = {}
        bare: dict[str, list[str]] = {}
        if self._firsts.isdisjoint(words):
            return cued, bare
        by_first = self._by_first
        for at in [at for at, word in enumerate(words) if word in by_first]:
            word = words[at]
            phrase = next((p for p in by_first[word] if tuple(words[at : at + len(p[0])]) == p[0]), None)
            if phrase is None:
                continue
            kind = self._cue_near(words, at, at + len(phrase[0]))
            for code in phrase[1]:
                if self._kind[code] == kind:
                    cued.setdefault(self._kind[code], []).append(code)
                elif kind is None:
                    bare.setdefault(self._kind[code], []).append(code)
        return {kind: _once(codes) for kind, codes in cued.items()}, {
            kind: _once(codes) for kind, codes in bare.items()
        }

    def _cue_near(self, words: Sequence[str], start: int, end: int) -> str | None:
        before = [" ".join(words[max(start - size, 0) : start]) for size in (3, 2, 1)]
        after = [" ".join(words[end : end + size]) for size in (3, 2, 1)]
        for phrase in (*before, *after):
            if phrase in self._cues:
                return self._cues[phrase]
        return None

    def _area(self, sure: dict[str, list[str]], bare: dict[str, list[str]], words: Sequence[str]) -> Area:
        if "village" in sure:
            return "rural"
        if "town" in sure:
            return "town"
        urban, rural = self._urban.stand_in(words), self._rural.stand_in(words)
        if urban != rural:
            return "town" if urban else "rural"
        return "rural" if "village" in bare else "unknown"

    def _settle(
        self, sure: dict[str, list[str]], bare: dict[str, list[str]], area: Area
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        found = {kind: codes[0] for kind, codes in sure.items() if len(codes) == 1}
        villages = self._fitting(sure.get("village") or (bare.get("village", []) if area != "town" else []), found)
        if len(villages) == 1:
            found["village"] = villages[0]
        elif "village" in found and not villages:
            del found["village"]  # the fields contradict one another: the larger place is believed
        for code in [found[kind] for kind in ("village", "town") if kind in found]:
            for container in sorted(self._district.around[code] - {code}):
                if container in self._kind:
                    found.setdefault(self._kind[container], container)
        for kind in ("town", "thana", "block", "tehsil"):
            named = bare.get(kind, [])
            if kind not in found and len(named) == 1 and (kind != "town" or area != "rural"):
                found[kind] = named[0]
        return found, tuple(villages) if len(villages) > 1 else ()

    def _fitting(self, villages: Iterable[str], found: dict[str, str]) -> list[str]:
        """The villages that lie in every larger place already found; all of them when none does and they are several."""
        larger = {found[kind] for kind in ("thana", "block", "tehsil") if kind in found}
        villages = list(villages)
        scored = [(len(larger & self._district.around[village]), village) for village in villages]
        if not scored:
            return []
        best = max(score for score, _ in scored)
        if larger and best == 0:
            return []
        return [village for score, village in scored if score == best]


class _Phrases:
    """Words and phrases that show something when they stand in a text."""

    def __init__(self, spellings: Iterable[str]) -> None:
        folded = {tuple(fold(spelling)) for spelling in spellings} - {()}
        self._words = frozenset(phrase[0] for phrase in folded if len(phrase) == 1)
        self._phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in sorted(phrase for phrase in folded if len(phrase) > 1):
            self._phrases[phrase[0]].append(phrase)
        self._firsts = frozenset(self._phrases)

    def stand_in(self, words: Sequence[str]) -> bool:
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


def _once(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))
