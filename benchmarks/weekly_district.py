"""A large district for the benchmark of the weekly review: cases of nine weeks with desks, disposals, reopenings, feedback and parts,
made straight in the tables. Not here: what is measured (weekly.py).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from nistaran.domain.complaint import Case, Status, Whereabouts
from nistaran.domain.deadlines import day_in_india, due_on
from nistaran.domain.escalation import Mark, MarkKind
from nistaran.domain.events import Event, EventKind
from nistaran.domain.feedback import Asked, Feedback, Outcome, Relief, feedback_id
from nistaran.domain.office_report import CloseKind, OfficeReport, ReportFields, ReportState, report_id
from nistaran.domain.records import DeskEntry
from nistaran.domain.task import Task, TaskKind, task_id
from nistaran.steps.house import House

SUNDAY = date(2026, 11, 22)
#: Monday morning after it.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WINDOW, BATCH = 63, 2000


@dataclass(slots=True)
class Batch:
    """Rows of all tables, to be written together."""

    cases: list[Case] = field(default_factory=list)
    desks: list[DeskEntry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    reports: list[OfficeReport] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def write(self, house: House) -> None:
        """Write them in one transaction."""
        with house.work() as work:
            work.cases.add(self.cases, facts=[{}] * len(self.cases))
            last = {one.case_id: one for one in self.desks}
            work.desks.open([one for one in self.desks if last[one.case_id] is not one])
            work.desks.open(list(last.values()))
            for name in ("tasks", "reports", "feedback", "marks"):
                getattr(work, name).add(getattr(self, name))
            work.ledger.append(sorted(self.events, key=lambda one: one.at))
            work.commit()


def at(day: float) -> datetime:
    """So many days before the end of that Sunday, as a moment."""
    return NOW - timedelta(days=day)


class District:
    """Makes one case after the other; some offices are slower than others."""

    def __init__(self, house: House) -> None:
        self.house, self.chance = house, random.Random(1)
        self.offices = [code for code, row in house.district.offices.items() if row.territory]
        self.weight = [self.chance.paretovariate(1.1) for _ in self.offices]
        self.slow = {code: self.chance.uniform(3, 16) for code in self.offices}
        self.channels = list(house.pack.channels)
        self.often = [30, 20, *[4] * (len(self.channels) - 2)]

    def add(self, n: int, to: Batch) -> None:
        """Case n with all that happened to it."""
        chance = self.chance
        came = chance.uniform(1, WINDOW) if chance.random() < 0.97 else chance.uniform(WINDOW, 250)
        office = chance.choices(self.offices, self.weight)[0]
        took = chance.expovariate(1 / self.slow[office])
        case = self._case(n, came, office)
        to.cases.append(case)
        self._tell(to, case, EventKind.REGISTERED, came, {})
        if came < 3 and chance.random() < 0.1:  # nobody has looked at it yet
            case.status, case.office, case.department = Status.REGISTERED, "", ""
            return
        came = self._desks(to, case, came, office)
        self._close(to, case, came - 0.3 - took)

    def _case(self, n: int, came: float, office: str) -> Case:
        channel = self.chance.choices(self.channels, self.often)[0]
        received = day_in_india(at(came))
        lane = self.house.pack.channels[channel].lane
        return Case(
            id=n,
            number=f"{self.house.district.facts.code}-2026-{n:07d}",
            key=f"{n:064x}",
            district=self.house.district.facts.code,
            channel=channel,
            lane=lane,
            priority=self.house.pack.lanes[lane].priority,
            reference="",
            received_on=received,
            due_on=due_on(self.house.pack.limits, channel=channel, received_on=received),
            registered_at=at(came),
            status=Status.WITH_OFFICE,
            text="क" * 200,
            addressed_to="",
            category="",
            whereabouts=Whereabouts(),
            damaged=False,
            department=self.house.district.offices[office].department,
            office=office,
        )

    def _desks(self, to: Batch, case: Case, came: float, office: str) -> float:
        """Its desks: one in twenty began on a wrong one. Returns when it came to the last."""
        if self.chance.random() < 0.05 and came > 4:
            wrong = self.chance.choice(self.offices)
            to.desks.append(DeskEntry(case_id=case.id, office=wrong, since=at(came - 0.1)))
            body = {"office": wrong, "department": self.house.district.offices[wrong].department, "rule": "tehsil"}
            self._tell(to, case, EventKind.ROUTED, came - 0.1, body)
            came -= self.chance.uniform(1, 3)
            kind = EventKind.DEPARTMENT_CORRECTED
        else:
            kind = EventKind.ROUTED
        to.desks.append(DeskEntry(case_id=case.id, office=office, since=at(came - 0.2)))
        self._tell(to, case, kind, came - 0.2, {"office": office, "department": case.department, "rule": "tehsil"})
        if self.chance.random() < 0.003:
            to.tasks.append(self._task(case, 9, TaskKind.PART, came - 0.3, 10, self.chance.choice(self.offices)))
        return came

    def _close(self, to: Batch, case: Case, done: float) -> None:
        if done <= 0 or self.chance.random() < 0.01:
            late = (SUNDAY - case.due_on).days
            if late > 0:
                mark = {"round": 0, "due_on": case.due_on, "on_day": case.due_on + timedelta(days=1)}
                to.marks.append(Mark(case_id=case.id, kind=MarkKind.DEFAULTER, at=at(late - 1), **mark))
            return
        self._report(to, case, 1, done)
        if self.chance.random() < 0.25 and done > 2:
            asked = done - self.chance.uniform(0, 2)
            good = self.chance.random() < 0.6
            self._word(to, case, asked, good)
            if not good:
                self._tell(to, case, EventKind.REOPENED, asked, {"office": case.office})
                to.tasks.append(self._task(case, 1, TaskKind.REWORK, asked, 7, case.office))
                again = asked - self.chance.uniform(0.5, 8)
                if again > 0:
                    self._report(to, case, 2, again)
                else:
                    case.status = Status.WITH_OFFICE

    def _report(self, to: Batch, case: Case, turn: int, when: float) -> None:
        case.status = Status.DISPOSED
        self._tell(to, case, EventKind.DISPOSED, when, {"office": case.office})
        to.reports.append(
            OfficeReport(
                id=report_id(case.number, turn),
                case_id=case.id,
                case=case.number,
                office=case.office,
                by="up.office",
                at=at(when),
                close=CloseKind.ORDINARY,
                text="",
                fields=ReportFields(),
                attachments=(),
                state=ReportState.ACCEPTED,
                reasons=(),
                findings=(),
                reject_probability=0.0,
                model="",
            )
        )

    def _word(self, to: Batch, case: Case, when: float, good: bool) -> None:
        to.feedback.append(
            Feedback(
                id=feedback_id(case.number, 1),
                case_id=case.id,
                case=case.number,
                report=report_id(case.number, 1),
                round=1,
                at=at(when),
                by="up.cell",
                how=Asked.CELL_CALL,
                outcome=Outcome.SATISFIED if good else Outcome.DISSATISFIED,
                relief=self.chance.choice([Relief.GIVEN, Relief.PARTLY] if good else [Relief.NOT_GIVEN, Relief.PARTLY]),
            )
        )

    def _task(self, case: Case, turn: int, kind: TaskKind, since: float, days: int, office: str) -> Task:
        return Task(
            id=task_id(case.number, turn),
            case_id=case.id,
            case=case.number,
            kind=kind,
            office=office,
            department=self.house.district.offices[office].department,
            since=at(since),
            due_on=day_in_india(at(since)) + timedelta(days=days),
        )

    def _tell(self, to: Batch, case: Case, kind: EventKind, when: float, body: dict[str, Any]) -> None:
        to.events.append(Event(case=case.number, kind=kind, at=at(when), body=body))


def batches(house: House, count: int) -> Iterator[Batch]:
    """The whole district, so many cases at a time."""
    district, batch = District(house), Batch()
    for n in range(1, count + 1):
        district.add(n, batch)
        if n % BATCH == 0 or n == count:
            yield batch
            batch = Batch()
