"""What departments promised at a weekly review, and a small index of the events by which cases end and come back.

Frozen: a migration that was released is never edited. What the tables are now stands in storage/promise_tables.py and tables.py.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
ENDINGS = sa.text("kind IN ('Disposed', 'SpecialClosed', 'Reopened')")


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "promises",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("target", DAY, nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("counted IN ('PENDING', 'DEFAULTERS')", name=op.f("ck_promises_counted_known")),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
    )
    op.create_index(
        "ix_events_endings", "events", ["case_number", "at", "kind"], sqlite_where=ENDINGS, postgresql_where=ENDINGS
    )


def downgrade() -> None:
    """Drop them again: promises are lost."""
    op.drop_index("ix_events_endings", "events")
    op.drop_table("promises")
