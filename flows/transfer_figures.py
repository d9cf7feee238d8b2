"""Transfer figures, weekly: what misrouting cost in the last thirty days, as artifacts of codes and counts (P27).

Not here: counting (nistaran/steps/transfer_figures.py), the same figures for people at a terminal (`nistaran transfers`).
"""

from __future__ import annotations

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from flows.edge import batch_task, code_cell, count_cell, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import standing_house
from nistaran.domain.desk_course import Known
from nistaran.domain.transfer_figures import TransferFigures
from nistaran.settings import load
from nistaran.steps.transfer_figures import default_since
from nistaran.steps.transfer_figures import transfer_figures as read_figures

#: So many confusions and offices stand in an artifact; `nistaran transfers --json` has all.
_LINES = 25


@batch_task("read-figures", run_name="read-figures")
def count_transfers() -> TransferFigures:
    """Count over the usual period."""
    house = standing_house(load())
    return read_figures(house, since=default_since(house))


def publish_pairs(figures: TransferFigures) -> None:
    """The confusions that cost most days, and the offices that disclaim most, as tables."""
    pairs = [
        {
            "गलत": code_cell(pair.wrong),
            "सही": code_cell(pair.right or "-"),
            "प्रकरण": count_cell(pair.cases),
            "दिन": count_cell(pair.days),
            "माध्यिका": count_cell(round(pair.median)),
        }
        for pair in figures.pairs()[:_LINES]
    ]
    nothing = {"गलत": "-", "सही": "-", "प्रकरण": 0, "दिन": 0, "माध्यिका": 0}
    create_table_artifact(
        table=pairs or [nothing],
        key="confusions",
        description="भ्रम जिनमें सबसे अधिक दिन गये / confusions that cost most days",
    )
    answers = [
        {
            "कार्यालय": code_cell(one.office),
            "हमारा नहीं": count_cell(one.disclaimed),
            "निश्चित": count_cell(one.judged),
            "उनमें सही": count_cell(one.right),
        }
        for one in figures.answered()[:_LINES]
    ]
    nobody = {"कार्यालय": "-", "हमारा नहीं": 0, "निश्चित": 0, "उनमें सही": 0}
    create_table_artifact(
        table=answers or [nobody], key="disclaimers", description="«हमारा नहीं» के उत्तर / answers «not ours»"
    )


def publish_stuck(figures: TransferFigures) -> None:
    """Open tasks by kind and office, those most stuck first."""
    rows = [
        {
            "कार्य": code_cell(kind.value),
            "कार्यालय": code_cell(office),
            "लम्बित": count_cell(count),
            "समय बीता": count_cell(figures.stuck[kind, office]),
        }
        for (kind, office), count in sorted(
            figures.tasks.items(), key=lambda one: (-figures.stuck[one[0]], -one[1], one[0])
        )[:_LINES]
    ]
    nothing = {"कार्य": "-", "कार्यालय": "-", "लम्बित": 0, "समय बीता": 0}
    create_table_artifact(table=rows or [nothing], key="open-tasks", description="लम्बित कार्य / open tasks")


def _lines(figures: TransferFigures) -> list[tuple[str, int]]:
    share = figures.misrouted()
    return [
        ("कार्यालय को सौंपे गये प्रकरण / cases", figures.cases),
        ("उनमें पहला कार्यालय निश्चित / first desk judged", share.of),
        ("उनमें गलत / of them wrong", share.part),
        ("किसका है, अभी निश्चित नहीं / not known whose", figures.known[Known.OPEN]),
        ("बिना उत्तर के पड़े / lie unanswered", figures.known[Known.LIES]),
        ("गलत कार्यालयों पर दिन / days on wrong desks", figures.lost.total),
        ("निर्णायक के समक्ष रखे गये / frozen", figures.frozen_cases),
        ("निर्णय / rulings", figures.rulings),
        ("बिना व्यक्ति के अंतरण / automatic forwards", figures.automatic.count),
        ("उनमें फिर «हमारा नहीं» / of them disclaimed again", figures.automatic.disclaimed),
        ("प्रस्तावित अंतरण प्रतीक्षा में / proposals waiting", figures.proposals_waiting),
        ("लम्बित कार्य / open tasks", figures.tasks.total()),
        ("उनमें समय बीता / of them stuck", figures.stuck.total()),
        ("प्रकरण जो पढ़े नहीं जा सके / cases not readable", figures.unreadable),
    ]


@flow(
    name="transfer_figures",
    flow_run_name="transfer-figures",
    persist_result=False,
    log_prints=False,
    on_completion=[leave_heartbeat],
)
def transfer_figures() -> dict[str, int]:
    """Count once. Returns counts: cases, misrouted of judged, days lost, proposals waiting, open and stuck tasks."""
    guard_logs()
    figures = count_transfers()
    share = figures.misrouted()
    counts = {
        "cases": figures.cases,
        "misrouted": share.part,
        "judged": share.of,
        "days_lost": figures.lost.total,
        "waiting": figures.proposals_waiting,
        "open": figures.tasks.total(),
        "stuck": figures.stuck.total(),
    }
    said = get_run_logger().warning if counts["stuck"] else get_run_logger().info
    said(
        "transfers: %(misrouted)d of %(judged)d cases began on a wrong desk, %(days_lost)d days lost; %(stuck)d tasks stuck",
        counts,
    )
    publish_pairs(figures)
    publish_stuck(figures)
    publish_summary("transfers", "30 दिनों के अंतरण / transfers of 30 days", _lines(figures))
    return counts


if __name__ == "__main__":
    transfer_figures()
