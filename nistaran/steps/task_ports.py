"""What steps need of the table of tasks, as a protocol, beside those of ports.py.

Not here: any implementation (storage/), any rule (nistaran/domain/task.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from nistaran.domain.task import Task, TaskKind


class Tasks(Protocol):
    """What somebody owes on a case beside its answer."""

    def add(self, tasks: Sequence[Task]) -> None:
        """Keep new tasks. Raises RowRefused for an id that is there already, or a case that is not."""

    def settle(self, tasks: Sequence[Task]) -> None:
        """Write how far these kept tasks have come; what is owed never changes. Raises RowRefused when one of them is not kept."""

    def of(self, case_id: int) -> list[Task]:
        """The tasks of a case, oldest first."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Task]]:
        """The tasks of each of these cases, as of() gives them; a case without any is left out."""

    def by_ids(self, ids: Sequence[str]) -> list[Task]:
        """The tasks of these ids, in the order of the ids; an id that is none is left out."""

    def open(self, *, kind: TaskKind | None = None, after: tuple[date, str] | None = None, limit: int) -> list[Task]:
        """Open tasks (of this kind), the first due first, after the (due_on, id) of the last one before."""
