"""Transfer figures: what misrouting cost since a day, read from events and tasks page by page. Codes and counts only.

Here: reading. Not here: what is counted (nistaran/domain/transfer_figures.py), how it is shown (cli/transfers.py).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from nistaran.domain.complaint import Case, Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.desk_events import history_of
from nistaran.domain.desk_look_back import course_of
from nistaran.domain.events import Link
from nistaran.domain.transfer_figures import TransferFigures
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.received import received_since
from nistaran.steps.tasks import open_tasks

log = logging.getLogger(__name__)

#: The period where nobody names one, in days.
PERIOD = 30
_PAGE = 1000
_WITHOUT_DESK = frozenset({Status.REGISTERED, Status.AWAITING_PERSON})


def default_since(house: House) -> date:
    """The first day of the usual period."""
    return day_in_india(house.clock.now()) - timedelta(days=PERIOD)


def transfer_figures(house: House, *, since: date) -> TransferFigures:
    """The figures of cases received on or after `since`, and the tasks that are open now in the whole house.

    A case whose events cannot be read is counted as such and left out: `verify` names it.
    """
    figures, today = TransferFigures(since=since), day_in_india(house.clock.now())
    deciding = frozenset({house.district.facts.cell, house.district.facts.arbiter})
    for work, cases in received_since(house, since, limit=_PAGE):
        with_desk = [case for case in cases if case.status not in _WITHOUT_DESK]
        _add_page(figures, work, with_desk, deciding, today)
    for task in open_tasks(house):
        figures.add_open(task, today=today)
    return figures


def _add_page(
    figures: TransferFigures, work: UnitOfWork, cases: Sequence[Case], deciding: frozenset[str], today: date
) -> None:
    events = work.ledger.of_each([case.number for case in cases])
    for case in cases:
        add_course(figures, case, events.get(case.number, []), deciding=deciding, today=today)
    for tasks in work.tasks.of_each([case.id for case in cases]).values():
        figures.add_proposals(tasks)


def add_course(
    figures: TransferFigures, case: Case, links: Sequence[Link], *, deciding: Collection[str], today: date
) -> None:
    """Count the case's course over the desks, as these of its events tell it; one that cannot be read is counted as such."""
    try:
        history = history_of(links, due_on=case.due_on)
        course = course_of(links, history, deciding=deciding, today=today) if history is not None else None
    except (KeyError, TypeError, ValueError) as error:
        log.error("events cannot be read", extra={"case": case.number, "error": type(error).__name__})
        course = None
    if course is None:
        figures.unreadable += 1
    else:
        figures.add(course)
