"""Decisions, desks, the ledger and the outbox in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from nistaran.domain.events import GENESIS, Event, Link, chain
from nistaran.domain.records import Claim, DecisionRecord, DeskEntry, Head, Notice, NoticeState
from storage.columns import moment_text, read_json, write_json
from storage.grouped import grouped
from storage.memory.tables import Draft, QueuedNotice, in_utc


class MemoryDecisions:
    """Every routing decision ever made."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, decisions: Sequence[DecisionRecord]) -> None:
        """Keep decisions."""
        self._draft.must_be_cases(decision.case_id for decision in decisions)
        kept = self._draft.change("decisions").decisions
        for decision in decisions:
            kept[decision.case_id] = (*kept.get(decision.case_id, ()), in_utc(decision, "at"))

    def of(self, case_id: int) -> list[DecisionRecord]:
        """The decisions on a case, oldest first."""
        return list(self._draft.tables.decisions.get(case_id, ()))

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[DecisionRecord]]:
        """The decisions on each of these cases, as of() gives them; a case without any is left out."""
        return {case_id: found for case_id in case_ids if (found := self.of(case_id))}


class MemoryDesks:
    """Who had the case when."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def open(self, entries: Sequence[DeskEntry]) -> None:
        """Put cases on desks; an open entry of the same case is closed at that moment."""
        self._draft.must_be_cases(entry.case_id for entry in entries)
        desks = self._draft.change("desks").desks
        for entry in entries:
            opened = in_utc(entry, "since", "until")
            earlier = desks.get(entry.case_id, ())
            if earlier and earlier[-1].until is None:
                earlier = (*earlier[:-1], replace(earlier[-1], until=opened.since))
            desks[entry.case_id] = (*earlier, opened)

    def of(self, case_id: int) -> list[DeskEntry]:
        """The desks of a case, oldest first."""
        return list(self._draft.tables.desks.get(case_id, ()))

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[DeskEntry]]:
        """The desks of each of these cases, as of() gives them; a case without any is left out."""
        return {case_id: found for case_id in case_ids if (found := self.of(case_id))}


class MemoryLedger:
    """The append-only, hash-chained events."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def lock(self) -> None:
        """A writing unit of work is the only one from its beginning."""
        self._draft.change()

    def append(self, new: Iterable[Event]) -> Head:
        """Chain the events to the end. Returns the new end."""
        tables, head = self._draft.change("events", "events_of_case"), self.head()
        for link in chain(new, seq=head.seq, previous=head.hash):
            tables.events[link.seq] = link
            tables.events_of_case[link.case] = (*tables.events_of_case.get(link.case, ()), link.seq)
        return self.head()

    def head(self) -> Head:
        """The end of the ledger (seq 0 and GENESIS when empty)."""
        events = self._draft.tables.events
        return Head(seq=len(events), hash=events[len(events)].hash) if events else Head(seq=0, hash=GENESIS)

    def of(self, case: str) -> list[Link]:
        """The events of a case, oldest first."""
        tables = self._draft.tables
        return [tables.events[seq] for seq in tables.events_of_case.get(case, ())]

    def of_each(self, cases: Sequence[str]) -> dict[str, list[Link]]:
        """The events of each of these cases, as of() gives them; a case without any is left out."""
        return {case: found for case in cases if (found := self.of(case))}

    def links(self, *, after: int = 0) -> Iterator[Link]:
        """All events after `after`, in order."""
        events = self._draft.tables.events
        return (events[seq] for seq in range(after + 1, len(events) + 1))


class MemoryOutbox:
    """What must leave the house."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, notices: Sequence[Notice], *, at: datetime) -> None:
        """Queue notices; a key that is already queued is left as it is."""
        moment_text(at)
        self._draft.must_be_cases(notice.case_id for notice in notices if notice.case_id is not None)
        tables = self._draft.change("outbox", "notice_of_key")
        for notice in notices:
            if notice.key in tables.notice_of_key:
                continue
            queued = QueuedNotice(
                id=len(tables.outbox) + 1,
                key=notice.key,
                kind=notice.kind,
                case_id=notice.case_id,
                office=notice.office,
                body=write_json(notice.body),
                due_at=at,
            )
            tables.outbox[queued.id] = queued
            tables.notice_of_key[queued.key] = queued.id

    def claim(self, *, limit: int, at: datetime, lease_seconds: int) -> list[Claim]:
        """Hold up to `limit` notices that are due and not held, or whose lease ended; the longest due first."""
        moment_text(at)
        outbox = self._draft.change("outbox").outbox
        open_states = (NoticeState.WAITING, NoticeState.CLAIMED)
        due = [notice for notice in outbox.values() if notice.state in open_states and notice.due_at <= at]
        due.sort(key=lambda notice: (notice.due_at, notice.id))
        for notice in due[:limit]:
            outbox[notice.id] = replace(
                notice,
                state=NoticeState.CLAIMED,
                due_at=at + timedelta(seconds=lease_seconds),
                token=notice.token + 1,
                attempts=notice.attempts + 1,
            )
        return [_claim(outbox[notice.id]) for notice in due[:limit]]

    def delivered(self, claims: Sequence[Claim], *, receipts: Sequence[str], at: datetime) -> list[bool]:
        """Mark as delivered. False for a claim whose token is no longer the newest."""
        moment_text(at)
        return [
            self._finish(claim, state=NoticeState.DELIVERED, outcome=receipt)
            for claim, receipt in zip(claims, receipts, strict=True)
        ]

    def failed(self, claim: Claim, *, error: str, not_before: datetime | None) -> bool:
        """Put back for `not_before`, or to the dead letters when that is None. False when the token is stale."""
        if not_before is None:
            return self._finish(claim, state=NoticeState.DEAD, outcome=error)
        return self._finish(claim, state=NoticeState.WAITING, outcome=error, due_at=not_before)

    def hand_back(self, claims: Sequence[Claim], *, at: datetime) -> int:
        """Put back what was claimed and never tried: due at `at`, the attempt not counted. Returns how many were still held."""
        moment_text(at)
        returned = [claim for claim in claims if self._finish(claim, state=NoticeState.WAITING, due_at=at)]
        outbox = self._draft.change("outbox").outbox
        for claim in returned:
            outbox[claim.id] = replace(outbox[claim.id], attempts=claim.attempts - 1)
        return len(returned)

    def pause(self, *, until: datetime, office: str | None = None) -> int:
        """Nothing that waits (for this office; None: for any) is due before `until`. Returns how many notices that put off."""
        moment_text(until)
        outbox = self._draft.change("outbox").outbox
        early = [one for one in outbox.values() if one.state is NoticeState.WAITING and one.due_at < until]
        put_off = [one for one in early if office in (None, one.office)]
        for one in put_off:
            outbox[one.id] = replace(one, due_at=until)
        return len(put_off)

    def revive(self, *, at: datetime) -> int:
        """Put every dead letter back to be tried anew from `at` on. Returns how many."""
        dead = [(id_, one) for id_, one in self._draft.tables.outbox.items() if one.state is NoticeState.DEAD]
        for id_, one in dead:
            self._draft.change("outbox").outbox[id_] = replace(one, state=NoticeState.WAITING, due_at=at, attempts=0)
        return len(dead)

    def count_by_state(self) -> dict[str, int]:
        """How many notices stand where."""
        return dict(Counter(notice.state.value for notice in self._draft.tables.outbox.values()))

    def of(self, case_id: int) -> list[tuple[Notice, str, str]]:
        """(notice, state, receipt or error) of a case, oldest first."""
        return [
            (_claim(notice).notice, notice.state.value, notice.outcome)
            for notice in self._draft.tables.outbox.values()
            if notice.case_id == case_id
        ]

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[tuple[Notice, str, str]]]:
        """The notices of each of these cases, as of() gives them; a case without any is left out."""
        asked = set(case_ids)
        return grouped(
            (notice.case_id, (_claim(notice).notice, notice.state.value, notice.outcome))
            for notice in self._draft.tables.outbox.values()
            if notice.case_id is not None and notice.case_id in asked
        )

    def _finish(
        self, claim: Claim, *, state: NoticeState, outcome: str | None = None, due_at: datetime | None = None
    ) -> bool:
        notice = self._draft.tables.outbox.get(claim.id)
        if notice is None or notice.state is not NoticeState.CLAIMED or notice.token != claim.token:
            return False
        self._draft.change("outbox").outbox[claim.id] = replace(
            notice, state=state, outcome=notice.outcome if outcome is None else outcome, due_at=due_at or notice.due_at
        )
        return True


def _claim(row: QueuedNotice) -> Claim:
    notice = Notice(key=row.key, kind=row.kind, case_id=row.case_id, office=row.office, body=read_json(row.body))
    return Claim(id=row.id, token=row.token, attempts=row.attempts, notice=notice)
