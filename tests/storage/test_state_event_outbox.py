"""State, events and outbox say the same after any sequence of acts and crashes (promise P5)."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from nistaran.domain.complaint import Status
from nistaran.domain.events import Event, EventKind, first_break
from nistaran.domain.lifecycle import fold
from storage.memory import MemoryStore, MemoryUnitOfWork
from storage.unit_of_work import SqlStore
from tests.storage import samples as s


class Crash(Exception):
    """The process ends here, as far as the store can tell."""


class Life(RuleBasedStateMachine):
    """Complaints are registered, routed, asked about, moved and delivered, and the process may die between any two writes."""

    open_store: ClassVar[Callable[[Path], Any]]

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.store = type(self).open_store(Path(self._folder.name))
        self.store.upgrade()
        self.minute = 0.0

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def _act(self, crash_after: int, *writes: Callable[[Any], object]) -> None:
        """One unit of work; `crash_after` writes of it the process dies (larger than their number: it does not)."""
        self.minute += 1
        try:
            with self.store.work() as work:
                for n, write in enumerate([*writes, lambda work: work.commit()]):
                    self._die_if(n == crash_after)
                    write(work)
        except Crash:
            pass

    @staticmethod
    def _die_if(now: bool) -> None:
        if now:
            raise Crash

    def _some(self, count: int) -> list[Any]:
        with self.store.read() as work:
            return work.cases.take_unrouted(limit=count, lanes=None)

    @rule(count=st.integers(1, 4), crash_after=st.integers(0, 8))
    def register(self, count: int, crash_after: int) -> None:
        taken: list[int] = []
        at = s.later(self.minute)
        self._act(
            crash_after,
            lambda work: work.ledger.lock(),
            lambda work: taken.append(work.counters.take("case", count)),
            lambda work: s.add_cases(work, *range(taken[0], taken[0] + count)),
            lambda work: work.ledger.append([s.registered(n, at) for n in range(taken[0], taken[0] + count)]),
        )

    @rule(count=st.integers(1, 4), crash_after=st.integers(0, 10))
    def route(self, count: int, crash_after: int) -> None:
        ids = [case.id for case in self._some(count)]
        at = s.later(self.minute)
        self._act(
            crash_after,
            lambda work: work.cases.place([s.placement(n) for n in ids]),
            lambda work: work.decisions.add([s.decision(n, at=at) for n in ids]),
            lambda work: work.desks.open([s.desk(n, since=at) for n in ids]),
            lambda work: work.outbox.add([s.notice(n) for n in ids], at=at),
            lambda work: work.ledger.append([s.routed(n, at) for n in ids]),
        )

    @rule(crash_after=st.integers(0, 5))
    def ask(self, crash_after: int) -> None:
        ids = [case.id for case in self._some(1)]
        at = s.later(self.minute)
        self._act(
            crash_after,
            lambda work: work.cases.place([s.placement(n, Status.AWAITING_PERSON) for n in ids]),
            lambda work: work.ledger.append(
                [Event(case=s.number(n), kind=EventKind.PERSON_ASKED, at=at, body={"reason": "NO_PLACE"}) for n in ids]
            ),
        )

    @rule(limit=st.integers(1, 3), crash_after=st.integers(0, 6), lost=st.booleans(), untried=st.integers(0, 3))
    def deliver(self, limit: int, crash_after: int, lost: bool, untried: int) -> None:
        """`untried`: so many of the claims are handed back, and nothing is tried for two minutes."""
        claims: list[Any] = []
        at = s.later(self.minute)
        self._act(9, lambda work: claims.extend(work.outbox.claim(limit=limit, at=at, lease_seconds=90)))
        if lost:
            return
        told: list[bool] = []
        left, claims = claims[:untried], claims[untried:]
        self._act(
            crash_after,
            lambda work: work.outbox.hand_back(left, at=at),
            lambda work: work.outbox.pause(until=s.later(self.minute + 2)) if left else None,
            lambda work: told.extend(work.outbox.delivered(claims, receipts=["r"] * len(claims), at=at)),
            lambda work: work.ledger.append(
                Event(
                    case=s.number(claim.notice.case_id), kind=EventKind.NOTICE_DELIVERED, at=at, body={"id": claim.id}
                )
                for claim, mine in zip(claims, told, strict=True)
                if mine
            ),
        )

    @precondition(lambda self: self.minute > 0)
    @invariant()
    def everything_agrees(self) -> None:
        with self.store.read() as work:
            links = list(work.ledger.links())
            cases = work.cases.page(after_id=0, limit=10_000)
            assert first_break(links) is None
            assert [case.id for case in cases] == list(range(1, len(cases) + 1)), "a gap or a double in the numbers"
            assert {link.case for link in links} == {case.number for case in cases}
            kinds = Counter((link.case, link.kind) for link in links)
            for case in cases:
                assert fold(EventKind(link.kind) for link in links if link.case == case.number) is case.status
                queued = work.outbox.of(case.id)
                assert len(queued) == kinds[case.number, "Routed"] == len(work.desks.of(case.id))
                assert len(work.decisions.of(case.id)) == kinds[case.number, "Routed"]
                delivered = sum(state == "DELIVERED" for _, state, _ in queued)
                assert delivered == kinds[case.number, "NoticeDelivered"]


class HastyUnitOfWork(MemoryUnitOfWork):
    """The broken twin: what was written stays, whether or not the work was finished."""

    def __exit__(self, *told: Any) -> None:
        if self._draft is not None and not self._over and self._writes:
            self.commit()
        super().__exit__(*told)


class HastyStore(MemoryStore):
    """A store of hasty units of work."""

    def work(self) -> MemoryUnitOfWork:
        return HastyUnitOfWork(self, writes=True)


def _live(open_one: Callable[[Path], Any], examples: int, **more: Any) -> None:
    machine = type("SomeLife", (Life,), {"open_store": staticmethod(open_one)})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    chosen = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=checks,
        database=None,
        **more,
    )
    run_state_machine_as_test(machine, settings=chosen)


@pytest.mark.promise("P5")
def test_in_memory() -> None:
    _live(lambda folder: MemoryStore(), 40)


@pytest.mark.promise("P5")
def test_in_sqlite(sqlite_template: Path) -> None:
    def open_one(folder: Path) -> SqlStore:
        (folder / "house.db").write_bytes(sqlite_template.read_bytes())
        return SqlStore(f"sqlite:///{folder / 'house.db'}")

    _live(open_one, 10)


@pytest.mark.promise("P5")
def test_a_store_without_transactions_is_caught() -> None:
    with pytest.raises(AssertionError):
        _live(lambda folder: HastyStore(), 40, phases=[Phase.generate], report_multiple_bugs=False)
