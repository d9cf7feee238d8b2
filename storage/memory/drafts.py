"""Letters for a signature, daily notices and clean-up orders in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from nistaran.domain.daily_notices import DailyNotice
from nistaran.domain.drafts import Draft, DraftKind, DraftState
from nistaran.domain.errors import RowRefused
from nistaran.domain.orders import Order, OrderedCase, OrderState
from storage.columns import read_json, write_json
from storage.grouped import grouped
from storage.memory.tables import Draft as Tables
from storage.memory.tables import in_utc


class MemoryDrafts:
    """Letters drawn up for a person's signature."""

    def __init__(self, draft: Tables) -> None:
        self._tables = draft

    def add(self, draft: Draft) -> None:
        """Keep a new letter. Raises RowRefused for an id or number that is there already, or a case that is not."""
        self._tables.must_be_cases(case_id for case_id, _ in draft.cases)
        kept = self._tables.change("drafts").drafts
        if len({case_id for case_id, _ in draft.cases}) < len(draft.cases):
            raise RowRefused("draft_cases: each once")
        if any((one.kind, one.year, one.serial) == (draft.kind, draft.year, draft.serial) for one in kept.values()):
            raise RowRefused("drafts: each number once")
        if draft.id in kept:
            raise RowRefused("drafts: each id once")
        frozen = read_json(write_json(dict(draft.facts)))
        kept[draft.id] = replace(_at_utc(draft), facts=frozen, cases=tuple(sorted(draft.cases)))

    def settle(self, draft: Draft) -> None:
        """Write how far a kept letter has come. Raises RowRefused when it is not kept."""
        kept = self._tables.change("drafts").drafts
        if draft.id not in kept:
            raise RowRefused("drafts: what is settled must be kept first")
        kept[draft.id] = replace(kept[draft.id], state=draft.state, acts=_at_utc(draft).acts)

    def get(self, id_: str) -> Draft | None:
        """The letter of this id, or None."""
        return self._tables.tables.drafts.get(id_)

    def find(
        self,
        *,
        state: DraftState | None = None,
        kind: DraftKind | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> list[Draft]:
        """Letters (in this state, of this kind, drawn up since that moment), the newest first, then by id; at most `limit`."""
        found = [
            one
            for one in self._tables.tables.drafts.values()
            if state in (None, one.state) and kind in (None, one.kind) and (since is None or one.drawn_at >= since)
        ]
        return sorted(sorted(found, key=lambda one: one.id), key=lambda one: one.drawn_at, reverse=True)[:limit]

    def page(self, *, after: str, limit: int) -> list[Draft]:
        """Letters with an id above `after`, by id: for verifying, paged by key."""
        return [one for id_, one in sorted(self._tables.tables.drafts.items()) if id_ > after][:limit]

    def count_by_state(self) -> dict[str, int]:
        """How many letters stand where."""
        return dict(Counter(one.state.value for one in self._tables.tables.drafts.values()))

    def taken(self, kind: DraftKind, case_ids: Sequence[int]) -> set[tuple[int, int]]:
        """(case id, round) of those of these cases that a letter of this kind is about, cancelled letters left out."""
        asked = set(case_ids)
        letters = [one for one in self.find(kind=kind) if one.state is not DraftState.CANCELLED]
        return {case for one in letters for case in one.cases if case[0] in asked}

    def of_cases(self, case_ids: Sequence[int]) -> dict[int, list[Draft]]:
        """The letters about each of these cases, the oldest first, cancelled ones too; a case without any is left out. Without what stands
        on them, and each with the one case alone: for sweeps."""
        asked = set(case_ids)
        letters = sorted(self._tables.tables.drafts.values(), key=lambda one: (one.drawn_at, one.id))
        return grouped(
            (about[0], replace(one, facts={}, cases=(about,)))
            for one in letters
            for about in one.cases
            if about[0] in asked
        )

    def on_basis(self, kind: DraftKind, basis: str) -> list[Draft]:
        """The letters of this kind that rest on that, cancelled ones left out."""
        letters = [one for one in self.find(kind=kind) if one.state is not DraftState.CANCELLED and one.basis == basis]
        return sorted(letters, key=lambda one: one.id)


class MemoryDailyNotices:
    """The cell's daily notices to departments, one a department and day."""

    def __init__(self, draft: Tables) -> None:
        self._tables = draft

    def add(self, notice: DailyNotice) -> bool:
        """Keep a notice; one that is there already is left as it is. Returns whether it was new."""
        kept = self._tables.change("daily_notices").daily_notices
        key = (notice.day, notice.department)
        if key in kept:
            return False
        kept[key] = replace(in_utc(notice, "at", "acknowledged_at"), facts=read_json(write_json(dict(notice.facts))))
        return True

    def acknowledge(self, notice: DailyNotice) -> None:
        """Write who acknowledged a kept notice, and when. Raises RowRefused when it is not kept."""
        kept = self._tables.change("daily_notices").daily_notices
        key = (notice.day, notice.department)
        if key not in kept:
            raise RowRefused("daily_notices: what is acknowledged must be kept first")
        told = in_utc(notice, "acknowledged_at")
        kept[key] = replace(kept[key], acknowledged_at=told.acknowledged_at, acknowledged_by=told.acknowledged_by)

    def get(self, day: date, department: str) -> DailyNotice | None:
        """The notice of that day to the department, or None."""
        return self._tables.tables.daily_notices.get((day, department))

    def since(self, day: date) -> list[DailyNotice]:
        """The notices from that day on, by day, then department."""
        return [one for (on, _), one in sorted(self._tables.tables.daily_notices.items()) if on >= day]

    def page(self, *, after: tuple[date, str] | None, limit: int) -> list[DailyNotice]:
        """Notices after the (day, department) of the last one before, by day, then department: for verifying."""
        kept = sorted(self._tables.tables.daily_notices.items())
        return [one for key, one in kept if after is None or key > after][:limit]


class MemoryOrders:
    """Clean-up orders with the cases that each fixed."""

    def __init__(self, draft: Tables) -> None:
        self._tables = draft

    def add(self, order: Order) -> None:
        """Keep a new order. Raises RowRefused for an id that is there already, or a case that is not."""
        self._tables.must_be_cases(one.case_id for one in order.cases)
        kept = self._tables.change("orders").orders
        if order.id in kept or len({one.case_id for one in order.cases}) < len(order.cases):
            raise RowRefused("orders: each id and each case once")
        cases = tuple(sorted(order.cases, key=lambda one: one.case_id))
        frozen = read_json(write_json(dict(order.chosen)))
        kept[order.id] = replace(in_utc(order, "given_at", "ended_at"), chosen=frozen, cases=cases)

    def settle(self, order: Order) -> None:
        """Write how far a kept order has come. Raises RowRefused when it is not kept."""
        kept = self._tables.change("orders").orders
        if order.id not in kept:
            raise RowRefused("orders: what is settled must be kept first")
        told = in_utc(order, "ended_at")
        kept[order.id] = replace(
            kept[order.id],
            state=told.state,
            ended_at=told.ended_at,
            ended_by=told.ended_by,
            ended_why=told.ended_why,
        )

    def get(self, id_: str) -> Order | None:
        """The order of this id with its cases, or None."""
        return self._tables.tables.orders.get(id_)

    def find(self, *, state: OrderState | None = None) -> list[Order]:
        """Orders (in this state) with their cases, the oldest first."""
        found = [one for one in self._tables.tables.orders.values() if state in (None, one.state)]
        return sorted(found, key=lambda one: (one.given_at, one.id))

    def of_case(self, case_id: int) -> list[tuple[str, OrderedCase]]:
        """(id of the order, the case as that order fixed it) of every order on a case, by id."""
        kept = sorted(self._tables.tables.orders.items())
        return [(id_, one) for id_, order in kept for one in order.cases if one.case_id == case_id]


def _at_utc(draft: Draft) -> Draft:
    acts = tuple(in_utc(one, "at") for one in draft.acts)
    return replace(in_utc(draft, "drawn_at"), acts=acts)
