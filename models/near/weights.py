"""How much a stem says: nothing when half of all complaints have it, most when hardly one does, as names of people and places.

`python -m models.near.weights` counts the training sheets anew. Names and numbers of few texts are not in the table.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from models.near.words import stems

TABLE = Path(__file__).parent / "weights.txt"
#: A stem in fewer texts than this is not in the table: it would be a name, a number or a slip of the pen.
KEPT_FROM = 3
#: A stem in fewer texts than this may be a name.
NAME_BELOW = 8
#: A stem in one of so many texts says nothing («है», «में», «मेरा»).
_SAYS_NOTHING = 4


class Weights:
    """Weights of stems between 0 and 1, from the number of texts that have them.

    `says` has the stems that are no rarity, every other says 1. One of more than `names_from` may name a person or a place.
    """

    def __init__(self, texts: int, counts: dict[str, int]) -> None:
        """`counts` says in how many of `texts` texts a stem stands."""
        spread = math.log(texts / _SAYS_NOTHING / KEPT_FROM)
        self.says: Mapping[str, float] = {
            known: min(1.0, max(0.0, math.log(texts / _SAYS_NOTHING / count) / spread))
            for known, count in counts.items()
        }
        self.names_from = math.log(texts / _SAYS_NOTHING / NAME_BELOW) / spread

    def of(self, known: str) -> float:
        """The weight of a stem or number; 1 when hardly a text has it."""
        return self.says.get(known, 1.0)


@cache
def shipped_weights() -> Weights:
    """The weights of the shipped table."""
    first, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines)
    return Weights(int(first.split()[0]), {known: int(count) for known, count in pairs})


def count(texts: Iterable[str]) -> tuple[int, dict[str, int]]:
    """How many texts there are, and in how many of them each stem stands, those of few left out."""
    number, counts = 0, Counter[str]()
    for text in texts:
        number += 1
        counts.update(set(stems(text)))
    return number, {known: seen for known, seen in sorted(counts.items()) if seen >= KEPT_FROM}


def main() -> None:
    """Count the training sheets and write the table."""
    from models.corpus.reader import read_sheets

    number, counts = count(row.text for row in read_sheets() if not row.is_test)
    lines = [f"{number} texts", *(f"{known} {seen}" for known, seen in counts.items())]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(counts)} stems of {number} texts\n")


if __name__ == "__main__":
    main()
