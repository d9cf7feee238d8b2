"""The weekly review, every Monday morning: paper and sheets are made and kept in the object store, their counts published.

Not here: the figures (nistaran/steps/weekly.py), the files (nistaran/steps/weekly_files.py).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from flows.edge import batch_task, code_cell, count_cell, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import standing_house
from nistaran.domain.promise import Kept
from nistaran.domain.weekly import Flow, Said, Standing
from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.domain.weekly_sums import lines, whole
from nistaran.settings import load
from nistaran.steps.weekly import weekly_figures
from nistaran.steps.weekly_files import keep_weekly, write_weekly

#: So many offices and channels stand in an artifact, the worst first; the files have all.
_LINES = 25


@batch_task("weekly-review", run_name="weekly-review")
def make_review(until: date | None) -> tuple[WeeklyFigures, int]:
    """Make and keep both files. Returns the figures, and how many files were kept."""
    house = standing_house(load())
    figures = weekly_figures(house, until=until)
    with tempfile.TemporaryDirectory(dir=house.spool) as folder:
        kept = keep_weekly(house, write_weekly(house, figures, Path(folder)))
    return figures, len(kept)


def publish_lines(figures: WeeklyFigures, key: str, what: str, of: Callable[[Standing | Flow | Said], str]) -> None:
    """Received, disposed, pending and defaulters of the week by a code, as a table."""
    rows = [
        {
            what: code_cell(line.key or "-"),
            "प्राप्त": count_cell(line.received),
            "निस्तारित": count_cell(line.disposed),
            "लम्बित": count_cell(line.pending),
            "डिफॉल्टर": count_cell(line.defaulters),
            "पिछले सप्ताह": count_cell(line.lates[-2]),
        }
        for line in lines(figures.weeks, of)[:_LINES]
    ]
    nothing = {what: "-", "प्राप्त": 0, "निस्तारित": 0, "लम्बित": 0, "डिफॉल्टर": 0, "पिछले सप्ताह": 0}
    create_table_artifact(
        table=rows or [nothing],
        key=key,
        description=f"{what}: साप्ताहिक समीक्षा / the weekly review by {key.split('-')[1]}",
    )


@flow(name="review", flow_run_name="review", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def review(until: date | None = None) -> dict[str, int]:
    """Make the review of the week that ends with `until` (the last Sunday). Returns counts."""
    guard_logs()
    figures, kept = make_review(until)
    line, promised = whole(figures.weeks), [one.kept for one in figures.promises]
    counts = {
        "files": kept,
        "received": line.received,
        "disposed": line.disposed,
        "pending": line.pending,
        "defaulters": line.defaulters,
        "soon": line.soon,
        "stuck": figures.stuck_in_all,
        "promises": len(promised),
        "not_kept": promised.count(Kept.NOT_KEPT),
    }
    get_run_logger().info(
        "review: %(received)d received, %(disposed)d disposed, %(pending)d pending, %(defaulters)d defaulters; %(files)d files kept",
        counts,
    )
    publish_lines(figures, "weekly-office", "कार्यालय", lambda row: row.office)
    publish_lines(figures, "weekly-channel", "माध्यम", lambda row: row.channel)
    publish_summary("weekly", "साप्ताहिक समीक्षा / the weekly review", _lines(counts))
    return counts


def _lines(counts: dict[str, int]) -> list[tuple[str, int]]:
    labels = {
        "received": "प्राप्त / received",
        "disposed": "निस्तारित / disposed",
        "pending": "लम्बित / pending",
        "defaulters": "डिफॉल्टर / defaulters",
        "soon": "अगली समीक्षा तक डिफॉल्टर होंगे / defaulters by the next review",
        "stuck": "सहयोगी विभाग के भाग, समय बीता / parts past their day",
        "promises": "कार्ययोजना के वचन / promises",
        "not_kept": "उनमें पूरे नहीं हुए / of them not kept",
        "files": "फ़ाइलें रखी गईं / files kept",
    }
    return [(label, counts[name]) for name, label in labels.items()]


if __name__ == "__main__":
    review()
