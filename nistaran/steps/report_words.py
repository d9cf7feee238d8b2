"""People's words on reports: overruling a refusal, recalling a disposal, and the level above on a special close. Each is a label too.

Not here: submitting (submit_report.py), what complainants say (feedback.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from nistaran.domain.complaint import Status
from nistaran.domain.correction_refused import NotOnThisDesk, login_of
from nistaran.domain.errors import UnknownCase
from nistaran.domain.events import Event, EventKind
from nistaran.domain.office_report import CloseKind, OfficeReport, ReportState
from nistaran.domain.report_refused import OwnReport, UnknownReport, WrongWhy
from nistaran.domain.task import TaskKind, TaskState
from nistaran.steps.closing import dispose, reopen, send_back, watch_the_court
from nistaran.steps.desks import case_and_history
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.move import close_tasks
from nistaran.steps.owing import At
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.tasks import open_tasks
from nistaran.steps.who_may import must_act_for, must_be_above


class Why(StrEnum):
    """Why a person decides otherwise than the judge. A closed list: nobody's words enter the ledger."""

    TRUE_ON_FACTS = "TRUE_ON_FACTS"  #: the facts are there, only the form is poor
    SEEN_ON_THE_SPOT = "SEEN_ON_THE_SPOT"
    COMPLAINANT_CONTENT = "COMPLAINANT_CONTENT"
    FALSE_REPORT = "FALSE_REPORT"
    NOTHING_DONE = "NOTHING_DONE"
    WRONG_CASE = "WRONG_CASE"


Act = Callable[[At, OfficeReport, str], OfficeReport]
_NOT_APPROVED_HI = "उच्च स्तर ने स्पेशल क्लोज का अनुमोदन नहीं किया। गुण-दोष के आधार पर निस्तारण कर नई आख्या दें।"
_TO_OVERRULE = (Why.TRUE_ON_FACTS, Why.SEEN_ON_THE_SPOT, Why.COMPLAINANT_CONTENT)
_TO_RECALL = (Why.FALSE_REPORT, Why.NOTHING_DONE, Why.WRONG_CASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The report as it now stands."""

    report: OfficeReport


def overrule(house: House, report: str, *, by: str, why: str) -> Said:
    """A person lets the newest report dispose of its case although the judge refused it.

    Raises:
        UnknownReport: when it is not the newest report of an open case, or was not refused.
        NotOnThisDesk: when the case has gone to another desk since.
        OwnReport, WrongWhy, WrongLogin: when the login wrote it, or an argument is none.
        NotYourOffice: when the login is of no office above, nor of the cell.
    """
    reason = _why(why, _TO_OVERRULE)

    def act(at: At, one: OfficeReport, login: str) -> OfficeReport:
        must_be_above(house, at.work, login, one.office, cell=True)
        _still_with(at, one)
        now = _settled(at, one, ReportState.OVERRULED, login, reason)
        watch_the_court(at, now)
        dispose(at, now, by=login)
        return now

    return _on_newest(house, report, by, frozenset({ReportState.REJECTED}), act)


def recall(house: House, report: str, *, by: str, why: str) -> Said:
    """A person takes a disposal back: the case goes to its office again, with a day for a new report.

    Raises:
        UnknownReport: when it is not the report that disposed of its case. OwnReport, WrongWhy, WrongLogin: as overrule().
        NotYourOffice: when the login may not act for the office.
    """
    reason = _why(why, _TO_RECALL)

    def act(at: At, one: OfficeReport, login: str) -> OfficeReport:
        must_act_for(house, at.work, login, one.office)
        now = _settled(at, one, ReportState.RECALLED, login, reason)
        reopen(at, now, why=reason, by=login)
        return now

    return _on_newest(house, report, by, frozenset({ReportState.ACCEPTED, ReportState.OVERRULED}), act)


def approve_special(house: House, report: str, *, by: str, approve: bool) -> Said:
    """The level above approves a special close, or sends it back (S0-7).

    Raises:
        UnknownReport: when the report does not wait for this. NotOnThisDesk, OwnReport, WrongLogin: as overrule().
        NotYourOffice: when the login is of no office above (the cell's, where there is none).
    """

    def act(at: At, one: OfficeReport, login: str) -> OfficeReport:
        _still_with(at, one)
        open_ones = [task for task in at.work.tasks.of(at.case.id) if task.state is TaskState.OPEN]
        asked = [task for task in open_ones if task.kind is TaskKind.APPROVAL and task.body.get("report") == one.id]
        if not asked:  # the case went elsewhere meanwhile and came back: the office must say it anew
            raise UnknownReport
        must_be_above(house, at.work, login, one.office, cell=asked[-1].office == house.district.facts.cell)
        category = str(asked[-1].body["category"])
        done = frozenset(task.id for task in asked)
        close_tasks(at.work, at.case, frozenset({TaskKind.APPROVAL}), by=login, now=at.now, done=done)
        if approve:
            now = _settled(at, one, ReportState.ACCEPTED, login, "")
            dispose(at, now, by=login, kind=EventKind.SPECIAL_CLOSED, category=category)
            return now
        now = _settled(at, one, ReportState.REJECTED, login, "")
        body = {"report": one.id, "office": one.office, "by": login, "category": category}
        at.work.ledger.append([Event(case=one.case, kind=EventKind.SPECIAL_REFUSED, at=at.now, body=body)])
        send_back(at, now, because=_NOT_APPROVED_HI)
        return now

    return _on_newest(house, report, by, frozenset({ReportState.WAITING}), act)


def reports_of(house: House, number: str) -> list[OfficeReport]:
    """The reports on a case, oldest first. Raises UnknownCase."""
    with house.read() as work:
        case = work.cases.by_number(number)
        if case is None:
            raise UnknownCase(number)
        return work.reports.of(case.id)


def reports_waiting(house: House) -> list[OfficeReport]:
    """Special closes that wait for the level above, the first due first."""
    tasks = list(open_tasks(house, kind=TaskKind.APPROVAL))
    with house.read() as work:
        return work.reports.by_ids([str(task.body["report"]) for task in tasks])


def _on_newest(house: House, report: str, by: str, states: frozenset[ReportState], act: Act) -> Said:
    login = login_of(by)
    with house.work() as work:
        work.ledger.lock()
        one = _newest(work, report.strip(), states)
        if login == one.by:
            raise OwnReport
        case, history = case_and_history(house, work, one.case)
        now = act(At(house=house, work=work, case=case, history=history, now=house.clock.now()), one, login)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return Said(report=now)


def _newest(work: UnitOfWork, report: str, states: frozenset[ReportState]) -> OfficeReport:
    found = work.reports.by_ids([report])
    if not found or found[0].state not in states or found[0].close is CloseKind.INTERIM:
        raise UnknownReport
    closing = [one for one in work.reports.of(found[0].case_id) if one.close is not CloseKind.INTERIM]
    if closing[-1].id != found[0].id:
        raise UnknownReport
    return found[0]


def _still_with(at: At, one: OfficeReport) -> None:
    """A report closes the case only while it lies with the office that wrote it: no other office's, and not the arbiter's."""
    if at.case.status is not Status.WITH_OFFICE or at.case.office != one.office:
        raise NotOnThisDesk(one.case)


def _settled(at: At, one: OfficeReport, state: ReportState, by: str, why: str) -> OfficeReport:
    now = replace(one, state=state, decided_by=by, decided_at=at.now, why=why)
    at.work.reports.settle([now])
    return now


def _why(written: str, allowed: tuple[Why, ...]) -> Why:
    for why in allowed:
        if why.value == written.strip().upper():
            return why
    raise WrongWhy(", ".join(allowed))
