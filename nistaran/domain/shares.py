"""Shares and spreads of counted things, as operators are told them: with an interval, and marked where they rest on few.

Values only. Not here: what is counted (transfer_figures.py).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt

#: What rests on fewer is marked: a share of five cases is no finding.
FEW = 10
#: Of the standard normal distribution: 95 of 100 intervals hold the true share.
_Z = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`part` of `of` cases."""

    part: int
    of: int

    @property
    def value(self) -> float | None:
        """The share (0–1); None of nothing."""
        return self.part / self.of if self.of else None

    @property
    def few(self) -> bool:
        """Whether it rests on too few to say much."""
        return self.of < FEW

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one likely lies (95 %): Wilson's score interval, which holds for few cases and for shares
        near 0 and 1 (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, p. 209). (0, 1) of nothing."""
        if not self.of:
            return 0.0, 1.0
        share, weight = self.part / self.of, _Z * _Z / self.of
        middle = (share + weight / 2) / (1 + weight)
        half = _Z * sqrt(share * (1 - share) / self.of + weight / (4 * self.of)) / (1 + weight)
        return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


@dataclass(slots=True)
class Spread:
    """Whole numbers (days, hours) as they are spread: one count a number, so that memory does not grow with the cases."""

    counts: Counter[int] = field(default_factory=Counter)

    def add(self, number: int) -> None:
        """One more."""
        self.counts[number] += 1

    @property
    def count(self) -> int:
        """How many."""
        return self.counts.total()

    @property
    def total(self) -> int:
        """Their sum."""
        return sum(number * times for number, times in self.counts.items())

    @property
    def mean(self) -> float | None:
        """Their mean; None of nothing."""
        return self.total / self.count if self.count else None

    @property
    def median(self) -> float | None:
        """The middle one, or half-way between the two in the middle; None of nothing."""
        return (self._at((self.count - 1) // 2) + self._at(self.count // 2)) / 2 if self.count else None

    @property
    def largest(self) -> int | None:
        """The largest; None of nothing."""
        return max(self.counts, default=None)

    def _at(self, place: int) -> int:
        for number in sorted(self.counts):
            place -= self.counts[number]
            if place < 0:
                return number
        raise IndexError("there are not so many numbers")
