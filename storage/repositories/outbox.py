"""What must leave the house: queued with the state it belongs to, claimed with a lease, finished with a fencing token.

Not here: bringing a notice to anybody (nistaran/couriers). A token is checked by the table itself when work ends, so a worker
that was paused longer than its lease writes nothing (promise P7).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, text, update

from nistaran.domain.records import Claim, Notice, NoticeState
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.columns import read_json, write_json
from storage.grouped import grouped
from storage.tables import OutboxRow, table_of

_outbox = table_of(OutboxRow)
_WAITING, _CLAIMED = NoticeState.WAITING.value, NoticeState.CLAIMED.value
_DELIVERED, _DEAD = NoticeState.DELIVERED.value, NoticeState.DEAD.value

_add = BulkInsert(
    _outbox, "key", "kind", "case_id", "office", "body", "queued_at", "state", "due_at", "token", "attempts", "outcome",
    keep_existing=True,
)  # fmt: skip
_deliver = BulkUpdate(_outbox, "state", "outcome", "delivered_at", keys=("id", "token"))
_hand_back = BulkUpdate(_outbox, "state", "due_at", "attempts", keys=("id", "token"))


class SqlOutbox:
    """What must leave the house."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notices: Sequence[Notice], *, at: datetime) -> None:
        """Queue notices; a key that is already queued is left as it is."""
        _add.run(
            self._connection,
            [
                (one.key, one.kind, one.case_id, one.office, write_json(one.body), at, _WAITING, at, 0, 0, "")
                for one in notices
            ],
        )

    def claim(self, *, limit: int, at: datetime, lease_seconds: int) -> list[Claim]:
        """Hold up to `limit` notices that are due and not held, or whose lease ended; the longest due first."""
        due = (
            select(_outbox.c.id)
            .where(text("outbox.state IN ('WAITING', 'CLAIMED')"), _outbox.c.due_at <= at)
            .order_by(_outbox.c.due_at, _outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)  # SQLite leaves it out: there the write lock is held already
        )
        ids: Sequence[int] = self._connection.scalars(due).all()
        claimed = (
            update(_outbox)
            .where(among(_outbox.c.id, ids, self._connection))
            .values(
                state=_CLAIMED,
                due_at=at + timedelta(seconds=lease_seconds),
                token=_outbox.c.token + 1,
                attempts=_outbox.c.attempts + 1,
            )
            .returning(
                _outbox.c.id,
                _outbox.c.token,
                _outbox.c.attempts,
                _outbox.c.key,
                _outbox.c.kind,
                _outbox.c.case_id,
                _outbox.c.office,
                _outbox.c.body,
            )
        )
        held = {row.id: row for row in self._connection.execute(claimed)} if ids else {}
        rows = [held[one] for one in ids]
        return [Claim(id=row.id, token=row.token, attempts=row.attempts, notice=_notice(*row[3:])) for row in rows]

    def delivered(self, claims: Sequence[Claim], *, receipts: Sequence[str], at: datetime) -> list[bool]:
        """Mark as delivered. False for a claim whose token is no longer the newest."""
        held = self._held([claim.id for claim in claims]) if claims else {}
        told = [held.get(claim.id) == claim.token for claim in claims]
        rows = [
            (_DELIVERED, receipt, at, claim.id, claim.token)
            for claim, receipt, mine in zip(claims, receipts, told, strict=True)
            if mine
        ]
        _deliver.run(self._connection, rows)
        return told

    def failed(self, claim: Claim, *, error: str, not_before: datetime | None) -> bool:
        """Put back for `not_before`, or to the dead letters when that is None. False when the token is stale."""
        put_back = update(_outbox).where(
            _outbox.c.id == claim.id, _outbox.c.token == claim.token, _outbox.c.state == _CLAIMED
        )
        if not_before is None:
            put_back = put_back.values(state=_DEAD, outcome=error)
        else:
            put_back = put_back.values(state=_WAITING, outcome=error, due_at=not_before)
        return self._connection.execute(put_back).rowcount == 1

    def hand_back(self, claims: Sequence[Claim], *, at: datetime) -> int:
        """Put back what was claimed and never tried: due at `at`, the attempt not counted. Returns how many were still held."""
        held = self._held([claim.id for claim in claims]) if claims else {}
        rows = [
            (_WAITING, at, claim.attempts - 1, claim.id, claim.token)
            for claim in claims
            if held.get(claim.id) == claim.token
        ]
        _hand_back.run(self._connection, rows)
        return len(rows)

    def pause(self, *, until: datetime, office: str | None = None) -> int:
        """Nothing that waits (for this office; None: for any) is due before `until`. Returns how many notices that put off.

        For those who hold the ledger's lock only: on Postgres two that pause at once could wait for each other.
        """
        put_off = update(_outbox).where(
            text("outbox.state IN ('WAITING', 'CLAIMED')"), _outbox.c.state == _WAITING, _outbox.c.due_at < until
        )
        if office is not None:
            put_off = put_off.where(_outbox.c.office == office)
        return self._connection.execute(put_off.values(due_at=until)).rowcount

    def revive(self, *, at: datetime) -> int:
        """Put every dead letter back to be tried anew from `at` on. Returns how many."""
        again = update(_outbox).where(_outbox.c.state == _DEAD).values(state=_WAITING, due_at=at, attempts=0)
        return self._connection.execute(again).rowcount

    def count_by_state(self) -> dict[str, int]:
        """How many notices stand where."""
        rows = self._connection.execute(select(_outbox.c.state, func.count()).group_by(_outbox.c.state))
        return {row[0]: row[1] for row in rows}

    def of(self, case_id: int) -> list[tuple[Notice, str, str]]:
        """(notice, state, receipt or error) of a case, oldest first."""
        wanted = select(_outbox).where(_outbox.c.case_id == case_id).order_by(_outbox.c.id)
        return [
            (_notice(row.key, row.kind, row.case_id, row.office, row.body), row.state, row.outcome)
            for row in self._connection.execute(wanted)
        ]

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[tuple[Notice, str, str]]]:
        """The notices of each of these cases, as of() gives them; a case without any is left out."""
        wanted = select(_outbox).where(among(_outbox.c.case_id, case_ids, self._connection)).order_by(_outbox.c.id)
        return grouped(
            (row.case_id, (_notice(row.key, row.kind, row.case_id, row.office, row.body), row.state, row.outcome))
            for row in self._connection.execute(wanted).all()
        )

    def _held(self, ids: Sequence[int]) -> dict[int, int]:
        """The newest token of each notice that is claimed, locked until this unit of work ends."""
        wanted = select(_outbox.c.id, _outbox.c.token).where(
            among(_outbox.c.id, ids, self._connection), _outbox.c.state == _CLAIMED
        )
        return {row.id: row.token for row in self._connection.execute(wanted.with_for_update())}


def _notice(key: str, kind: str, case_id: int | None, office: str, body: str) -> Notice:
    return Notice(key=key, kind=kind, case_id=case_id, office=office, body=read_json(body))
