"""The sweep: every case that is not over is looked at, and what fell due is marked, each mark once, with its letters (S0-2, S3-1, P19).

Unassigned, frozen, returned and reopened cases are swept like all others. Here: looking and writing. Not here: which mark is due
(nistaran/domain/escalation.py), what is due soon (falling_due.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from nistaran.domain.complaint import Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import Mark, MarkKind, OpenCase, Round, Sweep, due_marks, told_of
from nistaran.domain.events import Event, EventKind
from nistaran.domain.letters import Letter
from nistaran.domain.records import Notice
from nistaran.domain.task import TaskKind, TaskState
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork


class PassedOver(StrEnum):
    """Why a case that is not over got no look at its clock."""

    SENDER_HAS_IT = "SENDER_HAS_IT"  #: returned, and the sender has confirmed it: another clock runs there
    UNKNOWN_CHANNEL = "UNKNOWN_CHANNEL"  #: its channel is no longer in the pack: a person must put the table right
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE"  #: it was closed between looking and writing


@dataclass(slots=True)
class Swept:
    """What one sweep came to: looked_at = handled + skipped, always. `marked` counts marks by kind, `by_department` by (department, kind)."""

    looked_at: int = 0
    handled: int = 0
    marked: Counter[str] = field(default_factory=Counter)
    by_department: Counter[tuple[str, str]] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    letters: int = 0

    @property
    def stuck(self) -> int:
        """Cases that no clock is kept for until a person mends a table."""
        return self.skipped[PassedOver.UNKNOWN_CHANNEL.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocked:
    """An open case with the clock that runs for it, and the marks that this round has already."""

    case: OpenCase
    clock: Round
    made: frozenset[MarkKind]


def sweep(house: House) -> Swept:
    """Look at every case that is not over and write the marks that fell due, in batches. Safe to repeat: a second sweep on the same
    day writes nothing, and two at once make each mark once.

    Raises:
        BadTable: when calendar.toml or escalation.toml is wrong.
        WorldAway: when the database does not answer; what was committed before stays, and the next sweep goes on.
    """
    outcome, today, last = Swept(), day_in_india(house.clock.now()), 0
    while True:
        with house.read() as work:
            page = work.marks.open_cases(after_id=last, limit=house.batch)
            if not page:
                break
            last = page[-1].id
            outcome.looked_at += len(page)
            clocked = list(clocks_of(house, work, page, outcome.skipped))
        ripe = [one for one in clocked if _due(house, one, today)]
        outcome.handled += len(clocked) - len(ripe)
        if ripe:
            _mark(house, [one.case.id for one in ripe], today, outcome)
    _tell_end(house, outcome, today)
    return outcome


def clocks_of(house: House, work: UnitOfWork, cases: Sequence[OpenCase], skipped: Counter[str]) -> Iterator[Clocked]:
    """The clock of each case; those that have none are counted with their reason."""
    rules, ids = house.escalation(), [case.id for case in cases]
    rounds, marked = work.marks.rounds_of(ids), work.marks.made_of(ids)
    tasks = work.tasks.of_each([case.id for case in cases if case.status is Status.RETURNED])
    for case in cases:
        if case.channel not in rules.ladders:
            skipped[PassedOver.UNKNOWN_CHANNEL.value] += 1
            continue
        returns = [one for one in tasks.get(case.id, ()) if one.kind is TaskKind.RETURN]
        if case.status is Status.RETURNED and returns and all(one.state is TaskState.DONE for one in returns):
            skipped[PassedOver.SENDER_HAS_IT.value] += 1
            continue
        clock = rounds.get(case.id) or Round(number=0, since=case.received_on, due_on=case.due_on)
        made = frozenset(kind for turn, kind in marked.get(case.id, ()) if turn == clock.number)
        yield Clocked(case=case, clock=clock, made=made)


def holder_of(house: House, case: OpenCase) -> str:
    """Who is answerable for the case now: its office; the cell while nobody else has it, or its office is no longer in the table."""
    return case.office if case.office in house.district.offices else house.district.facts.cell


def _due(house: House, one: Clocked, today: date) -> tuple[MarkKind, ...]:
    rules = house.escalation()
    return due_marks(one.clock, rules.ladders[one.case.channel], rules.points, made=one.made, today=today)


def _mark(house: House, ids: Sequence[int], today: date, outcome: Swept) -> None:
    """Write what is due on these cases as they stand now: another sweep or a report may have been quicker."""
    told = Swept()
    with house.work() as work:
        work.ledger.lock()
        now = house.clock.now()
        still = work.marks.open_of(ids)
        told.skipped[PassedOver.CHANGED_MEANWHILE.value] += len(ids) - len(still)
        clocked = list(clocks_of(house, work, still, told.skipped))
        told.handled += len(clocked)
        _write(house, work, [(one, _due(house, one, today)) for one in clocked], (now, today), told)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    outcome.handled += told.handled
    outcome.letters += told.letters
    for counts, more in (
        (outcome.marked, told.marked),
        (outcome.skipped, +told.skipped),
        (outcome.by_department, told.by_department),
    ):
        counts.update(more)  # type: ignore[arg-type]


def _write(
    house: House,
    work: UnitOfWork,
    due: Sequence[tuple[Clocked, tuple[MarkKind, ...]]],
    at: tuple[datetime, date],
    told: Swept,
) -> None:
    now, today = at
    marks: list[Mark] = []
    events: list[Event] = []
    notices: list[Notice] = []
    for one, kinds in due:
        holder = holder_of(house, one.case)
        department = one.case.department or house.district.offices[house.district.facts.cell].department
        offices = told_of(kinds, holder=holder, above=house.escalation().above(holder))
        for kind in kinds:
            to = [office for office, gravest in offices.items() if gravest is kind]
            marks.append(_kept(one, kind, today, now))
            body = {
                "mark": kind.value,
                "round": one.clock.number,
                "due": one.clock.due_on.isoformat(),
                "office": holder,
                "department": department,
                "days": (today - one.clock.due_on).days,
                "to": to,
            }
            events.append(Event(case=one.case.number, kind=EventKind.MARKED, at=now, body=body))
            notices += [_letter(one, kind, office, department) for office in to]
            told.marked[kind.value] += 1
            told.by_department[department, kind.value] += 1
    told.letters += len(notices)
    work.marks.add(marks)
    work.outbox.add(notices, at=now)
    work.ledger.append(events)


def _kept(one: Clocked, kind: MarkKind, today: date, now: datetime) -> Mark:
    return Mark(case_id=one.case.id, kind=kind, round=one.clock.number, due_on=one.clock.due_on, on_day=today, at=now)


def _letter(one: Clocked, kind: MarkKind, office: str, department: str) -> Notice:
    letter = Letter.REMINDER if kind.is_warning else Letter.ESCALATED if kind.is_rung else Letter.DEFAULTER
    body: dict[str, object] = {
        "number": one.case.number,
        "department": department,
        "due": one.clock.due_on.isoformat(),
    }
    if one.clock.number:
        body["enclosed"] = {"until": f"पुनः खोले जाने के बाद नई आख्या का नियत दिनांक: {one.clock.due_on:%d.%m.%Y}।"}
    key = f"{letter.value}:{one.case.number}/{one.clock.number}/{kind.value}:{office}"
    return Notice(key=key, kind=letter.value, case_id=one.case.id, office=office, body=body)


def _tell_end(house: House, outcome: Swept, today: date) -> None:
    """The first sweep of a day that came to its end is written down: by it `nistaran doctor` hears a silent scheduler (P20)."""
    with house.read() as work:
        last = work.marks.last_sweep()
    if last is not None and last.on_day >= today:
        return
    with house.work() as work:
        work.marks.sweep_ended(
            Sweep(
                on_day=today,
                at=house.clock.now(),
                looked_at=outcome.looked_at,
                marked=outcome.marked.total(),
                skipped=outcome.skipped.total(),
            )
        )
        work.commit()
