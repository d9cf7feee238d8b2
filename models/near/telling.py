"""What one complaint tells, made comparable: its stems in order, its numbers, its place. Who signed it is left out.

Here: one text. Not here: comparing two (likeness.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.near.weights import Weights
from models.near.words import NUMBER, stems

#: A text of more words is compared by its beginning: it bounds the work, and forty words are a usual complaint.
MAX_STEMS = 400

#: Behind the last of these words stand the names of who signs, which differ between copies of one petition.
_SIGNS = (
    "प्रार्थी प्रार्थिनी प्रार्थीगण निवेदक निवेदकगण भवदीय भवदीया हस्ताक्षर शपथकर्ता परिवादी आवेदक आवेदिका prarthi nivedak bhavdiya"
)
#: A number before one of these says how long or how much: it changes from telling to telling and names no thing.
_UNITS = (
    "दिन दिनों माह साल घंटे घंटा मिनट तारीख बजे बार दफा दफे किलो किग्रा कुंतल कुन्तल फीट फुट मीटर किलोमीटर किमी बीघा बिस्वा "
    "प्रतिशत टांके लोग बच्चे बच्चों मकान बल्ब पंखे din ghante tarikh baje bar kilo feet meter kilometer log kva केवीए"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One telling. `weights` has every stem with what it says, 0 to 1; `names` are the stems that may name a person or place.

    `numbers` are all numbers, `things` those of them that may name a thing (pole 17, plot 214, ward 9).
    `place` are the stems of the place column, () when none is given: they stand among the names, too.
    """

    weights: Mapping[str, float]
    total: float  #: of the weights
    names: frozenset[str]
    numbers: frozenset[str]
    things: frozenset[str]
    place: tuple[str, ...]


def stems_of(text: str) -> list[str]:
    """The stems of a cleaned text, in order, at most MAX_STEMS, without the names of who signs at its end."""
    found = stems(text)[:MAX_STEMS]
    signs = _known_stems(_SIGNS)
    for at in range(max(len(found) // 2, 4), len(found)):
        if found[at] in signs:
            return found[:at]
    return found


def telling_of(body: Sequence[str], place: Sequence[str], weights: Weights) -> Telling:
    """A telling of stems (stems_of) and of the stems of its place column."""
    says, names_from = weights.says, weights.names_from
    words = {known: says.get(known, 1.0) for known in body if known[0] != NUMBER}
    words.update(dict.fromkeys(place, 1.0))
    numbered = [at for at, known in enumerate(body) if known[0] == NUMBER]
    units = _known_stems(_UNITS)
    return Telling(
        weights=words,
        total=sum(words.values()),
        names=frozenset([known for known, weight in words.items() if weight > names_from]),
        numbers=frozenset([body[at] for at in numbered]),
        things=frozenset([body[at] for at in numbered if at + 1 == len(body) or body[at + 1] not in units]),
        place=tuple(place),
    )


@cache
def _known_stems(words: str) -> frozenset[str]:
    return frozenset(stems(words))
