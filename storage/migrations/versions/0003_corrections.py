"""What people said of the departments of cases.

Frozen: a migration that was released is never edited. What the table is now stands in storage/learning_tables.py.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

WORDS = {
    "source": ("CELL", "OFFICE", "ARBITER", "AUDIT"),
    "reason": (
        "UNSTATED", "OTHER_SUBJECT", "MAIN_MATTER", "MISLEADING_WORDS", "WRONG_ADDRESSEE", "PAIR_RULE", "THANKS", "SUGGESTION",
        "RTI", "SERVICE_MATTER", "OTHER_STATE", "CENTRAL_SUBJECT", "NO_CONTENT", "TEST_ENTRY",
    ),
    "trust": ("WAITING", "TRUSTED", "QUARANTINED", "WITHDRAWN"),
    "why_quarantined": ("", "TOO_MANY_A_DAY", "TOO_MANY_ALIKE", "TOO_LARGE_A_SHARE"),
}  # fmt: skip
TRUSTED = sa.text("trust = 'TRUSTED'")
OPEN = sa.text("trust IN ('WAITING', 'QUARANTINED')")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "corrections",
        text("id"),
        sa.Column("case_id", ROW_ID, nullable=False),
        text("case_number"),
        sa.Column("at", MOMENT, nullable=False),
        *(text(name) for name in ("said_by", "source", "said", "department", "reason", "trust")),
        sa.Column("trusted_at", MOMENT, nullable=True),
        *(text(name) for name in ("trusted_by", "office", "why_quarantined")),
        *(known(column) for column in WORDS),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_corrections_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_case_id", "corrections", ["case_id"])
    op.create_index("ix_corrections_said_by", "corrections", ["said_by", "at"])
    op.create_index("ix_corrections_at", "corrections", ["at", "said_by"])
    some("ix_corrections_trusted_at", ["trusted_at", "case_number"], TRUSTED)
    some("ix_corrections_open", ["trust", "at"], OPEN)


def downgrade() -> None:
    """Drop the table: what people said is lost, their events stay."""
    op.drop_table("corrections")


def text(name: str) -> sa.Column[Any]:
    """A text that is always there."""
    return sa.Column(name, sa.Text(), nullable=False)


def known(column: str) -> sa.CheckConstraint:
    """The column holds one of its words."""
    listed = ", ".join(f"'{word}'" for word in WORDS[column])
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_corrections_{column}_known"))


def some(name: str, columns: list[str], where: sa.TextClause) -> None:
    """An index over some of the rows."""
    op.create_index(name, "corrections", columns, sqlite_where=where, postgresql_where=where)
