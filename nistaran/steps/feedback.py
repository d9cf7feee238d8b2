"""What complainants say after a disposal: written down, and a dissatisfied one brings the case back to its office (S0-8, S1-1).

Here: one word on one case, and who is still to be asked. Not here: shares (feedback_figures.py), many words from a file (report_files.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import TypeVar

from nistaran.domain.complaint import Status
from nistaran.domain.correction_refused import NoSuchOffice, login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import UnknownCase
from nistaran.domain.events import Event, EventKind
from nistaran.domain.feedback import Asked, Feedback, Outcome, Relief, feedback_id
from nistaran.domain.office_report import CloseKind, OfficeReport, ReportState
from nistaran.domain.report_refused import NotDisposed, OwnReport, WrongOutcome
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.domain.wording import OUTCOME_HI, RELIEF_HI
from nistaran.steps.closing import reopen
from nistaran.steps.desks import case_and_history
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.move import close_tasks
from nistaran.steps.owing import At, set_task
from nistaran.steps.tasks import open_tasks
from nistaran.steps.who_may import must_act_for, must_be_known, must_be_of_cell

Code = TypeVar("Code", Outcome, Relief, Asked)
_FINAL = frozenset({Outcome.SATISFIED, Outcome.DISSATISFIED, Outcome.WRONG_NUMBER})
_CLOSED = frozenset({Status.DISPOSED, Status.SPECIAL_CLOSED})
_DISPOSED_BY = frozenset({ReportState.ACCEPTED, ReportState.OVERRULED})
DISSATISFIED = "DISSATISFIED"
_HINDI = OUTCOME_HI | RELIEF_HI


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was written down; `reopened`: the case is with its office again; `final`: dissatisfied after the last round, it stays closed.

    `changed` is False when the same login had written the same word on this disposal before.
    """

    feedback: Feedback
    reopened: bool
    final: bool
    changed: bool = True


def give_feedback(
    house: House,
    number: str,
    *,
    outcome: str,
    by: str,
    relief: str = Relief.UNKNOWN,
    how: str = Asked.CALL,
) -> Given:
    """Write down what the complainant said of the disposal that stands.

    A dissatisfied one reopens the case as often as the pack's rounds allow. Who goes and sees (FIELD) is not who disposed of it.
    The same final word once more is no new one; of tries without an answer one a day is counted.

    Raises:
        UnknownCase, NotDisposed: when there is no such case, or it is not disposed of.
        OwnReport: when a field check is by the login that reported or let the report pass.
        WrongOutcome, WrongLogin: when an argument is none.
        NotYourOffice: when the login may not ask in this way: a call is the office's, one of the cell is the cell's.
    """
    login = login_of(by)
    said, got, way = _code(Outcome, outcome), _code(Relief, relief), _code(Asked, how)
    with house.work() as work:
        work.ledger.lock()
        case = work.cases.by_number(number)
        if case is None:
            raise UnknownCase(number)
        if case.status not in _CLOSED:
            raise NotDisposed(number)
        case, history = case_and_history(house, work, number)
        at = At(house=house, work=work, case=case, history=history, now=house.clock.now())
        reports = work.reports.of(case.id)
        disposing = _disposing(reports)
        _may_ask(at, way, login, disposing)
        earlier = work.feedback.of(case.id)
        new = Feedback(
            id=feedback_id(case.number, len(earlier) + 1),
            case_id=case.id,
            case=case.number,
            report=disposing.id,
            round=1 + sum(one.state is ReportState.RECALLED for one in reports),
            at=at.now,
            by=login,
            how=way,
            outcome=said,
            relief=got,
        )
        said_before = _said_before(earlier, new)
        if said_before is not None:
            return Given(feedback=said_before, reopened=False, final=_is_final(said, reports, house), changed=False)
        work.feedback.add([new])
        work.ledger.append([_event(new)])
        given = _follow(at, new, reports, earlier)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return given


def _may_ask(at: At, way: Asked, login: str, disposing: OfficeReport) -> None:
    match way:
        case Asked.FIELD:
            must_be_known(at.house, at.work, login)
            if login in {disposing.by, disposing.decided_by}:
                raise OwnReport
        case Asked.CALL:
            must_act_for(at.house, at.work, login, disposing.office)
        case Asked.CELL_CALL | Asked.PORTAL:
            must_be_of_cell(at.house, at.work, login)


def _said_before(earlier: Sequence[Feedback], new: Feedback) -> Feedback | None:
    """The same word of the same login: the last one on this disposal where it is final; of this day where nobody answered, so that a file
    fed twice, or a number rung three times in one hour, is one try."""
    if new.outcome not in _FINAL:
        today = day_in_india(new.at)
        same_try = (new.report, new.by, new.how, new.outcome, today)
        tries = ((one.report, one.by, one.how, one.outcome, day_in_india(one.at)) for one in earlier)
        return next((one for one, tried in zip(earlier, tries, strict=True) if tried == same_try), None)
    if not earlier:
        return None
    last = earlier[-1]
    same = (last.report, last.by, last.how, last.outcome, last.relief)
    return last if same == (new.report, new.by, new.how, new.outcome, new.relief) else None


def _is_final(said: Outcome, reports: Sequence[OfficeReport], house: House) -> bool:
    """Whether he is dissatisfied and the pack's rounds are spent; what a person recalled costs the complainant none."""
    spent = sum(one.state is ReportState.RECALLED and one.why == DISSATISFIED for one in reports)
    return said is Outcome.DISSATISFIED and spent >= house.closing().feedback.rounds


def _disposing(reports: Sequence[OfficeReport]) -> OfficeReport:
    closing = [one for one in reports if one.state in _DISPOSED_BY and one.close is not CloseKind.INTERIM]
    if not closing:
        raise NotDisposed
    return closing[-1]


def _follow(at: At, new: Feedback, reports: Sequence[OfficeReport], earlier: Sequence[Feedback]) -> Given:
    rules = at.house.closing().feedback
    tries = 1 + sum(one.report == new.report and one.outcome not in _FINAL for one in earlier)
    over = new.outcome in _FINAL or tries >= rules.tries
    if over:
        kinds = frozenset({TaskKind.FIELD if new.how is Asked.FIELD else TaskKind.CALL})
        ids = frozenset(one.id for one in at.work.tasks.of(at.case.id) if one.kind in kinds)
        close_tasks(at.work, at.case, kinds, by=new.by, now=at.now, done=ids)
    if new.outcome is not Outcome.DISSATISFIED:
        return Given(feedback=new, reopened=False, final=False)
    if _is_final(new.outcome, reports, at.house):
        return Given(feedback=new, reopened=False, final=True)
    recalled = replace(
        _disposing(reports), state=ReportState.RECALLED, decided_by=new.by, decided_at=at.now, why=DISSATISFIED
    )
    at.work.reports.settle([recalled])
    reopen(at, recalled, why=DISSATISFIED, by=new.by)
    return Given(feedback=new, reopened=True, final=False)


def _event(new: Feedback) -> Event:
    body = {
        "feedback": new.id,
        "report": new.report,
        "round": new.round,
        "outcome": new.outcome.value,
        "relief": new.relief.value,
        "how": new.how.value,
        "by": new.by,
    }
    return Event(case=new.case, kind=EventKind.FEEDBACK_GIVEN, at=new.at, body=body)


def calls_due(house: House, *, office: str = "") -> Iterator[tuple[Task, int]]:
    """Complainants still to be rung, the first due first, with the tries so far; of one office ("" for all) (S1-1).

    Raises:
        NoSuchOffice: when there is no such office.
    """
    code = office.strip().upper()
    if code and code not in house.district.offices:
        raise NoSuchOffice
    tasks = (task for task in open_tasks(house, kind=TaskKind.CALL) if code in ("", task.office))
    while page := list(islice(tasks, house.batch)):
        with house.read() as work:
            said = work.feedback.of_each([task.case_id for task in page])
        for task in page:
            yield task, sum(one.report == task.body.get("report") for one in said.get(task.case_id, []))


def draw_sample(house: House, *, count: int, seed: int, by: str) -> list[Task]:
    """A random sample of disposed cases for going and seeing, the same for the same seed and cases; each gets a FIELD task.

    Raises:
        WrongLogin: when the login is none. NotYourOffice: when it is not the cell's.
    """
    login = login_of(by)
    numbers = list(_disposed(house))
    drawn = sorted(Random(seed).sample(numbers, min(count, len(numbers))))
    with house.work() as work:
        work.ledger.lock()
        must_be_of_cell(house, work, login)
        now, made = house.clock.now(), []
        for number in drawn:
            case, history = case_and_history(house, work, number)
            open_ones = [one for one in work.tasks.of(case.id) if one.state is TaskState.OPEN]
            if case.status not in _CLOSED or any(one.kind is TaskKind.FIELD for one in open_ones):
                continue
            at = At(house=house, work=work, case=case, history=history, now=now)
            body: dict[str, object] = {"report": _disposing(work.reports.of(case.id)).id, "drawn_by": login}
            cell, days = house.district.facts.cell, house.closing().days.field
            made.append(set_task(at, TaskKind.FIELD, cell, case.department, days, body))
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return made


def _disposed(house: House) -> Iterator[str]:
    """Numbers of the cases that are closed: not the cases, of which a district has more than memory should hold."""
    last = 0
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=house.batch)
        if not page:
            return
        last = page[-1].id
        yield from (case.number for case in page if case.status in _CLOSED)


def _code(kind: type[Code], written: str) -> Code:
    """The code that was meant: itself in any case of letters, or its Hindi wording."""
    for one in kind:
        if written.strip().upper() == one.value or written.strip() == _HINDI.get(one.value):
            return one
    raise WrongOutcome(", ".join(kind))
