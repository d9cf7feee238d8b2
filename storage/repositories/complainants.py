"""Who complained, sealed, and the earlier cases of the same person. Not here: the seal itself (storage/vault.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, text

from nistaran.domain.records import EarlierText, SealedPerson
from storage.bulk import BulkInsert, among
from storage.newest import newest_of_each
from storage.tables import CaseRow, ComplainantRow, WordsRow, table_of

_people = table_of(ComplainantRow)
_cases = table_of(CaseRow)
_words = table_of(WordsRow)

_COLUMNS = ("case_id", "person", "sealed", "received_on")
_person_of = attrgetter(*_COLUMNS)
_add = BulkInsert(_people, *_COLUMNS)


class SqlComplainants:
    """Who complained, sealed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, people: Sequence[SealedPerson]) -> None:
        """Keep sealed complainants. Raises RowRefused when one belongs to no case."""
        _add.run(self._connection, [_person_of(person) for person in people])

    def of(self, case_id: int) -> bytes | None:
        """The sealed complainant of a case."""
        return self._connection.scalar(select(_people.c.sealed).where(_people.c.case_id == case_id))

    def sealed_of(self, case_ids: Sequence[int]) -> dict[int, bytes]:
        """The sealed complainants of several cases."""
        wanted = select(_people.c.case_id, _people.c.sealed).where(among(_people.c.case_id, case_ids, self._connection))
        return {row.case_id: row.sealed for row in self._connection.execute(wanted)}

    def people_of(self, case_ids: Sequence[int]) -> dict[int, str]:
        """Whose these cases are, as keyed hashes; a case without a complainant who can be known again is left out."""
        wanted = select(_people.c.case_id, _people.c.person).where(
            among(_people.c.case_id, case_ids, self._connection), _people.c.person != ""
        )
        return {row.case_id: row.person for row in self._connection.execute(wanted)}

    def earlier(self, people: Sequence[str], *, since: date, each: int) -> list[EarlierText]:
        """Cases of these people received on or after `since`, newest first, at most `each` a person."""

        def newest(person: ColumnElement[str]) -> Select[Any]:
            his = _people.alias("his")
            return (
                select(his.c.case_id)
                .where(
                    his.c.person == person,
                    his.c.person != text("''"),  # lets the planner use the index of people who are known
                    his.c.received_on >= since,
                )
                .order_by(his.c.received_on.desc(), his.c.case_id.desc())
                .limit(each)
            )

        found = newest_of_each(people, newest, _people, _people.c.case_id, self._connection)
        wanted = (
            select(_people.c.person, _cases.c.id, _cases.c.number, _people.c.received_on, _words.c.text)
            .select_from(found)
            .join(_cases, _cases.c.id == _people.c.case_id)
            .join(_words, _words.c.case_id == _people.c.case_id)
            .order_by(_people.c.person, _people.c.received_on.desc(), _people.c.case_id.desc())
        )
        return [
            EarlierText(person=person, case_id=case_id, number=number, received_on=received_on, text=words)
            for person, case_id, number, received_on, words in self._connection.execute(wanted)
        ]
