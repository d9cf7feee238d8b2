"""The automations are made once however often they are made, and start the alarm's deployment."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound

from flows.alarm import alarm
from flows.automations import automations, create_or_update
from nistaran.steps.alarm import AlarmKind

NAMES = {"nistaran-failed-run", "nistaran-late-run", "nistaran-drift"}


def test_made_once_and_then_brought_up_to_date() -> None:
    with pytest.raises(ObjectNotFound):
        create_or_update()
    with get_client(sync_client=True) as client:
        client.create_deployment(flow_id=client.create_flow_from_name("alarm"), name="alarm")
        assert create_or_update() == dict.fromkeys(NAMES, "created")
        assert create_or_update() == dict.fromkeys(NAMES, "updated")
        kept = [one for one in client.read_automations() if one.name in NAMES]
    assert len(kept) == 3
    assert all(one.enabled for one in kept)


def test_no_alarm_is_started_by_the_alarms_own_failure() -> None:
    for one in automations(uuid4()):
        related = getattr(one.trigger, "match_related", None)
        assert one.name == "nistaran-drift" or related["prefect.resource.name"] == ["!alarm"]


@pytest.mark.parametrize("kind", list(AlarmKind))
def test_the_flow_writes_to_the_cell(home: Path, kind: AlarmKind) -> None:
    assert alarm(kind, "retain/nightly") == {"delivered": 1}
    assert len(list((home / "notices").rglob(f"ALARM-*-{kind}-retain-nightly-*.json"))) == 1
