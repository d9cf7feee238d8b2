"""Which cases belong together. Not here: finding that out (nistaran/steps/repeats.py)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, union

from nistaran.domain.complaint import Link, LinkKind
from storage.bulk import BulkInsert
from storage.tables import LinkRow, table_of

_links = table_of(LinkRow)
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
        columns = (_links.c.case_id, _links.c.kind, _links.c.other, _links.c.other_id)
        both = union(  # two index look-ups; one OR would read the whole table
            select(*columns).where(_links.c.case_id == case_id),
            select(*columns).where(_links.c.other_id == case_id, _links.c.other_id.is_not(None)),
        ).order_by("case_id", "kind", "other")
        return [
            Link(case_id=row[0], kind=LinkKind(row[1]), other=row[2], other_id=row[3])
            for row in self._connection.execute(both)
        ]
