"""Quality, scheduled: offices' files of reports are taken and judged, what must be looked at again is counted, letters go out.

A report handed in on the command line is judged at once; this takes what lies in the folders. Not here: any rule.
"""

from __future__ import annotations

from collections import Counter

from prefect import flow, get_run_logger

from flows.edge import batch_task, guard_logs, publish_counts, publish_summary
from flows.heartbeat import leave_heartbeat
from flows.ingest import sign_checkpoint
from flows.route import deliver_notices
from nistaran.bootstrap import open_reports, standing_house
from nistaran.bootstrap_reports import open_report_judge
from nistaran.domain.wording import REPORT_STATE_HI
from nistaran.settings import load
from nistaran.steps.answer_files import take_report_files
from nistaran.steps.tasks import count_tasks

#: What is owed around reports.
_KINDS = ("APPROVAL", "HEARING", "REWORK", "CALL", "FIELD")


@batch_task("reports", run_name="take-reports")
def take_reports() -> tuple[Counter[str], Counter[str]]:
    """Take every file of reports that has arrived. Returns counts of rows, and of how the reports stand."""
    settings = load()
    taken, left = take_report_files(standing_house(settings), open_reports(settings), open_report_judge())
    rows: Counter[str] = Counter({"files": len(taken), "left": left})
    stand: Counter[str] = Counter()
    for one in taken:
        rows.update(taken=one.outcome.changed, refused=len(one.outcome.refused))
        stand.update(one.outcome.followed)
    return rows, stand


@flow(name="quality", flow_run_name="quality", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def quality() -> dict[str, int]:
    """Judge what offices handed in. Returns counts: files, taken, refused, left, accepted, rejected, waiting, stuck, delivered."""
    guard_logs()
    rows, stand = take_reports()
    delivered = deliver_notices()
    sign_checkpoint()
    _, stuck = count_tasks(standing_house(load()))
    late = Counter({kind: stuck[kind] for kind in _KINDS if stuck[kind]})
    counts = {
        "files": rows["files"],
        "taken": rows["taken"],
        "refused": rows["refused"],
        "left": rows["left"],
        "accepted": stand["ACCEPTED"],
        "rejected": stand["REJECTED"],
        "waiting": stand["WAITING"],
        "stuck": late.total(),
        "delivered": delivered.delivered,
    }
    said = get_run_logger().warning if late or rows["left"] else get_run_logger().info
    said(
        "quality: %(files)d files, %(accepted)d reports accepted, %(rejected)d sent back, %(stuck)d tasks stuck", counts
    )
    publish_counts("reports", "आख्याओं की स्थिति / how reports stand", stand, REPORT_STATE_HI)
    publish_counts("stuck-reports", "आख्या सम्बन्धी समय-सीमा पार कार्य / tasks around reports past their day", late)
    publish_summary(
        "quality",
        "आख्या / reports",
        [
            ("स्वीकृत / accepted", counts["accepted"]),
            ("वापस / sent back", counts["rejected"]),
            ("उच्च स्तर के अनुमोदन हेतु / for the level above", counts["waiting"]),
            ("अस्वीकृत पंक्तियाँ / refused rows", counts["refused"]),
            ("बिना लॉगिन के फ़ोल्डर में छोड़ी गईं / files left in no login's folder", counts["left"]),
            ("समय-सीमा पार / past their day", counts["stuck"]),
        ],
    )
    return counts


if __name__ == "__main__":
    quality()
