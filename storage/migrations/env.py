"""What alembic asks for: runs the migrations on the connection that storage.migrations hands over.

Not here: any choice of database; `alembic revision` is used by developers with a connection in its configuration.
"""

from __future__ import annotations

from alembic import context

from storage import (
    drafts_tables,
    learning_tables,
    mark_tables,
    promise_tables,
    registry_tables,
    report_tables,
    retain_tables,
    task_tables,
)
from storage.tables import Base

_ALL = (
    drafts_tables,
    learning_tables,
    mark_tables,
    promise_tables,
    registry_tables,
    report_tables,
    retain_tables,
    task_tables,
)  # with their modules every table is known


def run() -> None:
    """Run the migrations inside the caller's transaction."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        transactional_ddl=True,  # SQLite can undo table changes too, since our engine begins its transactions itself
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _called_by_alembic() -> bool:
    try:
        return bool(context.config)
    except NameError:  # alembic's way to say that nothing runs just now
        return False


if _called_by_alembic():
    run()
