"""Feedback in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nistaran.domain.errors import RowRefused
from nistaran.domain.feedback import Feedback
from storage.grouped import grouped
from storage.memory.tables import Draft, in_utc


class MemoryFeedbacks:
    """What complainants said when they were asked after a disposal. Never changed."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, feedback: Sequence[Feedback]) -> None:
        """Keep what was said. Raises RowRefused for an id that is there already, or a case that is not."""
        self._draft.must_be_cases(one.case_id for one in feedback)
        kept = self._draft.change("feedback").feedback
        for one in feedback:
            if one.id in kept:
                raise RowRefused("feedback: an id is used once")
            kept[one.id] = in_utc(one, "at")

    def of(self, case_id: int) -> list[Feedback]:
        """What was said of a case's disposals, oldest first."""
        return _oldest_first(one for one in self._draft.tables.feedback.values() if one.case_id == case_id)

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Feedback]]:
        """What was said of each of these cases, as of() gives it; a case without any is left out."""
        asked = set(case_ids)
        found = _oldest_first(one for one in self._draft.tables.feedback.values() if one.case_id in asked)
        return grouped((one.case_id, one) for one in found)

    def page(self, *, after: str, limit: int) -> list[Feedback]:
        """Feedback with an id above `after`, by id."""
        kept = self._draft.tables.feedback
        return [kept[one] for one in sorted(one for one in kept if one > after)[:limit]]


def _oldest_first(feedback: Iterable[Feedback]) -> list[Feedback]:
    return sorted(feedback, key=lambda one: (one.at, one.id))
