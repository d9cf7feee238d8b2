"""The risk of default, scheduled: trained at night on the house's own history; used only where it is better on later days.

Not here: how (nistaran/steps/risk.py, models/risk). Counts and codes come out, no citizen's word goes in.
"""

from __future__ import annotations

from prefect import flow, get_run_logger

from flows.edge import batch_task, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import standing_house
from nistaran.bootstrap_risk import risk_trainer
from nistaran.domain.risk_kept import RiskKept
from nistaran.settings import load
from nistaran.steps.risk import train_risk


@batch_task("train-risk", run_name="train-risk")
def train_and_compare() -> RiskKept:
    """Train, compare, keep the outcome."""
    return train_risk(standing_house(load()), risk_trainer())


@flow(name="risk", flow_run_name="risk", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def risk() -> dict[str, int]:
    """Train once. Returns counts: examples, 1 when what was learned is used, Brier scores in ten-thousandths."""
    guard_logs()
    trained = train_and_compare().trained
    counts = {"examples": trained.examples, "learned": int(trained.why is None)}
    counts |= {f"brier_{name.replace(' ', '_')}": round(1e4 * told["brier"]) for name, told in trained.figures.items()}
    why = trained.why.value if trained.why else "LEARNED"
    get_run_logger().info("risk: %d examples, %s", trained.examples, why)
    publish_summary("risk", "चूक का अनुमान / risk of default", _lines(counts))
    return counts


def _lines(counts: dict[str, int]) -> list[tuple[str, int]]:
    words = {
        "examples": "उदाहरण / examples",
        "learned": "सीखा हुआ लागू (1) या शेष दिन (0) / what was learned is used (1) or the days left (0)",
        "brier_learned": "Brier ×10⁴: सीखा हुआ / learned",
        "brier_days_left": "Brier ×10⁴: शेष दिन / days left",
        "brier_office": "Brier ×10⁴: कार्यालय / office",
    }
    return [(words[name], count) for name, count in counts.items()]


if __name__ == "__main__":
    risk()
