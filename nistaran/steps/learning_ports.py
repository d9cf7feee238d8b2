"""What steps need of the tables of the learning loop, as protocols, beside those of ports.py.

Not here: any implementation (storage/), any rule (nistaran/domain/correction.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from nistaran.domain.correction import Correction, TrustedLabel


class Corrections(Protocol):
    """What people said of the departments of cases."""

    def add(self, corrections: Sequence[Correction]) -> None:
        """Keep new corrections. Raises RowRefused for an id that is there already, or a case that is not."""

    def settle(self, corrections: Sequence[Correction]) -> None:
        """Write how far these kept corrections are now trusted; what a person said never changes. Raises RowRefused when one of
        them is not kept."""

    def of(self, case_id: int) -> list[Correction]:
        """The corrections of a case, oldest first."""

    def by_ids(self, ids: Sequence[str]) -> list[Correction]:
        """The corrections of these ids, in the order of the ids; an id that is none is left out."""

    def of_login(self, by: str, *, since: datetime) -> list[Correction]:
        """What one login said after that moment, oldest first."""

    def waiting(self, *, limit: int) -> list[Correction]:
        """Corrections that wait for an office's word, oldest first."""

    def quarantined(self, *, limit: int) -> list[Correction]:
        """Corrections that wait for a second person, oldest first."""

    def trusted(self, *, after: tuple[datetime, str] | None = None, limit: int) -> list[TrustedLabel]:
        """Corrections that may teach, in the order in which they became trusted, with the case's words; none whose words were
        erased. `after` is the `key` of the last row of the page before. A label may be withdrawn later: who trains reads from
        the beginning."""

    def count_by_login(self, *, since: datetime | None = None) -> dict[tuple[str, str], int]:
        """How many corrections each (login, trust) has, of those said after that moment (None: ever)."""

    def page(self, *, after: str, limit: int) -> list[Correction]:
        """Corrections with an id above `after`, by id: for sweeps."""
