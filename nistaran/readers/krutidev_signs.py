"""By which pairs of characters KrutiDev text is known from English, roman Hindi and codes.

The weights (half natural-log units, "␣" the edge of a word, "0" any number) come from a logistic regression over pairs of
characters: complaint texts written for this project, keyed as KrutiDev, against roman Hindi and English
(tests/readers/learn_krutidev_signs.py). Not here: what is done with a text that is KrutiDev (krutidev.py).
"""

from __future__ import annotations

import re
from functools import lru_cache

SURE = 9  #: a cell on its own: no false alarm in about 60,000 English and roman Hindi cells
LIKELY = 4  #: a cell in a row of which another cell is OBVIOUS
OBVIOUS = 16
_SHORT = 40  #: names, places and channels repeat
_MOST_WORDS = 60  #: enough to know a long text

_WEIGHTS: dict[int, str] = {
    7: ("gS"),
    6: ("Z␣ j␣"),
    4: (";k Hk V␣ ]␣ h␣ jk ks yk ␣e ␣u ␣x"),
    3: ("Fk [k dk fd gk k␣ sa vk ␣c ␣d ␣f ␣i ␣l ␣v"),
    2: ("'k /k ds jg k; kj kk ku ky lk pk rk s␣ tk ug u␣ ys ␣g"),
    1: ("M+ dh fu fy gs js kb ke kg kr lh ls ns ok uk xk y␣ ␣, ␣Q ␣y"),
    -1: (
        '"␣ ,␣ /0 AR D␣ HA I␣ L␣ NA N␣ T␣ ab ac ah aj am au b␣ co ec el et ga ha he le ll na ne ob oo ow o␣ '
        "pa pe ri se ti up ␣0 ␣E ␣F ␣H ␣L ␣M ␣U ␣W ␣w"
    ),
    -2: ("C␣ R␣ at ay ch da ee e␣ hi il ir i␣ ma me no ra re ro ta t␣ ul un ur ya ␣( ␣C ␣G ␣O"),
    -3: ('E␣ ag al de di do ed m␣ th to ␣" ␣B ␣D ␣I ␣N ␣b'),
    -4: (".␣ ak an en ex la li lo on pl ␣K ␣P ␣R ␣S ␣T"),
    -5: ("as er f␣ it or ␣A ␣a ␣h"),
    -6: ("ar in is ␣s"),
    -7: ("␣k"),
}
_WEIGHT_OF: dict[str, int] = {
    pair.replace("␣", " "): weight for weight, pairs in _WEIGHTS.items() for pair in pairs.split()
}
_NUMBER = re.compile("[0-9]+")


def krutidev_score(text: str) -> int:
    """How much speaks for KrutiDev, summed over the words; below zero for English and roman Hindi."""
    return _short_score(text) if len(text) < _SHORT else _score(text)


@lru_cache(maxsize=20_000)
def _short_score(text: str) -> int:
    return _score(text)


def _score(text: str) -> int:
    return sum(map(_word_score, text.split(None, _MOST_WORDS)[:_MOST_WORDS]))


@lru_cache(maxsize=50_000)
def _word_score(word: str) -> int:
    edged = f" {_NUMBER.sub('0', word[:100])} "
    return sum(_WEIGHT_OF.get(edged[at : at + 2], 0) for at in range(len(edged) - 1))
