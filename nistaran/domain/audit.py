"""Audits: a random sample of decided cases, read by a person who does not see what the machine said. The gate measures models on it.

Here: values and which readings count. Not here: drawing and reading (steps/audit.py), keeping (models/audits.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from nistaran.domain.correction_refused import CorrectionRefused


class NotDrawn(CorrectionRefused):
    """यह प्रकरण जाँच के यादृच्छिक नमूने में नहीं है: केवल वही पंक्तियाँ भरें जो `nistaran model audit --export` ने दी हैं / This case is
    not in the random sample: fill in only the rows that `nistaran model audit --export` gave out."""


class OwnCase(CorrectionRefused):
    """इस प्रकरण का विभाग आप स्वयं बदल चुके हैं, इसलिए जाँच दूसरे लॉगिन से हो / You corrected this case yourself, so somebody with
    another login must read it."""

    field = "by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Case numbers that were drawn by chance at one moment, in the order in which they are given out."""

    cases: tuple[str, ...]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one login says of one drawn case: a department's code, or NONE."""

    case: str
    department: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditState:
    """All that was drawn and read so far, oldest first."""

    samples: tuple[Sample, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def drawn(self) -> tuple[str, ...]:
        """Every case that was ever drawn, once."""
        return tuple(dict.fromkeys(case for sample in self.samples for case in sample.cases))

    @property
    def unread(self) -> tuple[str, ...]:
        """Drawn cases that nobody has read yet."""
        read = {reading.case for reading in self.readings}
        return tuple(case for case in self.drawn if case not in read)

    @property
    def agreed(self) -> list[Reading]:
        """The readings that count, one a case."""
        return agreed(self.readings)


def agreed(readings: Iterable[Reading]) -> list[Reading]:
    """The newest word of each login on each case; where two logins differ on a case neither counts."""
    newest: dict[str, dict[str, Reading]] = {}
    for reading in readings:
        newest.setdefault(reading.case, {})[reading.by] = reading
    return [said[0] for said in map(_words, newest.values()) if len({one.department for one in said}) == 1]


def _words(by_login: dict[str, Reading]) -> Sequence[Reading]:
    return list(by_login.values())
