"""What offices reported on cases, and what was said of the reports. Not here: judging, what follows (models/reports, steps/)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from nistaran.domain.errors import RowRefused
from nistaran.domain.office_report import CloseKind, OfficeReport, ReportState
from storage import report_json
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.grouped import grouped
from storage.report_tables import ReportRow
from storage.tables import table_of

_reports = table_of(ReportRow)
_c = _reports.c
_HANDED_IN = ("id", "case_id", "case_number", "office", "said_by", "at", "close", "text", "fields", "attachments")
_FOUND = ("reasons", "findings", "reject_probability", "model")
_SETTLED = ("state", "decided_by", "decided_at", "why")
_add = BulkInsert(_reports, *_HANDED_IN, *_FOUND, *_SETTLED)
_settle = BulkUpdate(_reports, *_SETTLED, keys=("id",))


class SqlReports:
    """What offices reported on cases, and what was said of the reports."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reports: Sequence[OfficeReport]) -> None:
        """Keep new reports. Raises RowRefused for an id that is there already, or a case that is not."""
        _add.run(self._connection, [(*_handed_in(one), *_found(one), *_settled(one)) for one in reports])

    def settle(self, reports: Sequence[OfficeReport]) -> None:
        """Write where these kept reports now stand and why. Raises RowRefused when one of them is not kept."""
        rows = [(*_settled(one), one.id) for one in reports]
        if _settle.run(self._connection, rows) != len(rows):
            raise RowRefused("reports: what is settled must be kept first")

    def of(self, case_id: int) -> list[OfficeReport]:
        """The reports on a case, oldest first."""
        return self._read(select(_reports).where(_c.case_id == case_id).order_by(_c.at, _c.id))

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[OfficeReport]]:
        """The reports on each of these cases, as of() gives them; a case without any is left out."""
        wanted = select(_reports).where(among(_c.case_id, case_ids, self._connection)).order_by(_c.at, _c.id)
        return grouped((one.case_id, one) for one in self._read(wanted))

    def by_ids(self, ids: Sequence[str]) -> list[OfficeReport]:
        """The reports of these ids, in the order of the ids; an id that is none is left out."""
        found = {one.id: one for one in self._read(select(_reports).where(among(_c.id, ids, self._connection)))}
        return [found[one] for one in ids if one in found]

    def of_office(self, office: str, *, since: datetime, limit: int) -> list[OfficeReport]:
        """What one office handed in after that moment, on any case, newest first."""
        wanted = select(_reports).where(_c.office == office, _c.at > since)
        return self._read(wanted.order_by(_c.at.desc(), _c.id.desc()).limit(limit))

    def page(self, *, after: str, limit: int) -> list[OfficeReport]:
        """Reports with an id above `after`, by id."""
        return self._read(select(_reports).where(_c.id > after).order_by(_c.id).limit(limit))

    def _read(self, wanted: Select[Any]) -> list[OfficeReport]:
        return [_report(row) for row in self._connection.execute(wanted)]


def _handed_in(one: OfficeReport) -> tuple[Any, ...]:
    return (
        *(one.id, one.case_id, one.case, one.office, one.by, one.at, one.close.value, one.text),
        *(report_json.write_fields(one.fields), report_json.write_attachments(one.attachments)),
    )


def _found(one: OfficeReport) -> tuple[Any, ...]:
    findings = report_json.write_findings(one.findings)
    return report_json.write_reasons(one.reasons), findings, one.reject_probability, one.model


def _settled(one: OfficeReport) -> tuple[Any, ...]:
    return one.state.value, one.decided_by, one.decided_at, one.why


def _report(row: Row[Any]) -> OfficeReport:
    return OfficeReport(
        id=row.id,
        case_id=row.case_id,
        case=row.case_number,
        office=row.office,
        by=row.said_by,
        at=row.at,
        close=CloseKind(row.close),
        text=row.text,
        fields=report_json.read_fields(row.fields),
        attachments=report_json.read_attachments(row.attachments),
        state=ReportState(row.state),
        reasons=report_json.read_reasons(row.reasons),
        findings=report_json.read_findings(row.findings),
        reject_probability=row.reject_probability,
        model=row.model,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        why=row.why,
    )
