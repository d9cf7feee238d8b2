"""The tables of marks on cases and of the sweeps that made them, beside those of tables.py and in the same metadata.

Here: columns, constraints. Not here: queries (repositories/), how the tables come into being (migrations/), the index of cases that are
not over (tables.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from nistaran.domain.escalation import MarkKind
from storage.columns import RowId, one_of
from storage.tables import Base


class MarkRow(Base):
    """A warning, a defaulter or a rung of a case, once for a round. Never changed."""

    __tablename__ = "marks"
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date]
    on_day: Mapped[date]
    at: Mapped[datetime]
    __table_args__: Any = (one_of("kind", MarkKind), {"sqlite_with_rowid": False})


class SweepRow(Base):
    """The first sweep of a day that came to its end."""

    __tablename__ = "sweeps"
    on_day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    looked_at: Mapped[int]
    marked: Mapped[int]
    skipped: Mapped[int]
