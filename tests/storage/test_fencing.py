"""A worker that was paused longer than its lease writes nothing (promise P7), and each notice is claimed by one (P6)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import text

from storage.repositories.outbox import SqlOutbox
from storage.unit_of_work import SqlStore
from tests.storage import samples as s

LEASE = 60


class CarelessOutbox(SqlOutbox):
    """The broken twin: marks what it is told without looking at the token."""

    def delivered(self, claims: Any, *, receipts: Any, at: datetime) -> list[bool]:
        for claim, receipt in zip(claims, receipts, strict=True):
            self._connection.execute(
                text("UPDATE outbox SET state = 'DELIVERED', outcome = :r WHERE id = :i"), {"r": receipt, "i": claim.id}
            )
        return [True] * len(claims)


def _stale_writes_let_in(store: SqlStore, outbox: Callable[[Any], SqlOutbox]) -> int:
    """Paused workers come back after others took their work over; returns how many of their writes went through."""
    with store.work() as work:
        s.add_cases(work, 1)
        work.outbox.add([s.notice(1, turn) for turn in range(20)], at=s.NOW)
        work.commit()
    with store.work() as work:
        paused = work.outbox.claim(limit=20, at=s.NOW, lease_seconds=LEASE)
        work.commit()
    with store.work() as work:
        taken_over = work.outbox.claim(limit=20, at=s.later(5), lease_seconds=LEASE)
        work.commit()
    let_in = 0
    for stale, fresh in zip(paused, taken_over, strict=True):
        with store.work() as work:
            let_in += sum(outbox(work.outbox._connection).delivered([stale], receipts=["stale"], at=s.later(5)))
            work.commit()
        with store.work() as work:
            work.outbox.delivered([fresh], receipts=["fresh"], at=s.later(6))
            work.commit()
    with store.read() as work:
        receipts = [receipt for _, _, receipt in work.outbox.of(1)]
    assert let_in == receipts.count("stale")
    return let_in


@pytest.mark.promise("P7")
def test_stale_writes_are_refused(sql_store: SqlStore) -> None:
    assert _stale_writes_let_in(sql_store, SqlOutbox) == 0


@pytest.mark.promise("P7")
def test_an_outbox_without_tokens_is_caught(sql_store: SqlStore) -> None:
    assert _stale_writes_let_in(sql_store, CarelessOutbox) == 20


@pytest.mark.promise("P6")
def test_each_notice_goes_to_one_worker_and_all_are_done(sql_store: SqlStore) -> None:
    with sql_store.work() as work:
        s.add_cases(work, 1)
        work.outbox.add([s.notice(1, turn) for turn in range(200)], at=s.NOW)
        work.commit()
    effects: list[str] = []
    ticks = count()

    def deliver(at: datetime, *, dies: bool) -> None:
        with sql_store.work() as work:
            claims = work.outbox.claim(limit=7, at=at, lease_seconds=LEASE)
            work.commit()
        if dies:
            return  # as if killed: the lease runs out and another takes them over
        with sql_store.work() as work:
            told = work.outbox.delivered(claims, receipts=["r"] * len(claims), at=at)
            work.commit()
        effects.extend(claim.notice.key for claim, mine in zip(claims, told, strict=True) if mine)

    def work_on(often_dies: bool) -> None:
        for turn in range(20):
            deliver(s.NOW + timedelta(seconds=10 * next(ticks)), dies=often_dies and turn % 3 == 0)

    threads = [threading.Thread(target=work_on, args=(often_dies,)) for often_dies in (True, False, True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after_the_last_lease = s.NOW + timedelta(seconds=10 * next(ticks) + LEASE)
    for _ in range(200 // 7 + 1):
        deliver(after_the_last_lease, dies=False)

    with sql_store.read() as work:
        assert work.outbox.count_by_state() == {"DELIVERED": 200}
    assert len(effects) == len(set(effects)) == 200
