"""Officers, their logins, records of logging in, rosters of field staff.

Frozen: a migration that was released is never edited. What the tables are now stands in storage/registry_tables.py.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
POSTS = "post IN ('LEKHPAL', 'PATWARI', 'SECRETARY', 'VDO')"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "officers",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("until", DAY, nullable=True),
        *_texts("name", "designation", "mobile", "email", "login"),
        sa.PrimaryKeyConstraint("office", "post", "since", name="pk_officers"),
        sqlite_with_rowid=False,
    )
    named = sa.text("login <> ''")
    op.create_index("ix_officers_login", "officers", ["login"], sqlite_where=named, postgresql_where=named)
    op.create_table(
        "logins",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("login", "at", name="pk_logins"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_logins_at", "logins", ["at"])
    op.create_table(
        "rosters",
        sa.Column("place_key", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("until", DAY, nullable=True),
        *_texts("village", "place", "office", "name", "mobile", "weekdays", "sits_at"),
        sa.CheckConstraint(POSTS, name=op.f("ck_rosters_post_known")),
        sa.PrimaryKeyConstraint("place_key", "post", "since", name="pk_rosters"),
        sqlite_with_rowid=False,
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def downgrade() -> None:
    """Drop them again: what was written of officers, logins and rosters is lost."""
    for table in ("rosters", "logins", "officers"):
        op.drop_table(table)
