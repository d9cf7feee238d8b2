"""An alarm reaches the cell once a day for one flow, through the house's own outbox, and the ledger still verifies."""

from __future__ import annotations

import json

import pytest

from nistaran.settings import Settings
from nistaran.steps.alarm import AlarmKind, raise_alarm
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.house import House
from nistaran.steps.verify import verify
from tests.steps.sweeping import later


@pytest.mark.parametrize("kind", list(AlarmKind))
def test_the_cell_reads_what_happened_and_what_to_do(house: House, settings: Settings, kind: AlarmKind) -> None:
    number = raise_alarm(house, kind, flow="ingest/inbox")
    assert raise_alarm(house, kind, flow="ingest/inbox") == number
    assert deliver_batch(house).delivered == 1
    (letter,) = (settings.home / "notices" / house.district.facts.cell).iterdir()
    told = json.loads(letter.read_text(encoding="utf-8"))
    assert "ingest/inbox" in told["subject"]
    assert "nistaran" in told["text"] or "Prefect" in told["text"]
    assert told["number"].startswith("ALARM-")
    assert verify(house).faults == []


def test_another_flow_or_another_day_is_another_letter(house: House) -> None:
    raise_alarm(house, AlarmKind.LATE, flow="ingest/inbox")
    raise_alarm(house, AlarmKind.LATE, flow="route/ordinary")
    raise_alarm(later(house, 2), AlarmKind.LATE, flow="ingest/inbox")
    assert deliver_batch(later(house, 2)).delivered == 3
