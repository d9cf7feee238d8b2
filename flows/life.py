"""The life of a complaint in one run, every step after the other: for the demonstration, and for trying the house by hand.

Scheduled, each step runs by itself (deployments/prefect.yaml). Not here: any step.
"""

from __future__ import annotations

import json
import sys

from prefect import flow

from flows.day import day
from flows.drafts import drafts
from flows.edge import guard_logs
from flows.escalate import escalate
from flows.forward import forward
from flows.heartbeat import leave_heartbeat
from flows.quality import quality
from flows.review import review
from flows.route import deliver_notices
from nistaran.bootstrap import SystemClock
from nistaran.domain.deadlines import day_in_india


@flow(name="life", flow_run_name="life", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def life() -> dict[str, dict[str, int]]:
    """Take in, route, act on offices' answers, judge their reports, mark what is late, draw up letters, and make the review of the week
    that ends today. Returns the counts of each step."""
    guard_logs()
    return {
        **day(),
        "forward": forward(),
        "quality": quality(),
        "escalate": escalate(),
        "drafts": drafts(),
        "notices": {"delivered": deliver_notices().delivered},
        "review": review(until=day_in_india(SystemClock().now())),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(life()) + "\n")
