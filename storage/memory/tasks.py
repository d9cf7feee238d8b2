"""Tasks in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from nistaran.domain.errors import RowRefused
from nistaran.domain.task import Task, TaskKind, TaskState
from storage.columns import read_json, write_json
from storage.grouped import grouped
from storage.memory.tables import Draft, in_utc


class MemoryTasks:
    """What somebody owes on a case."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, tasks: Sequence[Task]) -> None:
        """Keep new tasks. Raises RowRefused for an id that is there already, or a case that is not."""
        self._draft.must_be_cases(one.case_id for one in tasks)
        kept = self._draft.change("tasks").tasks
        for one in tasks:
            if one.id in kept:
                raise RowRefused("tasks: an id is used once")
            kept[one.id] = replace(in_utc(one, "since", "closed_at"), body=read_json(write_json(dict(one.body))))

    def settle(self, tasks: Sequence[Task]) -> None:
        """Write how far these kept tasks have come. Raises RowRefused when one of them is not kept."""
        kept = self._draft.change("tasks").tasks
        for one in tasks:
            if one.id not in kept:
                raise RowRefused("tasks: what is settled must be kept first")
            now = in_utc(one, "closed_at")
            kept[one.id] = replace(kept[one.id], state=now.state, closed_at=now.closed_at, closed_by=now.closed_by)

    def of(self, case_id: int) -> list[Task]:
        """The tasks of a case, oldest first."""
        return _oldest_first(one for one in self._draft.tables.tasks.values() if one.case_id == case_id)

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Task]]:
        """The tasks of each of these cases, as of() gives them; a case without any is left out."""
        asked = set(case_ids)
        found = _oldest_first(one for one in self._draft.tables.tasks.values() if one.case_id in asked)
        return grouped((one.case_id, one) for one in found)

    def by_ids(self, ids: Sequence[str]) -> list[Task]:
        """The tasks of these ids, in the order of the ids; an id that is none is left out."""
        return [self._draft.tables.tasks[one] for one in ids if one in self._draft.tables.tasks]

    def open(self, *, kind: TaskKind | None = None, after: tuple[date, str] | None = None, limit: int) -> list[Task]:
        """Open tasks (of this kind), the first due first, after the (due_on, id) of the last one before."""
        still = (one for one in self._draft.tables.tasks.values() if one.state is TaskState.OPEN)
        wanted = [one for one in still if kind in (None, one.kind) and (after is None or (one.due_on, one.id) > after)]
        return sorted(wanted, key=lambda one: (one.due_on, one.id))[:limit]


def _oldest_first(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda one: (one.since, one.id))
