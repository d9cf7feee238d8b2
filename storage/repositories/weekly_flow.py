"""What came and went in some days, and what complainants said in them. Not here: what stood at their end (weekly.py)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Select, case, cast, func, select, text

from nistaran.domain.weekly import Flow, Said, Week, end_of
from storage.columns import moment_text
from storage.days import days_between, not_after
from storage.report_tables import FeedbackRow, ReportRow
from storage.repositories.standing import cases, due_at, events, office_at, tasks
from storage.tables import ENDINGS, table_of

_feedback, _reports = table_of(FeedbackRow), table_of(ReportRow)
_Counts = defaultdict[tuple[str, str], dict[str, int]]


def flow(connection: Connection, week: Week) -> list[Flow]:
    """What came and went, by channel and office in that order."""
    counts: _Counts = defaultdict(dict)
    since, until = _moments(week)
    for channel, office, received in connection.execute(_received(since, until)):
        counts[channel, office]["received"] = received
    for channel, office, disposed, timely, days, reopened in connection.execute(_ended(connection, since, until)):
        told = {"disposed": disposed, "timely": timely, "days": days, "reopened": reopened}
        counts[channel, office] |= {name: int(value or 0) for name, value in told.items()}
    for channel, office, returned in connection.execute(_returned(since, until)):
        counts[channel, office]["returned"] = returned
    return [Flow(channel=channel, office=office, **told) for (channel, office), told in sorted(counts.items())]


def said(connection: Connection, week: Week) -> list[Said]:
    """What complainants said, each case by its last word, by channel and office in that order."""
    counts: _Counts = defaultdict(dict)
    for names, spoke, good in (
        (("reached", "satisfied"), _feedback.c.outcome.in_(("SATISFIED", "DISSATISFIED")), ("SATISFIED",)),
        (("known", "relieved"), _feedback.c.relief != "UNKNOWN", ("GIVEN", "PARTLY")),
    ):
        column = _feedback.c.outcome if names[0] == "reached" else _feedback.c.relief
        for channel, office, every, well in connection.execute(_last_words(week, spoke, column, good)):
            counts[channel, office] |= dict(zip(names, (every, int(well)), strict=True))
    return [Said(channel=channel, office=office, **told) for (channel, office), told in sorted(counts.items())]


def _received(since: datetime, until: datetime) -> Select[Any]:
    found = (
        select(cases.c.channel, office_at(until).label("office"))
        .where(cases.c.registered_at >= since, cases.c.registered_at < until)
        .subquery()
    )
    return select(found.c.channel, found.c.office, func.count()).group_by(found.c.channel, found.c.office)


def _ended(connection: Connection, since: datetime, until: datetime) -> Select[Any]:
    """Disposals and reopenings, each with the office that had the case then and the clock that ran."""
    at = events.c.at
    moment = cast(at, cases.c.registered_at.type) if connection.dialect.name == "postgresql" else at
    is_back = events.c.kind == "Reopened"
    found = (
        select(
            cases.c.channel,
            office_at(moment).label("office"),
            case((is_back, 1), else_=0).label("back"),
            case((is_back, 0), else_=days_between(cases.c.received_on, at)).label("days"),
            case((is_back, 0), else_=cast(not_after(at, due_at(moment)), Integer)).label("timely"),
        )
        .join_from(events, cases, cases.c.number == events.c.case_number)
        .where(text(f"events.{ENDINGS}"), at >= moment_text(since), at < moment_text(until))
        .cte("ended")
        .prefix_with("MATERIALIZED")
    )
    f = found.c
    counts = (func.sum(1 - f.back), func.sum(f.timely), func.sum(f.days), func.sum(f.back))
    return select(f.channel, f.office, *counts).group_by(f.channel, f.office)


def _returned(since: datetime, until: datetime) -> Select[Any]:
    found = (
        select(cases.c.channel, office_at(until).label("office"))
        .join_from(tasks, cases, cases.c.id == tasks.c.case_id)
        .where(tasks.c.kind == "RETURN", tasks.c.state == "DONE")
        .where(tasks.c.closed_at >= since, tasks.c.closed_at < until)
        .subquery()
    )
    return select(found.c.channel, found.c.office, func.count()).group_by(found.c.channel, found.c.office)


def _last_words(week: Week, spoke: Any, column: Any, good: tuple[str, ...]) -> Select[Any]:
    since, until = _moments(week)
    turn = func.row_number().over(
        partition_by=_feedback.c.case_id, order_by=(_feedback.c.at.desc(), _feedback.c.id.desc())
    )
    last = (
        select(_feedback.c.case_id, _feedback.c.report, column.label("word"), turn.label("turn"))
        .where(spoke, _feedback.c.at >= since, _feedback.c.at < until)
        .subquery()
    )
    placed = (
        select(cases.c.channel, func.coalesce(_reports.c.office, "").label("office"), last.c.word)
        .select_from(last.join(cases, cases.c.id == last.c.case_id).outerjoin(_reports, _reports.c.id == last.c.report))
        .where(last.c.turn == 1)
        .subquery()
    )
    well = func.sum(cast(placed.c.word.in_(good), Integer))
    return select(placed.c.channel, placed.c.office, func.count(), well).group_by(placed.c.channel, placed.c.office)


def _moments(week: Week) -> tuple[datetime, datetime]:
    return end_of(week.since - timedelta(days=1)), end_of(week.until)
