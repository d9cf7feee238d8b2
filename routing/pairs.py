"""Pairs of departments that are often confused, and the written rule that decides each (pairs.toml).

Here: the table, its check, and to which side a text's words lean. Not here: the arbiter's brief (brief.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from routing.names import Phrases, fold
from routing.tables import Row, need, rows


class PairRow(Row):
    """pairs.toml: when a matter belongs to `a`, when to `b`, when to both; and the words that speak for either side."""

    a: str
    b: str
    rule_a_hi: str = Field(min_length=10)
    rule_b_hi: str = Field(min_length=10)
    joint_hi: str = ""
    signs_a: tuple[str, ...] = ()
    signs_b: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row with its signs made ready for finding."""

    row: PairRow
    signs: Mapping[str, tuple[Phrases, ...]]  #: department → its signs, one each

    def count(self, department: str, words: Sequence[str]) -> int:
        """How many of the department's signs stand among the folded words."""
        return sum(sign.stand_in(words) for sign in self.signs[department])


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """All confused pairs of a State."""

    table: Mapping[frozenset[str], Pair]

    def of(self, one: str, other: str) -> Pair | None:
        """The pair of two departments, in whichever order; None when no rule is written."""
        return self.table.get(frozenset({one, other}))

    def leans(self, disclaiming: str, others: Collection[str], text: str) -> str:
        """The department, of `others`, that a pair rule names instead of the one that disclaimed; "" when none or several do.

        A rule names a side when signs of that side stand in the text and none of the disclaiming department's.
        """
        words = fold(text)
        found = {other for other in others if self._names(disclaiming, other, words)}
        return found.pop() if len(found) == 1 else ""

    def _names(self, disclaiming: str, other: str, words: Sequence[str]) -> bool:
        pair = self.of(disclaiming, other)
        return pair is not None and not pair.count(disclaiming, words) and pair.count(other, words) > 0


def load_pairs(path: Path, departments: Collection[str]) -> Pairs:
    """Read and check pairs.toml.

    Raises:
        BadTable: naming row and reason: an unknown department, a department paired with itself, a pair that stands twice.
    """
    table: dict[frozenset[str], Pair] = {}
    for row in rows(path, "pair", PairRow):
        where = f"{row.a} / {row.b}"
        for code in (row.a, row.b):
            need(code in departments, path, where, f"no department {code} in the pack")
        key = frozenset({row.a, row.b})
        need(len(key) == 2, path, where, "a pair needs two departments")
        need(key not in table, path, where, "stands twice")
        signs = {
            code: tuple(Phrases([sign]) for sign in spellings)
            for code, spellings in ((row.a, row.signs_a), (row.b, row.signs_b))
        }
        table[key] = Pair(row=row, signs=signs)
    return Pairs(table=table)
