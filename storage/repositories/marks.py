"""Marks on cases, the cases that may need one, and the sweeps that looked. Not here: which mark is due (nistaran/domain/escalation.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, cast, exists, func, or_, select, text

from nistaran.domain.complaint import Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import Mark, MarkKind, OpenCase, Round, Sweep
from storage.bulk import BulkInsert, among
from storage.grouped import grouped
from storage.mark_tables import MarkRow, SweepRow
from storage.tables import OPEN_CASES, CaseRow, table_of
from storage.task_tables import TaskRow

_marks = table_of(MarkRow)
_sweeps = table_of(SweepRow)
_cases = table_of(CaseRow)
_tasks = table_of(TaskRow)
_c = _marks.c
_MARK = ("case_id", "round", "kind", "due_on", "on_day", "at")
_SWEEP = ("on_day", "at", "looked_at", "marked", "skipped")
_OPEN = (
    *("id", "number", "channel", "lane", "priority", "received_on", "due_on", "status", "department", "office"),
)  # fmt: skip
_add = BulkInsert(_marks, *_MARK)
_end = BulkInsert(_sweeps, *_SWEEP, keep_existing=True)
_ORDER = {kind.value: turn for turn, kind in enumerate(MarkKind)}
_KIND = {kind.value: kind for kind in MarkKind}
_STATUS = {status.value: status for status in Status}


class SqlMarks:
    """Warnings, defaulters and rungs, each once for a round of a case. Never changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, marks: Sequence[Mark]) -> None:
        """Keep marks. Raises RowRefused for one that its round has already, or a case that is not."""
        _add.run(self._connection, [_row_of(one) for one in marks])

    def of(self, case_id: int) -> list[Mark]:
        """The marks of a case, by round, then in the order in which they fall due."""
        return self._read(select(_marks).where(_c.case_id == case_id))

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Mark]]:
        """The marks of each of these cases, as of() gives them; a case without any is left out."""
        found = self._read(select(_marks).where(among(_c.case_id, case_ids, self._connection)))
        return grouped((one.case_id, one) for one in found)

    def made_of(self, case_ids: Sequence[int]) -> dict[int, frozenset[tuple[int, MarkKind]]]:
        """(round, kind) of every mark of each of these cases; a case without any is left out."""
        wanted = select(_c.case_id, _c.round, _c.kind).where(among(_c.case_id, case_ids, self._connection))
        made = grouped((case_id, (turn, _KIND[kind])) for case_id, turn, kind in self._connection.execute(wanted).all())
        return {case_id: frozenset(marks) for case_id, marks in made.items()}

    def open_cases(self, *, after_id: int, limit: int, due_by: date | None = None) -> list[OpenCase]:
        """Cases that are not over with an id above `after_id`, by id. The closed ones are not read."""
        wanted = select(*(_cases.c[name] for name in _OPEN)).where(text(OPEN_CASES), _cases.c.id > after_id)
        if due_by is not None:  # a reopened one has a day of its own, which may be earlier
            anew = exists().where(_tasks.c.case_id == _cases.c.id, _tasks.c.kind == "REWORK")
            wanted = wanted.where(or_(_cases.c.due_on <= due_by, anew))
        # SQLite would rather go through all cases in the order of their ids than through this index and then to the case
        wanted = wanted.with_hint(_cases, "INDEXED BY ix_cases_open", "sqlite").order_by(_cases.c.id).limit(limit)
        return [_open_case(row) for row in self._connection.execute(wanted).all()]

    def received_since(self, day: date, *, after_id: int, limit: int) -> list[OpenCase]:
        """Cases that came on that day or later, over or not, with an id above `after_id`, by id."""
        wanted = select(*(_cases.c[name] for name in _OPEN)).where(_cases.c.id > after_id, _cases.c.received_on >= day)
        return [_open_case(row) for row in self._connection.execute(wanted.order_by(_cases.c.id).limit(limit)).all()]

    def open_of(self, case_ids: Sequence[int]) -> list[OpenCase]:
        """Those of these cases that are not over, by id."""
        wanted = select(*(_cases.c[name] for name in _OPEN)).where(
            text(OPEN_CASES), among(_cases.c.id, case_ids, self._connection)
        )
        return [_open_case(row) for row in self._connection.execute(wanted.order_by(_cases.c.id)).all()]

    def rounds_of(self, case_ids: Sequence[int]) -> dict[int, Round]:
        """The present round of each of these cases that was ever reopened: each reopening sets a task to report anew."""
        wanted = (
            select(_tasks.c.case_id, _tasks.c.since, _tasks.c.due_on)
            .where(among(_tasks.c.case_id, case_ids, self._connection), _tasks.c.kind == "REWORK")
            .order_by(_tasks.c.since, _tasks.c.id)
        )
        found = grouped((row.case_id, row) for row in self._connection.execute(wanted))
        return {
            case_id: Round(number=len(rows), since=day_in_india(rows[-1].since), due_on=rows[-1].due_on)
            for case_id, rows in found.items()
        }

    def defaulters_by_day(self, *, since: date, until: date) -> dict[tuple[str, date], tuple[int, int]]:
        """(department of the case now, day) → (defaulters marked on that day, those of them whose case is not over)."""
        not_over = func.sum(cast(text(f"cases.{OPEN_CASES}"), Integer))
        wanted = (
            select(_cases.c.department, _c.on_day, func.count(), not_over)
            .join(_cases, _cases.c.id == _c.case_id)
            .where(_c.kind == MarkKind.DEFAULTER.value, _c.on_day >= since, _c.on_day <= until)
            .group_by(_cases.c.department, _c.on_day)
        )
        return {(row[0], row[1]): (row[2], row[3]) for row in self._connection.execute(wanted)}

    def sweep_ended(self, sweep: Sweep) -> None:
        """A sweep came to its end; the first one of a day is kept."""
        _end.run(self._connection, [(sweep.on_day, sweep.at, sweep.looked_at, sweep.marked, sweep.skipped)])

    def last_sweep(self) -> Sweep | None:
        """The last day's first sweep; None before any."""
        row = self._connection.execute(select(_sweeps).order_by(_sweeps.c.on_day.desc()).limit(1)).first()
        return Sweep(**{name: getattr(row, name) for name in _SWEEP}) if row is not None else None

    def _read(self, wanted: Select[Any]) -> list[Mark]:
        rows = self._connection.execute(wanted).all()
        return [_mark(row) for row in sorted(rows, key=lambda row: (row.case_id, row.round, _ORDER[row.kind]))]


def _row_of(one: Mark) -> tuple[Any, ...]:
    return one.case_id, one.round, one.kind._value_, one.due_on, one.on_day, one.at  # .value looks the word up


def _mark(row: Row[Any]) -> Mark:
    return Mark(
        case_id=row.case_id,
        kind=MarkKind(row.kind),
        round=row.round,
        due_on=row.due_on,
        on_day=row.on_day,
        at=row.at,
    )


def _open_case(row: Row[Any]) -> OpenCase:
    """Column by column as _OPEN names them."""
    case_id, number, channel, lane, priority, received_on, due_on, status, department, office = tuple(row)
    return OpenCase(
        id=case_id,
        number=number,
        channel=channel,
        lane=lane,
        priority=priority,
        received_on=received_on,
        due_on=due_on,
        status=_STATUS[status],
        department=department,
        office=office,
    )
