"""Counts for the weekly review, as of the end of a day, each one statement. Not here: what was pending (standing.py), disposals and
feedback (weekly_flow.py), what is made of the counts (nistaran/steps/weekly.py)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Row, and_, cast, distinct, func, literal, select

from nistaran.domain.weekly import AGES, WEEK, Flow, OrderCount, PendingCase, Said, Standing, StuckPart, Week, end_of
from storage.columns import Day
from storage.days import age_on
from storage.repositories import weekly_flow, weekly_orders
from storage.repositories.standing import cases, desks, office_at, open_before, pending_at_end_of, tasks

_CASE = ("number", "channel", "office", "priority", "received_on", "due_on")


class SqlWeekly:
    """Counts for the weekly review, as of the end of a day."""

    def __init__(self, connection: Connection) -> None:
        self._opened, self._is_plain = connection, False

    @property
    def _connection(self) -> Connection:
        """The connection, on which Postgres compiles no statement: for each of these that takes longer than running it."""
        if not self._is_plain and self._opened.dialect.name == "postgresql":
            self._opened.exec_driver_sql("SELECT set_config('jit', 'off', true)")
        self._is_plain = True
        return self._opened

    def standing(self, until: date) -> list[Standing]:
        """What was not over when the day ended, by channel and office in that order."""
        p = pending_at_end_of(until)
        wanted = select(
            p.c.channel,
            p.c.office,
            func.count(),
            _count(p.c.due_on < until),
            _count(and_(p.c.due_on >= until, p.c.due_on < until + WEEK)),
            *(_count(inside) for inside in _ages(p.c.received_on, until)),
            func.sum(age_on(p.c.received_on, literal(until, Day()))),
        ).group_by(p.c.channel, p.c.office)
        found = [
            Standing(
                channel=channel,
                office=office,
                pending=pending,
                defaulters=int(late),
                soon=int(soon),
                ages=tuple(int(one) for one in rest[:-1]),
                days=int(rest[-1]),
            )
            for channel, office, pending, late, soon, *rest in map(tuple, self._connection.execute(wanted))
        ]
        return sorted(found, key=lambda one: (one.channel, one.office))

    def flow(self, week: Week) -> list[Flow]:
        """What came and went in these days, by channel and office in that order."""
        return weekly_flow.flow(self._connection, week)

    def said(self, week: Week) -> list[Said]:
        """What complainants said in these days, by channel and by the office whose report had disposed, in that order."""
        return weekly_flow.said(self._connection, week)

    def oldest(self, until: date, *, limit: int) -> list[PendingCase]:
        """What was not over when the day ended, first received first."""
        p = pending_at_end_of(until)
        wanted = select(*(p.c[name] for name in _CASE)).order_by(p.c.received_on, p.c.id).limit(limit)
        return [_case(row) for row in self._connection.execute(wanted)]

    def alike(self, until: date, *, each: int, older_than: int) -> list[PendingCase]:
        """Of every sort of case that was not over when the day ended up to `each`, first lanes first, then first received."""
        p = pending_at_end_of(until)
        sort = (p.c.channel, p.c.due_on < until, p.c.office == "", p.c.received_on < until - timedelta(days=older_than))
        order = (p.c.priority, p.c.received_on, p.c.id)
        place = func.row_number().over(partition_by=sort, order_by=order).label("place")
        ranked = select(p, place).subquery()
        wanted = select(*(ranked.c[name] for name in _CASE)).where(ranked.c.place <= each)
        wanted = wanted.order_by(ranked.c.priority, ranked.c.received_on, ranked.c.id)
        return [_case(row) for row in self._connection.execute(wanted)]

    def stuck_parts(self, until: date, *, limit: int) -> tuple[list[StuckPart], int]:
        """Co-departments' parts that were open and past their day when the day ended, the longest first; and how many in all."""
        moment = end_of(until)
        stuck = and_(tasks.c.kind == "PART", open_before(moment), tasks.c.due_on < until)
        wanted = (
            select(cases.c.number, tasks.c.office, office_at(moment), tasks.c.due_on)
            .join_from(tasks, cases, cases.c.id == tasks.c.case_id)
            .where(stuck)
            .order_by(tasks.c.due_on, tasks.c.id)
            .limit(limit)
        )
        found = [
            StuckPart(case=case, office=office, lead=lead, due_on=due_on)
            for case, office, lead, due_on in self._connection.execute(wanted)
        ]
        return found, self._connection.execute(select(func.count()).select_from(tasks).where(stuck)).scalar_one()

    def orders(self, week: Week, *, limit: int) -> list[OrderCount]:
        """Clean-up orders that held people in these days, the first target first."""
        return weekly_orders.orders(self._connection, week, limit=limit)

    def moved(self, week: Week) -> list[int]:
        """Ids of the cases that came to another desk than their first in these days."""
        wanted = select(distinct(desks.c.case_id)).where(
            desks.c.turn > 1,
            desks.c.since >= end_of(week.since - timedelta(days=1)),
            desks.c.since < end_of(week.until),
        )
        return sorted(self._connection.execute(wanted).scalars())


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(cast(which, Integer))


def _ages(received_on: ColumnElement[Any], until: date) -> list[ColumnElement[bool]]:
    """A condition for each of the ages, the youngest first."""
    firsts = [until - timedelta(days=last) for last in AGES]
    inner = [and_(received_on >= early, received_on < late) for late, early in pairwise(firsts)]
    return [received_on >= firsts[0], *inner, received_on < firsts[-1]]


def _case(row: Row[Any]) -> PendingCase:
    return PendingCase(**{name: getattr(row, name) for name in _CASE})
