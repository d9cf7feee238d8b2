"""Postgres with several workers: others get other cases, nobody waits for what he cannot have, appending is in turn."""

# ruff: noqa: PT012 (what is expected to fail is the whole unit of work)

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Select

from nistaran.domain.complaint import Link, LinkKind
from nistaran.domain.errors import NotReady, RowRefused, WorldAway
from nistaran.domain.events import first_break
from storage.engine import NotDurable
from storage.repositories.ledger import SqlLedger
from storage.unit_of_work import SqlStore
from tests.servers import PostgresServer, running_postgres
from tests.storage import samples as s


@pytest.fixture
def store(postgres_url: str, open_store: Callable[[str], SqlStore]) -> SqlStore:
    """A store on an empty Postgres database."""
    return open_store(postgres_url)


def test_workers_take_different_cases(store: SqlStore) -> None:
    with store.work() as work:
        s.add_cases(work, *range(1, 11))
        work.commit()

    with store.work() as one, store.work() as two:
        first = [case.id for case in one.cases.take_unrouted(limit=4, lanes=None)]
        second = [case.id for case in two.cases.take_unrouted(limit=10, lanes=None)]

    assert first == [1, 2, 3, 4]
    assert second == [5, 6, 7, 8, 9, 10]


def _route_and_ingest(store: SqlStore) -> list[str]:
    """Route holds cases and wants the ledger; ingest holds the ledger and links a new case to one of those. Who failed."""
    with store.work() as work:
        s.add_cases(work, 1, 2)
        work.commit()
    taken, locked, failed = threading.Event(), threading.Event(), []

    def route() -> None:
        try:
            with store.work() as work:
                assert len(work.cases.take_unrouted(limit=10, lanes=None)) == 2
                taken.set()
                assert locked.wait(10)
                work.ledger.append([s.routed(1)])
                work.cases.place([s.placement(1)])
                work.commit()
        except WorldAway:
            failed.append("route")

    def ingest() -> None:
        try:
            with store.work() as work:
                assert taken.wait(10)
                work.ledger.lock()
                locked.set()
                time.sleep(0.3)  # route is waiting for the ledger now
                s.add_cases(work, 3)
                work.links.add([Link(case_id=3, kind=LinkKind.MENTIONED, other=s.number(1), other_id=1)])
                work.ledger.append([s.registered(3)])
                work.commit()
        except WorldAway:
            failed.append("ingest")

    threads = [threading.Thread(target=step) for step in (route, ingest)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_route_and_ingest_do_not_wait_for_one_another(store: SqlStore) -> None:
    assert _route_and_ingest(store) == []
    with store.read() as work:
        assert work.ledger.head().seq == 2
        assert len(work.links.of(1)) == 1


def test_with_a_stronger_lock_route_and_ingest_deadlock(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: plain FOR UPDATE, which a foreign key's check has to wait for."""
    weaker = Select.with_for_update
    monkeypatch.setattr(Select, "with_for_update", lambda self, **how: weaker(self, **{**how, "key_share": False}))

    assert len(_route_and_ingest(store)) == 1


def test_workers_claim_different_notices(store: SqlStore) -> None:
    with store.work() as work:
        s.add_cases(work, 1)
        work.outbox.add([s.notice(1, turn) for turn in range(10)], at=s.NOW)
        work.commit()

    with store.work() as one, store.work() as two:
        first = one.outbox.claim(limit=4, at=s.NOW, lease_seconds=60)
        second = two.outbox.claim(limit=10, at=s.NOW, lease_seconds=60)

    assert (len(first), len(second)) == (4, 6)
    assert not {claim.id for claim in first} & {claim.id for claim in second}


def _append_in_parallel(store: SqlStore) -> list[Exception]:
    failures: list[Exception] = []
    together = threading.Barrier(4)

    def append(start: int) -> None:
        together.wait()
        for n in range(start, start + 15):
            try:
                with store.work() as work:
                    work.ledger.head()
                    work.ledger.append([s.registered(n), s.routed(n)])
                    time.sleep(0.002)
                    work.commit()
            except RowRefused as failure:
                failures.append(failure)

    threads = [threading.Thread(target=append, args=(start,)) for start in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_events_of_several_workers_make_one_chain(store: SqlStore) -> None:
    assert _append_in_parallel(store) == []
    with store.read() as work:
        links = list(work.ledger.links())
    assert len(links) == 120
    assert first_break(links) is None


def test_without_the_lock_appending_collides(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: the same work without the lock is refused by the primary key, so no fork can ever be written."""
    monkeypatch.setattr(SqlLedger, "lock", lambda self: None)
    assert len(_append_in_parallel(store)) > 0
    with store.read() as work:
        assert first_break(work.ledger.links()) is None


def test_a_server_that_went_away_may_come_back(open_store: Callable[[str], SqlStore]) -> None:
    with running_postgres() as server:
        store = open_store(server.url("postgres"))
        store.upgrade()
        with store.work() as work:
            s.add_cases(work, 1)
            work.commit()
        with pytest.raises(WorldAway), store.work() as work:
            s.add_cases(work, 2)
            server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            work.commit()
        with store.work() as work:  # the pool notices and connects anew
            assert work.cases.known([s.case(1).key, s.case(2).key]) == {s.case(1).key}

    with pytest.raises(WorldAway), store.work():
        pass


def test_a_database_that_is_not_there_is_not_ready(
    postgres_server: PostgresServer, open_store: Callable[[str], SqlStore]
) -> None:
    with pytest.raises((NotReady, WorldAway)), open_store(postgres_server.url("nowhere")).work():
        pass


def test_tables_that_are_not_there_are_not_ready(new_postgres_url: str, open_store: Callable[[str], SqlStore]) -> None:
    with pytest.raises(NotReady), open_store(new_postgres_url).work() as work:
        work.cases.known(["k"])


@pytest.mark.promise("P3")
@pytest.mark.parametrize("level", ["off", "local", "remote_write", "on"])
def test_a_server_that_acknowledges_before_it_writes_is_refused(
    postgres_server: PostgresServer, postgres_url: str, open_store: Callable[[str], SqlStore], level: str
) -> None:
    """Whoever set it, for the role here: the house does not begin to work, and says what to set."""
    postgres_server.run(f"ALTER ROLE postgres SET synchronous_commit = {level}")
    store = open_store(postgres_url)
    try:
        if level != "off":
            with store.work() as work:
                assert work.counters.take("case", 1) == 1
            return
        for opening in (store.work, store.read):
            with pytest.raises(NotDurable) as refused, opening():
                pass
            assert "ALTER ROLE … SET synchronous_commit = on" in str(refused.value)
            assert re.search("[\u0900-\u097f]", str(refused.value))
        with pytest.raises(NotDurable):
            store.upgrade()
    finally:
        postgres_server.run("ALTER ROLE postgres RESET synchronous_commit")


def test_asking_leaves_no_transaction_open(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        assert connection.connection.dbapi_connection.info.transaction_status.name == "IDLE"  # type: ignore[union-attr]


def test_nul_in_a_text_is_a_refused_row(store: SqlStore) -> None:
    """Postgres keeps no NUL; the readers take it out long before (nistaran/readers)."""
    with pytest.raises((RowRefused, ValueError)), store.work() as work:
        s.add_cases(work, 1, text="a\x00b")
