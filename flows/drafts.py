"""Letters for a signature, scheduled: what the marks call for is drawn up before the weekly review. Nothing is signed or sent by it.

Not here: which letter is due when (nistaran/steps/propose_drafts.py), what persons do with it (the command line).
"""

from __future__ import annotations

from collections import Counter

from prefect import flow, get_run_logger

from flows.edge import batch_task, guard_logs, publish_counts
from flows.heartbeat import leave_heartbeat
from flows.ingest import sign_checkpoint
from nistaran.bootstrap import standing_house
from nistaran.domain.drafts import DraftKind
from nistaran.domain.paper_wording import DRAFT_HI
from nistaran.settings import load
from nistaran.steps.propose_drafts import propose as propose_letters


@batch_task("propose", run_name="propose-letters")
def propose(months: int) -> Counter[str]:
    """Draw up what is called for. Returns how many of each kind."""
    return Counter(one.kind.value for one in propose_letters(standing_house(load()), months=months))


@flow(name="drafts", flow_run_name="drafts", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def drafts(months: int = 4) -> dict[str, int]:
    """Draw up the letters that the marks call for; departments are compared over so many months. Returns counts by kind."""
    guard_logs()
    drawn = propose(months)
    sign_checkpoint()
    counts = {kind.value: drawn[kind.value] for kind in DraftKind}
    get_run_logger().info("drafts: %d letters wait for a signature", drawn.total())
    publish_counts("drafts", "हस्ताक्षर हेतु नये आलेख / new letters for a signature", counts, DRAFT_HI)
    return counts


if __name__ == "__main__":
    drafts()
