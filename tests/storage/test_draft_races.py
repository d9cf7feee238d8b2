"""Letters are numbered without gaps and doubles when many draw them up at once and some fail, on both databases."""

from __future__ import annotations

import threading

import pytest

from nistaran.domain.drafts import DraftKind
from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.contract.test_drafts import letter

TURNS, WRITERS = 6, 4


class Broke(Exception):
    """A writer that dies before it commits."""


def draw(store: SqlStore, *, fails: bool) -> None:
    """One letter, as steps/drafts.py draws it."""
    with store.work() as work:
        work.ledger.lock()
        serial = work.counters.take("letter:WARNING:2026-27", 1)
        work.drafts.add(letter(serial, DraftKind.WARNING, cases=()))
        if fails:
            raise Broke
        work.ledger.append([s.registered(serial)])
        work.commit()


def at_once(store: SqlStore) -> None:
    """Many at once; every third one dies."""

    def write(writer: int) -> None:
        for turn in range(TURNS):
            try:
                draw(store, fails=(writer + turn) % 3 == 0)
            except Broke:
                continue

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_numbers_have_no_gaps_and_no_doubles(sql_store: SqlStore) -> None:
    at_once(sql_store)
    with sql_store.read() as work:
        serials = sorted(one.serial for one in work.drafts.find())
        events = [link.seq for link in work.ledger.links()]
    kept = TURNS * WRITERS - sum((writer + turn) % 3 == 0 for writer in range(WRITERS) for turn in range(TURNS))
    assert serials == list(range(1, kept + 1))
    assert events == list(range(1, kept + 1))


def test_numbers_taken_outside_the_transaction_are_caught(sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = iter(range(1, 1000))
    with sql_store.read() as work:
        monkeypatch.setattr(type(work.counters), "take", lambda *_: next(taken))
    with pytest.raises(AssertionError):
        test_numbers_have_no_gaps_and_no_doubles(sql_store)
