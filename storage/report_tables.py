"""The tables of offices' reports and of what complainants said of disposals, beside those of tables.py and in the same metadata.

Here: columns, constraints, indexes. Not here: queries (repositories/), the JSON in a column (report_json.py), how the tables come
into being (migrations/).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Double, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from nistaran.domain.feedback import Asked, Outcome, Relief
from nistaran.domain.office_report import CloseKind, ReportState
from storage.columns import RowId, one_of
from storage.tables import Base


class ReportRow(Base):
    """A report as it was handed in and judged; only the columns from `state` on ever change."""

    __tablename__ = "reports"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), index=True)
    case_number: Mapped[str]
    office: Mapped[str]
    said_by: Mapped[str]
    at: Mapped[datetime]
    close: Mapped[str]
    text: Mapped[str]
    fields: Mapped[str]  #: JSON of ReportFields
    attachments: Mapped[str]  #: JSON: of each its hash, name, size and facts
    reasons: Mapped[str]  #: JSON: codes
    findings: Mapped[str]  #: JSON: (code, words concerned) of each
    reject_probability: Mapped[float] = mapped_column(Double())
    model: Mapped[str]
    state: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    why: Mapped[str]
    __table_args__: Any = (
        one_of("close", CloseKind),
        one_of("state", ReportState),
        Index(None, "office", "at"),  # an office's earlier reports, which a new one is held against
    )


class FeedbackRow(Base):
    """What a complainant said of a disposal; never changed. `round` counts the disposals of the case from 1."""

    __tablename__ = "feedback"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), index=True)
    case_number: Mapped[str]
    report: Mapped[str]
    round: Mapped[int]
    at: Mapped[datetime]
    asked_by: Mapped[str]
    how: Mapped[str]
    outcome: Mapped[str]
    relief: Mapped[str]
    __table_args__: Any = (
        one_of("how", Asked),
        one_of("outcome", Outcome),
        one_of("relief", Relief),
        Index(None, "at"),
    )
