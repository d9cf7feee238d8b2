"""What a department promised at a review, and whether it was kept (S1-5).

Values and one rule. Not here: where promises are kept (storage/), what stood when (weekly.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from nistaran.domain.deadlines import day_in_india


class Counted(StrEnum):
    """Of what a promise names a number."""

    PENDING = "PENDING"
    DEFAULTERS = "DEFAULTERS"


class Kept(StrEnum):
    """What came of a promise."""

    KEPT = "KEPT"
    NOT_KEPT = "NOT_KEPT"
    TIME_LEFT = "TIME_LEFT"  #: its day is not over
    NO_NUMBER = "NO_NUMBER"  #: it named none: people judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """By the end of `target` the department has at most `number` of `counted` (None: no number was named). `line` is the officer's own
    words: never for a log or an artifact. `by` is the login of who wrote it down."""

    department: str
    line: str
    target: date
    counted: Counted
    number: int | None
    by: str
    at: datetime

    @property
    def made_on(self) -> date:
        """The day in India on which it was made."""
        return day_in_india(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A promise beside what happened: pending and defaulters of its department when it was made, and at its target or now."""

    promise: Promise
    then: tuple[int, int]
    now: tuple[int, int]
    kept: Kept


def says_the_same(one: Promise, other: Promise) -> bool:
    """Whether both are one promise, written down twice on one day by whomever."""
    return all(getattr(one, name) == getattr(other, name) for name in _SAID)


_SAID = ("department", "line", "target", "counted", "number", "made_on")


def outcome_of(promise: Promise, *, then: tuple[int, int], now: tuple[int, int], until: date) -> Outcome:
    """Judge it as of the end of `until`, a day that is over; `now` is as of the earlier of that day and its target."""
    if promise.target > until:
        kept = Kept.TIME_LEFT
    elif promise.number is None:
        kept = Kept.NO_NUMBER
    else:
        held = now[1] if promise.counted is Counted.DEFAULTERS else now[0]
        kept = Kept.KEPT if held <= promise.number else Kept.NOT_KEPT
    return Outcome(promise=promise, then=then, now=now, kept=kept)
