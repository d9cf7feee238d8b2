"""A worker that was away longer than its lease writes nothing (P7), one that dies is taken over, dead letters come back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Self

import pytest
from typer.testing import CliRunner

from nistaran.cli import app
from nistaran.domain.errors import WorldAway
from nistaran.steps.deliver import ATTEMPTS, LEASE_SECONDS, DeliverOutcome
from nistaran.steps.verify import verify
from storage.unit_of_work import SqlUnitOfWork
from tests.couriers.conftest import Desk
from tests.couriers.receivers import Receiver, receiving
from tests.storage.test_fencing import CarelessOutbox

NOTICES = 12


class Once:
    """A courier that notes what it brings."""

    def __init__(self) -> None:
        self.brought: list[str] = []

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        self.brought.append(key)
        return "brought"


class Paused(Once):
    """Stands still at its last notice until `meanwhile` is over, then goes on as if nothing had happened, or fails with it."""

    def __init__(self, meanwhile: Callable[[], None], *, then: Exception | None = None) -> None:
        super().__init__()
        self._meanwhile, self._then = meanwhile, then

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        receipt = super().deliver(key=key, office=office, message=message)
        if len(self.brought) == NOTICES:
            self._meanwhile()
            if self._then is not None:
                raise self._then
        return receipt


def pause_and_take_over(
    desk: Desk, *, seconds: float, then: Exception | None = None
) -> tuple[DeliverOutcome, DeliverOutcome]:
    """One worker stands still for so long, another goes on meanwhile; what each says that it did."""
    outcomes: list[DeliverOutcome] = []

    def meanwhile() -> None:
        desk.clock.forward(seconds=seconds)
        outcomes.append(desk.with_courier(Once()).deliver())

    late = desk.with_courier(Paused(meanwhile, then=then)).deliver()
    return late, outcomes[0]


@pytest.mark.promise("P7")
def test_what_a_worker_says_after_its_lease_is_refused_and_counted(desk: Callable[[int], Desk]) -> None:
    office = desk(NOTICES)
    late, other = pause_and_take_over(office, seconds=LEASE_SECONDS + 1)
    assert (late.delivered, late.stale, other.delivered, other.stale) == (0, NOTICES, NOTICES, 0)
    assert office.told_delivered() == dict.fromkeys(office.notice_keys(), 1)
    assert verify(office.house).faults == []


@pytest.mark.promise("P7")
@pytest.mark.parametrize("then", [WorldAway("test"), RuntimeError("test")])
def test_a_late_failure_does_not_undo_what_another_delivered(desk: Callable[[int], Desk], then: Exception) -> None:
    office = desk(NOTICES)
    late, other = pause_and_take_over(office, seconds=LEASE_SECONDS + 1, then=then)
    assert (late.postponed, late.dead, late.stale, other.delivered) == (0, 0, NOTICES, NOTICES)
    assert office.states() == {"DELIVERED": NOTICES}


@pytest.mark.promise("P7")
def test_within_the_lease_nobody_takes_over(desk: Callable[[int], Desk]) -> None:
    late, other = pause_and_take_over(desk(NOTICES), seconds=LEASE_SECONDS - 1)
    assert (late.delivered, late.stale, other.notices) == (NOTICES, 0, 0)


@pytest.mark.promise("P7")
def test_a_house_that_does_not_look_at_the_token_is_caught(desk: Callable[[int], Desk]) -> None:
    office = desk(NOTICES)
    engine = office.house.work()._engine  # type: ignore[attr-defined]

    class Careless(SqlUnitOfWork):
        def __enter__(self) -> Self:
            super().__enter__()
            assert self._connection is not None
            self.outbox = CarelessOutbox(self._connection)
            return self

    careless = Desk(dataclasses.replace(office.house, work=lambda: Careless(engine, writes=True)), office.clock)
    late, _ = pause_and_take_over(careless, seconds=LEASE_SECONDS + 1)
    assert late.stale == 0
    assert office.told_delivered() == dict.fromkeys(office.notice_keys(), 2)


class Killed(BaseException):
    """As kill -9: nobody may catch it."""


@pytest.mark.promise("P8")
def test_a_worker_that_dies_between_sending_and_writing_is_taken_over(desk: Callable[[int], Desk]) -> None:
    office = desk(NOTICES)

    def die() -> None:
        raise Killed

    dying = Paused(die)
    with pytest.raises(Killed):
        office.with_courier(dying).deliver()
    assert office.deliver().notices == 0, "its lease still holds"
    office.clock.forward(seconds=LEASE_SECONDS + 1)
    heir = Once()
    assert office.with_courier(heir).deliver().delivered == NOTICES
    assert sorted(heir.brought) == sorted(dying.brought), "all were brought twice, with the same keys"
    assert office.told_delivered() == dict.fromkeys(office.notice_keys(), 1)


def test_after_eight_tries_a_notice_is_a_dead_letter(desk: Callable[[int], Desk]) -> None:
    class Away:
        def deliver(self, **_: object) -> str:
            raise WorldAway("test")

    office = desk(2).with_courier(Away())
    total = office.deliver_until_done()
    assert (total.dead, total.postponed) == (2, 2 * (ATTEMPTS - 1))
    assert office.told_delivered() == {}
    assert verify(office.house).faults == []


def test_dead_letters_are_brought_again_only_when_asked(desk: Callable[[int], Desk]) -> None:
    office = desk(3)
    with receiving(Receiver(mood=lambda: "404")) as receiver:
        env = {
            "NISTARAN_HOME": str(office.house.spool.parent),
            "NISTARAN_COURIER": "webhook",
            "NISTARAN_WEBHOOK_URL": receiver.url,
        }

        def nistaran(*words: str) -> tuple[int, str]:
            done = CliRunner().invoke(app, words, env=env)
            return done.exit_code, done.output

        assert nistaran("deliver")[0] == 1
        assert office.states() == {"DEAD": 3}
        code, told = nistaran("doctor", "--json")
        assert (code, "nistaran deliver --dead" in told) == (1, True)
        receiver.mood = lambda: "ok"
        assert nistaran("deliver")[0] == 0
        assert office.states() == {"DEAD": 3}
        assert nistaran("deliver", "--dead")[0] == 0
    assert office.states() == {"DELIVERED": 3}
    assert office.told_delivered() == dict.fromkeys(office.notice_keys(), 1)
