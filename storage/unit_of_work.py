"""One transaction over everything, in SQL. Leaving without commit() undoes it all.

Here: the transaction's edge. Not here: the tables behind the ports (repositories/), opening engines (engine.py).
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from nistaran.domain.errors import StorageFull
from storage.belonging import must_be_of
from storage.engine import WRITES, make_engine
from storage.failures import translated
from storage.repositories.cases import SqlCases
from storage.repositories.complainants import SqlComplainants
from storage.repositories.corrections import SqlCorrections
from storage.repositories.counters import SqlCounters
from storage.repositories.decisions import SqlDecisions
from storage.repositories.desks import SqlDesks
from storage.repositories.drafts import SqlDailyNotices, SqlDrafts
from storage.repositories.erasures import SqlErasures
from storage.repositories.feedback import SqlFeedbacks
from storage.repositories.files import SqlFiles
from storage.repositories.heartbeats import SqlHeartbeats
from storage.repositories.house import SqlHouse
from storage.repositories.ledger import SqlLedger
from storage.repositories.links import SqlLinks
from storage.repositories.marks import SqlMarks
from storage.repositories.orders import SqlOrders
from storage.repositories.outbox import SqlOutbox
from storage.repositories.promises import SqlPromises
from storage.repositories.refusals import SqlRefusals
from storage.repositories.registry import SqlRegistry
from storage.repositories.reports import SqlReports
from storage.repositories.tasks import SqlTasks
from storage.repositories.weekly import SqlWeekly


class SqlUnitOfWork:
    """One transaction; satisfies ports.UnitOfWork.

    Raises at its edge (entering, commit(), leaving): WorldAway, StorageFull, NotReady, RowRefused. None carries a row's content.
    """

    cases: SqlCases
    complainants: SqlComplainants
    links: SqlLinks
    decisions: SqlDecisions
    desks: SqlDesks
    ledger: SqlLedger
    outbox: SqlOutbox
    files: SqlFiles
    refusals: SqlRefusals
    counters: SqlCounters
    corrections: SqlCorrections
    tasks: SqlTasks
    reports: SqlReports
    feedback: SqlFeedbacks
    marks: SqlMarks
    weekly: SqlWeekly
    promises: SqlPromises
    drafts: SqlDrafts
    daily_notices: SqlDailyNotices
    orders: SqlOrders
    heartbeats: SqlHeartbeats
    erasures: SqlErasures
    registry: SqlRegistry
    house: SqlHouse

    def __init__(self, engine: Engine, *, writes: bool) -> None:
        self._engine, self._writes = engine, writes
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        if self._connection is not None:
            raise RuntimeError("a unit of work is entered once: take a new one from the store")
        try:
            connection = self._connection = self._begin()
        except SQLAlchemyError as error:
            raise translated(error) or error from None
        self.cases = SqlCases(connection)
        self.complainants = SqlComplainants(connection)
        self.links = SqlLinks(connection)
        self.decisions = SqlDecisions(connection)
        self.desks = SqlDesks(connection)
        self.ledger = SqlLedger(connection)
        self.outbox = SqlOutbox(connection)
        self.files = SqlFiles(connection)
        self.refusals = SqlRefusals(connection)
        self.counters = SqlCounters(connection)
        self.corrections = SqlCorrections(connection)
        self.tasks = SqlTasks(connection)
        self.reports = SqlReports(connection)
        self.feedback = SqlFeedbacks(connection)
        self.marks = SqlMarks(connection)
        self.weekly = SqlWeekly(connection)
        self.promises = SqlPromises(connection)
        self.drafts = SqlDrafts(connection)
        self.daily_notices = SqlDailyNotices(connection)
        self.orders = SqlOrders(connection)
        self.heartbeats = SqlHeartbeats(connection)
        self.erasures = SqlErasures(connection)
        self.registry = SqlRegistry(connection)
        self.house = SqlHouse(connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._end()
        except SQLAlchemyError as failure:
            # the transaction is gone either way; the error that ended the work tells more than the failure to undo it
            if error is None:
                raise translated(failure) or failure from None
        if error is not None and (mended := translated(error)) is not None:
            if not self._writes and isinstance(mended, StorageFull):
                raise RuntimeError("a unit of work that only reads was asked to write: use work()") from None
            raise mended from None

    def commit(self) -> None:
        """Make it durable. The unit of work is over then."""
        if self._connection is None or self._connection.closed:
            raise RuntimeError("this unit of work is over: take a new one from the store")
        try:
            self._connection.commit()
            self._connection.close()
        except SQLAlchemyError as error:
            raise translated(error) or error from None

    def _begin(self) -> Connection:
        connection = self._engine.connect()
        try:
            if self._engine.dialect.name == "sqlite":
                connection = connection.execution_options(**{WRITES: self._writes})
            elif not self._writes:  # one unmoving view of everything, as SQLite gives it
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    def _end(self) -> None:
        if self._connection is not None and not self._connection.closed:
            self._connection.close()  # which rolls back


class SqlStore:
    """The house's tables in one database; opens units of work."""

    def __init__(self, url: str) -> None:
        """`url` is `sqlite:///FILE` or `postgresql://…`. Nothing is opened yet. Raises ValueError for any other database."""
        self.engine = make_engine(url)

    def work(self) -> SqlUnitOfWork:
        """A unit of work that writes. On SQLite it waits up to 30 s for the one write lock, then raises WorldAway."""
        return SqlUnitOfWork(self.engine, writes=True)

    def read(self) -> SqlUnitOfWork:
        """A unit of work that only reads, over one unmoving view; writing in it raises RuntimeError."""
        return SqlUnitOfWork(self.engine, writes=False)

    def upgrade(self) -> bool:
        """Make the tables, or bring them to the newest form; whether anything had to be changed. Safe to repeat and to race."""
        from storage.migrations import upgrade  # alembic is heavy, and needed here only

        try:
            return upgrade(self.engine)
        except SQLAlchemyError as error:
            raise translated(error) or error from None

    def belongs_to(self, district: str) -> None:
        """Write down, once, whose database this is. Raises NotReady, naming both, when it is another district's.

        Numbers, lanes and pages know no district: one database holds one district.
        """
        with self.read() as work:
            written = work.house.district()
        if written:  # every time but the first: no one has to wait for the write lock
            must_be_of(written, district)
            return
        with self.work() as work:
            work.house.belongs_to(district)
            work.commit()

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()
