"""What somebody owes on a case beside the answer of the office that has it: a release, a ruling, a part, a fact; each with its clock.

Values only. Not here: when a task is set (steps/follow.py), how long each may take (transfers.toml), where they are kept (storage/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum


class TaskKind(StrEnum):
    """Who owes what. A task never keeps another case waiting, and is itself on a clock."""

    RELEASE = "RELEASE"  #: the cell: release a proposed forward, keep the case where it is, or send it to the arbiter
    RULING = "RULING"  #: the arbiter: say whose the frozen case is
    RETURN = "RETURN"  #: the cell: send the case back to who sent it down, and hear that it arrived
    PART = "PART"  #: a co-department: do its part and report to the lead
    FACTS = "FACTS"  #: the office that asked: hear from the complainant what is lacking
    APPROVAL = "APPROVAL"  #: the office one level up: a special close (S0-7)
    HEARING = "HEARING"  #: the office: look again on the court's next date (S0-4)
    REWORK = "REWORK"  #: the office: a report that differs in substance (S0-8)
    CALL = "CALL"  #: the office that disposed: ring the complainant (S1-1)
    FIELD = "FIELD"  #: somebody who did not close it: go and see, for a random sample


class TaskState(StrEnum):
    """How far it has come."""

    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"  #: no longer needed, since the case went another way


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing owed. `office` owes it, `due_on` is its own day: the citizen's due date is the case's and never moves.

    `body` holds codes and shares only (of a RELEASE: where the case would go and why).
    """

    id: str  #: the case's number and the turn among its tasks: SDR-2026-0000042/t1
    case_id: int
    case: str
    kind: TaskKind
    office: str
    department: str
    since: datetime
    due_on: date
    body: Mapping[str, object] = field(default_factory=dict)
    state: TaskState = TaskState.OPEN
    closed_at: datetime | None = None
    closed_by: str = ""


def task_id(case: str, turn: int) -> str:
    """The id of the turn-th task of a case."""
    return f"{case}/t{turn}"


def closed(task: Task, state: TaskState, *, by: str, at: datetime) -> Task:
    """The task after somebody did it, or it fell away. Raises ValueError for one that is not open."""
    if task.state is not TaskState.OPEN or state is TaskState.OPEN:
        raise ValueError(f"a {task.state.value} task cannot become {state.value}: look at it again")
    return replace(task, state=state, closed_at=at, closed_by=by)
