"""What the reader noticed in a file is kept with it.

Frozen: a migration that was released is never edited. What the table is now stands in storage/tables.py.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: of files that were read before nothing is known."""
    op.add_column("files", sa.Column("notes", sa.Text(), server_default=sa.text("'[]'"), nullable=False))


def downgrade() -> None:
    """Drop the column: the notes are lost, `nistaran ingest --again FILE` tells them anew."""
    op.drop_column("files", "notes")
