"""Promises of departments in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nistaran.domain.promise import Promise
from nistaran.domain.weekly import end_of
from storage.memory.tables import Draft, in_utc


class MemoryPromises:
    """What departments promised at reviews. Never changed."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, promises: Sequence[Promise]) -> None:
        """Keep promises."""
        kept = self._draft.change("promises").promises
        for one in promises:
            kept[len(kept) + 1] = in_utc(one, "at")

    def made(self, until: date, *, target_from: date) -> list[Promise]:
        """Those made by the end of `until` whose target is `target_from` or later, oldest first."""
        found = [one for one in self._draft.tables.promises.values() if one.at < end_of(until)]
        return sorted((one for one in found if one.target >= target_from), key=lambda one: one.at)
