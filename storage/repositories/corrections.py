"""What people said of the departments of cases, and how far each is trusted. Not here: who is trusted when (nistaran/domain)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select, text

from nistaran.domain.correction import Correction, CorrectionReason, Quarantine, Source, Trust, TrustedLabel
from nistaran.domain.errors import RowRefused
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.learning_tables import CorrectionRow
from storage.tables import WordsRow, table_of

_corrections = table_of(CorrectionRow)
_words = table_of(WordsRow)

_SAID = ("id", "case_id", "case_number", "at", "said_by", "source", "said", "department", "reason")
_SETTLED = ("trust", "trusted_at", "trusted_by", "office", "why_quarantined")
_add = BulkInsert(_corrections, *_SAID, *_SETTLED)
_settle = BulkUpdate(_corrections, *_SETTLED, keys=("id",))
_WHOLE = select(*(_corrections.c[name] for name in (*_SAID, *_SETTLED)))

_c = _corrections.c
_LABEL = (
    select(
        *(_c.case_number, _c.trusted_at, _c.said_by, _c.office, _c.source, _c.department, _c.said),
        *(_words.c.text, _words.c.addressed_to),
    )
    .join_from(_corrections, _words, _words.c.case_id == _c.case_id)
    # the trust stands as text in the statement, so that the planner sees that the index of trusted ones serves
    .where(text("corrections.trust = 'TRUSTED'"), _words.c.text != "")
    .order_by(_c.trusted_at, _c.case_number)
)


class SqlCorrections:
    """What people said of the departments of cases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, corrections: Sequence[Correction]) -> None:
        """Keep new corrections. Raises RowRefused for an id that is there already, or a case that is not."""
        _add.run(self._connection, [(*_said_of(one), *_settled_of(one)) for one in corrections])

    def settle(self, corrections: Sequence[Correction]) -> None:
        """Write how far these kept corrections are now trusted. Raises RowRefused when one of them is not kept."""
        rows = [(*_settled_of(one), one.id) for one in corrections]
        if _settle.run(self._connection, rows) != len(rows):
            raise RowRefused("corrections: what is settled must be kept first")

    def of(self, case_id: int) -> list[Correction]:
        """The corrections of a case, oldest first."""
        return self._read(_WHOLE.where(_c.case_id == case_id).order_by(_c.at, _c.id))

    def by_ids(self, ids: Sequence[str]) -> list[Correction]:
        """The corrections of these ids, in the order of the ids; an id that is none is left out."""
        found = {one.id: one for one in self._read(_WHOLE.where(among(_c.id, ids, self._connection)))}
        return [found[one] for one in ids if one in found]

    def of_login(self, by: str, *, since: datetime) -> list[Correction]:
        """What one login said after that moment, oldest first."""
        return self._read(_WHOLE.where(_c.said_by == by, _c.at > since).order_by(_c.at, _c.id))

    def waiting(self, *, limit: int) -> list[Correction]:
        """Corrections that wait for an office's word, oldest first."""
        return self._open(Trust.WAITING, limit)

    def quarantined(self, *, limit: int) -> list[Correction]:
        """Corrections that wait for a second person, oldest first."""
        return self._open(Trust.QUARANTINED, limit)

    def trusted(self, *, after: tuple[datetime, str] | None = None, limit: int) -> list[TrustedLabel]:
        """Corrections that may teach, in the order in which they became trusted, after the `key` of the last row before."""
        wanted = _LABEL.limit(limit)
        if after is not None:
            at, case = after
            wanted = wanted.where(or_(_c.trusted_at > at, and_(_c.trusted_at == at, _c.case_number > case)))
        return [_label(row) for row in self._connection.execute(wanted)]

    def count_by_login(self, *, since: datetime | None = None) -> dict[tuple[str, str], int]:
        """How many corrections each (login, trust) has, of those said after that moment (None: ever)."""
        if (
            since is not None
        ):  # grouped by an expression: by the bare column SQLite reads the whole table in the order of logins
            login, trust = (_c.said_by + "").label("login"), (_c.trust + "").label("trusted")
            recent = select(login, trust, func.count()).where(_c.at > since).group_by("login", "trusted")
            return {(row[0], row[1]): row[2] for row in self._connection.execute(recent)}
        ever = select(_c.said_by, _c.trust, func.count()).group_by(_c.said_by, _c.trust)
        return {(row[0], row[1]): row[2] for row in self._connection.execute(ever)}

    def page(self, *, after: str, limit: int) -> list[Correction]:
        """Corrections with an id above `after`, by id."""
        return self._read(_WHOLE.where(_c.id > after).order_by(_c.id).limit(limit))

    def _open(self, trust: Trust, limit: int) -> list[Correction]:
        still = _WHOLE.where(text("corrections.trust IN ('WAITING', 'QUARANTINED')"), _c.trust == trust.value)
        return self._read(still.order_by(_c.at, _c.id).limit(limit))

    def _read(self, wanted: Select[Any]) -> list[Correction]:
        return [_correction(row) for row in self._connection.execute(wanted)]


def _said_of(one: Correction) -> tuple[Any, ...]:
    return (
        *(one.id, one.case_id, one.case, one.at, one.by),
        *(one.source.value, one.said, one.department, one.reason.value),
    )


def _settled_of(one: Correction) -> tuple[Any, ...]:
    why = one.why_quarantined.value if one.why_quarantined else ""
    return one.trust.value, one.trusted_at, one.trusted_by, one.office, why


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        id=row.id,
        case_id=row.case_id,
        case=row.case_number,
        at=row.at,
        by=row.said_by,
        source=Source(row.source),
        said=row.said,
        department=row.department,
        reason=CorrectionReason(row.reason),
        trust=Trust(row.trust),
        trusted_at=row.trusted_at,
        trusted_by=row.trusted_by,
        office=row.office,
        why_quarantined=Quarantine(row.why_quarantined) if row.why_quarantined else None,
    )


def _label(row: Row[Any]) -> TrustedLabel:
    return TrustedLabel(
        case=row.case_number,
        at=row.trusted_at,
        by=row.said_by,
        office=row.office,
        source=row.source,
        department=row.department,
        said=row.said,
        text=row.text,
        addressed_to=row.addressed_to,
    )
