"""A case comes to a desk: everything that follows from it, written in the caller's transaction.

Here: placement, decision, desk, letter, event, and the tasks that fall away with it. Not here: why it moves (follow.py, correct.py,
ruling.py), the first desk that the machine chooses, which is written in bulk (decide.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nistaran.domain.complaint import Case, Status
from nistaran.domain.events import Event, EventKind
from nistaran.domain.letters import Letter
from nistaran.domain.lifecycle import LEADS_TO
from nistaran.domain.records import DecisionRecord, DeskEntry, Notice, Placement
from nistaran.domain.task import TaskKind, TaskState, closed
from nistaran.steps.ports import UnitOfWork

#: What is owed only while the case stays where it is: what another office reported or is to report closes nothing any more.
_FALL_AWAY = frozenset(
    {TaskKind.RELEASE, TaskKind.RULING, TaskKind.FACTS, TaskKind.RETURN, TaskKind.APPROVAL, TaskKind.REWORK}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """To which office a case comes, for which department, by which rule; `body` is what its event says besides.

    `enclosed` goes with the letter: texts of our own making, never a citizen's words.
    """

    kind: EventKind
    letter: Letter
    office: str
    department: str
    rule: str
    by: str = ""
    places: tuple[str, ...] = ()
    confidence: float = 1.0
    body: Mapping[str, object] = field(default_factory=dict)
    enclosed: Mapping[str, str] = field(default_factory=dict)


def move(work: UnitOfWork, case: Case, step: Move, *, now: datetime, done: frozenset[str] = frozenset()) -> None:
    """Put the case on the office's desk; `done` are the ids of the tasks that this does. The due date does not move (decision 4)."""
    status = LEADS_TO[step.kind]
    if status is None:
        raise ValueError(f"{step.kind} moves no case: append it to the ledger instead")
    turn = len(work.desks.of(case.id)) + 1
    close_tasks(work, case, _FALL_AWAY, by=step.by, now=now, done=done)
    work.cases.place([_placement(case, step, status)])
    work.decisions.add([_record(case, step, now)])
    work.desks.open([DeskEntry(case_id=case.id, office=step.office, since=now)])
    work.outbox.add([_notice(case, step, turn)], at=now)
    body = {"office": step.office, "department": step.department, "rule": step.rule, **step.body}
    work.ledger.append([Event(case=case.number, kind=step.kind, at=now, body=body)])


def close_tasks(
    work: UnitOfWork,
    case: Case,
    kinds: frozenset[TaskKind],
    *,
    by: str,
    now: datetime,
    done: frozenset[str] = frozenset(),
) -> None:
    """Close the open tasks of these kinds: those whose id is in `done` were done, the others fall away."""
    over = [
        closed(one, TaskState.DONE if one.id in done else TaskState.DROPPED, by=by, at=now)
        for one in work.tasks.of(case.id)
        if one.state is TaskState.OPEN and one.kind in kinds
    ]
    work.tasks.settle(over)
    work.ledger.append(
        Event(
            case=case.number,
            kind=EventKind.TASK_CLOSED,
            at=now,
            body={"task": one.id, "state": one.state.value, "by": by},
        )
        for one in over
    )


def is_proposed(work: UnitOfWork, case: Case) -> bool:
    """Whether a forward of the case waits for the cell."""
    return any(one.kind is TaskKind.RELEASE and one.state is TaskState.OPEN for one in work.tasks.of(case.id))


def _placement(case: Case, step: Move, status: Status) -> Placement:
    return Placement(case_id=case.id, status=status, department=step.department, office=step.office)


def _notice(case: Case, step: Move, turn: int) -> Notice:
    return Notice(
        key=f"{step.letter.value}:{case.number}:{step.office}:{turn}",
        kind=step.letter.value,
        case_id=case.id,
        office=step.office,
        body={
            "number": case.number,
            "department": step.department,
            "due": case.due_on.isoformat(),
            **({"enclosed": dict(step.enclosed)} if step.enclosed else {}),
        },
    )


def _record(case: Case, step: Move, now: datetime) -> DecisionRecord:
    return DecisionRecord(
        case_id=case.id,
        at=now,
        outcome="assign",
        reason="",
        department=step.department,
        office=step.office,
        confidence=step.confidence,
        rule=step.rule,
        model="",
        words=(),
        places=step.places,
        candidates=(),
    )
