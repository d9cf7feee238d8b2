"""Tasks on cases, and two more places where a case may stand: before the arbiter, and with who sent it.

Frozen: a migration that was released is never edited. What the tables are now stands in storage/tables.py and task_tables.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
BEFORE = ("REGISTERED", "AWAITING_PERSON", "WITH_OFFICE")
NOW = (*BEFORE, "AWAITING_RULING", "RETURNED")
KINDS = ("RELEASE", "RULING", "RETURN", "PART", "FACTS")
STATES = ("OPEN", "DONE", "DROPPED")
OPEN = sa.text("state = 'OPEN'")


def upgrade() -> None:
    """Make the table of tasks and let cases stand in the new places."""
    op.create_table(
        "tasks",
        text("id"),
        sa.Column("case_id", ROW_ID, nullable=False),
        *(text(name) for name in ("case_number", "kind", "office", "department")),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        *(text(name) for name in ("body", "state")),
        sa.Column("closed_at", MOMENT, nullable=True),
        text("closed_by"),
        sa.CheckConstraint(one_of("kind", KINDS), name=op.f("ck_tasks_kind_known")),
        sa.CheckConstraint(one_of("state", STATES), name=op.f("ck_tasks_state_known")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_tasks_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
    )
    op.create_index("ix_tasks_case_id", "tasks", ["case_id"])
    op.create_index("ix_tasks_open", "tasks", ["due_on", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    stand(BEFORE, NOW)


def downgrade() -> None:
    """Drop the tasks, and give frozen and returned cases to the office on whose desk they lie."""
    op.drop_table("tasks")
    op.execute("UPDATE cases SET status = 'WITH_OFFICE' WHERE status IN ('AWAITING_RULING', 'RETURNED')")
    stand(NOW, BEFORE)


def stand(before: Sequence[str], now: Sequence[str]) -> None:
    """Change where a case may stand.

    SQLite has no command for it; what its manual gives for a check that no stored row offends is to write the new text of the
    table into the schema. Making `cases` anew would break the keys that point to it, and take minutes on a large house.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_cases_status_known"), "cases", type_="check")
        op.create_check_constraint(op.f("ck_cases_status_known"), "cases", one_of("status", now))
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'cases' AND instr(sql, ?) > 0",
        (one_of("status", before), one_of("status", now), one_of("status", before)),
    ).rowcount
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
    if changed != 1:
        raise RuntimeError("the table of cases is not as migration 0005 left it: restore the backup")


def one_of(column: str, words: Sequence[str]) -> str:
    """The check that a column holds one of these."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"


def text(name: str) -> sa.Column[Any]:
    """A text that is always there."""
    return sa.Column(name, sa.Text(), nullable=False)
