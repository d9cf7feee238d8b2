"""Which cases were not over when a day ended, with the office and the clock that they had then: the ground of every weekly count.

Read from events, desks and tasks with their moments, never from where a case stands today. Not here: the counts (weekly.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, ScalarSelect, and_, exists, func, or_, select, text

from nistaran.domain.weekly import end_of
from storage.columns import moment_text
from storage.tables import ENDINGS, CaseRow, DeskRow, EventRow, table_of
from storage.task_tables import TaskRow

cases, events, desks, tasks = table_of(CaseRow), table_of(EventRow), table_of(DeskRow), table_of(TaskRow)
_NO_OFFICE = ""


def office_at(moment: Any) -> ColumnElement[str]:
    """The office that had the case last before the moment; "" while none had."""
    found = select(desks.c.office).where(desks.c.case_id == cases.c.id, desks.c.since < moment)
    return func.coalesce(_first(found.order_by(desks.c.turn.desc())), _NO_OFFICE)


def due_at(moment: Any) -> ColumnElement[date]:
    """The day of the round that ran before the moment: that of the last order to report anew, else the citizen's due date."""
    found = select(tasks.c.due_on).where(
        tasks.c.case_id == cases.c.id, tasks.c.kind == "REWORK", tasks.c.since < moment
    )
    return func.coalesce(_first(found.order_by(tasks.c.since.desc(), tasks.c.id.desc())), cases.c.due_on)


def pending_at_end_of(day: date) -> CTE:
    """The cases that were not over when the day ended: id, number, channel, lane's priority, received_on, office, due_on."""
    moment = end_of(day)
    found = select(
        cases.c.id,
        cases.c.number,
        cases.c.channel,
        cases.c.priority,
        cases.c.received_on,
        office_at(moment).label("office"),
        due_at(moment).label("due_on"),
    ).where(is_pending(moment))
    return found.cte("pending").prefix_with(
        "MATERIALIZED"
    )  # each column is looked up once, however often it is counted


def is_pending(moment: datetime) -> ColumnElement[bool]:
    """Of a case: it had come before the moment and was not over."""
    return and_(cases.c.registered_at < moment, _not_closed(moment), ~_sender_has_it(moment))


def _not_closed(moment: datetime) -> ColumnElement[bool]:
    last = (
        select(events.c.kind)
        .where(events.c.case_number == cases.c.number, text(ENDINGS), events.c.at < moment_text(moment))
        .order_by(events.c.at.desc(), events.c.seq.desc())
    )
    return func.coalesce(_first(last), "Reopened") == "Reopened"


def _sender_has_it(moment: datetime) -> ColumnElement[bool]:
    """It was returned, the sender has confirmed it, and no desk had it since."""
    since = select(desks.c.turn).where(
        desks.c.case_id == cases.c.id, desks.c.since > tasks.c.since, desks.c.since < moment
    )
    return exists(
        select(tasks.c.id)
        .where(
            tasks.c.case_id == cases.c.id,
            tasks.c.kind == "RETURN",
            tasks.c.state == "DONE",
            tasks.c.closed_at < moment,
            ~exists(since.correlate(cases, tasks)),
        )
        .correlate(cases)
    )


def open_before(moment: datetime) -> ColumnElement[bool]:
    """Of a task: it was set before the moment and not closed before it."""
    return and_(tasks.c.since < moment, or_(tasks.c.closed_at.is_(None), tasks.c.closed_at >= moment))


def _first(found: Any) -> ScalarSelect[Any]:
    limited: ScalarSelect[Any] = found.limit(1).correlate(cases, events).scalar_subquery()
    return limited
