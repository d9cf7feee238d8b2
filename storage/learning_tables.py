"""The tables of the learning loop, beside those of tables.py and in the same metadata.

Here: columns, constraints, indexes. Not here: queries (repositories/), how the tables come into being (migrations/).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from nistaran.domain.correction import CorrectionReason, Quarantine, Source, Trust
from storage.columns import RowId, one_of, some_of
from storage.tables import Base

_HELD_BACK = ("", *(why.value for why in Quarantine))


class CorrectionRow(Base):
    """What a person said of the department of a case; only the columns from `trust` on ever change.

    `case_number` repeats the case's: with it the index gives the trusted ones in the order in which they are read on.
    """

    __tablename__ = "corrections"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), index=True)
    case_number: Mapped[str]
    at: Mapped[datetime]
    said_by: Mapped[str]
    source: Mapped[str]
    said: Mapped[str]
    department: Mapped[str]
    reason: Mapped[str]
    trust: Mapped[str]
    trusted_at: Mapped[datetime | None]
    trusted_by: Mapped[str]
    office: Mapped[str]
    why_quarantined: Mapped[str]
    __table_args__: Any = (
        one_of("source", Source),
        one_of("reason", CorrectionReason),
        one_of("trust", Trust),
        one_of("why_quarantined", _HELD_BACK),
        Index(None, "said_by", "at"),
        Index(None, "at", "said_by"),  # everybody's of the last days, of which one login's share is taken
        some_of(None, "trusted_at", "case_number", where="trust = 'TRUSTED'"),
        some_of("ix_corrections_open", "trust", "at", where="trust IN ('WAITING', 'QUARANTINED')"),
    )
