"""A process that the tests start twice: it ingests the same keys as its twin, in an order of its own.

python -m tests.storage.two_writers URL SEED COUNT
"""

from __future__ import annotations

import random
import sys

from storage.unit_of_work import SqlStore
from tests.storage import samples as s

BATCH = 20


def main(url: str, seed: int, count: int) -> None:
    """Ingest `count` complaints; prints how many were new to this process."""
    store = SqlStore(url)
    complaints = list(range(1, count + 1))
    random.Random(seed).shuffle(complaints)
    new = 0
    for start in range(0, count, BATCH):
        batch = complaints[start : start + BATCH]
        with store.work() as work:
            work.ledger.lock()
            known = work.cases.known([s.case(n).key for n in batch])
            fresh = [n for n in batch if s.case(n).key not in known]
            if fresh:
                first = work.counters.take("case", len(fresh))
                work.cases.add(
                    [s.case(n, id=first + at, number=s.number(first + at)) for at, n in enumerate(fresh)],
                    facts=[{"n": n} for n in fresh],
                )
                work.ledger.append([s.registered(first + at) for at in range(len(fresh))])
            work.commit()
            new += len(fresh)
    store.close()
    print(new)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
