"""Units of work in memory: one writer at a time, readers with an unmoving view, all or nothing."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from nistaran.domain.errors import WorldAway
from storage.memory.cases import MemoryCases, MemoryComplainants, MemoryLinks
from storage.memory.corrections import MemoryCorrections
from storage.memory.drafts import MemoryDailyNotices, MemoryDrafts, MemoryOrders
from storage.memory.feedback import MemoryFeedbacks
from storage.memory.intake import MemoryCounters, MemoryFiles, MemoryHouse, MemoryRefusals
from storage.memory.marks import MemoryMarks
from storage.memory.promises import MemoryPromises
from storage.memory.registry import MemoryRegistry
from storage.memory.reports import MemoryReports
from storage.memory.retain import MemoryErasures, MemoryHeartbeats
from storage.memory.tables import Draft, Tables
from storage.memory.tasks import MemoryTasks
from storage.memory.weekly import MemoryWeekly
from storage.memory.work import MemoryDecisions, MemoryDesks, MemoryLedger, MemoryOutbox

_WAIT_SECONDS = 30.0


class MemoryStore:
    """The house's tables in this process; opens units of work. The same interface as storage.unit_of_work.SqlStore."""

    def __init__(self, *, wait_seconds: float = _WAIT_SECONDS) -> None:
        """`wait_seconds`: how long a writer waits for another before it raises WorldAway."""
        self.committed = Tables()
        self.writing = threading.Lock()
        self.wait_seconds = wait_seconds
        self._made = False

    def work(self) -> MemoryUnitOfWork:
        """A unit of work that writes; others wait."""
        return MemoryUnitOfWork(self, writes=True)

    def read(self) -> MemoryUnitOfWork:
        """A unit of work that only reads, over one unmoving view; writing in it raises RuntimeError."""
        return MemoryUnitOfWork(self, writes=False)

    def upgrade(self) -> bool:
        """Nothing to make; True the first time, as the other stores answer."""
        made, self._made = not self._made, True
        return made

    def belongs_to(self, district: str) -> None:
        """Write down, once, whose tables these are. Raises NotReady, naming both, when they are another district's."""
        with self.work() as work:
            work.house.belongs_to(district)
            work.commit()

    def close(self) -> None:
        """Nothing to give back."""


class MemoryUnitOfWork:
    """One transaction; satisfies ports.UnitOfWork."""

    cases: MemoryCases
    complainants: MemoryComplainants
    links: MemoryLinks
    decisions: MemoryDecisions
    desks: MemoryDesks
    ledger: MemoryLedger
    outbox: MemoryOutbox
    files: MemoryFiles
    refusals: MemoryRefusals
    counters: MemoryCounters
    corrections: MemoryCorrections
    tasks: MemoryTasks
    reports: MemoryReports
    feedback: MemoryFeedbacks
    marks: MemoryMarks
    weekly: MemoryWeekly
    promises: MemoryPromises
    drafts: MemoryDrafts
    daily_notices: MemoryDailyNotices
    orders: MemoryOrders
    heartbeats: MemoryHeartbeats
    erasures: MemoryErasures
    registry: MemoryRegistry
    house: MemoryHouse

    def __init__(self, store: MemoryStore, *, writes: bool) -> None:
        self._store, self._writes = store, writes
        self._draft: Draft | None = None
        self._over = False

    def __enter__(self) -> Self:
        if self._draft is not None:
            raise RuntimeError("a unit of work is entered once: take a new one from the store")
        if self._writes and not self._store.writing.acquire(timeout=self._store.wait_seconds):
            raise WorldAway("another unit of work does not end")
        draft = self._draft = Draft(self._store.committed, writes=self._writes)
        self.cases = MemoryCases(draft)
        self.complainants = MemoryComplainants(draft)
        self.links = MemoryLinks(draft)
        self.decisions = MemoryDecisions(draft)
        self.desks = MemoryDesks(draft)
        self.ledger = MemoryLedger(draft)
        self.outbox = MemoryOutbox(draft)
        self.files = MemoryFiles(draft)
        self.refusals = MemoryRefusals(draft)
        self.counters = MemoryCounters(draft)
        self.corrections = MemoryCorrections(draft)
        self.tasks = MemoryTasks(draft)
        self.reports = MemoryReports(draft)
        self.feedback = MemoryFeedbacks(draft)
        self.marks = MemoryMarks(draft)
        self.weekly = MemoryWeekly(draft)
        self.promises = MemoryPromises(draft)
        self.drafts = MemoryDrafts(draft)
        self.daily_notices = MemoryDailyNotices(draft)
        self.orders = MemoryOrders(draft)
        self.heartbeats = MemoryHeartbeats(draft)
        self.erasures = MemoryErasures(draft)
        self.registry = MemoryRegistry(draft)
        self.house = MemoryHouse(draft)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def commit(self) -> None:
        """Let others see it. The unit of work is over then."""
        if self._draft is None or self._over:
            raise RuntimeError("this unit of work is over: take a new one from the store")
        if self._writes:
            self._store.committed = self._draft.end()
        self._end()

    def _end(self) -> None:
        if self._draft is not None and not self._over:
            self._over = True
            self._draft.end()
            if self._writes:
                self._store.writing.release()
