"""The last end of every flow. Not here: when one has been silent for too long (nistaran/steps/silence.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, case, literal, select, update

from nistaran.domain.heartbeat import Heartbeat
from storage.bulk import BulkInsert
from storage.columns import read_json, write_json
from storage.retain_tables import HeartbeatRow
from storage.tables import table_of

_heartbeats = table_of(HeartbeatRow)
_c = _heartbeats.c
_add = BulkInsert(_heartbeats, "name", "since", "at", "runs", "counts", keep_existing=True)


class SqlHeartbeats:
    """The last end of every flow."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, names: Sequence[str], *, at: datetime) -> None:
        """From this moment on the house expects to hear of these; one that it knows already is left as it is."""
        _add.run(self._connection, [(name, at, None, 0, "{}") for name in names])

    def beat(self, name: str, counts: Mapping[str, int], *, at: datetime) -> None:
        """A run came to its end. One that ended earlier than what is kept changes only how many runs there were."""
        self.known([name], at=at)
        newer = _c.at.is_(None) | (_c.at <= at)
        ended = update(_heartbeats).where(_c.name == name)
        self._connection.execute(
            ended.values(
                at=case((newer, literal(at, _c.at.type)), else_=_c.at),
                runs=_c.runs + 1,
                counts=case((newer, write_json(dict(counts))), else_=_c.counts),
            )
        )

    def all(self) -> list[Heartbeat]:
        """Every heartbeat, by name."""
        rows = self._connection.execute(select(_heartbeats).order_by(_c.name))
        return [
            Heartbeat(name=row.name, since=row.since, at=row.at, runs=row.runs, counts=read_json(row.counts))
            for row in rows
        ]
