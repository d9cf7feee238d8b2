"""The heartbeat that every flow leaves when a run of a deployment came to its end: `on_completion=[leave_heartbeat]` of every flow.

A test of the house finds a deployed flow without it. Not here: who notices silence (nistaran/steps/silence.py, `nistaran doctor`).
"""

from __future__ import annotations

from typing import Any

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State

from nistaran.bootstrap import standing_house
from nistaran.settings import load


def leave_heartbeat(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Keep that this deployment ran to its end, with its counts. A run without a deployment (by hand, or inside another) leaves none.

    A heartbeat that cannot be kept fails no run: it is then missing, and `nistaran doctor` says so.
    """
    if flow_run.deployment_id is None:
        return
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment(flow_run.deployment_id)
    house = standing_house(load())
    with house.work() as work:
        work.heartbeats.beat(f"{flow.name}/{deployment.name}", _counts(state), at=house.clock.now())
        work.commit()


def _counts(state: State[Any]) -> dict[str, int]:
    """The whole numbers of what the flow returned; nothing else of it."""
    result = state.result(raise_on_failure=False)
    return {str(name): n for name, n in result.items() if type(n) is int} if isinstance(result, dict) else {}
