"""The tables of the house, for both databases.

Here: columns, constraints and the few indexes that the queries need (each index costs every ingest). Not here: queries
(repositories/), how the tables come into being (migrations/). The trigger that keeps events append-only is in migration 0001.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, Index, MetaData, Table, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from nistaran.domain.complaint import LinkKind, Status
from nistaran.domain.records import FileState, NoticeState, RefusalState
from storage.columns import Day, Moment, RowId, one_of, some_of

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the house."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {str: Text(), datetime: Moment(), date: Day(), int: BigInteger()}


#: Cases that are not over, as nistaran/domain/escalation.py means it (STILL_OPEN). As text, so that the planner knows its index again.
OPEN_CASES = "status IN ('REGISTERED', 'AWAITING_PERSON', 'WITH_OFFICE', 'AWAITING_RULING', 'RETURNED')"
ENDINGS = "kind IN ('Disposed', 'SpecialClosed', 'Reopened')"  #: events by which cases end and come back; as text for the same reason


class FileRow(Base):
    """A raw file, kept under its hash before anything is parsed."""

    __tablename__ = "files"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    object_key: Mapped[str]
    size: Mapped[int]
    source: Mapped[str]
    received_at: Mapped[datetime]
    state: Mapped[str]
    rows: Mapped[int]
    accepted: Mapped[int]
    known: Mapped[int]
    refused: Mapped[int]
    notes: Mapped[str] = mapped_column(server_default=sql("'[]'"))  #: JSON: (code, detail) of each remark of its reader
    __table_args__: Any = (one_of("state", FileState), Index(None, "received_at"))


class CaseRow(Base):
    """A numbered complaint without the citizen's words, so that it stays when those are erased after the retention time."""

    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    number: Mapped[str]
    key: Mapped[str]
    district: Mapped[str]
    channel: Mapped[str]
    lane: Mapped[str]
    priority: Mapped[int]
    reference: Mapped[str]
    received_on: Mapped[date]
    due_on: Mapped[date]
    registered_at: Mapped[datetime]
    status: Mapped[str]
    category: Mapped[str]
    damaged: Mapped[bool]
    department: Mapped[str]
    office: Mapped[str]
    __table_args__: Any = (
        UniqueConstraint("number"),
        UniqueConstraint("key"),
        one_of("status", Status),
        # with the id, so that the newest carriers of a number are read without looking at all of them
        some_of(None, "reference", "id", where="reference <> ''"),
        # Only cases that nobody has looked at stand in this index, first lane first: a small index whatever the house holds.
        some_of("ix_cases_unrouted", "priority", "id", where="status = 'REGISTERED'"),
        # by this one a sweep reads what is not over, however many closed cases the house holds
        some_of("ix_cases_open", "id", where=OPEN_CASES),
    )


class WordsRow(Base):
    """What the citizen wrote, and the context of the row: apart from the case, so that counting and placing stay light."""

    __tablename__ = "words"
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    text: Mapped[str]
    addressed_to: Mapped[str]
    place_district: Mapped[str]
    place_tehsil: Mapped[str]
    place_block: Mapped[str]
    place_thana: Mapped[str]
    place_town: Mapped[str]
    place_village: Mapped[str]
    facts: Mapped[str]
    file_sha256: Mapped[str]  #: the raw file and the row in it that the case came from; "" and 0 when from none
    file_row: Mapped[int]
    __table_args__: Any = (some_of(None, "file_sha256", "file_row", where="file_sha256 <> ''"),)


class ComplainantRow(Base):
    """Who complained, sealed. `person` is a keyed hash by which the same person is known again.

    `received_on` repeats the case's: with it the index gives the newest cases of a person, however many there are.
    """

    __tablename__ = "complainants"
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    person: Mapped[str]
    sealed: Mapped[bytes]
    received_on: Mapped[date]
    __table_args__: Any = (some_of(None, "person", "received_on", "case_id", where="person <> ''"),)


class LinkRow(Base):
    """Cases that belong together, or a case and an older number."""

    __tablename__ = "links"
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    other: Mapped[str] = mapped_column(primary_key=True)
    other_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("cases.id"))
    __table_args__: Any = (
        one_of("kind", LinkKind),
        some_of(None, "other_id", where="other_id IS NOT NULL"),
        {"sqlite_with_rowid": False},
    )


class DecisionRow(Base):
    """Every routing decision ever made, with what explains it (promise P17)."""

    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
    reason: Mapped[str]
    department: Mapped[str]
    office: Mapped[str]
    confidence: Mapped[float] = mapped_column(Double())
    rule: Mapped[str]
    model: Mapped[str]
    grounds: Mapped[str]  #: JSON: the words and places that decided, every candidate with its confidence
    __table_args__: Any = (one_of("outcome", ("assign", "ask")),)


class DeskRow(Base):
    """Who had the case when: `turn` counts the desks of one case from 1."""

    __tablename__ = "desks"
    case_id: Mapped[int] = mapped_column(RowId, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    __table_args__: Any = (
        some_of("uq_desks_one_open", "case_id", where="until IS NULL", unique=True),
        {"sqlite_with_rowid": False},
    )


class EventRow(Base):
    """The hash-chained ledger. Append-only by trigger, and by rights on Postgres (deployments/roles.sql)."""

    __tablename__ = "events"
    seq: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    case: Mapped[str] = mapped_column("case_number", index=True)
    kind: Mapped[str]
    at: Mapped[str]  #: text, not a moment: the hash covers exactly these characters
    body: Mapped[str]
    hash: Mapped[str]
    __table_args__: Any = (some_of("ix_events_endings", "case_number", "at", "kind", where=ENDINGS),)


class OutboxRow(Base):
    """What must leave the house. `due_at` is when it may be tried, or for a claimed notice when its lease ends."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str]
    kind: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("cases.id"), index=True)
    office: Mapped[str]
    body: Mapped[str]
    queued_at: Mapped[datetime]
    state: Mapped[str]
    due_at: Mapped[datetime]
    token: Mapped[int]
    attempts: Mapped[int]
    outcome: Mapped[str]  #: receipt when delivered, else the last error
    delivered_at: Mapped[datetime | None]
    __table_args__: Any = (
        UniqueConstraint("key"),
        one_of("state", NoticeState),
        some_of("ix_outbox_due", "due_at", "id", where="state IN ('WAITING', 'CLAIMED')"),
    )


class RefusalRow(Base):
    """Rows that could not be taken, with the reason in both languages."""

    __tablename__ = "refusals"
    id: Mapped[str] = mapped_column(primary_key=True)
    file_sha256: Mapped[str]
    file: Mapped[str]
    row: Mapped[int | None]
    field: Mapped[str]
    code: Mapped[str]
    reason_hi: Mapped[str]
    reason_en: Mapped[str]
    remedy_hi: Mapped[str]
    remedy_en: Mapped[str]
    sealed_row: Mapped[bytes]
    at: Mapped[datetime]
    state: Mapped[str]
    __table_args__: Any = (one_of("state", RefusalState),)


class CounterRow(Base):
    """Serial numbers: the last one given out under each name."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class HouseRow(Base):
    """Whose database this is: one row, written once."""

    __tablename__ = "house"
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    district: Mapped[str]
    __table_args__: Any = (CheckConstraint("id = 1", name="one_row"),)


def table_of(row: type[Base]) -> Table:
    """The Core table of a row class: queries on the hot path never make row objects."""
    return cast(Table, row.__table__)
