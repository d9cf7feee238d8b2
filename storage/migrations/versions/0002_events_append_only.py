"""Events are only ever added: the database itself refuses to change or delete one (promise P16).

On Postgres the application's role has no right to it either (deployments/roles.sql).
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER events_no_{act} BEFORE {act} ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""

POSTGRES = """
CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION events_append_only()
"""


def upgrade() -> None:
    """Close the ledger to changes."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES)
        return
    for act in ("update", "delete"):
        op.execute(SQLITE.format(act=act))


def downgrade() -> None:
    """Open the ledger again: only ever right in a test."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER events_append_only ON events; DROP FUNCTION events_append_only()")
        return
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER events_no_{act}")
