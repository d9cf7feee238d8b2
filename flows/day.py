"""The cell's day in one run: ingest, then route. For the demo, for one office PC, and for running by hand."""

from __future__ import annotations

import json
import sys

from prefect import flow

from flows.edge import guard_logs
from flows.heartbeat import leave_heartbeat
from flows.ingest import ingest
from flows.route import route


@flow(name="day", flow_run_name="day", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def day() -> dict[str, dict[str, int]]:
    """Take in what has arrived, then route it. Returns the counts of both."""
    guard_logs()
    taken = ingest(return_state=True)  # what came in is routed even when one file could not be read
    routed = route()
    return {"ingest": taken.result(), "route": routed}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(day()) + "\n")
