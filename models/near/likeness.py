"""How likely two tellings are of one matter: a logistic sum of a few plain facts, fitted on the written pairs (fit.py).

Here: the facts and the sum. Not here: finding whom to compare with (index.py).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz.fuzz import ratio

from models.near.telling import Telling
from models.near.weights import Weights, shipped_weights

SHIPPED = Path(__file__).parent / "likeness.json"
FACTS = (
    "jaccard", "contained", "shared", "names_shared", "names_apart", "numbers_shared", "numbers_apart", "places_apart",
    "same_person", "contained_unopposed", "numbers_apart_in_copy", "names_apart_in_copy",
)  # fmt: skip

_NEAR_SPELLING = 75.0  # of 100: two spellings of one name, «बेलवा» and «बेलबा»
_SAME_PLACE = 80.0
_SHORT = 3  # letters of a stem: in so few a near spelling is another word
_MOST_NAMES, _MOST_NUMBERS = 3, 2
_SOMETHING = 1.0  # weight of a text that is about something: «ok» and «test» come from everywhere
_MOSTLY = 0.6  # of the shorter telling's weight: from here on it may be cut from the longer one
_ROUND = 50  # 4000, 500: amounts that many people name
_ROUND_WEIGHT = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The fitted sum: `factors` by fact, `constant`, and from which `threshold` on two tellings count as one matter."""

    factors: Mapping[str, float]
    constant: float
    threshold: float

    def of(self, one: Telling, other: Telling, *, same_person: bool) -> float:
        """How likely both tell one matter, 0 to 1. Symmetric. 1 for equal tellings of one person, or from one place."""
        if is_certain(one, other, same_person=same_person):
            return 1.0
        facts = facts_of(one, other, same_person=same_person, weights=shipped_weights())
        return self.chance(facts)

    def chance(self, facts: tuple[float, ...]) -> float:
        """What the facts (facts_of) come to, 0 to 1."""
        total = self.constant + sum(self.factors[name] * value for name, value in zip(FACTS, facts, strict=True))
        return 1.0 / (1.0 + math.exp(-total))


def is_certain(one: Telling, other: Telling, *, same_person: bool) -> bool:
    """Whether both say the very same: by one person, or from one place and about something."""
    return one == other and (same_person or (bool(one.place) and one.total - len(one.place) >= _SOMETHING))


@cache
def shipped_likeness() -> Likeness:
    """The likeness that was fitted on the written pairs."""
    read = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return Likeness(factors=read["factors"], constant=read["constant"], threshold=read["threshold"])


def facts_of(one: Telling, other: Telling, *, same_person: bool, weights: Weights) -> tuple[float, ...]:
    """The facts on which a likeness rests, in the order of FACTS."""
    both = sum([one.weights[known] for known in one.weights.keys() & other.weights.keys()])
    jaccard = both / (one.total + other.total - both) if both else 0.0
    names_shared = min(len(one.names & other.names), _MOST_NAMES)
    names_apart = min(_apart(_only(one, other), _only(other, one)), _MOST_NAMES)
    numbers_shared = min(sum(_says(number, weights) for number in one.numbers & other.numbers), float(_MOST_NUMBERS))
    numbers_apart = min(len(one.things - other.numbers), len(other.things - one.numbers), _MOST_NUMBERS)
    contained = both / min(one.total, other.total) if both else 0.0
    is_unopposed = not names_apart and not numbers_apart
    return (
        jaccard,
        contained,
        math.log1p(both),
        float(names_shared),
        float(names_apart),
        numbers_shared,
        float(numbers_apart),
        float(_places_apart(one, other)),
        float(same_person),
        max(0.0, (contained - _MOSTLY) / (1.0 - _MOSTLY)) if is_unopposed else 0.0,
        numbers_apart * jaccard,
        names_apart * jaccard,
    )


def _apart(here: frozenset[str], there: frozenset[str]) -> int:
    """How many names stand against one another: each side has so many that the other has in no spelling."""
    return min(_alone(here, there), _alone(there, here)) if here and there else 0


def _alone(names: frozenset[str], others: frozenset[str]) -> int:
    return sum(
        not any(len(name) > _SHORT and ratio(name, other) >= _NEAR_SPELLING for other in others) for name in names
    )


def _only(one: Telling, other: Telling) -> frozenset[str]:
    return frozenset([name for name in one.names if name not in other.weights])


def _places_apart(one: Telling, other: Telling) -> bool:
    return bool(one.place and other.place) and ratio(" ".join(one.place), " ".join(other.place)) < _SAME_PLACE


def _says(number: str, weights: Weights) -> float:
    value = int(number[1:])
    return weights.of(number) * (_ROUND_WEIGHT if value >= _ROUND and value % _ROUND == 0 else 1.0)
