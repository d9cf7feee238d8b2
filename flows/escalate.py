"""Escalation, scheduled: every open case is looked at, what fell due is marked, and the counts stand by department and mark.

Not here: which mark is due (nistaran/domain/escalation.py), the sweep (nistaran/steps/escalate.py).
"""

from __future__ import annotations

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from flows.edge import batch_task, code_cell, count_cell, guard_logs, publish_summary
from nistaran.bootstrap import standing_house
from nistaran.domain.escalation import MarkKind
from nistaran.domain.wording import MARK_HI, PASSED_OVER_HI
from nistaran.settings import load
from nistaran.steps.escalate import Swept
from nistaran.steps.escalate import sweep as sweep_house

#: So many departments stand in the artifact, those with most marks first.
_LINES = 50


@batch_task("sweep", run_name="sweep")
def sweep() -> Swept:
    """Look at every case that is not over."""
    return sweep_house(standing_house(load()))


@flow(name="escalate", flow_run_name="escalate", persist_result=False, log_prints=False)
def escalate() -> dict[str, int]:
    """Sweep once. Returns counts: looked at, handled, passed over, marks of each kind, letters."""
    guard_logs()
    swept = sweep()
    counts = {
        "looked_at": swept.looked_at,
        "handled": swept.handled,
        "skipped": swept.skipped.total(),
        "letters": swept.letters,
        **{kind.value: swept.marked[kind.value] for kind in MarkKind},
    }
    said = get_run_logger().warning if swept.stuck else get_run_logger().info
    said(
        "escalate: %(looked_at)d open cases looked at, %(skipped)d passed over, %(DEFAULTER)d new defaulters, %(letters)d letters",
        counts,
    )
    publish_marks(swept)
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


def _lines(swept: Swept) -> list[tuple[str, int]]:
    return [
        ("खुले प्रकरण देखे / open cases looked at", swept.looked_at),
        *((f"{MARK_HI[kind.value]} / {kind.value}", swept.marked[kind.value]) for kind in MarkKind),
        *((f"छोड़े गये: {PASSED_OVER_HI[why]} / passed over: {why}", count) for why, count in swept.skipped.items()),
        ("पत्र / letters", swept.letters),
    ]


if __name__ == "__main__":
    escalate()
