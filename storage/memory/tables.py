"""The tables as dictionaries of values that nobody can change. A unit of work copies a table when it first writes to it.

What was committed is never touched again, so that readers keep their unmoving view without any lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

from nistaran.domain.complaint import Case, Link
from nistaran.domain.correction import Correction
from nistaran.domain.daily_notices import DailyNotice
from nistaran.domain.drafts import Draft as Letter
from nistaran.domain.errors import RowRefused
from nistaran.domain.escalation import Mark, Sweep
from nistaran.domain.events import Link as ChainLink
from nistaran.domain.feedback import Feedback
from nistaran.domain.heartbeat import Heartbeat
from nistaran.domain.office_report import OfficeReport
from nistaran.domain.orders import Order
from nistaran.domain.promise import Promise
from nistaran.domain.records import DecisionRecord, DeskEntry, KeptFile, NoticeState, RefusedRow, SealedPerson
from nistaran.domain.registry import Officer
from nistaran.domain.retention import Erased
from nistaran.domain.rosters import RosterEntry
from nistaran.domain.task import Task

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Value = TypeVar("_Value", bound="DataclassInstance")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedNotice:
    """A row of the outbox. `due_at` is when it may be tried, or for a claimed notice when its lease ends."""

    id: int
    key: str
    kind: str
    case_id: int | None
    office: str
    body: str
    due_at: datetime
    state: NoticeState = NoticeState.WAITING
    token: int = 0
    attempts: int = 0
    outcome: str = ""


@dataclass(slots=True)
class Tables:
    """Every table by its key; `…_of` are indexes."""

    cases: dict[int, Case] = field(default_factory=dict)
    facts: dict[int, str] = field(default_factory=dict)
    case_of_key: dict[str, int] = field(default_factory=dict)
    case_of_number: dict[str, int] = field(default_factory=dict)
    cases_of_reference: dict[str, tuple[int, ...]] = field(default_factory=dict)
    case_of_row: dict[tuple[str, int], int] = field(default_factory=dict)
    people: dict[int, SealedPerson] = field(default_factory=dict)
    cases_of_person: dict[str, tuple[int, ...]] = field(default_factory=dict)
    links: dict[tuple[int, str, str], Link] = field(default_factory=dict)
    decisions: dict[int, tuple[DecisionRecord, ...]] = field(default_factory=dict)
    desks: dict[int, tuple[DeskEntry, ...]] = field(default_factory=dict)
    events: dict[int, ChainLink] = field(default_factory=dict)
    events_of_case: dict[str, tuple[int, ...]] = field(default_factory=dict)
    outbox: dict[int, QueuedNotice] = field(default_factory=dict)
    notice_of_key: dict[str, int] = field(default_factory=dict)
    files: dict[str, KeptFile] = field(default_factory=dict)
    refusals: dict[str, RefusedRow] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    corrections_of_case: dict[int, tuple[str, ...]] = field(default_factory=dict)
    corrections_of_login: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    reports: dict[str, OfficeReport] = field(default_factory=dict)
    feedback: dict[str, Feedback] = field(default_factory=dict)
    marks: dict[tuple[int, int, str], Mark] = field(default_factory=dict)
    sweeps: dict[date, Sweep] = field(default_factory=dict)
    promises: dict[int, Promise] = field(default_factory=dict)
    drafts: dict[str, Letter] = field(default_factory=dict)
    daily_notices: dict[tuple[date, str], DailyNotice] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    heartbeats: dict[str, Heartbeat] = field(default_factory=dict)
    erasures: dict[tuple[int, Erased], date] = field(default_factory=dict)
    gone_objects: dict[str, bool] = field(default_factory=dict)
    officers: dict[tuple[str, str, date], Officer] = field(default_factory=dict)
    logins: dict[tuple[str, datetime], None] = field(default_factory=dict)
    rosters: dict[tuple[str, str, date], RosterEntry] = field(default_factory=dict)
    house: dict[str, str] = field(default_factory=dict)


def in_utc(value: _Value, *moments: str) -> _Value:
    """The value with these moments in UTC, as a database gives them back. Raises ValueError for a naive one."""
    given = {name: getattr(value, name) for name in moments}
    if any(at is not None and at.tzinfo is None for at in given.values()):
        raise ValueError("a moment must be aware: take it from the house's clock")
    return replace(value, **{name: at and at.astimezone(UTC) for name, at in given.items()})


class Draft:
    """The tables as one unit of work sees and changes them."""

    def __init__(self, committed: Tables, *, writes: bool) -> None:
        self._tables = copy(committed)
        self._writes = writes
        self._own: set[str] = set()
        self._over = False

    @property
    def tables(self) -> Tables:
        """The tables, for looking. Raises RuntimeError when the unit of work is over."""
        if self._over:
            raise RuntimeError("this unit of work is over: take a new one from the store")
        return self._tables

    def change(self, *names: str) -> Tables:
        """The tables, those of these names ready to be changed. Raises RuntimeError when this unit of work only reads."""
        if not self._writes:
            raise RuntimeError("a unit of work that only reads was asked to write: use work()")
        for name in names:
            if name not in self._own:
                setattr(self.tables, name, dict(getattr(self.tables, name)))
                self._own.add(name)
        return self.tables

    def end(self) -> Tables:
        """What this unit of work made of the tables; from now on it can neither look nor change."""
        self._over = True
        return self._tables

    def must_be_cases(self, case_ids: Iterable[int]) -> None:
        """What a foreign key does. Raises RowRefused."""
        if any(case_id not in self.tables.cases for case_id in case_ids):
            raise RowRefused("a row names a case that is not there")
