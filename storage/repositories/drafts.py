"""Letters for a signature, daily notices and clean-up orders. Not here: which letter is due when (nistaran/domain/drafts.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from nistaran.domain.daily_notices import DailyNotice
from nistaran.domain.drafts import Act, ActKind, Draft, DraftKind, DraftState
from nistaran.domain.errors import RowRefused
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.columns import moment_text, read_json, write_json
from storage.drafts_tables import DailyNoticeRow, DraftCaseRow, DraftRow
from storage.grouped import grouped
from storage.tables import table_of

_drafts, _of_cases, _notices = table_of(DraftRow), table_of(DraftCaseRow), table_of(DailyNoticeRow)
_d, _n = _drafts.c, _notices.c
_DRAWN = (
    "id",
    "kind",
    "year",
    "serial",
    "office",
    "department",
    "drawn_at",
    "drawn_by",
    "basis",
    "reply_days",
    "facts",
)
_MOVES = ("state", "acts")
_NOTICE = ("day", "department", "office", "at", "facts", "acknowledged_at", "acknowledged_by")
_add = BulkInsert(_drafts, *_DRAWN, *_MOVES)
_add_cases = BulkInsert(_of_cases, "draft_id", "case_id", "round")
_settle = BulkUpdate(_drafts, *_MOVES, keys=("id",))
_add_notice = BulkInsert(_notices, *_NOTICE, keep_existing=True)
_acknowledge = BulkUpdate(_notices, "acknowledged_at", "acknowledged_by", keys=("day", "department"))


class SqlDrafts:
    """Letters drawn up for a person's signature."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, draft: Draft) -> None:
        """Keep a new letter. Raises RowRefused for an id or number that is there already, or a case that is not."""
        own = (draft.id, draft.kind.value, draft.year, draft.serial, draft.office, draft.department, draft.drawn_at)
        more = (draft.drawn_by, draft.basis, draft.reply_days, write_json(dict(draft.facts)))
        _add.run(self._connection, [(*own, *more, *_moves_of(draft))])
        _add_cases.run(self._connection, [(draft.id, case_id, turn) for case_id, turn in draft.cases])

    def settle(self, draft: Draft) -> None:
        """Write how far a kept letter has come. Raises RowRefused when it is not kept."""
        if _settle.run(self._connection, [(*_moves_of(draft), draft.id)]) != 1:
            raise RowRefused("drafts: what is settled must be kept first")

    def get(self, id_: str) -> Draft | None:
        """The letter of this id, or None."""
        found = self._read(select(_drafts).where(_d.id == id_))
        return found[0] if found else None

    def find(
        self,
        *,
        state: DraftState | None = None,
        kind: DraftKind | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> list[Draft]:
        """Letters (in this state, of this kind, drawn up since that moment), the newest first, then by id; at most `limit`."""
        wanted = select(_drafts).order_by(_d.drawn_at.desc(), _d.id).limit(limit)
        if since is not None:
            wanted = wanted.where(_d.drawn_at >= since)
        if state is not None:
            wanted = wanted.where(_d.state == state.value)
        if kind is not None:
            wanted = wanted.where(_d.kind == kind.value)
        return self._read(wanted)

    def page(self, *, after: str, limit: int) -> list[Draft]:
        """Letters with an id above `after`, by id: for verifying, paged by key."""
        return self._read(select(_drafts).where(_d.id > after).order_by(_d.id).limit(limit))

    def count_by_state(self) -> dict[str, int]:
        """How many letters stand where."""
        rows = self._connection.execute(select(_d.state, func.count()).group_by(_d.state))
        return {row[0]: row[1] for row in rows}

    def taken(self, kind: DraftKind, case_ids: Sequence[int]) -> set[tuple[int, int]]:
        """(case id, round) of those of these cases that a letter of this kind is about, cancelled letters left out."""
        wanted = (
            select(_of_cases.c.case_id, _of_cases.c.round)
            .join(_drafts, _d.id == _of_cases.c.draft_id)
            .where(
                _d.kind == kind.value,
                _d.state != DraftState.CANCELLED.value,
                among(_of_cases.c.case_id, case_ids, self._connection),
            )
        )
        return {(row[0], row[1]) for row in self._connection.execute(wanted)}

    def of_cases(self, case_ids: Sequence[int]) -> dict[int, list[Draft]]:
        """The letters about each of these cases, the oldest first, cancelled ones too; a case without any is left out. Without what stands
        on them, and each with the one case alone: for sweeps."""
        kept = (column for column in _d if column.name != "facts")
        wanted = (
            select(*kept, _of_cases.c.case_id, _of_cases.c.round)
            .join(_of_cases, _of_cases.c.draft_id == _d.id)
            .where(among(_of_cases.c.case_id, case_ids, self._connection))
            .order_by(_of_cases.c.case_id, _d.drawn_at, _d.id)
        )
        rows = self._connection.execute(wanted).all()
        return grouped((row.case_id, _draft(row, ((row.case_id, row.round),), {})) for row in rows)

    def on_basis(self, kind: DraftKind, basis: str) -> list[Draft]:
        """The letters of this kind that rest on that, cancelled ones left out."""
        wanted = select(_drafts).where(_d.basis == basis, _d.kind == kind.value, _d.state != DraftState.CANCELLED.value)
        return self._read(wanted.order_by(_d.id))

    def _read(self, wanted: Select[Any]) -> list[Draft]:
        rows = self._connection.execute(wanted).all()
        ids = [row.id for row in rows]
        about = select(_of_cases).where(among(_of_cases.c.draft_id, ids, self._connection))
        about = about.order_by(_of_cases.c.draft_id, _of_cases.c.case_id)
        cases = grouped((row.draft_id, (row.case_id, row.round)) for row in self._connection.execute(about))
        return [_draft(row, tuple(cases.get(row.id, ())), read_json(row.facts)) for row in rows]


class SqlDailyNotices:
    """The cell's daily notices to departments, one a department and day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notice: DailyNotice) -> bool:
        """Keep a notice; one that is there already is left as it is. Returns whether it was new."""
        own = (notice.day, notice.department, notice.office, notice.at, write_json(dict(notice.facts)))
        return _add_notice.run(self._connection, [(*own, notice.acknowledged_at, notice.acknowledged_by)]) == 1

    def acknowledge(self, notice: DailyNotice) -> None:
        """Write who acknowledged a kept notice, and when. Raises RowRefused when it is not kept."""
        row = (notice.acknowledged_at, notice.acknowledged_by, notice.day, notice.department)
        if _acknowledge.run(self._connection, [row]) != 1:
            raise RowRefused("daily_notices: what is acknowledged must be kept first")

    def get(self, day: date, department: str) -> DailyNotice | None:
        """The notice of that day to the department, or None."""
        found = self._read(select(_notices).where(_n.day == day, _n.department == department))
        return found[0] if found else None

    def since(self, day: date) -> list[DailyNotice]:
        """The notices from that day on, by day, then department."""
        return self._read(select(_notices).where(_n.day >= day))

    def page(self, *, after: tuple[date, str] | None, limit: int) -> list[DailyNotice]:
        """Notices after the (day, department) of the last one before, by day, then department: for verifying."""
        wanted = select(_notices).limit(limit)
        if after is not None:
            day, department = after
            wanted = wanted.where(or_(_n.day > day, and_(_n.day == day, _n.department > department)))
        return self._read(wanted)

    def _read(self, wanted: Select[Any]) -> list[DailyNotice]:
        rows = self._connection.execute(wanted.order_by(_n.day, _n.department))
        return [
            DailyNotice(**{**{name: getattr(row, name) for name in _NOTICE}, "facts": read_json(row.facts)})
            for row in rows
        ]


def _moves_of(draft: Draft) -> tuple[str, str]:
    return draft.state.value, write_json([act_json(one) for one in draft.acts])


def act_json(act: Act) -> dict[str, str]:
    """An act as it is kept."""
    days = {name: day.isoformat() for name, day in (("on", act.on), ("until", act.until)) if day is not None}
    return {"kind": act.kind.value, "by": act.by, "at": moment_text(act.at), "why": act.why, **days}


def _act(kept: dict[str, str]) -> Act:
    on, until = (date.fromisoformat(kept[name]) if name in kept else None for name in ("on", "until"))
    moment = datetime.fromisoformat(kept["at"])
    return Act(kind=ActKind(kept["kind"]), by=kept["by"], at=moment, on=on, until=until, why=kept["why"])


def _draft(row: Row[Any], cases: tuple[tuple[int, int], ...], facts: dict[str, Any]) -> Draft:
    return Draft(
        id=row.id,
        kind=DraftKind(row.kind),
        year=row.year,
        serial=row.serial,
        office=row.office,
        department=row.department,
        drawn_at=row.drawn_at,
        drawn_by=row.drawn_by,
        facts=facts,
        basis=row.basis,
        reply_days=row.reply_days,
        cases=cases,
        state=DraftState(row.state),
        acts=tuple(_act(one) for one in read_json(row.acts)),
    )
