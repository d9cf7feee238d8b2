"""Reports in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from nistaran.domain.errors import RowRefused
from nistaran.domain.office_report import OfficeReport
from storage import report_json
from storage.columns import moment_text
from storage.grouped import grouped
from storage.memory.tables import Draft, in_utc


class MemoryReports:
    """What offices reported on cases, and what was said of the reports."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, reports: Sequence[OfficeReport]) -> None:
        """Keep new reports. Raises RowRefused for an id that is there already, or a case that is not."""
        self._draft.must_be_cases(one.case_id for one in reports)
        kept = self._draft.change("reports").reports
        for one in reports:
            if one.id in kept:
                raise RowRefused("reports: an id is used once")
            kept[one.id] = _as_read_back(one)

    def settle(self, reports: Sequence[OfficeReport]) -> None:
        """Write where these kept reports now stand and why. Raises RowRefused when one of them is not kept."""
        kept = self._draft.change("reports").reports
        for one in reports:
            if one.id not in kept:
                raise RowRefused("reports: what is settled must be kept first")
            now = in_utc(one, "decided_at")
            kept[one.id] = replace(
                kept[one.id], state=now.state, decided_by=now.decided_by, decided_at=now.decided_at, why=now.why
            )

    def of(self, case_id: int) -> list[OfficeReport]:
        """The reports on a case, oldest first."""
        return _oldest_first(one for one in self._draft.tables.reports.values() if one.case_id == case_id)

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[OfficeReport]]:
        """The reports on each of these cases, as of() gives them; a case without any is left out."""
        asked = set(case_ids)
        found = _oldest_first(one for one in self._draft.tables.reports.values() if one.case_id in asked)
        return grouped((one.case_id, one) for one in found)

    def by_ids(self, ids: Sequence[str]) -> list[OfficeReport]:
        """The reports of these ids, in the order of the ids; an id that is none is left out."""
        kept = self._draft.tables.reports
        return [kept[one] for one in ids if one in kept]

    def of_office(self, office: str, *, since: datetime, limit: int) -> list[OfficeReport]:
        """What one office handed in after that moment, on any case, newest first."""
        moment_text(since)
        its = (one for one in self._draft.tables.reports.values() if one.office == office and one.at > since)
        return _oldest_first(its)[::-1][:limit]

    def page(self, *, after: str, limit: int) -> list[OfficeReport]:
        """Reports with an id above `after`, by id."""
        return self.by_ids(sorted(one for one in self._draft.tables.reports if one > after)[:limit])


def _as_read_back(one: OfficeReport) -> OfficeReport:
    return replace(
        in_utc(one, "at", "decided_at"),
        fields=report_json.read_fields(report_json.write_fields(one.fields)),
        attachments=report_json.read_attachments(report_json.write_attachments(one.attachments)),
        reasons=tuple(one.reasons),
        findings=report_json.read_findings(report_json.write_findings(one.findings)),
    )


def _oldest_first(reports: Iterable[OfficeReport]) -> list[OfficeReport]:
    return sorted(reports, key=lambda one: (one.at, one.id))
