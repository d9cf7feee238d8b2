"""The webhook brings each notice at least once outside and once in effect (P8), and keeps its secret."""

from __future__ import annotations

import logging
import os
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from uuid import uuid4

import httpx
import pytest

from nistaran.couriers.webhook import AWAY, NoticeRefused, WebhookCourier
from nistaran.domain.errors import WorldAway
from tests.couriers.conftest import MESSAGE, OFFICE, Desk
from tests.couriers.receivers import Receiver, moody, receiving

SECRET = "s3cr3t-of-the-district"
SEED = int(os.environ.get("STORM_SEED", "20261122"))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(Receiver()) as started:
        yield started


def send(courier: WebhookCourier, key: str = "assigned:SDR-1:SDR-ENERGY:1") -> str:
    return courier.deliver(key=key, office=OFFICE, message=MESSAGE)


def test_the_key_and_the_secret_travel_as_headers_and_the_notice_as_json(receiver: Receiver) -> None:
    assert send(WebhookCourier(url=receiver.url, secret=SECRET)) == "HTTP 200"
    assert receiver.headers[0]["Idempotency-Key"] == "assigned:SDR-1:SDR-ENERGY:1"
    assert receiver.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert receiver.headers[0]["Content-Type"] == "application/json"
    assert receiver.inbox == [
        ("assigned:SDR-1:SDR-ENERGY:1", {"key": "assigned:SDR-1:SDR-ENERGY:1", "office": OFFICE, **MESSAGE})
    ]


def test_without_a_secret_there_is_no_authorization(receiver: Receiver) -> None:
    send(WebhookCourier(url=receiver.url))
    assert "Authorization" not in receiver.headers[0]


def test_not_now_is_tried_again_and_a_refusal_is_for_good(receiver: Receiver) -> None:
    courier = WebhookCourier(url=receiver.url)
    for error, codes in {WorldAway: AWAY, NoticeRefused: {301, 400, 401, 404, 410, 422, 501}}.items():
        for code in codes:
            receiver.mood = lambda: str(code)  # noqa: B023 - asked at once
            with pytest.raises(error, match=str(code)):
                send(courier)


def test_no_answer_is_tried_again(receiver: Receiver) -> None:
    courier = WebhookCourier(url=receiver.url, seconds=0.2)
    for mood in ("drop", "late"):
        receiver.mood = lambda: mood  # noqa: B023 - asked at once
        with pytest.raises(WorldAway):
            send(courier)


def test_an_answer_without_an_end_is_not_waited_for(receiver: Receiver) -> None:
    """Each letter of it comes in time, so that no limit on waiting for one would ever end it."""
    receiver.mood = lambda: "endless"
    began = time.monotonic()
    assert send(WebhookCourier(url=receiver.url, seconds=1.0)) == "HTTP 200"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("url", ["", "ftp://example.invalid/x", "example.invalid/x", "http://[::1"])
def test_an_address_that_is_none_is_not_waited_for(url: str) -> None:
    with pytest.raises(NoticeRefused, match="NISTARAN_WEBHOOK_URL"):
        send(WebhookCourier(url=url))


@pytest.mark.parametrize(
    ("mood", "secret"),
    [
        *[(mood, SECRET) for mood in ("ok", "404", "500", "drop")],
        *[("ok", SECRET + bad) for bad in ("\n", "ह", "\0")],
    ],
)
def test_the_secret_is_in_no_repr_log_or_exception(
    receiver: Receiver, caplog: pytest.LogCaptureFixture, mood: str, secret: str
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver.mood = lambda: mood
    courier = WebhookCourier(url=receiver.url, secret=secret)
    told = [repr(courier), str(courier)]
    chained: BaseException | None = None
    try:
        send(courier)
    except (WorldAway, NoticeRefused) as error:
        told += traceback.format_exception(error)
        chained = error
    while chained is not None:
        told += [repr(chained), str(chained)]
        chained = chained.__cause__
    told += [record.getMessage() for record in caplog.records]
    assert SECRET not in "\n".join(told)
    assert (secret == SECRET) != ("NISTARAN_WEBHOOK_SECRET" in "\n".join(told))


def test_a_secret_in_the_address_is_in_no_repr() -> None:
    assert SECRET not in repr(WebhookCourier(url=f"https://user:{SECRET}@example.invalid/x?token={SECRET}"))


def each_once(desk: Desk, receiver: Receiver) -> bool:
    """Whether the receiver's inbox by key, and our ledger, hold each notice once."""
    return set(receiver.by_key()) == desk.notice_keys() and desk.told_delivered() == dict.fromkeys(
        desk.notice_keys(), 1
    )


@pytest.mark.promise("P8")
def test_at_least_once_outside_once_in_effect(desk: Callable[[int], Desk]) -> None:
    with receiving(Receiver(mood=moody(SEED))) as receiver:
        office = desk(500).with_courier(WebhookCourier(url=receiver.url, seconds=0.25))
        total = office.deliver_until_done()
    assert (total.delivered, total.dead, total.stale) == (500, 0, 0)
    assert total.postponed > 50
    assert office.states() == {"DELIVERED": 500}
    assert len(receiver.inbox) > 550, "the receiver got nothing twice: nothing was tested"
    assert len(receiver.by_key()) == 500
    assert each_once(office, receiver)
    bodies = receiver.by_key()
    assert all(body == bodies[key] for key, body in receiver.inbox), "a second copy said something else"


class Keyless:
    """The broken twin: a new key for each try."""

    def __init__(self, inner: WebhookCourier) -> None:
        self._inner = inner

    def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
        return self._inner.deliver(key=uuid4().hex, office=office, message=message)


@pytest.mark.promise("P8")
def test_the_twin_without_the_key_is_caught(desk: Callable[[int], Desk]) -> None:
    with receiving(Receiver(mood=moody(SEED))) as receiver:
        office = desk(60).with_courier(Keyless(WebhookCourier(url=receiver.url, seconds=0.25)))
        office.deliver_until_done()
    assert len(receiver.by_key()) > 60
    assert not each_once(office, receiver)


class Keeping(WebhookCourier):
    """The broken twin: reads each answer to its end, and then uses its connection again."""

    _kept = httpx.Client()

    def _status(self, notice: Mapping[str, object], headers: Mapping[str, str]) -> int:
        return self._kept.post(self.url, json=notice, headers=headers, timeout=self.seconds).status_code


@pytest.mark.promise("P8")
def test_the_twin_that_keeps_its_connections_is_caught(desk: Callable[[int], Desk]) -> None:
    """Then the second answer of «twice» is taken for the answer to the next notice, which the receiver never took."""
    moods = cycle(["twice", "ok", "500 before"])
    with receiving(Receiver(mood=lambda: next(moods))) as receiver:
        office = desk(90).with_courier(Keeping(url=receiver.url, seconds=0.25))
        office.deliver_until_done()
    assert office.states() == {"DELIVERED": 90}
    assert len(receiver.by_key()) < 90
    assert not each_once(office, receiver)
