"""The sweep over a large house: cases of which a fifth are open, made straight in the tables, swept on an ordinary day, twice, and on the
day after an outage of sixty days.

`python -m benchmarks.sweep [--count 1000000] [--each 5] [--postgres]` prints seconds and peak memory as JSON. One case in `each` is open.
Written into results.md by `python -m benchmarks --only sweep [--count 1000000]`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from nistaran.bootstrap import calm_the_collector, open_house, prepare
from nistaran.domain.complaint import Case, Status, Whereabouts
from nistaran.settings import Settings
from nistaran.steps.escalate import sweep
from nistaran.steps.falling_due import falling_due
from nistaran.steps.forecast import forecast_until
from nistaran.steps.house import House

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LIMIT = 15
BATCH = 10_000
#: In which states the open cases stand, in turn: most with an office.
_OPEN = (*[Status.WITH_OFFICE] * 7, Status.AWAITING_PERSON, Status.AWAITING_RULING, Status.REGISTERED)


class Fixed:
    """A clock that stands."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Always the same."""
        return self.at


def cases(house: House, count: int, each: int) -> Iterator[Case]:
    """So many cases, one in `each` of them open: these came evenly over the last 15 days and are due over the next 15."""
    offices = [code for code, row in house.district.offices.items() if row.territory]
    for n in range(1, count + 1):
        turn = n // each
        is_open = n % each == 0
        status = _OPEN[turn % len(_OPEN)] if is_open else Status.DISPOSED
        received = TODAY - timedelta(days=turn % (LIMIT + 1)) if is_open else TODAY - timedelta(days=100 + n % 700)
        placed = status not in (Status.AWAITING_PERSON, Status.REGISTERED)
        office = offices[turn % len(offices)] if placed else ""
        yield Case(
            id=n,
            number=f"SDR-2026-{n:07d}",
            key=f"{n:064x}",
            district="SDR",
            channel="ONLINE",
            lane="ordinary",
            priority=4,
            reference="",
            received_on=received,
            due_on=received + timedelta(days=LIMIT),
            registered_at=NOW,
            status=status,
            text="क" * 200,
            addressed_to="",
            category="",
            whereabouts=Whereabouts(),
            damaged=False,
            department=house.district.offices[office].department if office else "",
            office=office,
        )


def fill(house: House, count: int, each: int) -> None:
    """Write them in batches."""
    batch: list[Case] = []
    for case in cases(house, count, each):
        batch.append(case)
        if len(batch) == BATCH or case.id == count:
            with house.work() as work:
                work.cases.add(batch, facts=[{}] * len(batch))
                work.commit()
            batch = []


def timed(house: House) -> dict[str, object]:
    """One sweep: seconds, counts, and the peak memory of the process up to its end."""
    start, began = time.perf_counter(), time.process_time()
    swept = sweep(house)
    seconds, cpu = time.perf_counter() - start, time.process_time() - began
    if swept.looked_at != swept.handled + swept.skipped.total():
        raise RuntimeError(f"some were forgotten: {swept}")
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "looked_at": swept.looked_at,
        "marks": swept.marked.total(),
        "letters": swept.letters,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


#: What is timed, in this order, in one house: (name, days later than TODAY).
DAYS = (("first", -1), ("ordinary", 0), ("again", 0), ("outage", 60), ("again after it", 60))


def measured_days(house: House, count: int, each: int) -> dict[str, object]:
    """Fill, then sweep on each of DAYS, and list what is due the day after the outage."""
    began = time.perf_counter()
    fill(house, count, each)
    told: dict[str, object] = {"cases": count, "fill": round(time.perf_counter() - began, 1)}
    for name, later in DAYS:
        told[name] = timed(dataclasses.replace(house, clock=Fixed(NOW + timedelta(days=later))))
    late = dataclasses.replace(house, clock=Fixed(NOW + timedelta(days=60)))
    start = time.perf_counter()
    found = falling_due(late, days=3, limit=50)
    told["due"] = {"cases": found.total, "seconds": round(time.perf_counter() - start, 2)}
    start = time.perf_counter()
    told["forecast"] = {"cases": forecast_until(house).total, "seconds": round(time.perf_counter() - start, 2)}
    return told


def main() -> None:
    """Fill and sweep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own, without fsync")
    chosen = parser.parse_args()
    calm_the_collector()
    with ExitStack() as stack:
        settings = Settings(home=Path(stack.enter_context(tempfile.TemporaryDirectory())) / "home")
        if chosen.postgres:
            from tests.servers import running_postgres

            server = stack.enter_context(running_postgres())
            settings = settings.model_copy(update={"database": SecretStr(server.url("postgres"))})
        prepare(settings)
        told = measured_days(stack.enter_context(open_house(settings)), chosen.count, chosen.each)
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
