"""What steps need of the database, as protocols. storage/ implements them; an in-memory twin is shipped.

Not here: files, refusals, counters (intake_ports.py), corrections (learning_ports.py), tasks (task_ports.py), reports and feedback
(report_ports.py); marks (mark_ports.py); reviews (review_ports.py); objects, vault, model, courier (world.py); any implementation, any rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from nistaran.domain import events, records
from nistaran.domain.complaint import Case, Link
from nistaran.steps.draft_ports import DraftTables
from nistaran.steps.intake_ports import Counters, Files, Refusals
from nistaran.steps.learning_ports import Corrections
from nistaran.steps.mark_ports import Marks
from nistaran.steps.registry_ports import RegistryTables
from nistaran.steps.report_ports import Feedbacks, Reports
from nistaran.steps.retain_ports import RetainTables
from nistaran.steps.review_ports import Promises, Weekly
from nistaran.steps.task_ports import Tasks


class Cases(Protocol):
    """The cases of the house."""

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys that are already cases."""

    def add(self, cases: Sequence[Case], *, facts: Sequence[Mapping[str, object]]) -> None:
        """Keep new cases; `facts[i]` is JSON-able context of case i (originals, extras, file, row)."""

    def by_number(self, number: str) -> Case | None:
        """The case of this number, or None."""

    def by_ids(self, ids: Sequence[int]) -> list[Case]:
        """The cases of these ids, in the order of the ids."""

    def facts_of(self, case_id: int) -> Mapping[str, object]:
        """The context kept with the case."""

    def by_references(self, references: Sequence[str]) -> list[tuple[str, int, str]]:
        """(reference, case id, case number) of cases that carry one of these reference numbers: at most 20 a reference,
        the newest, oldest first."""

    def by_rows(self, file_sha256: str, rows: Sequence[int]) -> dict[int, int]:
        """The case that came from each of these rows of this file, the first when there are several."""

    def rows_of(self, file_sha256: str, keys: Sequence[str]) -> dict[str, int]:
        """By key, the row of this file that its case came from; without keys whose case came from elsewhere or is none."""

    def take_unrouted(self, *, limit: int, lanes: Sequence[str] | None) -> list[Case]:
        """Up to `limit` cases in status REGISTERED, first lane first, then oldest first; held by this unit of work (another
        worker gets others, or waits); None for `lanes` means all lanes."""

    def place(self, placements: Sequence[records.Placement]) -> None:
        """Write where cases stand now."""

    def count_by_status(self) -> dict[str, int]:
        """How many cases stand where."""

    def count_by(self, *columns: str) -> dict[tuple[str, ...], int]:
        """How many cases a combination of: status, channel, lane, department, office."""

    def page(self, *, after_id: int, limit: int) -> list[Case]:
        """Cases with an id above `after_id`, by id: for exports and sweeps, paged by key."""


class Complainants(Protocol):
    """Who complained, sealed."""

    def add(self, people: Sequence[records.SealedPerson]) -> None:
        """Keep sealed complainants."""

    def of(self, case_id: int) -> bytes | None:
        """The sealed complainant of a case."""

    def sealed_of(self, case_ids: Sequence[int]) -> dict[int, bytes]:
        """The sealed complainants of several cases."""

    def people_of(self, case_ids: Sequence[int]) -> dict[int, str]:
        """Whose these cases are, as keyed hashes; a case without a complainant who can be known again is left out."""

    def earlier(self, people: Sequence[str], *, since: date, each: int) -> list[records.EarlierText]:
        """Cases of these people received on or after `since`, newest first, at most `each` a person."""


class Links(Protocol):
    """Which cases belong together."""

    def add(self, links: Sequence[Link]) -> None:
        """Keep links; one that is already kept is left as it is."""

    def of(self, case_id: int) -> list[Link]:
        """Links from and to the case."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Link]]:
        """The links from and to each of these cases, as of() gives them; a case without any is left out."""


class Decisions(Protocol):
    """Every routing decision ever made."""

    def add(self, decisions: Sequence[records.DecisionRecord]) -> None:
        """Keep decisions."""

    def of(self, case_id: int) -> list[records.DecisionRecord]:
        """The decisions on a case, oldest first."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[records.DecisionRecord]]:
        """The decisions on each of these cases, as of() gives them; a case without any is left out."""


class Desks(Protocol):
    """Who had the case when."""

    def open(self, entries: Sequence[records.DeskEntry]) -> None:
        """Put cases on desks. A case lies on one desk at a time: an open entry of the same case is closed at that moment."""

    def of(self, case_id: int) -> list[records.DeskEntry]:
        """The desks of a case, oldest first."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[records.DeskEntry]]:
        """The desks of each of these cases, as of() gives them; a case without any is left out."""


class Ledger(Protocol):
    """The append-only, hash-chained events."""

    def lock(self) -> None:
        """Wait until this unit of work is the only one that may append, and keep that until it ends. Writers that must see
        each other's rows (known keys, counters) lock first."""

    def append(self, new: Iterable[events.Event]) -> records.Head:
        """Chain the events to the end. Returns the new end."""

    def head(self) -> records.Head:
        """The end of the ledger (seq 0 and GENESIS when empty)."""

    def of(self, case: str) -> list[events.Link]:
        """The events of a case, oldest first."""

    def of_each(self, cases: Sequence[str]) -> dict[str, list[events.Link]]:
        """The events of each of these cases, as of() gives them; a case without any is left out."""

    def links(self, *, after: int = 0) -> Iterator[events.Link]:
        """All events after `after`, in order, streamed."""


class Outbox(Protocol):
    """What must leave the house."""

    def add(self, notices: Sequence[records.Notice], *, at: datetime) -> None:
        """Queue notices; a key that is already queued is left as it is."""

    def claim(self, *, limit: int, at: datetime, lease_seconds: int) -> list[records.Claim]:
        """Hold up to `limit` notices that are due and not held, or whose lease ended, the longest due first. Each claim has a
        new, larger token."""

    def delivered(self, claims: Sequence[records.Claim], *, receipts: Sequence[str], at: datetime) -> list[bool]:
        """Mark as delivered. False for a claim whose token is no longer the newest (StaleClaim for the caller to count)."""

    def failed(self, claim: records.Claim, *, error: str, not_before: datetime | None) -> bool:
        """Put back for `not_before`, or to the dead letters when that is None. False when the token is stale."""

    def hand_back(self, claims: Sequence[records.Claim], *, at: datetime) -> int:
        """Put back what was claimed and never tried: due at `at`, the attempt not counted. Returns how many were still held."""

    def pause(self, *, until: datetime, office: str | None = None) -> int:
        """Nothing that waits (for this office; None: for any) is due before `until`. Returns how many notices that put off.
        For those who hold the ledger's lock only."""

    def revive(self, *, at: datetime) -> int:
        """Put every dead letter back to be tried anew from `at` on. Returns how many."""

    def count_by_state(self) -> dict[str, int]:
        """How many notices stand where."""

    def of(self, case_id: int) -> list[tuple[records.Notice, str, str]]:
        """(notice, state, receipt or error) of a case."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[tuple[records.Notice, str, str]]]:
        """The notices of each of these cases, as of() gives them; a case without any is left out."""


class UnitOfWork(DraftTables, RegistryTables, RetainTables, Protocol):
    """One transaction over everything. Leaving without commit() undoes it all."""

    @property
    def cases(self) -> Cases: ...

    @property
    def complainants(self) -> Complainants: ...

    @property
    def links(self) -> Links: ...

    @property
    def decisions(self) -> Decisions: ...

    @property
    def desks(self) -> Desks: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def files(self) -> Files: ...

    @property
    def refusals(self) -> Refusals: ...

    @property
    def counters(self) -> Counters: ...

    @property
    def corrections(self) -> Corrections: ...

    @property
    def tasks(self) -> Tasks: ...

    @property
    def reports(self) -> Reports: ...

    @property
    def feedback(self) -> Feedbacks: ...

    @property
    def marks(self) -> Marks: ...

    @property
    def weekly(self) -> Weekly: ...

    @property
    def promises(self) -> Promises: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None:
        """Make it durable."""
