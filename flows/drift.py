"""Drift, scheduled: the live model's newest decisions beside its reference; what drifted goes to people until somebody clears it.

Not here: comparing (nistaran/domain/drift.py), reading decisions (nistaran/steps/drift.py).
"""

from __future__ import annotations

from prefect import flow, get_run_logger
from prefect.events import emit_event

from flows.automations import DRIFTED
from flows.edge import batch_task, guard_logs
from flows.heartbeat import leave_heartbeat
from flows.model_artifacts import publish_alarms
from nistaran.bootstrap import standing_house
from nistaran.bootstrap_model import open_models
from nistaran.settings import load
from nistaran.steps.drift import DriftOutcome, look


@batch_task("look", run_name="look-at-decisions")
def look_at_decisions() -> DriftOutcome:
    """Compare the newest decisions with the reference."""
    settings = load()
    return look(standing_house(settings), open_models(settings))


@flow(name="drift", flow_run_name="drift", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def drift() -> dict[str, int | str]:
    """Look once. Returns what came of it and counts: decisions looked at, new alarms, standing alarms."""
    guard_logs()
    outcome = look_at_decisions()
    standing = outcome.watch.alarms
    said = get_run_logger().warning if standing else get_run_logger().info
    said("drift: %s; %d decisions, %d new alarms, %d standing", *_told(outcome))
    publish_alarms(standing)
    if outcome.alarms:
        emit_event(DRIFTED, resource={"prefect.resource.id": "nistaran.model"}, payload={"alarms": len(outcome.alarms)})
    state, looked_at, new, stand = _told(outcome)
    return {"state": state, "looked_at": looked_at, "new": new, "standing": stand}


def _told(outcome: DriftOutcome) -> tuple[str, int, int, int]:
    return outcome.state.value, outcome.looked_at, len(outcome.alarms), len(outcome.watch.alarms)


if __name__ == "__main__":
    drift()
