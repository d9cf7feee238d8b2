"""Retrain, scheduled: when enough new corrections are trusted, train a challenger and let the gate judge it.

Not here: how (nistaran/steps/retrain.py). A model that the gate let pass waits for a person unless NISTARAN_PROMOTE=auto.
"""

from __future__ import annotations

from prefect import flow, get_run_logger

from flows.edge import batch_task, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from flows.model_artifacts import publish_verdict
from nistaran.bootstrap import standing_house
from nistaran.bootstrap_model import open_models
from nistaran.settings import load
from nistaran.steps.retrain import Retrained, RetrainOutcome
from nistaran.steps.retrain import retrain as retrain_step


@batch_task("challenge", run_name="train-and-judge")
def train_and_judge(enough: int | None) -> RetrainOutcome:
    """Train and judge, if there is enough to learn from. Minutes."""
    settings = load()
    needed = settings.retrain_after if enough is None else enough
    return retrain_step(standing_house(settings), open_models(settings), enough=needed, approval=settings.promote)


_SAID = {
    Retrained.TOO_FEW: "नये संशोधन पर्याप्त नहीं / too few new corrections: nothing was trained",
    Retrained.NOT_AUDITED: "जाँचे हुए प्रकरण पर्याप्त नहीं / too few audited cases: nothing was trained; nistaran model audit",
    Retrained.REFUSED: "अस्वीकृत / refused by the gate",
    Retrained.PROPOSED: "स्वीकृति की प्रतीक्षा / waits for approval: nistaran model promote",
    Retrained.PROMOTED: "लागू / live",
}


@flow(name="retrain", flow_run_name="retrain", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def retrain(enough: int | None = None) -> dict[str, int | str]:
    """Train a challenger when at least `enough` trusted corrections are new (None: the setting NISTARAN_RETRAIN_AFTER).

    Returns what became of it and counts: labels, new, used.
    """
    guard_logs()
    outcome = train_and_judge(enough)
    used = outcome.proposal.used if outcome.proposal else 0
    get_run_logger().info(
        "retrain: %s; %d trusted corrections, %d new, %d trained on, %d audited cases",
        outcome.state,
        outcome.labels,
        outcome.new,
        used,
        outcome.audited,
    )
    publish_summary(
        "retrain",
        f"पुनः प्रशिक्षण / retrain: {_SAID[outcome.state]}",
        [
            ("पुष्ट संशोधन / trusted corrections", outcome.labels),
            ("नये / new", outcome.new),
            ("इतने चाहिए / needed", outcome.enough),
            ("जाँचे हुए प्रकरण / audited cases", outcome.audited),
            ("इतने चाहिए / needed", outcome.audits_needed),
            ("प्रशिक्षण में / trained on", used),
        ],
    )
    if outcome.proposal is not None:
        names = {code: row.name_hi for code, row in standing_house(load()).pack.departments.items()}
        publish_verdict(outcome.proposal, [outcome.promotion] if outcome.promotion else [], names)
    return {"state": outcome.state.value, "labels": outcome.labels, "new": outcome.new, "used": used}


if __name__ == "__main__":
    retrain()
