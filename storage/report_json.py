"""What a report states and what came with it, as JSON in a column: days as ISO text, everything rebuilt exactly.

Here: that alone, for SQL and memory alike. Not here: the columns (report_tables.py). A field that a later release adds reads as
not given in what was written before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from nistaran.domain.office_report import Attachment, CourtParticulars, ReportFields
from storage.columns import read_json, write_json

_DAYS = ("visited_on", "action_on", "contacted_on")


def write_fields(fields: ReportFields) -> str:
    """What the office states, as JSON. Raises ValueError for a moment where a day is meant."""
    values = asdict(fields)
    for name in _DAYS:
        values[name] = _day_text(values[name])
    values["orders"] = [(number, _day_text(day)) for number, day in fields.orders]
    if fields.court is not None:
        values["court"]["next_date"] = _day_text(fields.court.next_date)
    return write_json(values)


def read_fields(text: str) -> ReportFields:
    """What write_fields() wrote."""
    values = read_json(text)
    for name in _DAYS:
        values[name] = _day(values[name])
    values["orders"] = tuple((number, _day(day)) for number, day in values["orders"])
    values["witnesses"] = tuple(values["witnesses"])
    values["court"] = None if values["court"] is None else _court(values["court"])
    return ReportFields(**values)


def write_attachments(attachments: Iterable[Attachment]) -> str:
    """The files that came with a report, as JSON; their facts are plain JSON values."""
    return write_json(
        [{"sha256": one.sha256, "name": one.name, "size": one.size, "facts": dict(one.facts)} for one in attachments]
    )


def read_attachments(text: str) -> tuple[Attachment, ...]:
    """What write_attachments() wrote."""
    return tuple(Attachment(**values) for values in read_json(text))


def write_findings(findings: Sequence[tuple[str, str]]) -> str:
    """(code, words concerned) of each finding, as JSON."""
    return write_json([list(one) for one in findings])


def read_findings(text: str) -> tuple[tuple[str, str], ...]:
    """What write_findings() wrote."""
    return tuple((code, words) for code, words in read_json(text))


def write_reasons(reasons: Sequence[str]) -> str:
    """Codes, as JSON."""
    return write_json(list(reasons))


def read_reasons(text: str) -> tuple[str, ...]:
    """What write_reasons() wrote."""
    return tuple(read_json(text))


def _court(values: dict[str, Any]) -> CourtParticulars:
    return CourtParticulars(**{**values, "next_date": _day(values["next_date"])})


def _day_text(day: date | None) -> str | None:
    if isinstance(day, datetime):
        raise ValueError("a day is meant, not a moment: take the day in India first")  # noqa: TRY004 (as for columns)
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
