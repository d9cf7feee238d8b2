"""A house with notices waiting, and a clock that the test holds."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nistaran.steps.deliver import DeliverOutcome, deliver_batch
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from nistaran.steps.world import Courier
from tests.files import many, write_csv
from tests.taking import take


class HeldClock:
    """A clock that moves when the test says so."""

    def __init__(self) -> None:
        self._at = datetime.now(UTC)

    def now(self) -> datetime:
        return self._at

    def forward(self, **by: float) -> None:
        self._at += timedelta(**by)


@dataclasses.dataclass(frozen=True, slots=True)
class Desk:
    """A house whose cases are routed, with the courier under test."""

    house: House
    clock: HeldClock

    def with_courier(self, courier: Courier) -> Desk:
        """Another worker of the same house."""
        return Desk(dataclasses.replace(self.house, courier=courier), self.clock)

    def deliver(self) -> DeliverOutcome:
        """One batch."""
        return deliver_batch(self.house)

    def run(self) -> DeliverOutcome:
        """Batch after batch until one tries nothing, as the command line and the flow do."""
        total = DeliverOutcome()
        while (outcome := self.deliver()).notices:
            total.add(outcome)
        return total

    def deliver_until_done(self) -> DeliverOutcome:
        """Run after run, two days apart, until nothing waits."""
        total = DeliverOutcome()
        for _ in range(100):
            total.add(self.run())
            if not set(self.states()) & {"WAITING", "CLAIMED"}:
                return total
            self.clock.forward(days=2)
        raise AssertionError("notices still wait after 200 days")

    def states(self) -> dict[str, int]:
        """How many notices stand where."""
        with self.house.read() as work:
            return work.outbox.count_by_state()

    def notice_keys(self) -> set[str]:
        """The keys of all notices."""
        with self.house.read() as work:
            cases = work.cases.page(after_id=0, limit=10_000)
            return {notice.key for case in cases for notice, _, _ in work.outbox.of(case.id)}

    def told_delivered(self) -> Counter[str]:
        """How often the ledger says of each notice that it was delivered."""
        import json

        with self.house.read() as work:
            return Counter(
                json.loads(link.body)["notice"] for link in work.ledger.links() if link.kind == "NoticeDelivered"
            )


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Callable[[int], Desk]:
    """A house with so many notices waiting."""

    def routed(count: int) -> Desk:
        clock = HeldClock()
        held = dataclasses.replace(house, clock=clock)
        take(held, write_csv(tmp_path / "a.csv", many(count)))
        while route_batch(held).cases:
            pass
        made = Desk(held, clock)
        assert made.states() == {"WAITING": count}
        return made

    return routed


OFFICE = {"code": "SDR-ENERGY", "name": "विद्युत वितरण खण्ड", "post": "अधिशासी अभियन्ता", "email": "xen@example.invalid"}
MESSAGE = {
    "kind": "assigned",
    "subject": "सन्दर्भ संख्या SDR-2026-0000042 का समयबद्ध निस्तारण",
    "order": "कृपया नियत दिनांक तक गुणवत्तापूर्ण निस्तारण कर आख्या उपलब्ध कराएं।",
    "enclosed": "",
    "number": "SDR-2026-0000042",
    "channel": "ऑनलाइन सन्दर्भ",
    "reference": "40018726000042",
    "department": "ऊर्जा (विद्युत)",
    "received_on": "05.11.2026",
    "due_on": "05.12.2026",
    "complainant": "रा…",
    "text": "हमारे गांव का ट्रांसफार्मर पांच दिन से जला पड़ा है।",
}
