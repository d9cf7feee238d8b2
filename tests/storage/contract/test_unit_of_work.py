"""One transaction over everything: all or nothing, readers see what was committed, one writer at a time."""

# ruff: noqa: PT012 (what is expected to fail is the whole unit of work)

from __future__ import annotations

import threading

import pytest

from nistaran.domain.errors import RowRefused
from tests.storage import samples as s
from tests.storage.conftest import Store


def _write_everywhere(work) -> None:
    s.add_cases(work, 1)
    work.complainants.add([s.person(1, "p")])
    work.decisions.add([s.decision(1)])
    work.desks.open([s.desk(1)])
    work.ledger.append([s.registered(1)])
    work.outbox.add([s.notice(1)], at=s.NOW)
    work.files.add(s.file(1))
    work.refusals.add([s.refusal(1)])
    work.counters.take("case", 5)


def _seen(store: Store) -> tuple[object, ...]:
    with store.read() as work:
        return (
            work.cases.known([s.case(1).key]),
            work.complainants.of(1),
            work.decisions.of(1),
            work.desks.of(1),
            work.ledger.head().seq,
            work.outbox.count_by_state(),
            work.files.page(limit=5),
            work.refusals.open_rows(),
        )


NOTHING = (set(), None, [], [], 0, {}, [], [])


def test_committed_work_is_seen_by_the_next_reader(store: Store) -> None:
    with store.work() as work:
        _write_everywhere(work)
        work.commit()

    assert all(here != nothing for here, nothing in zip(_seen(store), NOTHING, strict=True))


def test_leaving_without_commit_undoes_everything(store: Store) -> None:
    with store.work() as work:
        _write_everywhere(work)

    assert _seen(store) == NOTHING
    with store.work() as work:
        assert work.counters.take("case", 1) == 1


def test_an_exception_undoes_everything_and_passes_through(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.work() as work:
        _write_everywhere(work)
        raise ZeroDivisionError

    assert _seen(store) == NOTHING


def test_a_refused_row_undoes_everything_before_it(store: Store) -> None:
    with pytest.raises(RowRefused), store.work() as work:
        _write_everywhere(work)
        s.add_cases(work, 1)
        work.commit()

    assert _seen(store) == NOTHING


def test_a_reader_keeps_its_view_while_others_commit(store: Store) -> None:
    with store.read() as reader:
        assert reader.cases.count_by_status() == {}
        with store.work() as work:
            s.add_cases(work, 1)
            work.commit()
        assert reader.cases.count_by_status() == {}

    with store.read() as reader:
        assert reader.cases.count_by_status() == {"REGISTERED": 1}


def test_a_reader_does_not_see_work_that_is_not_committed(store: Store) -> None:
    with store.work() as work:
        s.add_cases(work, 1)
        with store.read() as reader:
            assert reader.cases.count_by_status() == {}


def test_a_reading_unit_of_work_refuses_to_write(store: Store) -> None:
    with pytest.raises(RuntimeError, match="only reads"), store.read() as work:
        work.counters.take("case", 1)


def test_a_unit_of_work_is_over_after_commit(store: Store) -> None:
    with pytest.raises(RuntimeError, match="is over"), store.work() as work:
        s.add_cases(work, 1)
        work.commit()
        s.add_cases(work, 2)

    with pytest.raises(RuntimeError, match="is over"), store.work() as work:
        work.commit()
        work.commit()

    with store.read() as work:
        assert work.cases.count_by_status() == {"REGISTERED": 1}


def test_threads_that_lock_the_ledger_first_write_each_key_once(store: Store) -> None:
    kept: list[int] = []

    def ingest() -> None:
        for n in range(1, 21):
            with store.work() as work:
                work.ledger.lock()
                if not work.cases.known([s.case(n).key]):
                    s.add_cases(work, n)
                    work.ledger.append([s.registered(n)])
                    work.commit()
                    kept.append(n)

    threads = [threading.Thread(target=ingest) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(kept) == list(range(1, 21))


def test_upgrade_is_safe_to_repeat(store: Store) -> None:
    store.upgrade()
    with store.work() as work:
        s.add_cases(work, 1)
        work.commit()

    assert store.upgrade() is False
    with store.read() as work:
        assert work.cases.by_ids([1]) == [s.case(1)]
