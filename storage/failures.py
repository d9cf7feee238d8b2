"""How failures of databases and disks become failures that a person can do something about.

Here: the translation at the edge of a unit of work or a store. Not here: retrying (flows/). Messages never carry a row's content.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, ResourceClosedError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from nistaran.domain.errors import NistaranError, NotReady, RowRefused, StorageFull, WorldAway

#: What SQLite says, as it begins or as it stands in the text.
_FULL = ("database or disk is full", "no space left")
_NOT_READY = ("no such table", "no such column")
_READ_ONLY = "readonly database"
_AWAY = ("locked", "busy", "disk i/o error", "unable to open database", "interrupted")

#: Postgres states: class 53 is «insufficient resources», 53100 the disk; 42501 no right; 40… may simply be tried again; 42P01 no such table.
_PG_FULL = "53100"
_PG_READ_ONLY = "25006"
_PG_NO_RIGHT = "42501"
_PG_NOT_READY = frozenset({"42P01", "42703", "3D000", "3F000"})
_PG_AWAY = ("08", "40", "53", "55P03", "57", "58")


def translated(error: BaseException) -> Exception | None:
    """The failure to raise instead, or None when the error is none of a database."""
    if isinstance(error, StatementError) and isinstance(error.orig, ValueError | TypeError):
        return error.orig  # a value that our own column types refuse, such as a naive time
    if isinstance(error, PoolTimeout):
        return WorldAway("all connections to the database are in use")
    if isinstance(error, ResourceClosedError):
        return RuntimeError("this unit of work is over: take a new one from the store")
    if not isinstance(error, DBAPIError):
        return None
    cause = error.orig
    state = getattr(cause, "sqlstate", None)
    if isinstance(error, IntegrityError):
        return RowRefused(_rule(cause))
    if state is not None:
        return _postgres(state)
    said = str(cause).lower()
    if any(words in said for words in _FULL):
        return StorageFull()
    if _READ_ONLY in said:
        return StorageFull("the database can only be read")
    if any(words in said for words in _NOT_READY):
        return NotReady("the tables are missing or old")
    if error.connection_invalidated or any(words in said for words in _AWAY) or _cannot_connect(cause):
        return WorldAway(type(cause).__name__)
    return RowRefused(type(cause).__name__)


def _postgres(state: str) -> NistaranError:
    if state == _PG_FULL:
        return StorageFull()
    if state == _PG_READ_ONLY:
        return StorageFull("the database can only be read")
    if state == _PG_NO_RIGHT:
        return NotReady(
            "डेटाबेस की भूमिका को यह अधिकार नहीं है: deployments/roles.sql देखें; मिटाने और बैकअप के लिए NISTARAN_RETAIN_DATABASE भरें / the database's role "
            "has no right to this: see deployments/roles.sql; for retain and backup set NISTARAN_RETAIN_DATABASE"
        )
    if state in _PG_NOT_READY:
        return NotReady(f"the tables are missing or old, state {state}")
    if state.startswith(_PG_AWAY):
        return WorldAway(f"state {state}")
    return RowRefused(f"state {state}")


def _cannot_connect(cause: BaseException | None) -> bool:
    """psycopg's connection failures have no state; SQLite's own errors are told by their words."""
    kind = type(cause)
    return kind.__module__.startswith("psycopg") and kind.__name__ in (
        "OperationalError",
        "InterfaceError",
        "ConnectionTimeout",
    )


def _rule(cause: BaseException | None) -> str:
    """The name of the rule that was broken: never the row that broke it."""
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or getattr(cause, "sqlstate", "") or "")
    return str(cause)  # SQLite names table and column only, or says the text of our own trigger


@contextmanager
def world_failures() -> Iterator[None]:
    """Failures of a disk become failures that a person can do something about; others pass unchanged."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull() from None
        if error.errno in (errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EROFS):
            raise WorldAway(errno.errorcode[error.errno]) from None
        raise
