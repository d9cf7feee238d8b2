"""The sweep: every case that is not over is looked at, and what fell due is marked, each mark once, with its letters (S0-2, S3-1, P19).

Unassigned, frozen, returned and reopened cases are swept like all others. Here: looking and writing. Not here: which mark is due
(nistaran/domain/escalation.py), what is written of it (telling.py), what is due soon (falling_due.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from nistaran.domain.complaint import Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import MarkKind, OpenCase, Round, Sweep, due_marks
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.telling import Clocked, Telling

_NONE: frozenset[MarkKind] = frozenset()


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


def sweep(house: House) -> Swept:
    """Look at every case that is not over and write the marks that fell due, in batches. Safe to repeat: a second sweep on the same
    day writes nothing, and two at once make each mark once.

    Raises:
        BadTable: when calendar.toml or escalation.toml is wrong.
        WorldAway: when the database does not answer; what was committed before stays, and the next sweep goes on.
    """
    outcome, today, last = Swept(), day_in_india(house.clock.now()), 0
    told = Telling(house, today)
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
            _mark(house, [one.case.id for one in ripe], today, told, outcome)
    _tell_end(house, outcome, today)
    return outcome


def clocks_of(
    house: House, work: UnitOfWork, cases: Sequence[OpenCase], skipped: Counter[str], *, with_marks: bool = True
) -> Iterator[Clocked]:
    """The clock of each case; those that have none are counted with their reason. Marks are read where they are wanted."""
    rules, ids = house.escalation(), [case.id for case in cases]
    rounds, marked = work.marks.rounds_of(ids), work.marks.made_of(ids) if with_marks else {}
    tasks = work.tasks.of_each([case.id for case in cases if case.status is Status.RETURNED])
    for case in cases:
        if case.channel not in rules.ladders:
            skipped[PassedOver.UNKNOWN_CHANNEL.value] += 1
            continue
        if case.status is Status.RETURNED and _sender_has_it(tasks.get(case.id, ())):
            skipped[PassedOver.SENDER_HAS_IT.value] += 1
            continue
        clock = rounds.get(case.id) or _first_round(case.received_on, case.due_on)
        had = marked.get(case.id)
        made = frozenset(kind for turn, kind in had if turn == clock.number) if had else _NONE
        yield Clocked(case=case, clock=clock, made=made)


def _sender_has_it(tasks: Sequence[Task]) -> bool:
    returns = [one for one in tasks if one.kind is TaskKind.RETURN]
    return bool(returns) and all(one.state is TaskState.DONE for one in returns)


@lru_cache(maxsize=4096)  # many cases came and are due on the same days
def _first_round(since: date, due_on: date) -> Round:
    return Round(number=0, since=since, due_on=due_on)


def _due(house: House, one: Clocked, today: date) -> tuple[MarkKind, ...]:
    rules = house.escalation()
    return due_marks(one.clock, rules.ladders[one.case.channel], rules.points, made=one.made, today=today)


def _mark(house: House, ids: Sequence[int], today: date, told: Telling, outcome: Swept) -> None:
    """Write what is due on these cases as they stand now: another sweep or a report may have been quicker."""
    skipped: Counter[str] = Counter()
    with house.work() as work:
        work.ledger.lock()
        now = house.clock.now()
        still = work.marks.open_of(ids)
        skipped[PassedOver.CHANGED_MEANWHILE.value] += len(ids) - len(still)
        clocked = list(clocks_of(house, work, still, skipped))
        written = told.written([(one, kinds) for one in clocked if (kinds := _due(house, one, today))], now)
        work.marks.add(written.marks)
        work.outbox.add(written.letters, at=now)
        work.ledger.append(written.events)
        fault("before_commit")
        work.commit()
    fault("after_commit")
    outcome.handled += len(clocked)
    outcome.skipped.update(+skipped)
    outcome.letters += len(written.letters)
    for (department, kind), count in written.counted.items():
        outcome.marked[kind] += count
        outcome.by_department[department, kind] += count


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
