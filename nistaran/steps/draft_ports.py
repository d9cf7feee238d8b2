"""What steps need of letters for a signature, daily notices and clean-up orders, as protocols, beside those of ports.py.

Not here: any implementation (storage/), which letter is due when (domain/drafts.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from nistaran.domain.daily_notices import DailyNotice
from nistaran.domain.drafts import Draft, DraftKind, DraftState
from nistaran.domain.orders import Order, OrderedCase, OrderState


class Drafts(Protocol):
    """Letters drawn up for a person's signature."""

    def add(self, draft: Draft) -> None:
        """Keep a new letter. Raises RowRefused for an id or number that is there already, or a case that is not."""

    def settle(self, draft: Draft) -> None:
        """Write how far a kept letter has come. Raises RowRefused when it is not kept."""

    def get(self, id_: str) -> Draft | None:
        """The letter of this id, or None."""

    def find(
        self,
        *,
        state: DraftState | None = None,
        kind: DraftKind | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> list[Draft]:
        """Letters (in this state, of this kind, drawn up since that moment), the newest first, then by id; at most `limit`."""

    def page(self, *, after: str, limit: int) -> list[Draft]:
        """Letters with an id above `after`, by id: for verifying, paged by key."""

    def count_by_state(self) -> dict[str, int]:
        """How many letters stand where."""

    def taken(self, kind: DraftKind, case_ids: Sequence[int]) -> set[tuple[int, int]]:
        """(case id, round) of those of these cases that a letter of this kind is about, cancelled letters left out."""

    def of_cases(self, case_ids: Sequence[int]) -> Mapping[int, list[Draft]]:
        """The letters about each of these cases, the oldest first, cancelled ones too; a case without any is left out. Without what stands
        on them, and each with the one case alone: for sweeps."""

    def on_basis(self, kind: DraftKind, basis: str) -> list[Draft]:
        """The letters of this kind that rest on that, cancelled ones left out."""


class DailyNotices(Protocol):
    """The cell's daily notices to departments, one a department and day."""

    def add(self, notice: DailyNotice) -> bool:
        """Keep a notice; one that is there already is left as it is. Returns whether it was new."""

    def acknowledge(self, notice: DailyNotice) -> None:
        """Write who acknowledged a kept notice, and when. Raises RowRefused when it is not kept."""

    def get(self, day: date, department: str) -> DailyNotice | None:
        """The notice of that day to the department, or None."""

    def since(self, day: date) -> list[DailyNotice]:
        """The notices from that day on, by day, then department."""

    def page(self, *, after: tuple[date, str] | None, limit: int) -> list[DailyNotice]:
        """Notices after the (day, department) of the last one before, by day, then department: for verifying."""


class Orders(Protocol):
    """Clean-up orders with the cases that each fixed."""

    def add(self, order: Order) -> None:
        """Keep a new order. Raises RowRefused for an id that is there already, or a case that is not."""

    def settle(self, order: Order) -> None:
        """Write how far a kept order has come. Raises RowRefused when it is not kept."""

    def get(self, id_: str) -> Order | None:
        """The order of this id with its cases, or None."""

    def find(self, *, state: OrderState | None = None) -> list[Order]:
        """Orders (in this state) with their cases, the oldest first."""

    def of_case(self, case_id: int) -> list[tuple[str, OrderedCase]]:
        """(id of the order, the case as that order fixed it) of every order on a case, by id."""


class DraftTables(Protocol):
    """What a unit of work has of these."""

    @property
    def drafts(self) -> Drafts: ...

    @property
    def daily_notices(self) -> DailyNotices: ...

    @property
    def orders(self) -> Orders: ...
