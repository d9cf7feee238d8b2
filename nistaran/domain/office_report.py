"""A disposal report (आख्या) as an office hands it in, what the judge said of it, and what people said of the judge.

Values only. Not here: the verdict's codes (report.py), judging (models/reports), what follows (steps/submit_report.py, overrule.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class ReportState(StrEnum):
    """How far a report has come."""

    WAITING = "WAITING"  #: a special close that the judge let pass, for a word one level up
    REJECTED = "REJECTED"  #: back with the office, with the reasons; the clock runs
    ACCEPTED = "ACCEPTED"  #: it disposed of the case
    OVERRULED = "OVERRULED"  #: a person let it dispose of the case although the judge refused it
    RECALLED = (
        "RECALLED"  #: a person refused it although the judge had accepted it, or the complainant was not satisfied
    )


class CloseKind(StrEnum):
    """How a report would close its case."""

    ORDINARY = "ORDINARY"
    INTERIM = "INTERIM"  #: says how far it has come and closes nothing
    SPECIAL = "SPECIAL"  #: special close: needs a category, its evidence and a word one level up


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtParticulars:
    """Of a matter before a court (S0-4); "" and None where not given."""

    court: str = ""
    case_number: str = ""
    section: str = ""
    parties: str = ""
    stage: str = ""
    next_date: date | None = None
    stay: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFields:
    """What an office states beside the text; "" , None and () where not given."""

    inquiry_officer: str = ""
    rank: str = ""
    visited_on: date | None = None
    action: str = ""
    action_on: date | None = None
    measures: str = ""
    orders: tuple[tuple[str, date | None], ...] = ()  #: (number, date) of orders, letters, FIRs
    court: CourtParticulars | None = None
    witnesses: tuple[str, ...] = ()
    contacted_on: date | None = None
    contact_gist: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a report, kept by its hash. `facts` are what was read from it: kind, EXIF day and GPS, perceptual hash,
    pages, text share; never the file's own words."""

    sha256: str
    name: str
    size: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeReport:
    """One report on one case. `text` holds people's names and numbers: never for a log, an artifact or an exception.

    `findings` are (code, words concerned); `model` judged it. `by` is the office's login; `decided_by` is "" while the judge alone has
    spoken, else the login of who overruled or recalled it, for `why` (a code).
    """

    id: str  #: the case's number and the turn among its reports: SDR-2026-0000042/r1
    case_id: int
    case: str
    office: str
    by: str
    at: datetime
    close: CloseKind
    text: str
    fields: ReportFields
    attachments: tuple[Attachment, ...]
    state: ReportState
    reasons: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]
    reject_probability: float
    model: str
    decided_by: str = ""
    decided_at: datetime | None = None
    why: str = ""


def report_id(case: str, turn: int) -> str:
    """The id of the turn-th report on a case."""
    return f"{case}/r{turn}"
