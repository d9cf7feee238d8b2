"""Heartbeats of the flows, the cases whose words were masked or purged, the raw objects that were purged.

Frozen: a migration that was released is never edited. What the tables are now stands in storage/retain_tables.py.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("runs", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeats"),
    )
    op.create_table(
        "erasures",
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_day", DAY, nullable=False),
        sa.CheckConstraint("kind IN ('MASKED', 'PURGED')", name=op.f("ck_erasures_kind_known")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_erasures_case_id"),
        sa.PrimaryKeyConstraint("case_id", "kind", name="pk_erasures"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "gone_objects",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("on_day", DAY, nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_gone_objects"),
    )


def downgrade() -> None:
    """Drop them again: what was purged stays purged, and `verify` will then miss it."""
    op.drop_table("gone_objects")
    op.drop_table("erasures")
    op.drop_table("heartbeats")
