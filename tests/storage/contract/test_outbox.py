"""The outbox behaves alike in every store: queued once, claimed with a lease, finished only with the newest token."""

# ruff: noqa: PT012 (what is expected to fail is the whole unit of work)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from tests.storage import samples as s
from tests.storage.conftest import Store

LEASE = 60


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        s.add_cases(opened, 1, 2, 3, 4)
        yield opened


def test_a_notice_is_read_as_it_was_queued(work) -> None:
    work.outbox.add([s.notice(1), s.notice(2)], at=s.NOW)

    assert work.outbox.of(1) == [(s.notice(1), "WAITING", "")]
    assert work.outbox.count_by_state() == {"WAITING": 2}


@pytest.mark.parametrize("count", [1, 19, 20, 21, 40, 47])
def test_any_number_at_once_and_none_twice(work, count: int) -> None:
    many = [s.notice(1 + turn % 4, turn=turn) for turn in range(count)]
    work.outbox.add([*many, many[0], *many[-3:]], at=s.NOW)
    work.outbox.add([*many[:2], s.notice(1, turn=999)], at=s.NOW)

    assert work.outbox.count_by_state() == {"WAITING": count + 1}
    kept = [notice for n in (1, 2, 3, 4) for notice, _, _ in work.outbox.of(n)]
    assert sorted(one.key for one in kept) == sorted([*(one.key for one in many), s.notice(1, turn=999).key])
    assert all(
        notice == next(one for one in many if one.key == notice.key) for notice in kept if "999" not in notice.key
    )


def test_the_notices_of_several_cases_are_read_at_once(work) -> None:
    work.outbox.add([s.notice(2), s.notice(1), s.notice(2, turn=2), s.notice(4)], at=s.NOW)
    work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)

    assert work.outbox.of_each([3, 2, 1, 2, 99]) == {1: work.outbox.of(1), 2: work.outbox.of(2)}
    assert [state for _, state, _ in work.outbox.of_each([2])[2]] == ["CLAIMED", "WAITING"]
    assert work.outbox.of_each([]) == {}


def test_a_key_is_queued_once(work) -> None:
    work.outbox.add([s.notice(1), s.notice(1)], at=s.NOW)
    work.outbox.add([replace(s.notice(1), office="another"), s.notice(2)], at=s.later(1))

    assert work.outbox.of(1) == [(s.notice(1), "WAITING", "")]
    assert work.outbox.count_by_state() == {"WAITING": 2}


def test_claims_are_of_what_is_due_and_not_held(work) -> None:
    work.outbox.add([s.notice(1), s.notice(2)], at=s.NOW)
    work.outbox.add([s.notice(3)], at=s.later(5))

    assert work.outbox.claim(limit=10, at=s.later(-1), lease_seconds=LEASE) == []
    first = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)
    second = work.outbox.claim(limit=10, at=s.NOW, lease_seconds=LEASE)

    assert [claim.notice for claim in first + second] == [s.notice(1), s.notice(2)]
    assert {(claim.token, claim.attempts) for claim in first + second} == {(1, 1)}
    assert work.outbox.claim(limit=10, at=s.NOW, lease_seconds=LEASE) == []
    assert work.outbox.count_by_state() == {"CLAIMED": 2, "WAITING": 1}


def test_a_lease_that_ended_is_claimed_anew_with_a_larger_token(work) -> None:
    work.outbox.add([s.notice(1)], at=s.NOW)
    [old] = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)

    assert work.outbox.claim(limit=1, at=s.later(0.9), lease_seconds=LEASE) == []
    [new] = work.outbox.claim(limit=1, at=s.later(1.1), lease_seconds=LEASE)
    assert new.id == old.id
    assert new.token > old.token
    assert new.attempts == 2


def test_delivered_only_by_the_newest_token(work) -> None:
    work.outbox.add([s.notice(1), s.notice(2)], at=s.NOW)
    stale, fresh = work.outbox.claim(limit=2, at=s.NOW, lease_seconds=LEASE)
    work.outbox.delivered([fresh], receipts=["kept"], at=s.NOW)
    [again] = work.outbox.claim(limit=5, at=s.later(2), lease_seconds=LEASE)
    assert again.id == stale.id

    assert work.outbox.delivered([stale, again], receipts=["stale", "good"], at=s.later(2)) == [False, True]
    assert work.outbox.of(1) == [(s.notice(1), "DELIVERED", "good")]
    assert work.outbox.of(2) == [(s.notice(2), "DELIVERED", "kept")]
    assert work.outbox.claim(limit=5, at=s.later(999), lease_seconds=LEASE) == []


def test_a_late_worker_whose_work_nobody_took_over_may_finish(work) -> None:
    work.outbox.add([s.notice(1)], at=s.NOW)
    [late] = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)

    assert work.outbox.delivered([late], receipts=["r"], at=s.later(60)) == [True]


def test_delivering_twice_is_told(work) -> None:
    work.outbox.add([s.notice(1)], at=s.NOW)
    [claim] = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)

    assert work.outbox.delivered([claim], receipts=["one"], at=s.NOW) == [True]
    assert work.outbox.delivered([claim], receipts=["two"], at=s.NOW) == [False]
    assert work.outbox.failed(claim, error="no", not_before=s.later(1)) is False
    assert work.outbox.of(1)[0][2] == "one"


def test_a_failure_waits_and_counts_its_attempts(work) -> None:
    work.outbox.add([s.notice(1)], at=s.NOW)
    [claim] = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)

    assert work.outbox.failed(claim, error="WorldAway", not_before=s.later(5)) is True
    assert work.outbox.of(1) == [(s.notice(1), "WAITING", "WorldAway")]
    assert work.outbox.claim(limit=1, at=s.later(4), lease_seconds=LEASE) == []
    [again] = work.outbox.claim(limit=1, at=s.later(5), lease_seconds=LEASE)
    assert again.attempts == 2


def test_a_dead_letter_is_never_claimed_again(work) -> None:
    work.outbox.add([s.notice(1)], at=s.NOW)
    [claim] = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)

    assert work.outbox.failed(claim, error="KeyError", not_before=None) is True
    assert work.outbox.count_by_state() == {"DEAD": 1}
    assert work.outbox.of(1) == [(s.notice(1), "DEAD", "KeyError")]
    assert work.outbox.claim(limit=1, at=s.later(9999), lease_seconds=LEASE) == []


def test_a_stale_failure_changes_nothing(work) -> None:
    work.outbox.add([s.notice(1)], at=s.NOW)
    [stale] = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)
    [fresh] = work.outbox.claim(limit=1, at=s.later(2), lease_seconds=LEASE)

    assert work.outbox.failed(stale, error="late", not_before=None) is False
    assert work.outbox.delivered([fresh], receipts=["r"], at=s.later(2)) == [True]


def test_nothing_claimed_nothing_delivered(work) -> None:
    assert work.outbox.claim(limit=5, at=s.NOW, lease_seconds=LEASE) == []
    assert work.outbox.delivered([], receipts=[], at=s.NOW) == []


@pytest.mark.parametrize("act", [
    lambda work, naive: work.outbox.add([s.notice(1)], at=naive),
    lambda work, naive: work.outbox.claim(limit=1, at=naive, lease_seconds=1),
    lambda work, naive: work.outbox.hand_back(work.outbox.claim(limit=1, at=s.NOW, lease_seconds=1), at=naive),
    lambda work, naive: work.outbox.pause(until=naive),
    lambda work, naive: work.decisions.add([s.decision(1, at=naive)]),
    lambda work, naive: work.desks.open([s.desk(1, since=naive)]),
])  # fmt: skip
def test_naive_moments_are_refused(store: Store, act) -> None:
    with pytest.raises((ValueError, TypeError)), store.work() as work:
        s.add_cases(work, 1)
        work.outbox.add([s.notice(1)], at=s.NOW)
        act(work, datetime(2026, 11, 22, 10, 0))  # noqa: DTZ001


def test_dead_letters_can_be_tried_anew(work) -> None:
    work.outbox.add([s.notice(1)], at=s.NOW)
    [claim] = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)
    work.outbox.failed(claim, error="NoAddress", not_before=None)

    assert work.outbox.revive(at=s.later(9)) == 1
    assert work.outbox.revive(at=s.later(9)) == 0
    assert work.outbox.claim(limit=1, at=s.later(8), lease_seconds=LEASE) == []
    [again] = work.outbox.claim(limit=1, at=s.later(9), lease_seconds=LEASE)
    assert (again.notice, again.attempts) == (claim.notice, 1)


def test_the_longest_due_are_claimed_first_and_in_that_order(work) -> None:
    work.outbox.add([s.notice(3)], at=s.later(2))
    work.outbox.add([s.notice(1), s.notice(2)], at=s.later(3))
    work.outbox.add([s.notice(4)], at=s.later(1))

    claims = work.outbox.claim(limit=3, at=s.later(5), lease_seconds=LEASE)
    assert [claim.notice.case_id for claim in claims] == [4, 3, 1]


def test_what_is_handed_back_is_due_at_once_and_was_never_tried(work) -> None:
    work.outbox.add([s.notice(1), s.notice(2), s.notice(3)], at=s.NOW)
    [one] = work.outbox.claim(limit=1, at=s.NOW, lease_seconds=LEASE)
    work.outbox.failed(one, error="WorldAway", not_before=s.later(1))
    claims = work.outbox.claim(limit=3, at=s.later(1), lease_seconds=LEASE)

    assert work.outbox.hand_back(claims[:2], at=s.later(1)) == 2
    assert work.outbox.hand_back([], at=s.later(1)) == 0
    assert work.outbox.count_by_state() == {"WAITING": 2, "CLAIMED": 1}
    again = work.outbox.claim(limit=3, at=s.later(1), lease_seconds=LEASE)
    assert {claim.notice.case_id: claim.attempts for claim in again} == {2: 1, 3: 1}
    assert all(new.token > old.token for new in again for old in claims if new.id == old.id)
    assert work.outbox.of(1)[0][2] == "WorldAway", "what was told of an earlier try stays"


def test_what_another_holds_or_finished_is_not_handed_back(work) -> None:
    work.outbox.add([s.notice(1), s.notice(2)], at=s.NOW)
    stale, done = work.outbox.claim(limit=2, at=s.NOW, lease_seconds=LEASE)
    work.outbox.delivered([done], receipts=["r"], at=s.NOW)
    [held] = work.outbox.claim(limit=2, at=s.later(2), lease_seconds=LEASE)

    assert work.outbox.hand_back([stale, done], at=s.later(2)) == 0
    assert work.outbox.count_by_state() == {"CLAIMED": 1, "DELIVERED": 1}
    assert work.outbox.delivered([held], receipts=["r"], at=s.later(2)) == [True]


def test_a_pause_puts_off_what_waits_and_nothing_else(work) -> None:
    work.outbox.add([s.notice(n) for n in (1, 2, 3)], at=s.NOW)
    work.outbox.add([s.notice(4)], at=s.later(30))
    held, dead, back = work.outbox.claim(limit=3, at=s.NOW, lease_seconds=LEASE)
    work.outbox.failed(dead, error="e", not_before=None)
    work.outbox.hand_back([back], at=s.NOW)

    assert work.outbox.pause(until=s.later(10)) == 1
    assert work.outbox.claim(limit=5, at=s.later(9), lease_seconds=999) == [replace(held, token=2, attempts=2)]
    assert [claim.notice.case_id for claim in work.outbox.claim(limit=5, at=s.later(10), lease_seconds=999)] == [3]
    assert [claim.notice.case_id for claim in work.outbox.claim(limit=5, at=s.later(30), lease_seconds=999)][-1] == 4
    assert work.outbox.of(2)[0][1] == "DEAD"


def test_a_pause_may_be_for_one_office(work) -> None:
    other = replace(s.notice(2), office="another")
    work.outbox.add([s.notice(1), other], at=s.NOW)

    assert work.outbox.pause(until=s.later(10), office="another") == 1
    assert work.outbox.pause(until=s.later(5)) == 1, "none is brought forward"
    assert [claim.notice for claim in work.outbox.claim(limit=5, at=s.later(9), lease_seconds=999)] == [s.notice(1)]
    assert [claim.notice for claim in work.outbox.claim(limit=5, at=s.later(10), lease_seconds=999)] == [other]
