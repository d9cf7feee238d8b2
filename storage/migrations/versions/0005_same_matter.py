"""Cases may be linked because they tell the same matter.

Frozen: a migration that was released is never edited. What the table is now stands in storage/tables.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = ("SAME_REFERENCE", "SAME_PERSON_NEAR_TEXT", "MENTIONED")
NOW = (*BEFORE, "SAME_MATTER")
SOME = sa.text("other_id IS NOT NULL")


def upgrade() -> None:
    """Let the links hold the new kind."""
    hold(NOW)


def downgrade() -> None:
    """Drop the links of the new kind: their events stay, and `nistaran petitions` finds them again."""
    op.execute("DELETE FROM links WHERE kind = 'SAME_MATTER'")
    hold(BEFORE)


def hold(kinds: Sequence[str]) -> None:
    """Change which kinds the links may hold. SQLite cannot change a check: there the table is made anew and filled."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_links_kind_known"), "links", type_="check")
        op.create_check_constraint(op.f("ck_links_kind_known"), "links", one_of(kinds))
        return
    op.create_table(
        "links_made_anew",
        sa.Column("case_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("other_id", ROW_ID, nullable=True),
        sa.CheckConstraint(one_of(kinds), name=op.f("ck_links_kind_known")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_links_case_id"),
        sa.ForeignKeyConstraint(["other_id"], ["cases.id"], name="fk_links_other_id"),
        sa.PrimaryKeyConstraint("case_id", "kind", "other", name="pk_links"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO links_made_anew SELECT case_id, kind, other, other_id FROM links")
    op.drop_table("links")
    op.rename_table("links_made_anew", "links")
    op.create_index("ix_links_other_id", "links", ["other_id"], sqlite_where=SOME, postgresql_where=SOME)


def one_of(kinds: Sequence[str]) -> str:
    """The check that a kind is one of these."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f"kind IN ({listed})"
