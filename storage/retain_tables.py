"""The tables of heartbeats and of what was masked and purged, beside those of tables.py and in the same metadata.

Here: columns, constraints. Not here: queries (repositories/), how the tables come into being (migrations/).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from nistaran.domain.retention import Erased
from storage.columns import RowId, one_of
from storage.tables import Base


class HeartbeatRow(Base):
    """The last end of a flow; only the columns from `at` on ever change."""

    __tablename__ = "heartbeats"
    name: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    at: Mapped[datetime | None]
    runs: Mapped[int]
    counts: Mapped[str]  #: JSON: whole numbers by name


class ErasureRow(Base):
    """That the words of a case were masked or purged, once each. Never changed."""

    __tablename__ = "erasures"
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    on_day: Mapped[date]
    __table_args__: Any = (one_of("kind", Erased), {"sqlite_with_rowid": False})


class GoneObjectRow(Base):
    """An object that was given up, so that its absence is no fault. `done` only once it is gone: a killed run is taken up there."""

    __tablename__ = "gone_objects"
    key: Mapped[str] = mapped_column(primary_key=True)
    on_day: Mapped[date]
    done: Mapped[bool]
