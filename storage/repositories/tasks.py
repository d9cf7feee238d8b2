"""What somebody owes on a case beside its answer. Not here: when a task is set or over (steps/)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select, text

from nistaran.domain.errors import RowRefused
from nistaran.domain.task import Task, TaskKind, TaskState
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.columns import read_json, write_json
from storage.grouped import grouped
from storage.tables import table_of
from storage.task_tables import TaskRow

_tasks = table_of(TaskRow)
_c = _tasks.c
_SET = ("id", "case_id", "case_number", "kind", "office", "department", "since", "due_on", "body")
_CLOSED = ("state", "closed_at", "closed_by")
_add = BulkInsert(_tasks, *_SET, *_CLOSED)
_settle = BulkUpdate(_tasks, *_CLOSED, keys=("id",))


class SqlTasks:
    """What somebody owes on a case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, tasks: Sequence[Task]) -> None:
        """Keep new tasks. Raises RowRefused for an id that is there already, or a case that is not."""
        _add.run(self._connection, [(*_set_of(one), *_closed_of(one)) for one in tasks])

    def settle(self, tasks: Sequence[Task]) -> None:
        """Write how far these kept tasks have come. Raises RowRefused when one of them is not kept."""
        rows = [(*_closed_of(one), one.id) for one in tasks]
        if _settle.run(self._connection, rows) != len(rows):
            raise RowRefused("tasks: what is settled must be kept first")

    def of(self, case_id: int) -> list[Task]:
        """The tasks of a case, oldest first."""
        return self._read(select(_tasks).where(_c.case_id == case_id).order_by(_c.since, _c.id))

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Task]]:
        """The tasks of each of these cases, as of() gives them; a case without any is left out."""
        wanted = select(_tasks).where(among(_c.case_id, case_ids, self._connection)).order_by(_c.since, _c.id)
        return grouped((one.case_id, one) for one in self._read(wanted))

    def by_ids(self, ids: Sequence[str]) -> list[Task]:
        """The tasks of these ids, in the order of the ids; an id that is none is left out."""
        found = {one.id: one for one in self._read(select(_tasks).where(among(_c.id, ids, self._connection)))}
        return [found[one] for one in ids if one in found]

    def open(self, *, kind: TaskKind | None = None, after: tuple[date, str] | None = None, limit: int) -> list[Task]:
        """Open tasks (of this kind), the first due first, after the (due_on, id) of the last one before."""
        # the state stands as text, so that the planner sees that the index of open ones serves
        wanted = select(_tasks).where(text("tasks.state = 'OPEN'")).order_by(_c.due_on, _c.id).limit(limit)
        if kind is not None:
            wanted = wanted.where(_c.kind == kind.value)
        if after is not None:
            day, id_ = after
            wanted = wanted.where(or_(_c.due_on > day, and_(_c.due_on == day, _c.id > id_)))
        return self._read(wanted)

    def _read(self, wanted: Select[Any]) -> list[Task]:
        return [_task(row) for row in self._connection.execute(wanted)]


def _set_of(one: Task) -> tuple[Any, ...]:
    return (
        *(one.id, one.case_id, one.case, one.kind.value, one.office, one.department),
        *(one.since, one.due_on, write_json(dict(one.body))),
    )


def _closed_of(one: Task) -> tuple[Any, ...]:
    return one.state.value, one.closed_at, one.closed_by


def _task(row: Row[Any]) -> Task:
    return Task(
        id=row.id,
        case_id=row.case_id,
        case=row.case_number,
        kind=TaskKind(row.kind),
        office=row.office,
        department=row.department,
        since=row.since,
        due_on=row.due_on,
        body=read_json(row.body),
        state=TaskState(row.state),
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )
