"""An office submits its report (आख्या): it is judged at once, and closes the case or goes back with the reasons; the clock runs on (S0-3).

Here: one report. Not here: the judge (models/reports), what the house holds against it (nistaran/domain/report_checks.py), people's words
on it (report_words.py), files of reports (report_files.py).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from rapidfuzz import fuzz

from nistaran.domain.cleaning import clean
from nistaran.domain.complaint import Case, Status
from nistaran.domain.correction_refused import NoSuchOffice, NotOnThisDesk, login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import Event, EventKind
from nistaran.domain.office_report import Attachment, CloseKind, OfficeReport, ReportFields, ReportState, report_id
from nistaran.domain.report import ReportDecision, ReportVerdict
from nistaran.domain.report_checks import HouseCheck, ReportContext, held_against
from nistaran.domain.report_consistency import contradictions
from nistaran.domain.report_refused import NoEvidence, NoReportText, NoSuchCategory
from nistaran.domain.task import TaskKind, TaskState
from nistaran.steps.check_reports import ReportJudge
from nistaran.steps.closing import Closing, after_report, attachment_checks
from nistaran.steps.desks import case_and_history
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.owing import At
from nistaran.steps.report_sides import sides_of
from nistaran.steps.who_may import must_act_for

#: Reports of the office on other cases that a new one is held beside: so many of the last days.
_OTHERS, _OTHERS_DAYS = 60, 90
_FEWEST_EVIDENCE_WORDS = 3
_CLOSED = frozenset({Status.DISPOSED, Status.SPECIAL_CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What an office hands in. `category` and `evidence` belong to a special close."""

    text: str
    fields: ReportFields = ReportFields()
    close: CloseKind = CloseKind.ORDINARY
    category: str = ""
    evidence: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The report as kept, the judge's verdict and what the house held against it. `changed` is False when the same was handed in before."""

    report: OfficeReport
    verdict: ReportVerdict
    checks: tuple[tuple[HouseCheck, str], ...]
    changed: bool


def submit_report(house: House, judge: ReportJudge, number: str, *, office: str, by: str, handed: Handed) -> Submitted:
    """Judge a report and do what follows, in one transaction. Safe to repeat; the citizen's due date does not move.

    Raises:
        UnknownCase, NotOnADesk, NotOnThisDesk: when there is no such case, or it is not open on this office's desk.
        NoSuchOffice, NoReportText, NoSuchCategory, NoEvidence, WrongLogin: when what is handed in cannot be taken.
        NotYourOffice: when the login may not act for the office.
    """
    login, code, text = login_of(by), office.strip().upper(), clean(handed.text).strip()
    if code not in house.district.offices:
        raise NoSuchOffice
    _complete(house, handed, text)
    with house.work() as work:
        work.ledger.lock()
        must_act_for(house, work, login, code)
        case, history = case_and_history(house, work, number)
        at = At(house=house, work=work, case=case, history=history, now=house.clock.now())
        earlier = work.reports.of(case.id)
        taken_before = case.status in _CLOSED and _says_the_same(earlier, handed, text, code)
        is_open = case.status is Status.WITH_OFFICE or _tells_of_the_court(at, handed)
        if case.office != code or not (is_open or taken_before):
            raise NotOnThisDesk(number)
        verdict = judge.judge([text], [case.text])[0]
        checks = _checks(at, text, handed, earlier)
        state = _state(handed.close, verdict, checks)
        new = _report(at, len(earlier) + 1, code, login, text, handed, state, verdict, checks)
        if _says_the_same(earlier, handed, text, code):
            return Submitted(report=earlier[-1], verdict=verdict, checks=checks, changed=False)
        work.reports.add([new])
        work.ledger.append([_event(at, new, handed)])
        after_report(at, Closing(report=new, category=handed.category.strip().upper()))
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return Submitted(report=new, verdict=verdict, checks=checks, changed=True)


def _tells_of_the_court(at: At, handed: Handed) -> bool:
    """An interim report on a case that was disposed of as sub judice: what the court did, and its next date (S0-4). It reopens nothing."""
    if at.case.status not in _CLOSED or handed.close is not CloseKind.INTERIM or handed.fields.court is None:
        return False
    return any(one.kind is TaskKind.HEARING and one.state is TaskState.OPEN for one in at.work.tasks.of(at.case.id))


def _complete(house: House, handed: Handed, text: str) -> None:
    if not text:
        raise NoReportText
    if handed.close is CloseKind.SPECIAL:
        rows = house.closing().special
        row = rows.get(handed.category.strip().upper())
        if row is None:
            raise NoSuchCategory(", ".join(f"{one.code} ({one.name_hi})" for one in rows.values()))
        if len(handed.evidence.split()) < _FEWEST_EVIDENCE_WORDS:
            raise NoEvidence(row.evidence_hi)


def _checks(at: At, text: str, handed: Handed, earlier: Sequence[OfficeReport]) -> tuple[tuple[HouseCheck, str], ...]:
    since = at.now - timedelta(days=_OTHERS_DAYS)
    others = [
        one
        for one in at.work.reports.of_office(at.case.office, since=since, limit=_OTHERS)
        if one.case_id != at.case.id
    ]
    known = ReportContext(
        complaint=at.case.text,
        numbers=tuple(one for one in (at.case.number, at.case.reference) if one),
        received_on=at.case.received_on,
        today=day_in_india(at.now),
        refused=[one.text for one in earlier if one.state is ReportState.RECALLED],
        others=[one.text for one in others if one.state is not ReportState.REJECTED],
        accused_rank=_is_accused(at, handed.fields.rank),
        is_interim=handed.close is CloseKind.INTERIM,
    )
    found = held_against(text, handed.fields, known, alike=fuzz.token_sort_ratio)
    of_another = contradictions(text, sides_of(at, text, is_interim=known.is_interim))
    return (*found, *of_another, *attachment_checks(handed.attachments, others, received_on=at.case.received_on))


def _is_accused(at: At, rank: str) -> bool:
    """Whether the inquirer's post is among those that the complaint is about (Q09)."""
    respondents = at.house.transfers().respondents
    return bool(rank.strip()) and bool(set(respondents.named_in(rank)) & set(respondents.complained_of(at.case.text)))


def _state(close: CloseKind, verdict: ReportVerdict, checks: Sequence[tuple[HouseCheck, str]]) -> ReportState:
    if any(check.blocks for check, _ in checks):
        return ReportState.REJECTED
    match close:
        case CloseKind.SPECIAL:  # the level above reads it with the judge's findings beside it
            return ReportState.WAITING
        case CloseKind.INTERIM:  # it closes nothing
            return ReportState.ACCEPTED
        case CloseKind.ORDINARY:
            return ReportState.REJECTED if verdict.decision is ReportDecision.REJECT else ReportState.ACCEPTED


def _report(
    at: At,
    turn: int,
    office: str,
    by: str,
    text: str,
    handed: Handed,
    state: ReportState,
    verdict: ReportVerdict,
    checks: Sequence[tuple[HouseCheck, str]],
) -> OfficeReport:
    findings = [(found.code.value, found.words) for found in verdict.findings]
    return OfficeReport(
        id=report_id(at.case.number, turn),
        case_id=at.case.id,
        case=at.case.number,
        office=office,
        by=by,
        at=at.now,
        close=handed.close,
        text=_whole(handed, text),
        fields=handed.fields,
        attachments=handed.attachments,
        state=state,
        # an interim report need not show that all is done: only what the house holds against it sends it back
        reasons=(
            *(code.value for code in verdict.reasons if handed.close is not CloseKind.INTERIM),
            *(check.value for check, _ in checks if check.blocks),
        ),
        findings=(*findings, *((check.value, words) for check, words in checks)),
        reject_probability=verdict.reject_probability,
        model=verdict.model,
    )


def _whole(handed: Handed, text: str) -> str:
    """The text as it is kept: with the evidence of a special close."""
    evidence = clean(handed.evidence).strip()
    return f"{text}\n{evidence}" if evidence else text


def _says_the_same(earlier: Sequence[OfficeReport], handed: Handed, text: str, office: str) -> bool:
    """Whether the office handed in just this last, and nobody took it back since."""
    if not earlier or earlier[-1].state is ReportState.RECALLED:
        return False
    last = earlier[-1]
    same = (last.text, last.fields, last.close, last.office, last.attachments)
    return same == (_whole(handed, text), handed.fields, handed.close, office, handed.attachments)


def _event(at: At, new: OfficeReport, handed: Handed) -> Event:
    body: dict[str, object] = {
        "report": new.id,
        "office": new.office,
        "by": new.by,
        "close": new.close.value,
        "state": new.state.value,
        "reasons": list(new.reasons),
        "model": new.model,
        "seal": seal_of(at.house, at.case, new),
        "fields_seal": fields_seal_of(at.house, at.case, new),
        "attachments": [one.sha256 for one in new.attachments],
    }
    if handed.close is CloseKind.SPECIAL:
        body["category"] = handed.category.strip().upper()
    return Event(case=new.case, kind=EventKind.REPORT_SUBMITTED, at=at.now, body=body)


def seal_of(house: House, case: Case, report: OfficeReport) -> str:
    """A keyed hash of the report's text for the ledger: proves that it was not changed, says nothing of it."""
    return house.vault.text_seal(case.id, f"{report.id}\n{report.text}")


def fields_seal_of(house: House, case: Case, report: OfficeReport) -> str:
    """The same of its structured fields."""
    fields = json.dumps(asdict(report.fields), default=str, sort_keys=True, ensure_ascii=False)
    return house.vault.text_seal(case.id, f"{report.id}\nfields\n{fields}")
