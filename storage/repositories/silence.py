"""What offices got and by what they were heard, counted by the database. Not here: which office is silent (nistaran/domain/login_days.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, DateTime, cast, exists, func, select

from nistaran.domain.complaint import Status
from nistaran.domain.events import EventKind
from nistaran.domain.login_days import Arrivals
from nistaran.domain.task import TaskState
from storage.columns import moment_text, read_json
from storage.report_tables import ReportRow
from storage.tables import CaseRow, DeskRow, EventRow, table_of
from storage.task_tables import TaskRow

_cases = table_of(CaseRow)
_desks = table_of(DeskRow)
_events = table_of(EventRow).c
_reports = table_of(ReportRow).c
_tasks = table_of(TaskRow).c
_HEARD = (EventKind.OFFICE_ANSWERED.value, EventKind.REPORT_SUBMITTED.value)


class SqlSilence:
    """What offices got, did and left lying."""

    _connection: Connection

    def arrivals(self, *, since: datetime) -> dict[str, Arrivals]:
        """Office → the cases that came to its desk since then; an office without any is left out."""
        d = _desks.c
        wanted = (
            select(d.office, func.count(), func.min(d.since), func.max(d.since))
            .where(d.since >= since, d.office != "")
            .group_by(d.office)
        )
        found = self._connection.execute(wanted)
        return {office: Arrivals(cases=cases, first=first, last=last) for office, cases, first, last in found}

    def acts(self, *, since: datetime) -> dict[str, datetime]:
        """Office → its newest answer, report or task done since then; an office without any is left out."""
        newest: dict[str, datetime] = {}
        for office, at in (*self._answers(since), *self._reported(since), *self._done(since)):
            newest[office] = max(at, newest.get(office, at))
        return newest

    def untouched(self, *, before: datetime) -> dict[str, int]:
        """Office → how many cases lie on its desk since before then, without its answer or report since they came."""
        c, d = _cases.c, _desks.c
        said: Any = _events.at  # text; on SQLite moments are texts of the same form
        if self._connection.dialect.name == "postgresql":
            said = cast(said, DateTime(timezone=True))
        heard = exists().where(_events.case_number == c.number, _events.kind.in_(_HEARD), said >= d.since)
        wanted = (
            select(c.office, func.count())
            .select_from(_cases.join(_desks, d.case_id == c.id))
            .where(d.until.is_(None), d.since < before, c.status == Status.WITH_OFFICE.value, ~heard)
            .group_by(c.office)
        )
        return dict(self._connection.execute(wanted).tuples().all())

    def _answers(self, since: datetime) -> Iterable[tuple[str, datetime]]:
        """From the ledger, whose events stand in the order of time: those before are found by halving and not read."""
        low, high = 0, self._connection.execute(select(func.max(_events.seq))).scalar() or 0
        text = moment_text(since)
        while low < high:
            middle = (low + high) // 2
            at = self._connection.execute(select(_events.at).where(_events.seq == middle + 1)).scalar()
            low, high = (middle + 1, high) if at is not None and at < text else (low, middle)
        kind = EventKind.OFFICE_ANSWERED.value
        wanted = select(_events.body, _events.at).where(_events.seq > low, _events.kind == kind, _events.at >= text)
        for body, at in self._connection.execute(wanted):
            yield str(read_json(body)["office"]), datetime.fromisoformat(at)

    def _reported(self, since: datetime) -> list[tuple[str, datetime]]:
        wanted = select(_reports.office, func.max(_reports.at)).where(_reports.at >= since).group_by(_reports.office)
        return [(office, at) for office, at in self._connection.execute(wanted)]

    def _done(self, since: datetime) -> list[tuple[str, datetime]]:
        done = (_tasks.state == TaskState.DONE.value, _tasks.closed_at >= since)
        wanted = select(_tasks.office, func.max(_tasks.closed_at)).where(*done).group_by(_tasks.office)
        return [(office, at) for office, at in self._connection.execute(wanted)]
