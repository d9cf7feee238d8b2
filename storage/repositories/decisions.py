"""Every routing decision ever made, as it was made. Not here: making one (routing/, nistaran/steps/route.py)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, select

from nistaran.domain.decision import Candidate
from nistaran.domain.records import DecisionRecord
from storage.bulk import BulkInsert, among
from storage.columns import read_json, write_json
from storage.grouped import grouped
from storage.tables import DecisionRow, table_of

_decisions = table_of(DecisionRow)
_PLAIN = ("case_id", "at", "outcome", "reason", "department", "office", "confidence", "rule", "model")
_plain_of = attrgetter(*_PLAIN)
_add = BulkInsert(_decisions, *_PLAIN, "grounds")
_WHOLE = select(*(_decisions.c[name] for name in (*_PLAIN, "grounds")))


class SqlDecisions:
    """Every routing decision ever made."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decisions: Sequence[DecisionRecord]) -> None:
        """Keep decisions."""
        _add.run(self._connection, [_row(decision) for decision in decisions])

    def of(self, case_id: int) -> list[DecisionRecord]:
        """The decisions on a case, oldest first."""
        wanted = _WHOLE.where(_decisions.c.case_id == case_id).order_by(_decisions.c.id)
        return [_decision(row) for row in self._connection.execute(wanted)]

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[DecisionRecord]]:
        """The decisions on each of these cases, as of() gives them; a case without any is left out."""
        wanted = _WHOLE.where(among(_decisions.c.case_id, case_ids, self._connection)).order_by(_decisions.c.id)
        return grouped((row[0], _decision(row)) for row in self._connection.execute(wanted).all())


def _row(decision: DecisionRecord) -> tuple[Any, ...]:
    grounds = {
        "words": decision.words,
        "places": decision.places,
        "candidates": [(candidate.department, candidate.confidence) for candidate in decision.candidates],
    }
    return (*_plain_of(decision), write_json(grounds))


def _decision(row: Row[Any]) -> DecisionRecord:
    """One decision, column by column as _WHOLE names them."""
    case_id, at, outcome, reason, department, office, confidence, rule, model, written = tuple(row)
    grounds = read_json(written)
    return DecisionRecord(
        case_id=case_id,
        at=at,
        outcome=outcome,
        reason=reason,
        department=department,
        office=office,
        confidence=confidence,
        rule=rule,
        model=model,
        words=tuple(grounds["words"]),
        places=tuple(grounds["places"]),
        candidates=tuple(Candidate(named, likely) for named, likely in grounds["candidates"]),
    )
