"""One measured run of ingest → route over a CSV, in a process of its own; prints one JSON line.

`python -m benchmarks.complaint_run HOME CSV [--prefect]`. With --prefect the flows run it (a server must answer at PREFECT_API_URL),
else the steps alone. Time in steps and in all is taken in the same run.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nistaran.bootstrap import prepare, standing_house
from nistaran.settings import Settings
from nistaran.steps import ingest, keep, route
from nistaran.steps.house import House


class Silent:
    """Progress that nobody watches."""

    def start(self, title: str, total: int | None) -> None: ...
    def advance(self, done: int) -> None: ...
    def finish(self) -> None: ...


class Stopwatch:
    """Adds up the time spent in a function."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return step(*args, **kwargs)
            finally:
                self.seconds += time.perf_counter() - start

        return timed


def steps_alone(house: House, csv: Path) -> tuple[float, float]:
    """(seconds of ingest, seconds of route) by the steps."""
    start = time.perf_counter()
    kept = keep.keep_file(house, csv, name=csv.name, source="bench")
    ingest.ingest_file(house, kept.sha256, Silent())
    taken = time.perf_counter()
    while route.route_batch(house).cases:
        pass
    return taken - start, time.perf_counter() - taken


def through_prefect(house: House, csv: Path) -> tuple[float, float, float]:
    """(seconds of the ingest flow, of the route flow, of the steps inside both)."""
    import flows.ingest
    import flows.route

    watch = Stopwatch()
    flows.ingest.ingest_file = watch.around(flows.ingest.ingest_file)
    flows.ingest.collect_inbox = watch.around(flows.ingest.collect_inbox)
    flows.ingest.checkpoint = watch.around(flows.ingest.checkpoint)
    flows.route.route_batch = watch.around(flows.route.route_batch)
    inbox = Settings().home / "inbox"
    (inbox / csv.name).write_bytes(csv.read_bytes())
    start = time.perf_counter()
    flows.ingest.ingest()
    taken = time.perf_counter()
    flows.route.route(deliver=False)
    return taken - start, time.perf_counter() - taken, watch.seconds


def main() -> None:
    """Measure one run."""
    csv = Path(sys.argv[2])
    prepare(Settings())
    house = standing_house(Settings())
    house.classifier()
    if "--prefect" in sys.argv:
        taken, routed, inside = through_prefect(house, csv)
    else:
        taken, routed = steps_alone(house, csv)
        inside = taken + routed
    with house.read() as work:
        cases = sum(work.cases.count_by_status().values())
        events = work.ledger.head().seq
    told = {
        "cases": cases,
        "events": events,
        "ingest_s": taken,
        "route_s": routed,
        "steps_s": inside,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
