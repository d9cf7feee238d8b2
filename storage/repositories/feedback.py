"""What complainants said when they were asked after a disposal. Not here: what follows a bad word (steps/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from nistaran.domain.feedback import Asked, Feedback, Outcome, Relief
from storage.bulk import BulkInsert, among
from storage.grouped import grouped
from storage.report_tables import FeedbackRow
from storage.tables import table_of

_feedback = table_of(FeedbackRow)
_c = _feedback.c
_COLUMNS = ("id", "case_id", "case_number", "report", "round", "at", "asked_by", "how", "outcome", "relief")
_add = BulkInsert(_feedback, *_COLUMNS)


class SqlFeedbacks:
    """What complainants said when they were asked after a disposal. Never changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, feedback: Sequence[Feedback]) -> None:
        """Keep what was said. Raises RowRefused for an id that is there already, or a case that is not."""
        _add.run(self._connection, [_row_of(one) for one in feedback])

    def of(self, case_id: int) -> list[Feedback]:
        """What was said of a case's disposals, oldest first."""
        return self._read(select(_feedback).where(_c.case_id == case_id).order_by(_c.at, _c.id))

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Feedback]]:
        """What was said of each of these cases, as of() gives it; a case without any is left out."""
        wanted = select(_feedback).where(among(_c.case_id, case_ids, self._connection)).order_by(_c.at, _c.id)
        return grouped((one.case_id, one) for one in self._read(wanted))

    def page(self, *, after: str, limit: int) -> list[Feedback]:
        """Feedback with an id above `after`, by id."""
        return self._read(select(_feedback).where(_c.id > after).order_by(_c.id).limit(limit))

    def _read(self, wanted: Select[Any]) -> list[Feedback]:
        return [_word(row) for row in self._connection.execute(wanted)]


def _row_of(one: Feedback) -> tuple[Any, ...]:
    return (
        *(one.id, one.case_id, one.case, one.report, one.round, one.at, one.by),
        *(one.how.value, one.outcome.value, one.relief.value),
    )


def _word(row: Row[Any]) -> Feedback:
    return Feedback(
        id=row.id,
        case_id=row.case_id,
        case=row.case_number,
        report=row.report,
        round=row.round,
        at=row.at,
        by=row.asked_by,
        how=Asked(row.how),
        outcome=Outcome(row.outcome),
        relief=Relief(row.relief),
    )
