"""What follows a report or a word on one: the case is disposed of, sent back, or put to the level above; in the caller's transaction.

Here: writing it. Not here: judging (submit_report.py), who says so (report_words.py, feedback.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nistaran.domain.attachment_facts import same_picture
from nistaran.domain.complaint import Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import Event, EventKind
from nistaran.domain.letters import Letter
from nistaran.domain.lifecycle import LEADS_TO
from nistaran.domain.office_report import Attachment, CloseKind, OfficeReport, ReportState
from nistaran.domain.records import Placement
from nistaran.domain.report import ReportCode, ReportWarning, finding
from nistaran.domain.report_checks import CHECK_HI, HouseCheck
from nistaran.domain.task import TaskKind
from nistaran.domain.wording import CHECKED_HI
from nistaran.steps.move import close_tasks
from nistaran.steps.owing import At, set_task, tell_office

#: What nobody owes any more once a report has disposed of the case; the court's next date is watched all the same.
_OVER = frozenset({TaskKind.REWORK, TaskKind.FACTS, TaskKind.RELEASE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A report that was just kept, with the category of its special close ("" for another)."""

    report: OfficeReport
    category: str = ""


def after_report(at: At, closing: Closing) -> None:
    """Do what the report's state says."""
    report = closing.report
    if report.close is not CloseKind.INTERIM:  # the special close that waits is no longer what the office says
        close_tasks(at.work, at.case, frozenset({TaskKind.APPROVAL}), by=report.by, now=at.now)
    if report.state is not ReportState.REJECTED:
        watch_the_court(at, report)
    match report.state:
        case ReportState.REJECTED:
            send_back(at, report)
        case ReportState.WAITING:
            _ask_above(at, closing)
        case ReportState.ACCEPTED if report.close is CloseKind.ORDINARY:
            dispose(at, report, by="")
        case ReportState.ACCEPTED:
            pass  # an interim report closes nothing
        case ReportState.OVERRULED | ReportState.RECALLED:
            raise ValueError(f"a new report is not {report.state.value}: that is a person's later word")


def dispose(at: At, report: OfficeReport, *, by: str, kind: EventKind = EventKind.DISPOSED, category: str = "") -> None:
    """The report disposes of the case: by the judge's word (`by` ""), or by a person's. The office is to ring the complainant."""
    _place(at, kind)
    body: dict[str, object] = {"report": report.id, "office": report.office, "by": by}
    if category:
        body["category"] = category
    at.work.ledger.append([Event(case=at.case.number, kind=kind, at=at.now, body=body)])
    reworked = frozenset(one.id for one in at.work.tasks.of(at.case.id) if one.kind is TaskKind.REWORK)
    close_tasks(at.work, at.case, _OVER, by=by or report.by, now=at.now, done=reworked)
    days = at.house.closing().days.call
    set_task(at, TaskKind.CALL, report.office, at.case.department, days, {"report": report.id})


def send_back(at: At, report: OfficeReport, *, because: str = "") -> None:
    """The report goes back with its reasons and what would cure them; the case stays and its clock runs (S0-3).

    `because` is what a person has against it, the first reason told.
    """
    lines = [*([because] if because else []), *reasons_hi(report)]
    told = "\n".join(f"{turn}. {line}" for turn, line in enumerate(lines, start=1))
    tell_office(
        at, Letter.REPORT_RETURNED, report.office, at.case.department, key=report.id, enclosed={"reasons": told}
    )


def reopen(at: At, report: OfficeReport, *, why: str, by: str) -> None:
    """Back with its office, which owes a report that differs in substance by a day of its own (S0-8)."""
    _place(at, EventKind.REOPENED)
    close_tasks(at.work, at.case, frozenset({TaskKind.CALL, TaskKind.FIELD}), by=by, now=at.now)
    days = at.house.closing().days.rework
    until = day_in_india(at.now) + timedelta(days=days)
    body = {"report": report.id, "office": report.office, "why": why, "by": by, "until": until.isoformat()}
    at.work.ledger.append([Event(case=at.case.number, kind=EventKind.REOPENED, at=at.now, body=body)])
    set_task(at, TaskKind.REWORK, report.office, at.case.department, days, {"report": report.id})
    enclosed = {"until": f"नई आख्या दिनांक {until:%d.%m.%Y} तक अपेक्षित है।"}
    tell_office(at, Letter.REOPENED, report.office, at.case.department, key=report.id, enclosed=enclosed)


def reasons_hi(report: OfficeReport) -> Iterator[str]:
    """Why it was refused and what would cure it, a line each; none of anybody's words."""
    for code in report.reasons:
        if code in HouseCheck.__members__:
            said, cure = CHECK_HI[HouseCheck(code)]
            yield f"{said}। {cure}"
        else:
            yield f"{CHECKED_HI[code]}। {finding(_code(code), '').cure_hi}"


def attachment_checks(
    attachments: Sequence[Attachment], others: Sequence[OfficeReport], *, received_on: date
) -> list[tuple[HouseCheck, str]]:
    """What the attachments' facts say against them (Q08, Q14); warnings all."""
    elsewhere = {_picture(one) for report in others for one in report.attachments} - {""}
    found: list[tuple[HouseCheck, str]] = []
    for one in attachments:
        taken = str(one.facts.get("taken_at") or "")[:10]
        picture = _picture(one)
        if picture and any(same_picture(picture, other) for other in elsewhere):
            found.append((HouseCheck.PHOTO_USED_BEFORE, ""))
        if taken and taken < received_on.isoformat():
            found.append((HouseCheck.PHOTO_OLDER, ""))
        if one.facts.get("legible") is False:
            found.append((HouseCheck.ILLEGIBLE, ""))
    return found


def _picture(one: Attachment) -> str:
    return str(one.facts.get("picture_hash") or "")


def _code(written: str) -> ReportCode | ReportWarning:
    return ReportCode(written) if written in ReportCode.__members__ else ReportWarning(written)


def watch_the_court(at: At, report: OfficeReport) -> None:
    """On the court's next date the case comes back on the list (S0-4); the newest date that was taken is the one that counts."""
    today, court = day_in_india(at.now), report.fields.court
    hearings = [one for one in at.work.tasks.of(at.case.id) if one.kind is TaskKind.HEARING]
    come = frozenset(one.id for one in hearings if one.due_on <= today)
    if court is not None or come:
        close_tasks(at.work, at.case, frozenset({TaskKind.HEARING}), by=report.by, now=at.now, done=come)
    if court is not None and court.next_date is not None:
        days = max((court.next_date - today).days, 0)
        set_task(at, TaskKind.HEARING, report.office, at.case.department, days, {"report": report.id})


def _ask_above(at: At, closing: Closing) -> None:
    above = at.house.transfers().superior(closing.report.office) or at.house.district.facts.cell
    body: dict[str, object] = {"report": closing.report.id, "category": closing.category}
    task = set_task(at, TaskKind.APPROVAL, above, at.case.department, at.house.closing().days.approval, body)
    name = at.house.closing().special[closing.category].name_hi
    tell_office(at, Letter.APPROVAL, above, at.case.department, key=task.id, enclosed={"category": f"श्रेणी: {name}"})


def _place(at: At, kind: EventKind) -> None:
    status = LEADS_TO[kind]
    if status is None:
        raise ValueError(f"{kind} moves no case")
    case = at.case
    at.work.cases.place(
        [Placement(case_id=case.id, status=Status(status), department=case.department, office=case.office)]
    )
