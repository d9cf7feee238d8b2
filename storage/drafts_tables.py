"""The tables of letters for a signature, daily notices and clean-up orders, beside those of tables.py and in the same metadata.

Here: columns, constraints. Not here: queries (repositories/), how the tables come into being (migrations/).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nistaran.domain.drafts import DraftKind, DraftState
from nistaran.domain.orders import OrderState
from storage.columns import RowId, one_of
from storage.tables import Base


class DraftRow(Base):
    """A letter drawn up for a person's signature; only `state` and `acts` ever change."""

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    year: Mapped[str]
    serial: Mapped[int]
    office: Mapped[str]
    department: Mapped[str]
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[str]
    basis: Mapped[str] = mapped_column(index=True)
    reply_days: Mapped[int]
    facts: Mapped[str]
    state: Mapped[str]
    acts: Mapped[str]  #: JSON: who signed, sent, answered or cancelled it, when
    __table_args__: Any = (
        one_of("kind", DraftKind),
        one_of("state", DraftState),
        UniqueConstraint("kind", "year", "serial"),
    )


class DraftCaseRow(Base):
    """A case that a letter is about, with its round when the letter was drawn up."""

    __tablename__ = "draft_cases"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("cases.id"), primary_key=True, autoincrement=False, index=True
    )
    round: Mapped[int]
    __table_args__: Any = ({"sqlite_with_rowid": False},)


class DailyNoticeRow(Base):
    """A department's notice of a day; only who acknowledged it, and when, ever changes."""

    __tablename__ = "daily_notices"
    day: Mapped[date] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    at: Mapped[datetime]
    facts: Mapped[str]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str]


class OrderRow(Base):
    """A clean-up order; only the columns from `state` on ever change."""

    __tablename__ = "orders"
    id: Mapped[str] = mapped_column(primary_key=True)
    given_at: Mapped[datetime]
    given_by: Mapped[str]
    why: Mapped[str]
    target: Mapped[date]
    chosen: Mapped[str]
    state: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str]
    ended_why: Mapped[str]
    __table_args__: Any = (one_of("state", OrderState),)


class OrderCaseRow(Base):
    """A case of an order, with who was answerable for it and its round when the order was given. Never changed."""

    __tablename__ = "order_cases"
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("cases.id"), primary_key=True, autoincrement=False, index=True
    )
    office: Mapped[str]
    round: Mapped[int]
    __table_args__: Any = ({"sqlite_with_rowid": False},)
