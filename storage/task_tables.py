"""The table of tasks on cases, beside those of tables.py and in the same metadata.

Here: columns, constraints, indexes. Not here: queries (repositories/), how the table comes into being (migrations/).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from nistaran.domain.task import TaskKind, TaskState
from storage.columns import RowId, one_of, some_of
from storage.tables import Base


class TaskRow(Base):
    """What somebody owes on a case; only the columns from `state` on ever change."""

    __tablename__ = "tasks"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), index=True)
    case_number: Mapped[str]
    kind: Mapped[str]
    office: Mapped[str]
    department: Mapped[str]
    since: Mapped[datetime]
    due_on: Mapped[date]
    body: Mapped[str]
    state: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str]
    __table_args__: Any = (
        one_of("kind", TaskKind),
        one_of("state", TaskState),
        some_of("ix_tasks_open", "due_on", "id", where="state = 'OPEN'"),
    )
