"""Route, scheduled: decide waiting cases batch by batch, first lane first, then bring the notices."""

from __future__ import annotations

from collections import Counter

from prefect import flow, get_run_logger

from flows.edge import batch_task, guard_logs, publish_counts, publish_summary
from flows.heartbeat import leave_heartbeat
from flows.ingest import sign_checkpoint
from nistaran.bootstrap import standing_house
from nistaran.settings import load
from nistaran.steps.deliver import DeliverOutcome, deliver_batch
from nistaran.steps.route import RouteOutcome, route_batch

#: Batches a task: with 1,000 complaints a batch a task stays between 500 and 10,000 complaints.
_BATCHES_A_TASK = 5


@batch_task("route", run_name="route-{part}")
def route_part(part: int, lanes: list[str] | None) -> RouteOutcome:
    """Decide up to five batches of waiting cases."""
    total = RouteOutcome()
    house = standing_house(load())
    for _ in range(_BATCHES_A_TASK):
        outcome = route_batch(house, lanes=lanes)
        total.add(outcome)
        if not outcome.cases:
            break
    return total


@batch_task("deliver", run_name="deliver-notices")
def deliver_notices() -> DeliverOutcome:
    """Bring all notices that are due."""
    total = DeliverOutcome()
    house = standing_house(load())
    while (outcome := deliver_batch(house)).notices:
        total.add(outcome)
    return total


def _run_name() -> str:
    from prefect.runtime import flow_run

    lanes = flow_run.parameters.get("lanes") or ["all"]
    return "route-" + "-".join(lanes)


@flow(name="route", flow_run_name=_run_name, persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def route(lanes: list[str] | None = None, deliver: bool = True) -> dict[str, int]:
    """Route waiting cases of these lanes (None: all) and deliver notices, unless `deliver` is off and another run does it.

    Returns counts: routed, asked, delivered, postponed, dead.
    """
    guard_logs()
    total = RouteOutcome()
    part = 1
    while (outcome := route_part(part, lanes)).cases:
        total.add(outcome)
        part += 1
    delivered = deliver_notices() if deliver else DeliverOutcome()
    sign_checkpoint()
    names = {code: row.name_hi for code, row in standing_house(load()).pack.departments.items()}
    counts = {
        "routed": total.routed,
        "asked": total.asked,
        "delivered": delivered.delivered,
        "postponed": delivered.postponed,
        "dead": delivered.dead,
    }
    get_run_logger().info(
        "route: %(routed)d to offices, %(asked)d to a person, %(delivered)d notices delivered", counts
    )
    publish_counts("departments", "विभागवार / by department", Counter(dict(total.departments.most_common())), names)
    publish_counts("asked", "व्यक्ति से क्यों पूछा गया / why a person is asked", total.reasons)
    publish_summary(
        "route",
        "विभाग निर्धारण / routing",
        [
            ("कार्यालय को सौंपे गये / assigned", total.routed),
            ("व्यक्ति से पूछे गये / asked", total.asked),
            ("सूचनाएँ पहुँचीं / delivered", delivered.delivered),
            ("स्थगित / postponed", delivered.postponed),
            ("असफल / dead letters", delivered.dead),
        ],
    )
    return counts


if __name__ == "__main__":
    route()
