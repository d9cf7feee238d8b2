"""The first tables.

Frozen: a migration that was released is never edited. What the tables are now stands in storage/tables.py.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")

#: In the order in which they may be made: a table that others point to comes first.
TABLES = (
    "cases", "counters", "events", "files", "house", "refusals", "complainants", "decisions", "desks", "links", "outbox",
    "words",
)  # fmt: skip


def upgrade() -> None:
    """Make every table."""
    for make in MAKERS:
        make()


def downgrade() -> None:
    """Drop everything: only ever right in a test."""
    for table in reversed(TABLES):
        op.drop_table(table)


def text(name: str) -> sa.Column[Any]:
    """A text that is always there."""
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str) -> sa.Column[Any]:
    """A whole number that is always there."""
    return sa.Column(name, sa.BigInteger(), nullable=False)


def texts(*names: str) -> list[sa.Column[Any]]:
    """Texts that are always there."""
    return [text(name) for name in names]


def numbers(*names: str) -> list[sa.Column[Any]]:
    """Whole numbers that are always there."""
    return [number(name) for name in names]


def index(name: str, table: str, columns: list[str], *, unique: bool = False, where: str | None = None) -> None:
    """An index, over some of the rows where `where` says which."""
    only = sa.text(where) if where else None
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        *texts("number", "key", "district", "channel", "lane"),
        number("priority"),
        text("reference"),
        sa.Column("received_on", DAY, nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        *texts("status", "category"),
        sa.Column("damaged", sa.Boolean(), nullable=False),
        *texts("department", "office"),
        sa.CheckConstraint(
            "status IN ('REGISTERED', 'AWAITING_PERSON', 'WITH_OFFICE')", name=op.f("ck_cases_status_known")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("key", name="uq_cases_key"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    index("ix_cases_reference", "cases", ["reference", "id"], where="reference <> ''")
    index("ix_cases_unrouted", "cases", ["priority", "id"], where="status = 'REGISTERED'")


def _counters() -> None:
    op.create_table(
        "counters",
        text("name"),
        number("value"),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", ROW_ID, autoincrement=False, nullable=False),
        *texts("case_number", "kind", "at", "body", "hash"),
        sa.PrimaryKeyConstraint("seq", name="pk_events"),
    )
    index("ix_events_case_number", "events", ["case_number"])


def _files() -> None:
    op.create_table(
        "files",
        *texts("sha256", "name", "object_key"),
        number("size"),
        text("source"),
        sa.Column("received_at", MOMENT, nullable=False),
        text("state"),
        *numbers("rows", "accepted", "known", "refused"),
        sa.CheckConstraint("state IN ('KEPT', 'READ')", name=op.f("ck_files_state_known")),
        sa.PrimaryKeyConstraint("sha256", name="pk_files"),
    )
    index("ix_files_received_at", "files", ["received_at"])


def _house() -> None:
    op.create_table(
        "house",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        text("district"),
        sa.CheckConstraint("id = 1", name=op.f("ck_house_one_row")),
        sa.PrimaryKeyConstraint("id", name="pk_house"),
    )


def _refusals() -> None:
    op.create_table(
        "refusals",
        *texts("id", "file_sha256", "file"),
        sa.Column("row", sa.BigInteger(), nullable=True),
        *texts("field", "code", "reason_hi", "reason_en", "remedy_hi", "remedy_en"),
        sa.Column("sealed_row", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        text("state"),
        sa.CheckConstraint("state IN ('OPEN', 'CORRECTED')", name=op.f("ck_refusals_state_known")),
        sa.PrimaryKeyConstraint("id", name="pk_refusals"),
    )


def _complainants() -> None:
    op.create_table(
        "complainants",
        sa.Column("case_id", ROW_ID, autoincrement=False, nullable=False),
        text("person"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", DAY, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_complainants_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_complainants"),
    )
    index("ix_complainants_person", "complainants", ["person", "received_on", "case_id"], where="person <> ''")


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *texts("outcome", "reason", "department", "office"),
        sa.Column("confidence", sa.Double(), nullable=False),
        *texts("rule", "model", "grounds"),
        sa.CheckConstraint("outcome IN ('assign', 'ask')", name=op.f("ck_decisions_outcome_known")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_decisions_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    index("ix_decisions_case_id", "decisions", ["case_id"])


def _desks() -> None:
    op.create_table(
        "desks",
        sa.Column("case_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("turn", sa.BigInteger(), autoincrement=False, nullable=False),
        text("office"),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_desks_case_id"),
        sa.PrimaryKeyConstraint("case_id", "turn", name="pk_desks"),
        sqlite_with_rowid=False,
    )
    index("uq_desks_one_open", "desks", ["case_id"], unique=True, where="until IS NULL")


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("case_id", ROW_ID, autoincrement=False, nullable=False),
        *texts("kind", "other"),
        sa.Column("other_id", ROW_ID, nullable=True),
        sa.CheckConstraint(
            "kind IN ('SAME_REFERENCE', 'SAME_PERSON_NEAR_TEXT', 'MENTIONED')", name=op.f("ck_links_kind_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_links_case_id"),
        sa.ForeignKeyConstraint(["other_id"], ["cases.id"], name="fk_links_other_id"),
        sa.PrimaryKeyConstraint("case_id", "kind", "other", name="pk_links"),
        sqlite_with_rowid=False,
    )
    index("ix_links_other_id", "links", ["other_id"], where="other_id IS NOT NULL")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ROW_ID, nullable=False),
        *texts("key", "kind"),
        sa.Column("case_id", ROW_ID, nullable=False),
        *texts("office", "body"),
        sa.Column("queued_at", MOMENT, nullable=False),
        text("state"),
        sa.Column("due_at", MOMENT, nullable=False),
        *numbers("token", "attempts"),
        text("outcome"),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('WAITING', 'CLAIMED', 'DELIVERED', 'DEAD')", name=op.f("ck_outbox_state_known")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_outbox_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    index("ix_outbox_case_id", "outbox", ["case_id"])
    index("ix_outbox_due", "outbox", ["due_at", "id"], where="state IN ('WAITING', 'CLAIMED')")


def _words() -> None:
    op.create_table(
        "words",
        sa.Column("case_id", ROW_ID, autoincrement=False, nullable=False),
        *texts(
            *("text", "addressed_to", "place_district", "place_tehsil", "place_block", "place_thana", "place_town"),
            *("place_village", "facts", "file_sha256"),
        ),
        number("file_row"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_words_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_words"),
    )
    index("ix_words_file_sha256", "words", ["file_sha256", "file_row"], where="file_sha256 <> ''")


MAKERS = (
    _cases, _counters, _events, _files, _house, _refusals, _complainants, _decisions, _desks, _links, _outbox, _words,
)  # fmt: skip
