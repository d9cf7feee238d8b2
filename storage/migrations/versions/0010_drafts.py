"""Letters drawn up for a person's signature, clean-up orders, the cell's daily notices and their acknowledgement; notices of the outbox
that are about no single case.

Frozen: a migration that was released is never edited. What the tables are now stands in storage/drafts_tables.py and tables.py.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
KINDS = (
    "kind IN ('REMINDER', 'EXPLANATION', 'WARNING', 'SHOW_CAUSE', 'TO_SUPERIOR', 'FORWARDING', 'RETURN', 'COURT_REPLY')"
)
DRAFT_STATES = "state IN ('DRAFTED', 'SIGNED', 'SENT', 'CANCELLED')"
ORDER_STATES = "state IN ('GIVEN', 'CLOSED', 'WITHDRAWN')"
OF_A_CASE, OF_ANY = "case_id INTEGER NOT NULL", "case_id INTEGER"


def upgrade() -> None:
    """Make the tables, and let a notice be about no single case."""
    make_drafts()
    make_notices()
    make_orders()
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbox", "case_id", nullable=True)
    else:
        rewrite(OF_A_CASE, OF_ANY)


def downgrade() -> None:
    """Drop them again with the notices that are about no case: letters, orders and notices are lost, their events stay."""
    op.execute("DELETE FROM outbox WHERE case_id IS NULL")
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbox", "case_id", nullable=False)
    else:
        rewrite(OF_ANY, OF_A_CASE)
    for table in ("order_cases", "orders", "daily_notices", "draft_cases", "drafts"):
        op.drop_table(table)


def make_drafts() -> None:
    """Letters and the cases that they are about."""
    op.create_table(
        "drafts",
        *texts("id", "kind", "year"),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        *texts("office", "department"),
        sa.Column("drawn_at", MOMENT, nullable=False),
        *texts("drawn_by", "basis"),
        sa.Column("reply_days", sa.BigInteger(), nullable=False),
        *texts("facts", "state", "acts"),
        sa.CheckConstraint(KINDS, name=op.f("ck_drafts_kind_known")),
        sa.CheckConstraint(DRAFT_STATES, name=op.f("ck_drafts_state_known")),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("kind", "year", "serial", name="uq_drafts_kind"),
    )
    op.create_index("ix_drafts_basis", "drafts", ["basis"])
    op.create_table(
        "draft_cases",
        *texts("draft_id"),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_draft_cases_draft_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_draft_cases_case_id"),
        sa.PrimaryKeyConstraint("draft_id", "case_id", name="pk_draft_cases"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_draft_cases_case_id", "draft_cases", ["case_id"])


def make_notices() -> None:
    """The daily notices to departments."""
    op.create_table(
        "daily_notices",
        sa.Column("day", DAY, nullable=False),
        *texts("department", "office"),
        sa.Column("at", MOMENT, nullable=False),
        *texts("facts"),
        sa.Column("acknowledged_at", MOMENT, nullable=True),
        *texts("acknowledged_by"),
        sa.PrimaryKeyConstraint("day", "department", name="pk_daily_notices"),
    )


def make_orders() -> None:
    """Clean-up orders and the cases that each fixed."""
    op.create_table(
        "orders",
        *texts("id"),
        sa.Column("given_at", MOMENT, nullable=False),
        *texts("given_by", "why"),
        sa.Column("target", DAY, nullable=False),
        *texts("chosen", "state"),
        sa.Column("ended_at", MOMENT, nullable=True),
        *texts("ended_by", "ended_why"),
        sa.CheckConstraint(ORDER_STATES, name=op.f("ck_orders_state_known")),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
    )
    op.create_table(
        "order_cases",
        *texts("order_id"),
        sa.Column("case_id", ROW_ID, nullable=False),
        *texts("office"),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_cases_order_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_order_cases_case_id"),
        sa.PrimaryKeyConstraint("order_id", "case_id", name="pk_order_cases"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_order_cases_case_id", "order_cases", ["case_id"])


def rewrite(before: str, now: str) -> None:
    """Change a column of the outbox on SQLite by the text of the table, as migrations 0006 and 0007 do and for their reasons."""
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'outbox' AND instr(sql, ?) > 0",
        (before, now, before),
    ).rowcount
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
    if changed != 1:
        raise RuntimeError("the table of outbox is not as migration 0001 left it: restore the backup")


def texts(*names: str) -> list[sa.Column[Any]]:
    """Texts that are always there."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
