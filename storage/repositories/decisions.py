"""Every routing decision ever made, as it was made. Not here: making one (routing/, nistaran/steps/route.py)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, select

from nistaran.domain.decision import Candidate
from nistaran.domain.records import DecisionRecord
from storage.bulk import BulkInsert
from storage.columns import read_json, write_json
from storage.tables import DecisionRow, table_of

_decisions = table_of(DecisionRow)
_PLAIN = ("case_id", "at", "outcome", "reason", "department", "office", "confidence", "rule", "model")
_plain_of = attrgetter(*_PLAIN)
_add = BulkInsert(_decisions, *_PLAIN, "grounds")


class SqlDecisions:
    """Every routing decision ever made."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decisions: Sequence[DecisionRecord]) -> None:
        """Keep decisions."""
        _add.run(self._connection, [_row(decision) for decision in decisions])

    def of(self, case_id: int) -> list[DecisionRecord]:
        """The decisions on a case, oldest first."""
        wanted = select(_decisions).where(_decisions.c.case_id == case_id).order_by(_decisions.c.id)
        return [_decision(row) for row in self._connection.execute(wanted)]


def _row(decision: DecisionRecord) -> tuple[Any, ...]:
    grounds = {
        "words": decision.words,
        "places": decision.places,
        "candidates": [(candidate.department, candidate.confidence) for candidate in decision.candidates],
    }
    return (*_plain_of(decision), write_json(grounds))


def _decision(row: Row[Any]) -> DecisionRecord:
    grounds = read_json(row.grounds)
    return DecisionRecord(
        **{name: getattr(row, name) for name in _PLAIN},
        words=tuple(grounds["words"]),
        places=tuple(grounds["places"]),
        candidates=tuple(Candidate(department, confidence) for department, confidence in grounds["candidates"]),
    )
