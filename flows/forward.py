"""Forward, scheduled: offices' files of answers are taken, cases on doubtful desks are proposed to the cell, notices go out.

An answer given on the command line is acted on at once; this takes what lies in the folders. Not here: any rule.
"""

from __future__ import annotations

from collections import Counter

from prefect import flow, get_run_logger

from flows.edge import batch_task, guard_logs, publish_counts, publish_summary
from flows.heartbeat import leave_heartbeat
from flows.ingest import sign_checkpoint
from flows.route import deliver_notices
from nistaran.bootstrap import open_answers, standing_house
from nistaran.domain.transfer_sentences import FOLLOWING
from nistaran.settings import load
from nistaran.steps.answer_files import take_answer_files
from nistaran.steps.notice_acks import take_acknowledgements
from nistaran.steps.second_look import LookedAgain, look_again
from nistaran.steps.tasks import count_tasks


@batch_task("answers", run_name="take-answers")
def take_answers() -> tuple[Counter[str], Counter[str]]:
    """Take every file of answers that has arrived. Returns counts of rows, and of what followed from them."""
    settings = load()
    house, inbox = standing_house(settings), open_answers(settings)
    take_acknowledgements(house, inbox)
    taken, left = take_answer_files(house, inbox)
    rows: Counter[str] = Counter({"files": len(taken), "left": left})
    followed: Counter[str] = Counter()
    for one in taken:
        told = one.outcome
        rows.update(taken=told.changed, unchanged=told.unchanged, refused=len(told.refused), proposed=told.proposed)
        followed.update(told.followed)
    return rows, followed


@batch_task("second-look", run_name="second-look")
def doubt() -> LookedAgain:
    """Propose to the cell what a person or an older model sent to a doubtful desk."""
    return look_again(standing_house(load()))


@flow(name="forward", flow_run_name="forward", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def forward(second_look: bool = False) -> dict[str, int]:
    """Act on what offices answered, and with `second_look` doubt desks too, which reads all young cases: once a night is enough.

    Returns counts: files, taken, refused, left, proposed, doubted, waiting, stuck, delivered."""
    guard_logs()
    rows, followed = take_answers()
    doubted = doubt() if second_look else LookedAgain()
    delivered = deliver_notices()
    sign_checkpoint()
    waiting, stuck = count_tasks(standing_house(load()))
    counts = {
        "files": rows["files"],
        "taken": rows["taken"],
        "refused": rows["refused"],
        "left": rows["left"],
        "proposed": rows["proposed"] + doubted.proposed,
        "doubted": doubted.doubted,
        "waiting": waiting.total(),
        "stuck": stuck.total(),
        "delivered": delivered.delivered,
    }
    said = get_run_logger().warning if stuck or rows["left"] else get_run_logger().info
    said(
        "forward: %(files)d files, %(taken)d answers taken, %(refused)d refused, %(proposed)d for the cell, %(stuck)d tasks stuck",
        counts,
    )
    publish_counts("followed", "उत्तरों के परिणाम / what followed from answers", followed, FOLLOWING)
    publish_counts("stuck-tasks", "समय-सीमा पार कार्य / tasks past their day", stuck)
    publish_summary(
        "forward",
        "अंतरण / transfers",
        [
            ("उत्तर लिये गये / answers taken", counts["taken"]),
            ("अस्वीकृत पंक्तियाँ / refused rows", counts["refused"]),
            ("बिना लॉगिन के फ़ोल्डर में छोड़ी गईं / files left in no login's folder", counts["left"]),
            ("प्रकोष्ठ की स्वीकृति हेतु / for the cell to release", counts["proposed"]),
            ("लम्बित कार्य / open tasks", counts["waiting"]),
            ("समय-सीमा पार / past their day", counts["stuck"]),
            ("सूचनाएँ पहुँचीं / notices delivered", counts["delivered"]),
        ],
    )
    return counts


if __name__ == "__main__":
    forward()
