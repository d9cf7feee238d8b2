"""Whether a text names another district of the State as the place of the complaint: «मैं जनपद बस्ती का निवासी …».

A name counts only beside a district cue: बस्ती is also a settlement, रामपुर also a village. Not here: our own places (territory.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from routing.names import Cues, fold
from routing.tables import DistrictNameRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What a text says about districts. `ours`: our own stands beside its cue; `others`: the word at which each other begins."""

    ours: bool
    others: frozenset[int]


NOWHERE = Elsewhere(ours=False, others=frozenset())


class DistrictNames:
    """The State's districts, indexed once for finding them beside a district cue."""

    def __init__(
        self, own: Iterable[str], districts: Iterable[DistrictNameRow], cues: Cues, follows: Iterable[str]
    ) -> None:
        """`own`: spellings of our district. `follows`: words that may follow «बस्ती जनपद» when the district is meant."""
        self._cues = cues
        self._cue_words = cues.words_of("district")
        self._follows = frozenset(word for spelling in follows for word in fold(spelling))
        ours = {tuple(fold(name)) for name in own}
        names: dict[tuple[str, ...], bool] = dict.fromkeys(ours, True)
        for row in districts:
            spellings = {tuple(fold(name)) for name in (row.name, *row.aliases)} - {()}
            is_ours = not ours.isdisjoint(spellings)
            for spelling in spellings:
                names.setdefault(spelling, is_ours)
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool]]] = defaultdict(list)
        for spelling, is_ours in sorted(names.items(), key=lambda name: -len(name[0])):
            if spelling:
                self._by_first[spelling[0]].append((spelling, is_ours))
        self._firsts = frozenset(self._by_first)

    def named_in(self, words: Sequence[str]) -> Elsewhere:
        """The districts named beside a cue among the folded words of a text."""
        if self._cue_words.isdisjoint(words) or self._firsts.isdisjoint(words):
            return NOWHERE
        ours, others = False, set()
        for at in [at for at, word in enumerate(words) if word in self._firsts]:
            found = next((n for n in self._by_first[words[at]] if tuple(words[at : at + len(n[0])]) == n[0]), None)
            if found is None:
                continue
            name, is_ours = found
            begins = self._begins(words, at, at + len(name), strict=not is_ours)
            if begins is not None and is_ours:
                ours = True
            elif begins is not None:
                others.add(begins)
        return Elsewhere(ours=ours, others=frozenset(others))

    def _begins(self, words: Sequence[str], start: int, end: int, *, strict: bool) -> int | None:
        """Where the naming of a district begins, cue included; None when no district cue stands beside the name.

        `strict`: after the name, «जिला» is a cue only where the sentence goes on about the district («बस्ती जिला में»), not
        where it begins another word («हमारी बस्ती जिला मुख्यालय से …», «बस्ती जिला अस्पताल»).
        """
        kind, begins = self._cues.before(words, start)
        if kind is not None:
            return begins if kind == "district" else None
        kind, ends = self._cues.after(words, end)
        if kind != "district" or (strict and ends < len(words) and words[ends] not in self._follows):
            return None
        return start
