"""The wording of a report as tokens: words, marks as classes, and pairs of neighbours, which carry the tense («जा रही», «कर दिया»).

Not here: their features and weights (models/features.py, models/vectorise.py), the evidence (slots.py).
"""

from __future__ import annotations

import itertools
from functools import lru_cache

from models.text import word_tokens

_STOP = "<।>"
_CACHE_WORDS = 100_000


def wording(marked: str) -> tuple[str, ...]:
    """The distinct tokens of a marked text (nistaran.domain.evidence_marks), then its distinct pairs, each in order.

    Once each: saying a thing again adds nothing, so that length tells little.
    """
    single = singles(marked)
    return (*dict.fromkeys(single), *(pair_token(pair) for pair in dict.fromkeys(itertools.pairwise(single))))


def singles(marked: str) -> list[str]:
    """The tokens of a marked text in order, as often as they stand there."""
    return [token for tokens in map(_tokens, marked.split()) for token in tokens]


def pair_token(pair: tuple[str, str]) -> str:
    """The token of two neighbours."""
    return f"<{pair[0]} {pair[1]}>"


@lru_cache(maxsize=_CACHE_WORDS)
def _tokens(word: str) -> tuple[str, ...]:
    if word[0] == "⟦":
        return (f"<{word.strip('⟦⟧।.,')}>",)
    found = word_tokens(word)
    return (*found, _STOP) if word[-1] in "।.;" else found
