"""Offices' reports, what complainants said of disposals, two more places where a case may stand (disposed, special-closed), and the
tasks that come of reports.

Frozen: a migration that was released is never edited. What the tables are now stands in storage/tables.py, report_tables.py and
task_tables.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
PLACES_BEFORE = ("REGISTERED", "AWAITING_PERSON", "WITH_OFFICE", "AWAITING_RULING", "RETURNED")
PLACES = (*PLACES_BEFORE, "DISPOSED", "SPECIAL_CLOSED")
TASKS_BEFORE = ("RELEASE", "RULING", "RETURN", "PART", "FACTS")
TASKS = (*TASKS_BEFORE, "APPROVAL", "HEARING", "REWORK", "CALL", "FIELD")
CLOSES = ("ORDINARY", "INTERIM", "SPECIAL")
STATES = ("WAITING", "REJECTED", "ACCEPTED", "OVERRULED", "RECALLED")
ASKED = ("CALL", "CELL_CALL", "FIELD", "PORTAL")
OUTCOMES = ("SATISFIED", "DISSATISFIED", "NO_ANSWER", "WRONG_NUMBER", "CALL_AGAIN")
RELIEFS = ("GIVEN", "PARTLY", "NOT_GIVEN", "UNKNOWN")


def upgrade() -> None:
    """Make the tables of reports and feedback, let cases stand in the new places and tasks be of the new kinds."""
    make_reports()
    make_feedback()
    allow("cases", "status", PLACES_BEFORE, PLACES)
    allow("tasks", "kind", TASKS_BEFORE, TASKS)


def downgrade() -> None:
    """Drop reports, feedback and the tasks that came of them, and give closed cases to the office on whose desk they last lay."""
    op.drop_table("feedback")
    op.drop_table("reports")
    op.execute("UPDATE cases SET status = 'WITH_OFFICE' WHERE status IN ('DISPOSED', 'SPECIAL_CLOSED')")
    op.execute("DELETE FROM tasks WHERE kind IN ('APPROVAL', 'HEARING', 'REWORK', 'CALL', 'FIELD')")
    allow("cases", "status", PLACES, PLACES_BEFORE)
    allow("tasks", "kind", TASKS, TASKS_BEFORE)


def make_reports() -> None:
    """The table of reports, of which only the columns from `state` on ever change."""
    op.create_table(
        "reports",
        text("id"),
        sa.Column("case_id", ROW_ID, nullable=False),
        *(text(name) for name in ("case_number", "office", "said_by")),
        sa.Column("at", MOMENT, nullable=False),
        *(text(name) for name in ("close", "text", "fields", "attachments", "reasons", "findings")),
        sa.Column("reject_probability", sa.Double(), nullable=False),
        *(text(name) for name in ("model", "state", "decided_by")),
        sa.Column("decided_at", MOMENT, nullable=True),
        text("why"),
        known("reports", "close", CLOSES),
        known("reports", "state", STATES),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_reports_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_case_id", "reports", ["case_id"])
    op.create_index("ix_reports_office", "reports", ["office", "at"])


def make_feedback() -> None:
    """The table of feedback, which never changes."""
    op.create_table(
        "feedback",
        text("id"),
        sa.Column("case_id", ROW_ID, nullable=False),
        *(text(name) for name in ("case_number", "report")),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(text(name) for name in ("asked_by", "how", "outcome", "relief")),
        known("feedback", "how", ASKED),
        known("feedback", "outcome", OUTCOMES),
        known("feedback", "relief", RELIEFS),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_feedback_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_case_id", "feedback", ["case_id"])
    op.create_index("ix_feedback_at", "feedback", ["at"])


def allow(table: str, column: str, before: Sequence[str], now: Sequence[str]) -> None:
    """Change the words that a column may hold, as migration 0006 does and for its reasons: on SQLite by the text of the table."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        check = op.f(f"ck_{table}_{column}_known")
        op.drop_constraint(check, table, type_="check")
        op.create_check_constraint(check, table, one_of(column, now))
        return
    old, new = one_of(column, before), one_of(column, now)
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ? AND instr(sql, ?) > 0",
        (old, new, table, old),
    ).rowcount
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
    if changed != 1:
        raise RuntimeError(f"the table of {table} is not as migration 0006 left it: restore the backup")


def known(table: str, column: str, words: Sequence[str]) -> sa.CheckConstraint:
    """The check on a word."""
    return sa.CheckConstraint(one_of(column, words), name=op.f(f"ck_{table}_{column}_known"))


def one_of(column: str, words: Sequence[str]) -> str:
    """The check that a column holds one of these."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"


def text(name: str) -> sa.Column[Any]:
    """A text that is always there."""
    return sa.Column(name, sa.Text(), nullable=False)
