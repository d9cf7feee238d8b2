"""Words taken away after their time. Not here: whose time is over (nistaran/domain/retention.py), removing objects (storage/objects).

On Postgres the house's ordinary role may do none of this; the role nistaran_retain may (deployments/roles.sql).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Exists, Table, delete, or_, select, text, update

from nistaran.domain.office_report import ReportFields
from nistaran.domain.records import FileState, KeptFile
from nistaran.domain.retention import Erased, MaskedWords
from storage import report_json
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.columns import read_json, write_json
from storage.grouped import grouped
from storage.registry_tables import LoginRow
from storage.report_tables import ReportRow
from storage.repositories.files import SqlFiles
from storage.retain_tables import ErasureRow, GoneObjectRow
from storage.tables import (
    CaseRow,
    ComplainantRow,
    DecisionRow,
    FileRow,
    OutboxRow,
    RefusalRow,
    WordsRow,
    table_of,
)

_cases, _words, _people = table_of(CaseRow), table_of(WordsRow), table_of(ComplainantRow)
_decisions, _outbox, _reports = table_of(DecisionRow), table_of(OutboxRow), table_of(ReportRow)
_files, _refusals, _logins = table_of(FileRow), table_of(RefusalRow), table_of(LoginRow)
_erasures, _gone = table_of(ErasureRow), table_of(GoneObjectRow)

_add = BulkInsert(_erasures, "case_id", "kind", "on_day", keep_existing=True)
_give_up = BulkInsert(_gone, "key", "on_day", "done", keep_existing=True)
_mask_words = BulkUpdate(_words, "text", "facts", keys=("case_id",))
_mask_people = BulkUpdate(_people, "sealed", keys=("case_id",))
_ground = BulkUpdate(_decisions, "grounds", keys=("id",))
_letter = BulkUpdate(_outbox, "body", keys=("id",))
_report = BulkUpdate(_reports, "text", "fields", "attachments", "findings", keys=("id",))
_NOTHING_STATED = report_json.write_fields(ReportFields())


class SqlErasures:
    """Takes words away after their time, and keeps that it did."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def closed(self, *, after_id: int, limit: int, before: datetime, masked_before: datetime) -> list[int]:
        """Cases that are disposed of and not purged (or reported on anew since), with an id above `after_id`, registered before that moment;
        a masked one only when registered before `masked_before`. By id."""
        wanted = select(_cases.c.id).where(
            _cases.c.id > after_id,
            text("cases.status IN ('DISPOSED', 'SPECIAL_CLOSED')"),
            _cases.c.registered_at < before,
            or_(~_was(Erased.PURGED), _reported_since()),
            or_(_cases.c.registered_at < masked_before, ~_was(Erased.MASKED)),
        )
        return list(self._connection.scalars(wanted.order_by(_cases.c.id).limit(limit)))

    def of_each(self, case_ids: Sequence[int]) -> dict[int, frozenset[Erased]]:
        """What was done with each of these cases; one that is whole is left out."""
        wanted = select(_erasures.c.case_id, _erasures.c.kind).where(
            among(_erasures.c.case_id, case_ids, self._connection)
        )
        found = grouped((case_id, Erased(kind)) for case_id, kind in self._connection.execute(wanted).all())
        return {case_id: frozenset(kinds) for case_id, kinds in found.items()}

    def mask(self, words: Sequence[MaskedWords], *, on_day: date) -> None:
        """Put these in the place of text and complainant; of the context of the row only where it came from stays."""
        origins = self._origins([one.case_id for one in words])
        _mask_words.run(
            self._connection, [(one.text, origins[one.case_id], one.case_id) for one in words if one.case_id in origins]
        )
        _mask_people.run(self._connection, [(one.sealed, one.case_id) for one in words])
        _add.run(self._connection, [(one.case_id, Erased.MASKED.value, on_day) for one in words])

    def purge(self, case_ids: Sequence[int], *, on_day: date) -> dict[int, Counter[str]]:
        """Take away all that a person wrote of these cases. Their attachments are given up."""
        went: dict[int, Counter[str]] = {case_id: Counter() for case_id in case_ids}
        for kind, table in (("words", _words), ("complainants", _people)):
            rows = among(table.c.case_id, case_ids, self._connection)
            for case_id in self._connection.scalars(delete(table).where(rows).returning(table.c.case_id)):
                went[case_id][kind] += 1
        self._change("decisions", _decisions, _ground, ("grounds",), _without_grounds, went)
        self._change("notices", _outbox, _letter, ("body",), _without_letter, went)
        attached = self._attached_to(case_ids)
        self._change("reports", _reports, _report, ("findings",), _without_report, went)
        for case_id, sha256 in attached:
            went[case_id]["attachments"] += 1
            _give_up.run(self._connection, [(f"attachments/{sha256[:2]}/{sha256}", on_day, False)])
        _add.run(self._connection, [(case_id, Erased.PURGED.value, on_day) for case_id in case_ids])
        return went

    def came_from(self, case_ids: Sequence[int]) -> set[str]:
        """The hashes of the raw files that these cases came from."""
        wanted = select(_words.c.file_sha256).where(among(_words.c.case_id, case_ids, self._connection))
        return set(self._connection.scalars(wanted)) - {""}

    def old_files(self, *, before: datetime, after: str, limit: int) -> list[KeptFile]:
        """Files read to the end that were received before that moment, with a hash above `after`, by hash; none that is gone."""
        gone = select(_gone.c.key).where(_gone.c.key == _files.c.object_key)
        wanted = select(_files).where(
            _files.c.state == FileState.READ.value,
            _files.c.received_at < before,
            _files.c.sha256 > after,
            ~gone.exists(),
        )
        return SqlFiles(self._connection).read(wanted.order_by(_files.c.sha256).limit(limit))

    def give_up_file(self, file: KeptFile, *, on_day: date) -> None:
        """Its object may go; its name, in which people put names of persons, becomes its hash."""
        named = update(_files).where(_files.c.sha256 == file.sha256)
        self._connection.execute(named.values(name=file.sha256[:12]))
        _give_up.run(self._connection, [(file.object_key, on_day, False)])

    def purge_refused(self, *, before: datetime) -> int:
        """Take away refused rows older than that moment, corrected or not. Returns how many."""
        return self._connection.execute(delete(_refusals).where(_refusals.c.at < before)).rowcount

    def purge_logins(self, *, before: datetime) -> int:
        """Take away records of logging in older than that moment. Returns how many."""
        return self._connection.execute(delete(_logins).where(_logins.c.at < before)).rowcount

    def given_up(self, *, done: bool) -> list[str]:
        """Keys of objects that were given up, by key: those that are gone, or those that have still to go."""
        return list(self._connection.scalars(select(_gone.c.key).where(_gone.c.done == done).order_by(_gone.c.key)))

    def gone(self, keys: Collection[str]) -> None:
        """These objects that were given up are no longer there."""
        known = among(_gone.c.key, sorted(keys), self._connection)
        self._connection.execute(update(_gone).where(known).values(done=True))

    def attached(self) -> set[str]:
        """The hashes of all attachments that some report still names."""
        wanted = select(_reports.c.attachments).where(_reports.c.attachments != "[]")
        found = self._connection.scalars(wanted, execution_options={"yield_per": 1000})
        return {one.sha256 for written in found for one in report_json.read_attachments(written)}

    def _origins(self, case_ids: Sequence[int]) -> dict[int, str]:
        """Of the context of each case only the file and the row that it came from, as JSON."""
        wanted = select(_words.c.case_id, _words.c.file_sha256, _words.c.file_row)
        rows = self._connection.execute(wanted.where(among(_words.c.case_id, case_ids, self._connection)))
        return {case_id: write_json({"file": file, "row": row} if file else {}) for case_id, file, row in rows}

    def _attached_to(self, case_ids: Sequence[int]) -> list[tuple[int, str]]:
        wanted = select(_reports.c.case_id, _reports.c.attachments).where(
            among(_reports.c.case_id, case_ids, self._connection)
        )
        rows = self._connection.execute(wanted).all()
        return [(case_id, one.sha256) for case_id, written in rows for one in report_json.read_attachments(written)]

    def _change(
        self,
        kind: str,
        table: Table,
        write: BulkUpdate,
        columns: tuple[str, ...],
        less: Any,
        went: dict[int, Counter[str]],
    ) -> None:
        """Write the rows of these cases anew with what `less` leaves of the columns, and count them."""
        wanted = select(table.c.id, table.c.case_id, *(table.c[name] for name in columns))
        rows = self._connection.execute(wanted.where(among(table.c.case_id, list(went), self._connection))).all()
        for row in rows:
            went[row[1]][kind] += 1
        write.run(self._connection, [(*less(*row[2:]), row[0]) for row in rows])


def _was(kind: Erased) -> Exists:
    """Whether that was done with the case."""
    return (
        select(_erasures.c.case_id).where(_erasures.c.case_id == _cases.c.id, _erasures.c.kind == kind.value).exists()
    )


def _reported_since() -> Exists:
    """Whether it was opened again after all, and reported on anew."""
    return select(_reports.c.id).where(_reports.c.case_id == _cases.c.id, _reports.c.text != "").exists()


def _without_grounds(written: str) -> tuple[str]:
    return (write_json({"words": [], "places": [], "candidates": read_json(written)["candidates"]}),)


def _without_letter(written: str) -> tuple[str]:
    """The department stays: `verify` holds it against the events."""
    return (write_json({name: value for name, value in read_json(written).items() if name == "department"}),)


def _without_report(written: str) -> tuple[str, str, str, str]:
    codes = [(code, "") for code, _ in report_json.read_findings(written)]
    return "", _NOTHING_STATED, report_json.write_attachments(()), report_json.write_findings(codes)
