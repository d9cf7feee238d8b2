"""A case in an open unit of work, and what is put beside it there: tasks that somebody owes, letters that come without a move.

Not here: moves (move.py), what leads to a task (follow.py, closing.py), listing them (tasks.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from nistaran.domain.complaint import Case
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import Event, EventKind
from nistaran.domain.letters import Letter
from nistaran.domain.records import Notice
from nistaran.domain.task import Task, TaskKind, task_id
from nistaran.domain.transfer import History
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A case in an open unit of work, with its desks and the moment."""

    house: House
    work: UnitOfWork
    case: Case
    history: History
    now: datetime


def tell_office(
    at: At, letter: Letter, office: str, department: str, *, key: str, enclosed: Mapping[str, str] | None = None
) -> None:
    """A letter to an office that does not come by a move of the case; `enclosed` are texts of our own making."""
    body: dict[str, object] = {
        "number": at.case.number,
        "department": department,
        "due": at.case.due_on.isoformat(),
        **({"enclosed": dict(enclosed)} if enclosed else {}),
    }
    notice = Notice(
        key=f"{letter.value}:{key}:{office}", kind=letter.value, case_id=at.case.id, office=office, body=body
    )
    at.work.outbox.add([notice], at=at.now)


def set_task(at: At, kind: TaskKind, office: str, department: str, days: int, body: dict[str, object]) -> Task:
    """Somebody owes something on the case from now on, for so many calendar days."""
    task = make_task(at, kind, office, department, days, body)
    at.work.tasks.add([task])
    told = {
        "task": task.id,
        "kind": kind.value,
        "office": office,
        "department": department,
        "due": task.due_on.isoformat(),
    }
    at.work.ledger.append([Event(case=at.case.number, kind=EventKind.TASK_SET, at=at.now, body=told)])
    return task


def make_task(at: At, kind: TaskKind, office: str, department: str, days: int, body: dict[str, object]) -> Task:
    """The case's next task, not kept yet."""
    return Task(
        id=task_id(at.case.number, len(at.work.tasks.of(at.case.id)) + 1),
        case_id=at.case.id,
        case=at.case.number,
        kind=kind,
        office=office,
        department=department,
        since=at.now,
        due_on=day_in_india(at.now) + timedelta(days=days),
        body=body,
    )
