"""Which cases belong together. Not here: finding that out (nistaran/steps/repeats.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, union, union_all

from nistaran.domain.complaint import Link, LinkKind
from storage.bulk import BulkInsert, among
from storage.grouped import grouped
from storage.tables import LinkRow, table_of

_links = table_of(LinkRow)
_COLUMNS = (_links.c.case_id, _links.c.kind, _links.c.other, _links.c.other_id)
_add = BulkInsert(_links, "case_id", "kind", "other", "other_id", keep_existing=True)


class SqlLinks:
    """Which cases belong together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, links: Sequence[Link]) -> None:
        """Keep links; one that is already kept is left as it is."""
        _add.run(self._connection, [(link.case_id, link.kind.value, link.other, link.other_id) for link in links])

    def of(self, case_id: int) -> list[Link]:
        """Links from and to the case, by the case they start from."""
        both = union(  # two index look-ups; one OR would read the whole table
            select(*_COLUMNS).where(_links.c.case_id == case_id),
            select(*_COLUMNS).where(_links.c.other_id == case_id, _links.c.other_id.is_not(None)),
        ).order_by("case_id", "kind", "other")
        return [_link(row) for row in self._connection.execute(both)]

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Link]]:
        """The links from and to each of these cases, as of() gives them; a case without any is left out."""
        known = _links.c.other_id.is_not(None)
        to = select(*_COLUMNS, _links.c.other_id.label("end")).where(
            among(_links.c.other_id, case_ids, self._connection), known, _links.c.other_id != _links.c.case_id
        )
        starts = among(_links.c.case_id, case_ids, self._connection)
        both = union_all(select(*_COLUMNS, _links.c.case_id.label("end")).where(starts), to)
        rows = self._connection.execute(both.order_by("case_id", "kind", "other")).all()
        return grouped((row[4], _link(row)) for row in rows)


def _link(row: Row[Any]) -> Link:
    return Link(case_id=row[0], kind=LinkKind(row[1]), other=row[2], other_id=row[3])
