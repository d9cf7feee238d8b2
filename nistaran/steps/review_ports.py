"""What the weekly review needs of the database, as protocols, beside those of ports.py. Days are of India, each to its end.

The same day asked later gives the same: nothing is read from where cases stand today. Not here: any implementation (storage/).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from nistaran.domain.promise import Promise
from nistaran.domain.weekly import Flow, OrderCount, PendingCase, Said, Standing, StuckPart, Week


class Weekly(Protocol):
    """Counts for the weekly review, as of the end of a day."""

    def standing(self, until: date) -> list[Standing]:
        """What was not over when the day ended, by channel and office in that order."""

    def flow(self, week: Week) -> list[Flow]:
        """What came and went in these days, by channel and office in that order."""

    def said(self, week: Week) -> list[Said]:
        """What complainants said in these days, by channel and by the office whose report had disposed, in that order."""

    def oldest(self, until: date, *, limit: int) -> list[PendingCase]:
        """What was not over when the day ended, first received first."""

    def alike(self, until: date, *, each: int, older_than: int) -> list[PendingCase]:
        """Of every sort of case that was not over when the day ended (channel, whether late, whether with nobody, whether older than so
        many days) up to `each`, first lanes first, then first received."""

    def stuck_parts(self, until: date, *, limit: int) -> tuple[list[StuckPart], int]:
        """Co-departments' parts that were open and past their day when the day ended, the longest first; and how many in all."""

    def orders(self, week: Week, *, limit: int) -> list[OrderCount]:
        """Clean-up orders that held people in these days, the first target first: given before the last of them ended, not ended before
        the first and not withdrawn, with cases left or a target or an end not before the first."""

    def moved(self, week: Week) -> list[int]:
        """Ids of the cases that came to another desk than their first in these days."""


class Promises(Protocol):
    """What departments promised at reviews. Never changed."""

    def add(self, promises: Sequence[Promise]) -> None:
        """Keep promises."""

    def made(self, until: date, *, target_from: date) -> list[Promise]:
        """Those made by the end of `until` whose target is `target_from` or later, oldest first."""
