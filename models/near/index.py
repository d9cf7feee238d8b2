"""The streaming index: add one complaint, learn which earlier ones tell the same matter. In memory, bounded, rebuilt from the store.

Candidates by MinHash bands (rensa) over weighted stems, by the person, and by place with department; then judged (likeness.py).
Not here: keeping it on a disk: it holds citizens' words, and filling it anew takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from rensa import RMinHash, RMinHashLSH

from models.near.likeness import Likeness, shipped_likeness
from models.near.telling import stems_of, telling_of
from models.near.weights import Weights, shipped_weights
from models.near.words import NUMBER

BANDS, ROWS = 24, 4  # of a text whose weight is half another's 79 of 100 are found, at seven tenths 99
CAPACITY = 1_000_000
SEED = 20260105
BLOCK = 64  # of one person, or of one place and department, the newest so many are compared
MOST_CANDIDATES = 200  # from the bands: in a flood of likes the oldest and the newest of them stand for all
MOST_MATCHES = 10
_LIGHT = 0.2  # stems of less weight take no part in the bands
_COPIES = 3  # a stem of full weight counts so many times more than a light one
_SHARED = 0.3  # of the shorter text's heavier stems, before the costly comparison; no joined pair had less than 0.38
_HEAVIER = 0.6  # of a text's stems take part in the bands
_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An earlier complaint that tells the same matter, and how likely, 0 to 1."""

    id: int
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One complaint as the index holds it: a single short string when packed."""

    body: Sequence[str]
    place: Sequence[str] = field(default=())
    person: str = ""
    department: str = ""

    @property
    def content(self) -> int:
        """Equal for word for word equal tellings of one place (a hash within this process: compare after looking up)."""
        return hash((" ".join(self.body), " ".join(self.place)))

    @property
    def by_person(self) -> int:
        """The key of what this person wrote."""
        return hash(("person", self.person))

    @property
    def by_place(self) -> int:
        """The key of what was written from this place about this department."""
        return hash(("place", " ".join(self.place), self.department))

    @property
    def blocks(self) -> list[int]:
        """Under which keys it is found without bands: by person, by place."""
        return ([self.by_person] if self.person else []) + ([self.by_place] if self.place else [])

    def packed(self) -> str:
        """As one string."""
        return _SEPARATOR.join((self.person, self.department, " ".join(self.place), " ".join(self.body)))

    @classmethod
    def unpacked(cls, packed: str) -> Self:
        """From packed()."""
        person, department, place, body = packed.split(_SEPARATOR)
        return cls(body=body.split(), place=place.split(), person=person, department=department)


class NearIndex:
    """Which complaints tell one matter. Who was longest not met leaves when `capacity` is reached: memory stays bounded."""

    def __init__(
        self, *, capacity: int = CAPACITY, likeness: Likeness | None = None, weights: Weights | None = None
    ) -> None:
        """An empty index of at most `capacity` complaints (about 3 kB each)."""
        self._capacity = capacity
        self._likeness = likeness or shipped_likeness()
        self._weights = weights or shipped_weights()
        # the threshold is unused: bands and judgement are our own
        self._bands = RMinHashLSH(0.5, BANDS * ROWS, BANDS)
        self._kept: dict[int, str] = {}  # the longest not met first
        self._equal: dict[int, int] = {}
        self._blocks: dict[int, tuple[int, ...]] = {}
        says = self._weights.says
        self._light = frozenset(known for known, weight in says.items() if weight < _LIGHT)
        self._elements = {known: _elements_of(known, weight) for known, weight in says.items()}
        self._stands_for: dict[int, set[int]] = {}  # the blocks of those whom a kept one stands for

    def __len__(self) -> int:
        """How many complaints it holds; word for word equal ones of one place count once."""
        return len(self._kept)

    def add(self, id_: int, text: str, *, place: str = "", person: str = "", department: str = "") -> list[Match]:
        """Keep a cleaned text and return the earlier ones that tell the same matter, the likeliest first, at most MOST_MATCHES.

        `place`: the village or ward column; `person`: a key by which one complainant is known again; `department`: a code. "" for
        what is unknown. A text in which nothing can be compared is not kept and matches nothing.

        Raises:
            ValueError: when the id is already there.
        """
        if id_ in self._kept:
            raise ValueError("each complaint is added once")
        asked = _asked(text, place, person, department)
        if not asked.body:
            return []
        sketch = self._sketch(asked)
        found = self._find(asked, sketch)
        equal = self._equal.get(asked.content)
        if equal is not None and any(match.id == equal for match in found):
            self._let_stand(equal, asked)
        else:
            self._keep(id_, asked, sketch)
        return found

    def find(self, text: str, *, place: str = "", person: str = "", department: str = "") -> list[Match]:
        """The kept complaints that tell the same matter, as add(), without keeping this one."""
        asked = _asked(text, place, person, department)
        return self._find(asked, self._sketch(asked)) if asked.body else []

    def remove(self, id_: int) -> None:
        """Forget a complaint, e.g. when the citizen's words are erased. One that is not there is fine."""
        kept = self._kept.pop(id_, None)
        if kept is None:
            return
        asked = _Asked.unpacked(kept)
        self._bands.remove(id_)
        if self._equal.get(asked.content) == id_:
            del self._equal[asked.content]
        for key in {*asked.blocks, *self._stands_for.pop(id_, ())}:
            left = tuple(other for other in self._blocks.get(key, ()) if other != id_)
            if left:
                self._blocks[key] = left
            else:
                self._blocks.pop(key, None)

    def _find(self, asked: _Asked, sketch: RMinHash) -> list[Match]:
        of_person = self._blocks.get(asked.by_person, ()) if asked.person else ()
        worth = list(self._worth_judging(asked, sketch, of_person))
        if not worth:
            return []
        telling, found = telling_of(asked.body, asked.place, self._weights), []
        for id_, other in worth:
            theirs = telling_of(other.body, other.place, self._weights)
            likeness = self._likeness.of(telling, theirs, same_person=id_ in of_person)
            if likeness >= self._likeness.threshold:
                found.append(Match(id=id_, likeness=likeness))
        return sorted(found, key=lambda match: (-match.likeness, match.id))[:MOST_MATCHES]

    def _worth_judging(
        self, asked: _Asked, sketch: RMinHash, of_person: tuple[int, ...]
    ) -> Iterator[tuple[int, _Asked]]:
        """Everything of this person, and what shares enough of the heavier stems."""
        of_place = self._blocks.get(asked.by_place, ()) if asked.place else ()
        heavier = frozenset(asked.body) - self._light
        for id_ in {*self._from_bands(asked, sketch), *of_person, *of_place}:
            other = _Asked.unpacked(self._kept[id_])
            least = _SHARED * min(len(heavier), _HEAVIER * len(other.body))
            if id_ in of_person or len(heavier.intersection(other.body)) >= least:
                yield id_, other

    def _from_bands(self, asked: _Asked, sketch: RMinHash) -> list[int]:
        near: list[int] = self._bands.query(sketch)
        if len(near) > MOST_CANDIDATES:
            near.sort()
            near = near[: MOST_CANDIDATES // 2] + near[-MOST_CANDIDATES // 2 :]
        equal = self._equal.get(asked.content)
        return near if equal is None else [*near, equal]

    def _keep(self, id_: int, asked: _Asked, sketch: RMinHash) -> None:
        if len(self._kept) >= self._capacity:
            self.remove(next(iter(self._kept)))
        self._kept[id_] = asked.packed()
        self._equal.setdefault(asked.content, id_)
        self._bands.insert(id_, sketch)
        for key in asked.blocks:
            self._note(key, id_)

    def _let_stand(self, id_: int, asked: _Asked) -> None:
        """A kept complaint stands for an equal one: it was met just now, and is found by the other's person too."""
        self._kept[id_] = self._kept.pop(id_)
        if asked.person:
            self._note(asked.by_person, id_)
            self._stands_for.setdefault(id_, set()).add(asked.by_person)

    def _note(self, key: int, id_: int) -> None:
        block = self._blocks.get(key, ())
        if id_ not in block:
            self._blocks[key] = (*block, id_)[-BLOCK:]

    def _sketch(self, asked: _Asked) -> RMinHash:
        """The text's MinHash: heavier stems are more elements of the set, so that names weigh more than words."""
        elements: list[str] = []
        for known in {*asked.body, *asked.place} - self._light:
            elements += self._elements.get(known) or _elements_of(known, 1.0)
        sketch = RMinHash(BANDS * ROWS, SEED)
        sketch.update(elements or list(asked.body))
        return sketch


def _elements_of(known: str, weight: float) -> tuple[str, ...]:
    return tuple(known + NUMBER * copy for copy in range(1 + int(_COPIES * weight)))


def _asked(text: str, place: str, person: str, department: str) -> _Asked:
    return _Asked(body=stems_of(text), place=stems_of(place), person=person, department=department)
