"""Files of reports and of feedback: each row is one act; a row that cannot be taken is named, and the rest go on.

Here: rows → what is handed in. Not here: one report (submit_report.py), one word of a complainant (feedback.py), reading files
(readers/answers.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from nistaran.domain.cleaning import clean
from nistaran.domain.correction_refused import CorrectionRefused, NoSuchOffice, login_of
from nistaran.domain.feedback import Asked, Relief
from nistaran.domain.office_report import CloseKind, CourtParticulars, ReportFields
from nistaran.readers.dates import parse_date
from nistaran.steps.answers import AnswersOutcome, Numbers, take_rows
from nistaran.steps.check_reports import ReportJudge
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.submit_report import Handed, submit_report

_CLOSE = {
    "": CloseKind.ORDINARY,
    "निस्तारण": CloseKind.ORDINARY,
    "अन्तरिम": CloseKind.INTERIM,
    "अंतरिम": CloseKind.INTERIM,
    "स्पेशल क्लोज": CloseKind.SPECIAL,
    **{kind.value: kind for kind in CloseKind},
}
_YES, _NO = {"हाँ", "हां", "yes", "y", "1"}, {"नहीं", "no", "n", "0"}


class NoSuchDate(CorrectionRefused):
    """दिनांक पढ़ा नहीं जा सका: दिन.माह.वर्ष लिखें, जैसे 05.11.2026 / The date cannot be read: write day.month.year, as 05.11.2026."""

    field = "date"


class NoSuchClose(CorrectionRefused):
    """निस्तारण का प्रकार इनमें से एक लिखें: निस्तारण, अन्तरिम, स्पेशल क्लोज / Write one of ORDINARY, INTERIM, SPECIAL."""

    field = "close"


def report_from(
    house: House, judge: ReportJudge, path: Path, *, office: str, by: str, number_of: Numbers
) -> AnswersOutcome:
    """Take every row of a file as an office's report; `followed` counts how each stands (ACCEPTED, REJECTED, WAITING).

    Raises:
        OSError: when the file cannot be read.
        CorrectionRefused: when the login or the office given for all is none; no row is looked at then.
    """
    if office and office.strip().upper() not in house.district.offices:
        raise NoSuchOffice
    needed = ("case", "text") if office else ("case", "office", "text")
    act = partial(_report, house, judge, office, login_of(by), number_of)
    return take_rows(path, house.pack.report_headers, needed, act)


def feedback_from(house: House, path: Path, *, by: str, number_of: Numbers) -> AnswersOutcome:
    """Take every row of a file as a complainant's word; `followed` counts the outcomes and how many cases came back (REOPENED).

    Raises:
        OSError, CorrectionRefused: as report_from().
    """
    act = partial(_feedback, house, login_of(by), number_of)
    return take_rows(path, house.pack.feedback_headers, ("case", "outcome"), act)


def _report(
    house: House,
    judge: ReportJudge,
    office: str,
    by: str,
    number_of: Numbers,
    row: Mapping[str, str],
    outcome: AnswersOutcome,
) -> bool:
    handed = Handed(
        text=row["text"],
        fields=fields_of(row),
        close=_close(row.get("close", "")),
        category=row.get("category", ""),
        evidence=row.get("evidence", ""),
    )
    done = submit_report(house, judge, number_of(row["case"]), office=office or row["office"], by=by, handed=handed)
    outcome.followed[done.report.state.value] += done.changed
    return done.changed


def _feedback(house: House, by: str, number_of: Numbers, row: Mapping[str, str], outcome: AnswersOutcome) -> bool:
    done = give_feedback(
        house,
        number_of(row["case"]),
        outcome=row["outcome"],
        relief=row.get("relief", "") or Relief.UNKNOWN,
        how=row.get("how", "") or Asked.CALL,
        by=by,
    )
    outcome.followed[done.feedback.outcome.value] += done.changed
    outcome.followed["REOPENED"] += done.reopened
    return done.changed


def fields_of(row: Mapping[str, str]) -> ReportFields:
    """The structured part of a report, with nothing hidden in it. Raises NoSuchDate for a date that cannot be read."""
    row = {name: clean(written) for name, written in row.items()}
    orders = tuple(
        (number.strip(), _date(row, "order_on")) for number in row.get("orders", "").split(";") if number.strip()
    )
    return ReportFields(
        inquiry_officer=row.get("officer", ""),
        rank=row.get("rank", ""),
        visited_on=_date(row, "visited_on"),
        action=row.get("action", ""),
        action_on=_date(row, "action_on"),
        measures=row.get("measures", ""),
        orders=orders,
        court=_court(row),
        witnesses=tuple(one.strip() for one in row.get("witnesses", "").split(";") if one.strip()),
        contacted_on=_date(row, "contacted_on"),
        contact_gist=row.get("contact_gist", ""),
    )


def _court(row: Mapping[str, str]) -> CourtParticulars | None:
    if not any(row.get(name, "") for name in ("court", "court_case", "next_date")):
        return None
    stay = row.get("stay", "").casefold()
    return CourtParticulars(
        court=row.get("court", ""),
        case_number=row.get("court_case", ""),
        section=row.get("section", ""),
        parties=row.get("parties", ""),
        stage=row.get("stage", ""),
        next_date=_date(row, "next_date"),
        stay=True if stay in _YES else False if stay in _NO else None,
    )


def _date(row: Mapping[str, str], field: str) -> date | None:
    written = row.get(field, "").strip()
    if not written:
        return None
    found = parse_date(written)
    if found is None:
        raise NoSuchDate(field)
    return found


def _close(written: str) -> CloseKind:
    kind = _CLOSE.get(written.strip()) or _CLOSE.get(written.strip().upper())
    if kind is None:
        raise NoSuchClose
    return kind
