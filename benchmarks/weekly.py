"""The weekly review of a large district (weekly_district.py): figures, paper and sheets of the last week.

`python -m benchmarks.weekly [--count 100000] [--pack up|rajasthan] [--keep HOME] [--write]` prints seconds and peak memory as JSON; with
`--write` they go into results.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.sweep import Fixed
from benchmarks.weekly_district import NOW, SUNDAY, batches
from nistaran.bootstrap import calm_the_collector, open_house, prepare
from nistaran.settings import Settings
from nistaran.steps.house import House

HOMES = {"up": "siddharthnagar", "rajasthan": "jodhpur"}


def measured(house: House, folder: Path) -> dict[str, Any]:
    """The figures, then paper and sheets from them."""
    from nistaran.steps.weekly import weekly_figures
    from nistaran.steps.weekly_files import write_weekly

    start, began = time.perf_counter(), time.process_time()
    figures = weekly_figures(house, until=SUNDAY)
    counted = time.perf_counter()
    made = write_weekly(house, figures, folder)
    done = time.perf_counter()
    return {
        "figures_s": round(counted - start, 2),
        "files_s": round(done - counted, 2),
        "whole_s": round(done - start, 2),
        "cpu_s": round(time.process_time() - began, 2),
        "pending": sum(one.pending for one in figures.weeks[-1].standing),
        "files": [path.name for path in made],
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Fill, count, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--pack", choices=list(HOMES), default="up")
    parser.add_argument("--keep", type=Path, help="a folder that stays, for looking at the pages")
    parser.add_argument("--write", action="store_true", help="into results.md")
    chosen = parser.parse_args()
    calm_the_collector()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(home=folder / "home", pack=chosen.pack, district=HOMES[chosen.pack])
        is_new = not (folder / "home").exists()
        prepare(settings)
        with open_house(settings) as opened:
            for batch in batches(opened, chosen.count) if is_new else ():
                batch.write(opened)
            house = dataclasses.replace(opened, clock=Fixed(NOW))
            told = {"cases": chosen.count, **measured(house, folder)}
    if chosen.write:
        _write(told)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def _write(told: dict[str, Any]) -> None:
    from benchmarks.__main__ import machine, write

    rows = [
        f"| weekly review, PDF and XLSX, {told['cases']:,} cases in nine weeks, {told['pending']:,} pending | {told['whole_s']:.1f} s | < 30 s |",
        f"| … its processor time on one core | {told['cpu_s']:.1f} s | |",
        f"| … of it figures / files | {told['figures_s']:.1f} / {told['files_s']:.1f} s | |",
        f"| peak memory | {told['rss_mb']} MB | |",
    ]
    write("weekly review", rows, machine())


if __name__ == "__main__":
    main()
