"""Alarm, started by Prefect's automations: a letter to the cell that a run failed, is late, or that the model drifts.

Not here: when it is started (automations.py), what the letter says (nistaran/steps/alarm.py). Its own failures start no further alarm.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow, get_run_logger
from pydantic import Field

from flows.edge import batch_task, guard_logs
from flows.heartbeat import leave_heartbeat
from flows.route import deliver_notices
from nistaran.bootstrap import standing_house
from nistaran.settings import load
from nistaran.steps.alarm import AlarmKind, raise_alarm


@batch_task("alarm", run_name="alarm-{kind}")
def tell_cell(kind: AlarmKind, name: str) -> str:
    """Queue the letter. Returns its number."""
    return raise_alarm(standing_house(load()), kind, flow=name)


@flow(name="alarm", flow_run_name="alarm", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def alarm(
    kind: Annotated[AlarmKind, Field(title="क्या हुआ / what happened")],
    name: Annotated[str, Field(pattern=r"^[a-z_]{1,40}/[a-z-]{1,40}$", title="कार्य / flow, e.g. ingest/inbox")],
) -> dict[str, int]:
    """Write to the cell and bring it at once. Returns counts: delivered."""
    guard_logs()
    number = tell_cell(kind, name)
    delivered = deliver_notices()
    get_run_logger().warning("alarm: %s", number)
    return {"delivered": delivered.delivered}


if __name__ == "__main__":
    alarm(AlarmKind.FAILED, "alarm/alarm")
