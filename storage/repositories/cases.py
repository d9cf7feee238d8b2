"""Cases and the citizen's words, kept apart in two tables and read as one value.

Not here: who complained (complainants.py), how a case moves (nistaran/domain/lifecycle.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, text

from nistaran.domain.complaint import Case, Status, Whereabouts
from nistaran.domain.errors import RowRefused
from nistaran.domain.records import Placement
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.columns import read_json, write_json
from storage.facts import CARRIERS_EACH, origin_of
from storage.newest import newest_of_each
from storage.tables import CaseRow, WordsRow, table_of

_cases = table_of(CaseRow)
_words = table_of(WordsRow)

_CASE = (
    "id", "number", "key", "district", "channel", "lane", "priority", "reference", "received_on", "due_on",
    "registered_at", "status", "category", "damaged", "department", "office",
)  # fmt: skip
_PLACES = ("district", "tehsil", "block", "thana", "town", "village")
_READ_WORDS = ("text", "addressed_to", *(f"place_{place}" for place in _PLACES))

_case_of = attrgetter(*(name if name != "status" else "status._value_" for name in _CASE))
_words_of = attrgetter("id", "text", "addressed_to", *(f"whereabouts.{place}" for place in _PLACES))

_add_cases = BulkInsert(_cases, *_CASE)
_add_words = BulkInsert(_words, "case_id", *_READ_WORDS, "facts", "file_sha256", "file_row")
_place = BulkUpdate(_cases, "status", "department", "office", keys=("id",))

_WHOLE = select(*(_cases.c[name] for name in _CASE), *(_words.c[name] for name in _READ_WORDS)).select_from(
    _cases.outerjoin(_words, _words.c.case_id == _cases.c.id)
)
_COUNTED = ("status", "channel", "lane", "department", "office")


class SqlCases:
    """The cases of the house."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys that are already cases."""
        wanted = select(_cases.c.key).where(among(_cases.c.key, keys, self._connection))
        return set(self._connection.scalars(wanted))

    def add(self, cases: Sequence[Case], *, facts: Sequence[Mapping[str, object]]) -> None:
        """Keep new cases with their words. Raises ValueError when there is not one context a case."""
        _add_cases.run(self._connection, [_case_of(case) for case in cases])
        both = zip(cases, facts, strict=True)
        _add_words.run(
            self._connection, [(*_words_of(case), write_json(fact), *origin_of(fact)) for case, fact in both]
        )

    def by_number(self, number: str) -> Case | None:
        """The case of this number, or None."""
        row = self._connection.execute(_WHOLE.where(_cases.c.number == number)).first()
        return _case(row) if row is not None else None

    def by_ids(self, ids: Sequence[int]) -> list[Case]:
        """The cases of these ids, in the order of the ids; an id that is none is left out."""
        rows = self._connection.execute(_WHOLE.where(among(_cases.c.id, ids, self._connection)))
        found = {row[0]: _case(row) for row in rows}
        return [found[case_id] for case_id in ids if case_id in found]

    def facts_of(self, case_id: int) -> Mapping[str, object]:
        """The context kept with the case; empty once its words are erased."""
        facts = self._connection.scalar(select(_words.c.facts).where(_words.c.case_id == case_id))
        return read_json(facts) if facts is not None else {}

    def by_references(self, references: Sequence[str]) -> list[tuple[str, int, str]]:
        """(reference, case id, case number) of cases that carry one of these reference numbers, oldest first.

        At most CARRIERS_EACH a reference, the newest.
        """
        rows = newest_of_each(references, _carriers, _cases, _cases.c.id, self._connection)
        wanted = select(_cases.c.reference, _cases.c.id, _cases.c.number).select_from(rows)
        return sorted((tuple(row) for row in self._connection.execute(wanted)), key=lambda row: row[1])

    def by_rows(self, file_sha256: str, rows: Sequence[int]) -> dict[int, int]:
        """The case that came from each of these rows of this file, the first when there are several."""
        if not rows:
            return {}
        wanted = select(_words.c.file_row, func.min(_words.c.case_id)).where(
            _words.c.file_sha256 == file_sha256,
            _words.c.file_row.between(min(rows), max(rows)),  # a batch is one stretch: not the whole file each time
            _words.c.file_sha256 != text("''"),  # lets the planner use the index of cases that came from a file
            among(_words.c.file_row, rows, self._connection),
        )
        return {found[0]: found[1] for found in self._connection.execute(wanted.group_by(_words.c.file_row))}

    def rows_of(self, file_sha256: str, keys: Sequence[str]) -> dict[str, int]:
        """By key, the row of this file that its case came from; without keys whose case came from elsewhere or is none."""
        # two look-ups, and the file compared here: one statement would tempt a planner to read the whole file for every batch
        known = select(_cases.c.id, _cases.c.key).where(among(_cases.c.key, keys, self._connection))
        key_of = {row[0]: row[1] for row in self._connection.execute(known)}
        origin = select(_words.c.case_id, _words.c.file_sha256, _words.c.file_row)
        rows = self._connection.execute(origin.where(among(_words.c.case_id, list(key_of), self._connection)))
        return {key_of[case_id]: row for case_id, file, row in rows if file and file == file_sha256}

    def take_unrouted(self, *, limit: int, lanes: Sequence[str] | None) -> list[Case]:
        """Up to `limit` cases in status REGISTERED, first lane first, then oldest. On Postgres another worker gets others;
        on SQLite it waits, since the whole unit of work holds the write lock."""
        # the status stands as text in the statement, so that the planner sees that the small index of such cases serves
        wanted = _WHOLE.where(text("cases.status = 'REGISTERED'")).order_by(_cases.c.priority, _cases.c.id).limit(limit)
        if lanes is not None:
            wanted = wanted.where(_cases.c.lane.in_(lanes))
        if self._connection.dialect.name == "postgresql":
            # FOR NO KEY UPDATE: ingest, which holds the ledger that this worker will wait for, links its new cases to these
            # by foreign key, and a plain FOR UPDATE would make it wait for this worker in turn
            wanted = wanted.with_for_update(of=_cases, skip_locked=True, key_share=True)
        return [_case(row) for row in self._connection.execute(wanted)]

    def place(self, placements: Sequence[Placement]) -> None:
        """Write where cases stand now. Raises RowRefused when one of them is no case."""
        rows = [(place.status.value, place.department, place.office, place.case_id) for place in placements]
        if _place.run(self._connection, rows) != len(rows):
            raise RowRefused("a placement names a case that is not there")

    def count_by_status(self) -> dict[str, int]:
        """How many cases stand where."""
        return {status: count for (status,), count in self.count_by("status").items()}

    def count_by(self, *columns: str) -> dict[tuple[str, ...], int]:
        """How many cases a combination. Raises ValueError for a column that is not counted by."""
        if not columns or not set(columns) <= set(_COUNTED):
            raise ValueError(f"cases are counted by {', '.join(_COUNTED)}")
        by = [_cases.c[column] for column in columns]
        rows = self._connection.execute(select(*by, func.count()).group_by(*by).order_by(*by))
        return {tuple(row[:-1]): row[-1] for row in rows}

    def page(self, *, after_id: int, limit: int) -> list[Case]:
        """Cases with an id above `after_id`, by id."""
        wanted = _WHOLE.where(_cases.c.id > after_id).order_by(_cases.c.id).limit(limit)
        return [_case(row) for row in self._connection.execute(wanted)]


def _carriers(reference: ColumnElement[str]) -> Select[Any]:
    """The newest cases that carry a reference number, as ids."""
    case = _cases.alias("carrier")
    known = case.c.reference != text("''")  # lets the planner use the index of cases that carry a reference
    return select(case.c.id).where(case.c.reference == reference, known).order_by(case.c.id.desc()).limit(CARRIERS_EACH)


def _case(row: Row[Any]) -> Case:
    """One value of both rows, column by column as _WHOLE names them; words that were erased read as ""."""
    # fmt: off
    (case_id, number, key, district, channel, lane, priority, reference, received_on, due_on, registered_at, status, category,
     damaged, department, office, words, addressed_to, *places) = tuple(row)
    # fmt: on
    return Case(
        id=case_id,
        number=number,
        key=key,
        district=district,
        channel=channel,
        lane=lane,
        priority=priority,
        reference=reference,
        received_on=received_on,
        due_on=due_on,
        registered_at=registered_at,
        status=_STATUS[status],
        text=words or "",
        addressed_to=addressed_to or "",
        category=category,
        whereabouts=_whereabouts(tuple(places)),
        damaged=damaged,
        department=department,
        office=office,
    )


_STATUS = {status.value: status for status in Status}


@lru_cache(maxsize=4096)
def _whereabouts(places: tuple[str | None, ...]) -> Whereabouts:
    """Few places for many cases, and a value that nobody can change: the same one serves them all."""
    return Whereabouts(**dict(zip(_PLACES, (place or "" for place in places), strict=True)))
