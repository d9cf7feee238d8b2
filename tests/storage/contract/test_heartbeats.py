"""Heartbeats behave alike in every store: the newest end stays, whoever writes last."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nistaran.domain.heartbeat import Heartbeat
from tests.storage import samples as s
from tests.storage.conftest import Store


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        yield opened


def test_what_is_expected_is_known_from_the_first_time(work) -> None:
    work.heartbeats.known(["route/ordinary", "ingest/inbox"], at=s.later(1))
    work.heartbeats.known(["ingest/inbox"], at=s.later(2))
    assert work.heartbeats.all() == [
        Heartbeat(name="ingest/inbox", since=s.later(1)),
        Heartbeat(name="route/ordinary", since=s.later(1)),
    ]


def test_the_newest_end_stays(work) -> None:
    work.heartbeats.known(["ingest/inbox"], at=s.later(1))
    work.heartbeats.beat("ingest/inbox", {"files": 2}, at=s.later(5))
    work.heartbeats.beat("ingest/inbox", {"files": 9}, at=s.later(4))
    work.heartbeats.beat("day/by-hand", {}, at=s.later(6))
    assert work.heartbeats.all() == [
        Heartbeat(name="day/by-hand", since=s.later(6), at=s.later(6), runs=1),
        Heartbeat(name="ingest/inbox", since=s.later(1), at=s.later(5), runs=2, counts={"files": 2}),
    ]
    assert [one.heard for one in work.heartbeats.all()] == [s.later(6), s.later(5)]


def test_a_naive_moment_is_refused(work) -> None:
    with pytest.raises(Exception, match="aware"):
        work.heartbeats.known(["x"], at=s.later(1).replace(tzinfo=None))
