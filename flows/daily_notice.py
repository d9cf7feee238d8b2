"""The cell's daily notice to each department, scheduled: drawn up in the morning and brought; at eleven the cell hears who kept silent.

Orders are followed by the same morning run. Not here: what stands in a notice (nistaran/steps/daily_notice.py), any rule.
"""

from __future__ import annotations

from prefect import flow, get_run_logger

from flows.edge import batch_task, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from flows.ingest import sign_checkpoint
from flows.route import deliver_notices
from nistaran.bootstrap import open_answers, standing_house
from nistaran.settings import load
from nistaran.steps.daily_notice import Noticed, draw_notices
from nistaran.steps.follow_orders import Followed, follow_orders
from nistaran.steps.notice_acks import take_acknowledgements, tell_silence


@batch_task("notices", run_name="draw-notices")
def draw() -> tuple[Noticed, Followed]:
    """Draw up today's notices and follow the orders."""
    house = standing_house(load())
    return draw_notices(house), follow_orders(house)


@batch_task("silence", run_name="tell-silence")
def silence() -> int:
    """Take acknowledgements, and tell the cell which departments gave none in time. Returns how many."""
    settings = load()
    house = standing_house(settings)
    take_acknowledgements(house, open_answers(settings))
    return tell_silence(house)


@flow(
    name="daily_notice",
    flow_run_name="daily-notice",
    persist_result=False,
    log_prints=False,
    on_completion=[leave_heartbeat],
)
def daily_notice(only_silence: bool = False) -> dict[str, int]:
    """Draw up and bring today's notices; with `only_silence` tell the cell who did not acknowledge, and no more. Idle on holidays.

    Returns counts: idle, drawn, known, cases, reminded, over, closed, silent, delivered."""
    guard_logs()
    noticed, followed = (Noticed(), Followed()) if only_silence else draw()
    quiet = silence()
    delivered = deliver_notices()
    sign_checkpoint()
    counts = {
        "idle": int(noticed.idle),
        "drawn": noticed.drawn,
        "known": noticed.known,
        "cases": noticed.cases,
        "reminded": followed.reminded,
        "over": followed.over,
        "closed": followed.closed,
        "silent": quiet,
        "delivered": delivered.delivered,
    }
    said = get_run_logger().warning if quiet or followed.over else get_run_logger().info
    said("daily_notice: %(drawn)d departments told of %(cases)d cases, %(silent)d notices not acknowledged", counts)
    publish_summary(
        "daily-notice",
        "दैनिक सूचना और आदेश / daily notices and orders",
        [
            ("विभागों की सूचना तैयार / notices drawn up", counts["drawn"]),
            ("प्रकरण / cases", counts["cases"]),
            ("पुष्टि शेष / not acknowledged in time", counts["silent"]),
            ("आदेश: कार्यालयों को स्मरण / orders: offices reminded", counts["reminded"]),
            ("आदेश: दिन बीता, प्रकरण शेष / orders past their day", counts["over"]),
            ("आदेश पूर्ण / orders closed", counts["closed"]),
            ("सूचनाएँ पहुँचीं / notices delivered", counts["delivered"]),
        ],
    )
    return counts


if __name__ == "__main__":
    daily_notice()
