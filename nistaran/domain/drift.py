"""Whether the live model still sees the traffic it was made for: a picture of a window of decisions beside the reference.

Here: pure counting and comparing. Not here: what falls back to people (fallback.py), where decisions come from (steps/drift.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Sign(StrEnum):
    """What drifted."""

    COVERAGE_FELL = "COVERAGE_FELL"  #: fewer cases than before can be assigned without asking
    SURENESS_FELL = "SURENESS_FELL"  #: the model is less sure
    WORDS_UNKNOWN = "WORDS_UNKNOWN"  #: fewer of the texts' words are known to it
    MIX_MOVED = "MIX_MOVED"  #: the departments' shares moved as a whole
    DEPARTMENT_SURGED = "DEPARTMENT_SURGED"  #: far more cases than before are said to be this department's
    DEPARTMENT_UNSURE = "DEPARTMENT_UNSURE"  #: for this department the model is less sure


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftLimits:
    """All thresholds of the watch in one table; shares and confidences are 0–1."""

    window: int = 300  #: decisions, before anything is said
    department: int = 30  #: decisions of one department, before anything is said of it
    coverage_fall: float = 0.15
    sureness_fall: float = 0.08
    known_fall: float = 0.10
    mix_psi: float = (
        0.25  #: population stability index beyond what chance makes; 0.25 is the usual mark for a large move
    )
    surge_ratio: float = 2.5
    surge_share: float = 0.05
    department_fall: float = 0.15
    sigmas: float = 3.0  #: a fall must also be so many standard errors, so that a small window says nothing by chance


LIMITS = DriftLimits()


@dataclass(slots=True)
class Tally:
    """The decisions in which one department was named first."""

    count: int = 0
    covered: int = 0
    sure: float = 0.0  #: sum of confidences
    squares: float = 0.0  #: sum of their squares

    def add(self, confidence: float, *, covered: bool) -> None:
        """One more decision."""
        self.count += 1
        self.covered += covered
        self.sure += confidence
        self.squares += confidence * confidence


@dataclass(slots=True)
class Picture:
    """Decisions by the department named first; `known` of `words` content words were known (0 of 0: not looked at)."""

    departments: dict[str, Tally] = field(default_factory=dict)
    known: int = 0
    words: int = 0

    def add(self, department: str, confidence: float, *, covered: bool) -> None:
        """One more decision: `covered` when the model would have assigned it without asking."""
        self.departments.setdefault(department, Tally()).add(confidence, covered=covered)

    @property
    def whole(self) -> Tally:
        """All departments together."""
        total = Tally()
        for own in self.departments.values():
            total.count += own.count
            total.covered += own.covered
            total.sure += own.sure
            total.squares += own.squares
        return total

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        own = {code: [one.count, one.covered, one.sure, one.squares] for code, one in sorted(self.departments.items())}
        return {"departments": own, "known": self.known, "words": self.words}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Picture:
        """The picture in a parsed JSON value. Raises KeyError, TypeError or ValueError for anything else."""
        departments = {
            str(code): Tally(int(count), int(covered), float(sure), float(squares))
            for code, (count, covered, sure, squares) in value["departments"].items()
        }
        return cls(departments, int(value["known"]), int(value["words"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing that drifted; `department` is "" where all of the model is meant. `was` and `now` as the sign says."""

    sign: Sign
    department: str
    was: float
    now: float

    @property
    def falls_back(self) -> bool:
        """Whether a person decides from now on. A moved mix alone may be an honest season: it is told, and only the
        departments that surged fall back."""
        return self.sign is not Sign.MIX_MOVED


def compare(reference: Picture, window: Picture, limits: DriftLimits = LIMITS) -> list[Alarm]:
    """What drifted between the two, graver first; nothing for a window that is too small to say."""
    was, now = reference.whole, window.whole
    if min(was.count, now.count) < limits.window:
        return []
    found = [
        _share_fell(
            Sign.COVERAGE_FELL, (was.covered, was.count), (now.covered, now.count), limits.coverage_fall, limits
        ),
        _sureness_fell(Sign.SURENESS_FELL, "", was, now, limits.sureness_fall, limits),
        _share_fell(
            Sign.WORDS_UNKNOWN,
            (reference.known, reference.words),
            (window.known, window.words),
            limits.known_fall,
            limits,
        ),
        _mix_moved(reference, window, limits),
        *(_department(code, reference, window, limits) for code in sorted(window.departments)),
    ]
    return [one for one in found if one is not None]


def _share_fell(
    sign: Sign, was: tuple[int, int], now: tuple[int, int], fall: float, limits: DriftLimits
) -> Alarm | None:
    (part, whole), (own, count) = was, now
    if not (whole and count):
        return None
    before, after = part / whole, own / count
    pooled = (part + own) / (whole + count)
    error = math.sqrt(pooled * (1 - pooled) * (1 / whole + 1 / count))
    gone = before - after
    return Alarm(sign=sign, department="", was=before, now=after) if gone > max(fall, limits.sigmas * error) else None


def _sureness_fell(
    sign: Sign, department: str, was: Tally, now: Tally, fall: float, limits: DriftLimits
) -> Alarm | None:
    before, after = was.sure / was.count, now.sure / now.count
    error = math.sqrt(_variance(was) / was.count + _variance(now) / now.count)
    if before - after <= max(fall, limits.sigmas * error):
        return None
    return Alarm(sign=sign, department=department, was=before, now=after)


def _variance(own: Tally) -> float:
    return max(own.squares / own.count - (own.sure / own.count) ** 2, 0.0)


def _mix_moved(reference: Picture, window: Picture, limits: DriftLimits) -> Alarm | None:
    moved, chance = stability_index(_counts(reference), _counts(window))
    if moved - chance <= limits.mix_psi:
        return None
    return Alarm(sign=Sign.MIX_MOVED, department="", was=chance, now=moved)


def _counts(picture: Picture) -> dict[str, int]:
    return {code: own.count for code, own in picture.departments.items()}


def stability_index(was: Mapping[str, int], now: Mapping[str, int]) -> tuple[float, float]:
    """(population stability index, what chance alone makes of it at these sizes: its mean and two standard deviations).

    Every department counts half a case more, so that one never seen before does not weigh without end.
    """
    codes = sorted({*was, *now})
    before, after = sum(was.values()) + len(codes) / 2, sum(now.values()) + len(codes) / 2
    index = 0.0
    for code in codes:
        first, second = (was.get(code, 0) + 0.5) / before, (now.get(code, 0) + 0.5) / after
        index += (second - first) * math.log(second / first)
    freedom = max(len(codes) - 1, 1)
    scale = 1 / before + 1 / after
    return index, (freedom + 2 * math.sqrt(2 * freedom)) * scale


def _department(code: str, reference: Picture, window: Picture, limits: DriftLimits) -> Alarm | None:
    now, was = window.departments[code], reference.departments.get(code, Tally())
    if now.count < limits.department:
        return None
    all_before, all_now = reference.whole.count, window.whole.count
    before, after = (was.count + 0.5) / (all_before + 1), now.count / all_now
    error = math.sqrt(before * (1 - before) / all_before + after * (1 - after) / all_now)
    if after > limits.surge_ratio * before and after - before > max(limits.surge_share, limits.sigmas * error):
        return Alarm(sign=Sign.DEPARTMENT_SURGED, department=code, was=before, now=after)
    if was.count < limits.department:
        return None
    return _sureness_fell(Sign.DEPARTMENT_UNSURE, code, was, now, limits.department_fall, limits)
