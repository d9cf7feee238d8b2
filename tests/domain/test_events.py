"""The ledger's chain: every single edit of the past is seen (P15), and a twin without the chain misses it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.events import GENESIS, Event, EventKind, Link, chain, first_break

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def ledger(size: int) -> list[Link]:
    events = [
        Event(case=f"SDR-2026-{n:07d}", kind=EventKind.REGISTERED, at=AT, body={"n": n, "channel": "ONLINE"})
        for n in range(size)
    ]
    return chain(events, seq=0, previous=GENESIS)


def twin_first_break(links: list[Link]) -> int | None:
    """The broken twin: each record is hashed alone, without the one before."""
    for at, link in enumerate(links, start=1):
        alone = hashlib.sha256(f"{link.seq}{link.case}{link.kind}{link.at}{link.body}".encode()).hexdigest()
        if link.seq != at or len(alone) != len(link.hash):
            return at
    return None


def test_untouched_chain_holds() -> None:
    assert first_break(ledger(50)) is None


@given(at=st.integers(0, 19), field=st.sampled_from(["case", "kind", "at", "body", "hash"]))
def test_any_edit_is_named(at: int, field: str) -> None:
    links = ledger(20)
    value = getattr(links[at], field)
    forged = {name: getattr(links[at], name) for name in ("seq", "case", "kind", "at", "body", "hash")}
    forged[field] = ("1" if value[0] != "1" else "2") + value[1:]
    links[at] = Link(**forged)
    assert first_break(links) == at + 1


@given(at=st.integers(0, 18))
def test_deleting_or_swapping_is_named_and_the_twin_misses_the_swap(at: int) -> None:
    links = ledger(20)
    assert first_break(links[:at] + links[at + 1 :]) == at + 1
    one, other = links[at], links[at + 1]
    swapped = [
        *links[:at],
        Link(one.seq, other.case, other.kind, other.at, other.body, other.hash),
        Link(other.seq, one.case, one.kind, one.at, one.body, one.hash),
        *links[at + 2 :],
    ]
    assert first_break(swapped) == at + 1
    assert twin_first_break(swapped) is None


def test_fields_cannot_run_into_one_another() -> None:
    def end_of(case: str, channel: str) -> str:
        event = Event(case=case, kind=EventKind.REGISTERED, at=AT, body={"c": channel})
        return chain([event], seq=0, previous=GENESIS)[0].hash

    assert end_of("A", "BC") != end_of("AB", "C")


def test_naive_time_is_refused() -> None:
    event = Event(case="A", kind=EventKind.REGISTERED, at=datetime(2026, 1, 1), body={})  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        chain([event], seq=0, previous=GENESIS)
