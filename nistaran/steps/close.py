"""Closing refusals that need no correction: a whole file that came again, a row that was none.

Not here: refusals that end because their corrected row came in (ingest.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from nistaran.domain.errors import UnknownRefusal
from nistaran.steps.house import House


def close_refusals(house: House, ids: Sequence[str]) -> list[str]:
    """Mark open refusals as done with, all or none. An id may be shortened to a beginning that only one has.

    Returns the full ids. Raises UnknownRefusal when no open refusal, or more than one, has that beginning.
    """
    with house.work() as work:
        waiting = [row.id for row in work.refusals.open_rows()]
        meant = [_only(waiting, given.strip().lower()) for given in ids]
        work.refusals.correct(meant)
        work.commit()
    return meant


def _only(waiting: Sequence[str], given: str) -> str:
    found = [one for one in waiting if given and one.startswith(given)]
    if given in found:
        return given
    if len(found) != 1:
        raise UnknownRefusal(given)
    return found[0]
