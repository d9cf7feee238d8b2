"""Every deployed flow leaves a heartbeat when a run comes to its end, and only then (P20)."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from prefect import Flow, flow
from prefect.client.orchestration import get_client
from prefect.flow_engine import run_flow
from prefect.flows import load_flow_from_entrypoint

from flows.drift import drift
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import project_root, standing_house
from nistaran.settings import load
from tests.flows.test_deployments import DEPLOYED


def silent(one: Flow) -> bool:
    """Whether nobody would hear that it ended."""
    return leave_heartbeat not in one.on_completion_hooks


@pytest.mark.promise("P20")
@pytest.mark.parametrize("entrypoint", sorted({deployment["entrypoint"] for deployment in DEPLOYED}))
def test_no_flow_is_deployed_without_a_heartbeat(entrypoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project_root())
    loaded = load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)
    hooks = {hook.__name__ for hook in loaded.on_completion_hooks}  # loaded by path it has a copy of its own
    assert leave_heartbeat.__name__ in hooks


@pytest.mark.promise("P20")
def test_a_flow_that_forgets_is_seen() -> None:
    """The broken twin of the test above."""

    @flow
    def forgets() -> None:
        pass

    assert silent(forgets)
    assert not silent(drift)


@flow(name="fails", on_completion=[leave_heartbeat])
def fails() -> None:
    """Never comes to its end."""
    raise ValueError("nine")


def run_as(deployment: str, one: Flow) -> None:
    """A run of a deployment of this flow, in this process."""
    with get_client(sync_client=True) as client:
        flow_id = client.create_flow_from_name(one.name)
        made: UUID = client.create_deployment(flow_id=flow_id, name=deployment)
        run = client.create_flow_run_from_deployment(made)
    run_flow(one, flow_run=run, return_type="state")


def heard() -> dict[str, tuple[int, dict]]:
    with standing_house(load()).read() as work:
        return {one.name: (one.runs, dict(one.counts)) for one in work.heartbeats.all() if one.runs}


def test_a_run_of_a_deployment_leaves_its_name_and_counts(home: Path) -> None:
    run_as("daily", drift)
    assert heard() == {"drift/daily": (1, {"looked_at": 0, "new": 0, "standing": 0})}
    run_as("daily", drift)
    assert heard()["drift/daily"][0] == 2


def test_neither_a_failed_run_nor_one_by_hand_leaves_one(home: Path) -> None:
    drift()
    run_as("failing", fails)
    assert heard() == {}
