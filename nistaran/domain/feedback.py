"""What complainants said when they were asked after a disposal: outcomes, first and final kept apart (S0-8, S1-1, S4-1).

Values only. Not here: what follows a bad word (steps/feedback.py), shares and intervals (shares.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What came of one call or visit."""

    SATISFIED = "SATISFIED"
    DISSATISFIED = "DISSATISFIED"
    NO_ANSWER = "NO_ANSWER"  #: three tries make a complainant unreached
    WRONG_NUMBER = "WRONG_NUMBER"
    CALL_AGAIN = "CALL_AGAIN"  #: he asked for another time


class Relief(StrEnum):
    """Whether what was asked for was got, apart from whether he is content (Rajasthan's राहत)."""

    GIVEN = "GIVEN"
    PARTLY = "PARTLY"
    NOT_GIVEN = "NOT_GIVEN"
    UNKNOWN = "UNKNOWN"


class Asked(StrEnum):
    """How he was asked."""

    CALL = "CALL"  #: by the office that disposed of it (S1-1)
    CELL_CALL = "CELL_CALL"  #: by the grievance cell
    FIELD = "FIELD"  #: a visit to a random sample, by somebody who did not close it
    PORTAL = "PORTAL"  #: the State's own call centre, as its portal reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One word of one complainant on one disposal. `round` counts the disposals of the case from 1: the first word and the last stay
    apart. `by` is the login of who asked."""

    id: str  #: the case's number and the turn: SDR-2026-0000042/f1
    case_id: int
    case: str
    report: str  #: the report that disposed of it
    round: int
    at: datetime
    by: str
    how: Asked
    outcome: Outcome
    relief: Relief = Relief.UNKNOWN


def feedback_id(case: str, turn: int) -> str:
    """The id of the turn-th word on a case."""
    return f"{case}/f{turn}"
