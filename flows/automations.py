"""What Prefect's server does by itself when a run fails, is late, or the model drifts: it starts the deployment alarm/alarm.

Run as a process by `nistaran automations` and `nistaran serve`, on the server that PREFECT_API_URL names. Created or updated by name, so
that it may be run again after every upgrade. Not here: the letter (alarm.py, nistaran/steps/alarm.py).
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.events.actions import RunDeployment
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

ALARM = "alarm/alarm"
DRIFTED = "nistaran.drift.alarm"
#: A run may be late while the worker is busy with others; after so long somebody must look.
LATE_AFTER = timedelta(minutes=30)
_RUN = "prefect.flow-run."
_BEGAN = {
    f"{_RUN}{state}" for state in ("Pending", "Running", "Completed", "Failed", "Crashed", "Cancelling", "Cancelled")
}
#: A run of any deployment but the alarm's own: else one broken alarm would start alarms for ever.
_OTHERS = {"prefect.resource.role": "deployment", "prefect.resource.name": "!alarm"}
_NAMED = "{{ flow.name }}/{{ deployment.name }}"


def automations(alarm: UUID, *, late_after: timedelta = LATE_AFTER) -> list[AutomationCore]:
    """The automations, each of which starts the deployment of this id."""
    runs = {"prefect.resource.id": f"{_RUN}*"}
    failed = EventTrigger(
        expect={f"{_RUN}Failed", f"{_RUN}Crashed", f"{_RUN}TimedOut"},
        match=runs,
        match_related=_OTHERS,
        posture=Posture.Reactive,
        threshold=1,
    )
    late = EventTrigger(
        after={f"{_RUN}Late"},
        expect=_BEGAN,
        match=runs,
        match_related=_OTHERS,
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=late_after,
    )
    drifted = EventTrigger(expect={DRIFTED}, posture=Posture.Reactive, threshold=1)
    return [
        _automation(
            "nistaran-failed-run", "असफल run / a failed run", failed, alarm, {"kind": "FAILED", "name": _NAMED}
        ),
        _automation("nistaran-late-run", "विलम्बित run / a late run", late, alarm, {"kind": "LATE", "name": _NAMED}),
        _automation(
            "nistaran-drift",
            "मॉडल में बदलाव / the model drifts",
            drifted,
            alarm,
            {"kind": "DRIFT", "name": "drift/daily"},
        ),
    ]


def create_or_update(*, late_after: timedelta = LATE_AFTER) -> dict[str, str]:
    """Create each automation, or bring it to this form. Returns what was done, by name.

    Raises:
        ObjectNotFound: when the deployments are not there yet: `prefect deploy` first.
    """
    done: dict[str, str] = {}
    with get_client(sync_client=True) as client:
        alarm = client.read_deployment_by_name(ALARM)
        for one in automations(alarm.id, late_after=late_after):
            known = client.read_automations_by_name(one.name)
            if not known:
                client.create_automation(one)
                done[one.name] = "created"
                continue
            client.update_automation(known[0].id, one)
            for more in known[1:]:
                client.delete_automation(more.id)
            done[one.name] = "updated"
    return done


def _automation(name: str, told: str, trigger: EventTrigger, alarm: UUID, parameters: dict[str, Any]) -> AutomationCore:
    action = RunDeployment(source="selected", deployment_id=alarm, parameters=parameters)
    return AutomationCore(name=name, description=told, enabled=True, trigger=trigger, actions=[action])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(create_or_update()) + "\n")
