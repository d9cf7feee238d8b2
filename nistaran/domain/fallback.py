"""What people decide in the model's place while drift alarms stand, and how the watch over a version goes on from entry to entry.

Here: pure values. Not here: what drifted (drift.py), how entries are kept (models/watch.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nistaran.domain.decision import AskReason, Classification
from nistaran.domain.drift import Alarm, Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """What people decide until somebody clears it: everything, or some departments."""

    whole: bool = False
    departments: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.whole or bool(self.departments)

    def covers(self, department: str) -> bool:
        """Whether a case that the model gives to this department goes to a person."""
        return self.whole or department in self.departments


def fallback_of(alarms: Iterable[Alarm]) -> Fallback:
    """What the alarms send to people."""
    grave = [one for one in alarms if one.falls_back]
    return Fallback(
        whole=any(not one.department for one in grave),
        departments=frozenset(one.department for one in grave if one.department),
    )


def asked_under(said: Sequence[Classification], fallback: Fallback) -> list[Classification]:
    """The classifications with those under the fallback asking a person; what asked already keeps its reason."""
    return [
        replace(one, ask=AskReason.DRIFT)
        if one.ask is None and one.candidates and fallback.covers(one.best.department)
        else one
        for one in said
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How the watch over a version stands: its reference (None: not yet taken), standing alarms, who cleared last ("": nobody); only
    ledger events after `seq` are looked at."""

    version: str
    reference: Picture | None = None
    alarms: tuple[Alarm, ...] = ()
    cleared_by: str = ""
    seq: int = 0

    @property
    def fallback(self) -> Fallback:
        """What goes to people now."""
        return fallback_of(self.alarms)

    def with_reference(self, picture: Picture, *, seq: int) -> Watch:
        """After a reference was taken."""
        return replace(self, reference=picture, seq=seq)

    def with_alarms(self, alarms: Iterable[Alarm]) -> Watch:
        """After alarms; one that stands already is renewed."""
        standing = {(one.sign, one.department): one for one in (*self.alarms, *alarms)}
        return replace(self, alarms=tuple(standing.values()))

    def cleared(self, *, by: str, seq: int) -> Watch:
        """After a person cleared it: no alarms, and the next window becomes the reference."""
        return replace(self, reference=None, alarms=(), cleared_by=by, seq=seq)
