"""Near-duplicates in the corpus: groups that must stay in one fold, and test rows too like a training row.

Compared by rapidfuzz's token-set ratio on canonical tokens, candidates found by shared word pairs. Not here: duplicates among
citizens' complaints (a streaming index, elsewhere).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.fuzz import ratio, token_sort_ratio

from models.corpus.reader import Row
from models.text import tokens

ALIKE = 85.0  # of 100; two tellings of one concrete case score above 90, two cases of one kind below 75
COMMON = 40  # a word pair in more rows than this says nothing about likeness
SHARED = 0.3  # of the shorter text's word pairs, before the costly comparison


def duplicate_groups(texts: Sequence[Sequence[str]]) -> list[int]:
    """A group number for each token list; near-duplicates, directly or through others, share one."""
    leader = list(range(len(texts)))

    def find(row: int) -> int:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    for first, second in _alike(texts):
        leader[find(second)] = find(first)
    return [find(row) for row in range(len(texts))]


def leaks(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """(test row id, training row id) of every test row that nearly repeats a training row. Must be empty."""
    texts = [tokens(row.text) for row in rows]
    return [
        (rows[first].id, rows[second].id) if rows[first].is_test else (rows[second].id, rows[first].id)
        for first, second in _alike(texts, [row.is_test for row in rows])
    ]


def _alike(texts: Sequence[Sequence[str]], sides: Sequence[bool] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of rows that nearly repeat one another; with `sides` only those of two different sides."""
    joined = [" ".join(text) for text in texts]
    for first, second in _candidates(texts, sides):
        if max(ratio(joined[first], joined[second]), token_sort_ratio(joined[first], joined[second])) >= ALIKE:
            yield first, second


def _candidates(texts: Sequence[Sequence[str]], sides: Sequence[bool] | None) -> Iterable[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    pairs = [_word_pairs(text) for text in texts]
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for row, own in enumerate(pairs):
        for pair in own:
            if len(holders[pair]) <= COMMON:
                for other in holders[pair]:
                    if sides is None or sides[other] != sides[row]:
                        shared[other, row] += 1
                holders[pair].append(row)
    for (first, second), count in shared.items():
        if count >= SHARED * min(len(pairs[first]), len(pairs[second])):
            yield first, second


def _word_pairs(text: Sequence[str]) -> set[str]:
    if len(text) < 2:
        return set(text)
    return {f"{left} {right}" for left, right in itertools.pairwise(text)}
