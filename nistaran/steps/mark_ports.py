"""What steps need of the table of marks and of the sweeps that make them, as a protocol, beside those of ports.py.

Not here: any implementation (storage/), which mark is due when (nistaran/domain/escalation.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from nistaran.domain.escalation import Mark, MarkKind, OpenCase, Round, Sweep


class Marks(Protocol):
    """Warnings, defaulters and rungs, each once for a round of a case. Never changed."""

    def add(self, marks: Sequence[Mark]) -> None:
        """Keep marks. Raises RowRefused for one that its round has already, or a case that is not."""

    def of(self, case_id: int) -> list[Mark]:
        """The marks of a case, by round, then in the order in which they fall due."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Mark]]:
        """The marks of each of these cases, as of() gives them; a case without any is left out."""

    def made_of(self, case_ids: Sequence[int]) -> dict[int, frozenset[tuple[int, MarkKind]]]:
        """(round, kind) of every mark of each of these cases, for sweeps; a case without any is left out."""

    def open_cases(self, *, after_id: int, limit: int, due_by: date | None = None) -> list[OpenCase]:
        """Cases that are not over with an id above `after_id`, by id, whatever desk they lie on: for sweeps, paged by key.
        The closed ones are not read. With `due_by` only those due by that day, and all that were ever reopened."""

    def received_since(self, day: date, *, after_id: int, limit: int) -> list[OpenCase]:
        """Cases that came on that day or later, over or not, with an id above `after_id`, by id: for histories, paged by key."""

    def open_of(self, case_ids: Sequence[int]) -> list[OpenCase]:
        """Those of these cases that are not over, by id."""

    def rounds_of(self, case_ids: Sequence[int]) -> dict[int, Round]:
        """The present round of each of these cases that was ever reopened; the others are left out: they are in their first."""

    def defaulters_by_day(self, *, since: date, until: date) -> Mapping[tuple[str, date], tuple[int, int]]:
        """(department of the case now, day) → (defaulters marked on that day, those of them whose case is not over)."""

    def sweep_ended(self, sweep: Sweep) -> None:
        """A sweep came to its end; the first one of a day is kept."""

    def last_sweep(self) -> Sweep | None:
        """The last day's first sweep; None before any."""
