"""Where a complaint comes from: the district's places named in its fields or, failing that, in its text.

Here: finding and disambiguating places. Not here: which office serves them (choose.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from nistaran.domain.complaint import Whereabouts
from routing.district import District
from routing.elsewhere import DistrictNames
from routing.names import Cues, Folds, Phrases, fold
from routing.pack import Vocabulary
from routing.tables import DistrictNameRow

Area = Literal["rural", "town", "unknown"]
KINDS = ("village", "town", "thana", "block", "tehsil")
#: A field's spelling is taken for a place at this likeness (0–100); below it the field is treated as unknown.
LIKENESS = 88


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Places of a complaint. `found`: kind → place code. `rivals`: villages that share the name and cannot be told apart.

    `area` is rural or town where a place or a word shows it. `outside`: the row or its text
    names another district.
    """

    found: dict[str, str]
    rivals: tuple[str, ...]
    area: Area
    outside: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The place codes, most specific kind first."""
        return tuple(self.found[kind] for kind in KINDS if kind in self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Places that a text names. `cued`, `bare`: kind → place codes, with and without a cue of their kind beside the name.

    `village_cue`: a known name stands beside a village cue, whatever its kind. `ends`: the words after which a cued name ends.
    """

    cued: dict[str, list[str]]
    bare: dict[str, list[str]]
    village_cue: bool
    ends: frozenset[int]


#: So many different spellings in fields are remembered.
_REMEMBERED = 20_000
_NOTHING = _Read(cued={}, bare={}, village_cue=False, ends=frozenset())


class Gazetteer:
    """The district's names, indexed once for finding them in fields and texts."""

    def __init__(self, district: District, vocabulary: Vocabulary, districts: Iterable[DistrictNameRow]) -> None:
        """`districts`: all districts of the State, to know when a text names another one."""
        self._district = district
        self._folds = Folds()
        self._kind = {place.code: place.kind for place in district.places.values()}
        self._by_name: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[str]]]] = defaultdict(list)
        self._index(district)
        self._firsts = frozenset(self._by_first)
        self._names = {kind: list(names) for kind, names in self._by_name.items()}
        self._cues = Cues(vocabulary.cues)
        self._rural = Phrases(vocabulary.rural)
        self._urban = Phrases(vocabulary.urban)
        own = (district.facts.name_hi, district.facts.name_en, *district.facts.aliases)
        self._own = {" ".join(fold(name)) for name in own}
        # fields repeat a few place names in thousands of rows, and looking for a near spelling is slow
        self._is_own = lru_cache(maxsize=_REMEMBERED)(self._says_own)
        self._written = lru_cache(maxsize=_REMEMBERED)(self._read_field)
        self._districts = DistrictNames(own, districts, self._cues, vocabulary.district_follows)

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
        read = self._from_text(words)
        if not sure and self._is_elsewhere(words, read):
            return Located(found={}, rivals=(), area="unknown", outside=True)
        for kind, codes in read.cued.items():
            sure.setdefault(kind, codes)
        area = self._area(sure, read, words)
        found, rivals = self._settle(sure, read.bare, area)
        return Located(found=found, rivals=rivals, area=area, outside=False)

    def _says_own(self, written: str) -> bool:
        name = " ".join(fold(written))
        return name in self._own or any(fuzz.ratio(name, own) >= LIKENESS for own in self._own)

    def _is_elsewhere(self, words: Sequence[str], read: _Read) -> bool:
        """Whether the text names another district beside a cue, and neither our district nor a place of ours beside theirs.

        A name that runs straight into the other district («ग्राम पिपरी जनपद बस्ती») is that district's own place.
        """
        said = self._districts.named_in(words)
        return bool(said.others) and not said.ours and read.ends <= said.others

    def _from_fields(self, where: Whereabouts) -> dict[str, list[str]]:
        written = {kind: name for kind in KINDS if (name := getattr(where, kind))}
        return {kind: list(codes) for kind, name in written.items() if (codes := self._written(kind, name))}

    def _read_field(self, kind: str, written: str) -> tuple[str, ...]:
        words = fold(written, self._folds)
        without_cues = [word for word in words if not self._cues.is_cue(word, kind)]
        return tuple(self._named(kind, " ".join(words)) or self._named(kind, " ".join(without_cues)))

    def _named(self, kind: str, name: str) -> list[str]:
        if not name:
            return []
        exact = self._by_name[kind].get(name)
        if exact:
            return list(exact)
        near = process.extractOne(name, self._names[kind], scorer=fuzz.ratio, score_cutoff=LIKENESS)
        return list(self._by_name[kind][near[0]]) if near else []

    def _from_text(self, words: Sequence[str]) -> _Read:
        if self._firsts.isdisjoint(words):
            return _NOTHING
        cued: dict[str, list[str]] = defaultdict(list)
        bare: dict[str, list[str]] = defaultdict(list)
        ends, village_cue, by_first = set(), False, self._by_first
        for at in [at for at, word in enumerate(words) if word in by_first]:
            phrase = next((p for p in by_first[words[at]] if tuple(words[at : at + len(p[0])]) == p[0]), None)
            if phrase is None:
                continue
            end = at + len(phrase[0])
            kind = self._cues.beside(words, at, end)
            village_cue = village_cue or kind == "village"
            # «ग्राम पंचायत खेसरहा» where खेसरहा is only a block or a thana: the name still says where it is.
            meant = [code for code in phrase[1] if self._kind[code] == kind]
            if meant:
                ends.add(end)
            for code in meant or phrase[1]:
                (cued if meant else bare)[self._kind[code]].append(code)
        return _Read(cued=_once(cued), bare=_once(bare), village_cue=village_cue, ends=frozenset(ends))

    def _area(self, sure: dict[str, list[str]], read: _Read, words: Sequence[str]) -> Area:
        if "village" in sure:
            return "rural"
        if "town" in sure:
            return "town"
        if read.village_cue:
            return "rural"
        urban, rural = self._urban.stand_in(words), self._rural.stand_in(words)
        if urban != rural:
            return "town" if urban else "rural"
        return "rural" if "village" in read.bare else "unknown"

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


def _once(codes: dict[str, list[str]]) -> dict[str, list[str]]:
    return {kind: list(dict.fromkeys(of_kind)) for kind, of_kind in codes.items()}
