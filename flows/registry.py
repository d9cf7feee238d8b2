"""The registry, weekly: two logins a day, silent offices, what is lacking, as artifacts of office codes and counts; nobody's name (P27).

Not here: counting (nistaran/steps/registry.py), the same for people at a terminal (`nistaran registry …`).
"""

from __future__ import annotations

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from flows.edge import batch_task, code_cell, count_cell, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import standing_house
from nistaran.domain.wording import LACKS_HI
from nistaran.settings import load
from nistaran.steps.registry import Compliance, Silence, incomplete_offices
from nistaran.steps.registry import compliance as count_logins
from nistaran.steps.registry import silence as hear_offices

#: So many offices stand in an artifact, the worst first; `nistaran registry` has all.
_LINES = 50

Looked = tuple[Compliance, Silence, dict[str, int]]


@batch_task("read-registry", run_name="read-registry")
def read_registry(days: int) -> Looked:
    """Look at the last days, and at what is lacking now."""
    house = standing_house(load())
    lacking = {field: len(offices) for field, offices in incomplete_offices(house).items()}
    return count_logins(house, days=days), hear_offices(house, days=days), lacking


@flow(
    name="registry", flow_run_name="registry", persist_result=False, log_prints=False, on_completion=[leave_heartbeat]
)
def registry(days: int = 7) -> dict[str, int]:
    """Publish the last days. Returns counts: offices that logged in as they should, that never did, that are silent, untouched cases."""
    guard_logs()
    told, heard, lacking = read_registry(days)
    counts = {
        "known_days": len(told.days),
        "unknown_days": len(told.unknown),
        "offices": len(told.rows),
        "complied": sum(row.complies for row in told.rows),
        "never_used": sum(row.last is None for row in told.rows),
        "without_login": told.without_login,
        "silent": len(heard.silent),
        "untouched": sum(one.untouched for one in (*heard.silent, *heard.heard)),
    }
    said = get_run_logger().warning if heard.silent else get_run_logger().info
    said(
        "registry: %(complied)d of %(offices)d offices complied, %(silent)d silent, %(untouched)d cases untouched",
        counts,
    )
    publish_offices(told, heard)
    publish_summary("registry", "लॉगिन अनुपालन और मौन कार्यालय / logins and silent offices", _lines(counts, lacking))
    return counts


def publish_offices(told: Compliance, heard: Silence) -> None:
    """Offices that logged in least, and offices that stay silent or leave cases untouched, as tables of codes."""
    rows = [
        {
            "कार्यालय": code_cell(row.office),
            "दो बार": count_cell(row.twice),
            "एक बार": count_cell(row.once),
            "नहीं": count_cell(row.never),
        }
        for row in told.rows[:_LINES]
    ]
    nothing = {"कार्यालय": "-", "दो बार": 0, "एक बार": 0, "नहीं": 0}
    create_table_artifact(
        table=rows or [nothing],
        key="login-days",
        description="प्रतिदिन दो लॉगिन, कार्य दिवस / two logins a day, working days",
    )
    lying = [one for one in heard.heard if one.untouched]
    signs = [
        {
            "कार्यालय": code_cell(one.office),
            "मौन": count_cell(int(one in heard.silent)),
            "आये": count_cell(one.arrivals.cases if one.arrivals else 0),
            "अनछुए": count_cell(one.untouched),
        }
        for one in (*heard.silent, *lying)[:_LINES]
    ]
    still = {"कार्यालय": "-", "मौन": 0, "आये": 0, "अनछुए": 0}
    create_table_artifact(
        table=signs or [still],
        key="silent-offices",
        description="मौन कार्यालय, अनछुए प्रकरण / silent offices, untouched cases",
    )


def _lines(counts: dict[str, int], lacking: dict[str, int]) -> list[tuple[str, int]]:
    return [
        ("कार्य दिवस जिनका विवरण है / working days with records", counts["known_days"]),
        ("कार्य दिवस जिनका नहीं / without", counts["unknown_days"]),
        ("पूरा पालन / complied", counts["complied"]),
        ("लॉगिन कभी प्रयोग नहीं हुआ / login never used", counts["never_used"]),
        ("मौन कार्यालय / silent offices", counts["silent"]),
        ("24 घण्टे से अनछुए प्रकरण / untouched for over 24 hours", counts["untouched"]),
        *((f"कार्यालय जिनका {LACKS_HI[field]} शेष / lacking: {field}", count) for field, count in lacking.items()),
    ]


if __name__ == "__main__":
    registry()
