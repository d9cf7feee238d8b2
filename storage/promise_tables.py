"""The table of what departments promised at weekly reviews, beside those of tables.py and in the same metadata.

Here: columns, constraints. Not here: queries (repositories/), how the table comes into being (migrations/).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from nistaran.domain.promise import Counted
from storage.columns import RowId, one_of
from storage.tables import Base


class PromiseRow(Base):
    """A plan line of a department with its target. Never changed. `line` is the officer's own words."""

    __tablename__ = "promises"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    department: Mapped[str]
    line: Mapped[str]
    target: Mapped[date]
    counted: Mapped[str]
    number: Mapped[int | None]
    said_by: Mapped[str]
    at: Mapped[datetime]
    __table_args__: Any = (one_of("counted", Counted),)
