"""Escalation, scheduled: every open case is looked at, what fell due is marked, the counts stand by department and mark,
and what will default in the coming week by office and day.

Not here: which mark is due (nistaran/domain/escalation.py), the sweep (nistaran/steps/escalate.py).
"""

from __future__ import annotations

from datetime import timedelta

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from flows.edge import batch_task, code_cell, count_cell, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import standing_house
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import MarkKind
from nistaran.domain.wording import MARK_HI, PASSED_OVER_HI
from nistaran.settings import load
from nistaran.steps.escalate import Swept
from nistaran.steps.escalate import sweep as sweep_house
from nistaran.steps.forecast import Forecast, forecast_until

#: So many departments stand in the artifact, those with most marks first.
_LINES = 50
_WEEK = timedelta(days=7)


@batch_task("sweep", run_name="sweep")
def sweep() -> Swept:
    """Look at every case that is not over."""
    return sweep_house(standing_house(load()))


@batch_task("forecast", run_name="forecast")
def forecast() -> Forecast:
    """Count what will default in the coming week, if nothing is done."""
    house = standing_house(load())
    return forecast_until(house, until=day_in_india(house.clock.now()) + _WEEK)


@flow(
    name="escalate", flow_run_name="escalate", persist_result=False, log_prints=False, on_completion=[leave_heartbeat]
)
def escalate() -> dict[str, int]:
    """Sweep once. Returns counts: looked at, handled, passed over, marks of each kind, letters, defaulters to come in a week."""
    guard_logs()
    swept = sweep()
    coming = forecast()
    counts = {
        "looked_at": swept.looked_at,
        "handled": swept.handled,
        "skipped": swept.skipped.total(),
        "letters": swept.letters,
        "will_default": coming.total,
        **{kind.value: swept.marked[kind.value] for kind in MarkKind},
    }
    said = get_run_logger().warning if swept.stuck else get_run_logger().info
    said(
        "escalate: %(looked_at)d open cases looked at, %(skipped)d passed over, %(DEFAULTER)d new defaulters, %(letters)d letters",
        counts,
    )
    publish_marks(swept)
    publish_forecast(coming)
    publish_summary("escalate", "समय-सीमा और सोपान / deadlines and rungs", _lines(swept))
    return counts


def publish_marks(swept: Swept) -> None:
    """New marks by department and kind."""
    by: dict[str, int] = {}
    for (department, _), count in swept.by_department.items():
        by[department] = by.get(department, 0) + count
    rows = [
        {
            "विभाग": code_cell(department),
            **{code_cell(kind.value): count_cell(swept.by_department[department, kind.value]) for kind in MarkKind},
        }
        for department, _ in sorted(by.items(), key=lambda one: (-one[1], one[0]))[:_LINES]
    ]
    nothing = {"विभाग": "-", **{code_cell(kind.value): 0 for kind in MarkKind}}
    create_table_artifact(
        table=rows or [nothing], key="marks", description="विभागवार नये चिह्न / new marks by department"
    )


def publish_forecast(coming: Forecast) -> None:
    """Offices by days, those with most defaulters to come first."""
    days = [coming.today + timedelta(days=turn) for turn in range(1, _WEEK.days + 1)]
    rows = [
        {
            "कार्यालय": code_cell(office),
            "अब तक": count_cell(coming.already[office]),
            **{f"{day:%d.%m}": count_cell(coming.by_day[office, day]) for day in days},
        }
        for office, count in coming.offices()[:_LINES]
        if count
    ]
    nothing = {"कार्यालय": "-", "अब तक": 0, **{f"{day:%d.%m}": 0 for day in days}}
    create_table_artifact(
        table=rows or [nothing],
        key="forecast",
        description="कुछ न किया गया तो सात दिन में डिफाल्टर / defaulters of the coming week, if nothing is done",
    )


def _lines(swept: Swept) -> list[tuple[str, int]]:
    return [
        ("खुले प्रकरण देखे / open cases looked at", swept.looked_at),
        *((f"{MARK_HI[kind.value]} / {kind.value}", swept.marked[kind.value]) for kind in MarkKind),
        *((f"छोड़े गये: {PASSED_OVER_HI[why]} / passed over: {why}", count) for why, count in swept.skipped.items()),
        ("पत्र / letters", swept.letters),
    ]


if __name__ == "__main__":
    escalate()
