"""Marks on cases (warnings, defaulters, rungs), the sweeps that make them, and a small index of the cases that are not over.

Frozen: a migration that was released is never edited. What the tables are now stands in storage/mark_tables.py and tables.py.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
KINDS = "kind IN ('WARNING_1', 'WARNING_2', 'WARNING_3', 'DEFAULTER', 'L2', 'L3', 'L4')"
OPEN = "status IN ('REGISTERED', 'AWAITING_PERSON', 'WITH_OFFICE', 'AWAITING_RULING', 'RETURNED')"


def upgrade() -> None:
    """Make both tables and the index."""
    op.create_table(
        "marks",
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        sa.Column("on_day", DAY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_marks_kind_known")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_marks_case_id"),
        sa.PrimaryKeyConstraint("case_id", "round", "kind", name="pk_marks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sweeps",
        sa.Column("on_day", DAY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("looked_at", "marked", "skipped")),
        sa.PrimaryKeyConstraint("on_day", name="pk_sweeps"),
    )
    op.create_index("ix_cases_open", "cases", ["id"], sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))


def downgrade() -> None:
    """Drop them again: marks are lost, their events and letters stay."""
    op.drop_index("ix_cases_open", "cases")
    op.drop_table("sweeps")
    op.drop_table("marks")
