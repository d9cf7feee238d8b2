"""Cases received since a day, page by page: where to begin is found by their ids, so that older ones are never read.

Not here: what is done with a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nistaran.domain.complaint import Case
from nistaran.domain.deadlines import day_in_india
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork


def received_since(house: House, since: date, *, limit: int) -> Iterator[tuple[UnitOfWork, list[Case]]]:
    """Cases received on or after `since`, by id, `limit` looked at a time; each page with the unit of work that read it, which ends
    with it."""
    with house.read() as work:
        last = id_before(work, since)
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=limit)
            if not page:
                return
            last = page[-1].id
            yield work, [case for case in page if case.received_on >= since]


def id_before(work: UnitOfWork, since: date) -> int:
    """An id up to which every case was registered before `since`: ids and moments of registration rise together."""

    def is_before(case_id: int) -> bool:
        found = work.cases.page(after_id=case_id, limit=1)
        return bool(found) and day_in_india(found[0].registered_at) < since

    low, high = 0, 1
    while is_before(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_before(middle) else (low, middle)
    return low
