"""Batches are small, written down group by group, and end before their lease or at the first sign that the courier is away."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping

import pytest
from typer.testing import CliRunner

from nistaran.cli import app
from nistaran.domain.errors import OfficeAway, WorldAway
from nistaran.steps.deliver import CLAIMS, LEASE_SECONDS, PAUSE, SPARE_SECONDS, deliver_batch
from nistaran.steps.verify import verify
from tests.couriers.conftest import Desk
from tests.couriers.receivers import Receiver, receiving


class Noting:
    """A courier that notes what it brings; `first` happens before it brings the notice of this key."""

    def __init__(self, first: Callable[[str], None] = lambda key: None) -> None:
        self.tried: list[str] = []
        self.brought: list[str] = []
        self._first = first

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        self.tried.append(key)
        self._first(key)
        self.brought.append(key)
        return "brought"


def office_of(key: str) -> str:
    return key.split(":")[2]


def away(key: str) -> None:
    raise WorldAway("test")


class Killed(BaseException):
    """As kill -9: nobody may catch it."""


@pytest.mark.promise("P6")
@pytest.mark.parametrize("seconds", [1, 9, SPARE_SECONDS])
def test_however_slow_the_receiver_no_second_worker_brings_the_same(desk: Callable[[int], Desk], seconds: int) -> None:
    """While the slow worker brings every fifth notice another looks for work."""
    office = desk(130)
    other = Noting()

    def slowly(key: str) -> None:
        office.clock.forward(seconds=seconds)
        if len(slow.tried) % 5 == 0:
            office.with_courier(other).deliver()

    slow = Noting(slowly)
    total = office.with_courier(slow).run()
    total.add(office.with_courier(other).run())
    assert total.stale == 0
    assert Counter(slow.brought + other.brought) == dict.fromkeys(office.notice_keys(), 1)
    assert len(slow.brought) > 1, "the slow one had nothing to do: nothing was tested"
    assert office.states() == {"DELIVERED": 130}
    assert office.told_delivered() == dict.fromkeys(office.notice_keys(), 1)
    assert verify(office.house).faults == []


def test_what_the_lease_has_no_room_for_is_handed_back_untried(desk: Callable[[int], Desk]) -> None:
    office = desk(20)
    slow = office.with_courier(Noting(lambda key: office.clock.forward(seconds=25)))
    outcome = slow.deliver()
    assert (outcome.delivered, outcome.returned) == (3, 17)
    assert 3 * 25 + SPARE_SECONDS > LEASE_SECONDS
    with office.house.work() as work:  # at once, by whoever comes
        assert {claim.attempts for claim in work.outbox.claim(limit=50, at=office.clock.now(), lease_seconds=1)} == {1}


@pytest.mark.parametrize(("seconds", "at_most"), [(0, 25), (8, 3), (21, 1)])
def test_a_worker_that_dies_had_written_down_all_but_a_few(
    desk: Callable[[int], Desk], seconds: int, at_most: int
) -> None:
    office = desk(CLAIMS)

    def die_late(key: str) -> None:
        office.clock.forward(seconds=seconds)
        if len(dying.tried) == (CLAIMS - 3 if seconds == 0 else 3):
            raise Killed

    dying = Noting(die_late)
    with pytest.raises(Killed):
        office.with_courier(dying).deliver()
    office.clock.forward(seconds=LEASE_SECONDS + 1)
    heir = Noting()
    office.with_courier(heir).run()
    assert len(set(dying.tried) & set(heir.brought)) <= at_most
    assert set(dying.brought) | set(heir.brought) == office.notice_keys()
    assert office.told_delivered() == dict.fromkeys(office.notice_keys(), 1)


def test_a_run_asks_a_courier_that_is_away_once_and_costs_nobody_else_a_try(desk: Callable[[int], Desk]) -> None:
    office = desk(CLAIMS * 2 + 5)
    gone = Noting(away)
    outcome = office.with_courier(gone).run()
    assert len(gone.tried) == 1
    assert (outcome.postponed, outcome.returned, outcome.dead) == (1, CLAIMS - 1, 0)
    assert office.states() == {"WAITING": CLAIMS * 2 + 5}
    here = Noting()
    assert office.with_courier(here).run().notices == 0, "the next run begins with a pause"
    office.clock.forward(seconds=3 * PAUSE.total_seconds())
    with office.house.work() as work:  # and is not committed
        claims = work.outbox.claim(limit=1000, at=office.clock.now(), lease_seconds=1)
    assert Counter(claim.attempts for claim in claims) == {1: CLAIMS * 2 + 4, 2: 1}
    assert office.with_courier(here).run().delivered == CLAIMS * 2 + 5


def test_a_courier_that_goes_away_between_two_notices_keeps_what_it_brought(desk: Callable[[int], Desk]) -> None:
    office = desk(CLAIMS * 2)
    going = Noting(lambda key: away(key) if len(going.tried) > 10 else None)
    outcome = office.with_courier(going).run()
    assert (outcome.delivered, outcome.postponed) == (10, 2), "one that showed it, one that made sure"
    assert office.states() == {"DELIVERED": 10, "WAITING": CLAIMS * 2 - 10}


def test_a_receiver_that_stumbles_now_and_then_is_brought_all_in_few_runs(desk: Callable[[int], Desk]) -> None:
    office = desk(200)
    stumbling = Noting(lambda key: away(key) if len(stumbling.tried) % 10 == 4 else None)
    first = office.with_courier(stumbling).run()
    assert first.delivered >= 150
    assert first.dead == 0


@pytest.mark.promise("P9")
def test_an_office_whose_notices_the_receiver_cannot_take_holds_up_no_other(desk: Callable[[int], Desk]) -> None:
    office = desk(150)
    theirs = office_of(min(office.notice_keys(), key=lambda key: key.split(":")[1]))
    others = {key for key in office.notice_keys() if office_of(key) != theirs}
    choosy = Noting(lambda key: away(key) if office_of(key) == theirs else None)
    for _ in range(3):
        office.with_courier(choosy).run()
        office.clock.forward(seconds=2 * PAUSE.total_seconds())
    assert set(choosy.brought) == others
    assert 10 < len(others) < 140


def test_one_office_that_is_away_is_not_the_courier_that_is(desk: Callable[[int], Desk]) -> None:
    office = desk(30)
    full = {office_of(key) for key in office.notice_keys()} - {office_of(next(iter(office.notice_keys())))}

    def refuse(key: str) -> None:
        if office_of(key) in full:
            raise OfficeAway(office_of(key))

    outcome = office.with_courier(Noting(refuse)).deliver()
    theirs = sum(office_of(key) in full for key in office.notice_keys())
    assert (outcome.postponed, outcome.delivered, outcome.returned) == (theirs, 30 - theirs, 0)
    assert 0 < theirs < 30


def test_a_batch_claims_few(desk: Callable[[int], Desk]) -> None:
    office = desk(CLAIMS + 10)
    seen: list[int] = []
    office.with_courier(Noting(lambda key: seen.append(office.states().get("CLAIMED", 0)))).deliver()
    assert max(seen) == CLAIMS == 50
    assert deliver_batch(office.house, limit=3).delivered == 3


def test_the_command_says_that_the_courier_is_away_and_how_many_wait(desk: Callable[[int], Desk]) -> None:
    office = desk(7)
    with receiving(Receiver(mood=lambda: "503")) as receiver:
        env = {
            "NISTARAN_HOME": str(office.house.spool.parent),
            "NISTARAN_COURIER": "webhook",
            "NISTARAN_WEBHOOK_URL": receiver.url,
        }
        first, second = (CliRunner().invoke(app, ["deliver", "--json"], env=env) for _ in range(2))
    assert first.exit_code == 4
    assert json.loads(first.stdout) == {"delivered": 0, "postponed": 1, "dead": 0, "stale": 0, "waiting": 7}
    assert json.loads(second.stdout)["waiting"] == 7
    assert len(receiver.headers) == 1
