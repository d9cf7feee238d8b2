"""Nobody forgotten: cases in random states, one sweep, and the marks compared with those of one naive loop that knows nothing of the sweep.

`python -m benchmarks.sweep_states [--count 1000000] [--seed 1]` prints how many cases were looked at and how many marks differ (0 is asked).
Here: random states and the naive loop. Not here: the sweep's speed (sweep.py).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.sweep import BATCH, NOW, TODAY, Fixed
from nistaran.bootstrap import calm_the_collector, open_house, prepare
from nistaran.domain.complaint import Case, Status, Whereabouts
from nistaran.domain.escalation import Mark, MarkKind
from nistaran.domain.task import Task, TaskKind, TaskState, task_id
from nistaran.settings import Settings
from nistaran.steps.escalate import Swept, sweep
from nistaran.steps.house import House

_CLOSED = (Status.DISPOSED, Status.SPECIAL_CLOSED)
_LATE = 70  #: cases are due from so many days ago to a month from now
Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A case with all that its clock depends on."""

    case: Case
    tasks: tuple[Task, ...]
    made: tuple[Mark, ...]


def states(house: House, count: int, seed: int) -> Iterator[State]:
    """So many cases: every status × round × marks × tasks × channel × office, offices and channels that are in no table among them."""
    channels = [*house.pack.channels, "GONE"]
    offices = ["", "SDR-NOWHERE", *house.district.offices]
    for n in range(1, count + 1):
        yield _state(n, Random(f"{seed}/{n}"), channels, offices)


def _state(n: int, random: Random, channels: Sequence[str], offices: Sequence[str]) -> State:
    due = TODAY + timedelta(days=random.randint(-_LATE, 30))
    case = Case(
        id=n,
        number=f"SDR-2026-{n:07d}",
        key=f"{n:064x}",
        district="SDR",
        channel=random.choice(channels),
        lane="ordinary",
        priority=random.randint(1, 5),
        reference="",
        received_on=due - timedelta(days=15),
        due_on=due,
        registered_at=NOW,
        status=random.choice(list(Status)),
        text="क",
        addressed_to="",
        category="",
        whereabouts=Whereabouts(),
        damaged=False,
        department=random.choice(["", "REVENUE", "POLICE"]),
        office=random.choice(offices),
    )
    tasks = _tasks(case, random)
    rounds = 1 + sum(one.kind is TaskKind.REWORK for one in tasks)
    kinds = [kind for kind in MarkKind if kind is not MarkKind.WARNING_3]
    made = {(random.randrange(rounds), random.choice(kinds)) for _ in range(random.choice((0, 0, 1, 2, 6)))}
    marks = tuple(
        Mark(case_id=n, kind=kind, round=turn, due_on=due, on_day=TODAY, at=NOW) for turn, kind in sorted(made)
    )
    return State(case=case, tasks=tasks, made=marks)


def _tasks(case: Case, random: Random) -> tuple[Task, ...]:
    """Reopenings, returns in every state, and others that no clock hangs on."""
    kinds = random.choices([TaskKind.REWORK, TaskKind.RETURN, TaskKind.PART], k=random.choice((0, 0, 1, 2, 3)))
    found = []
    for turn, kind in enumerate(kinds, start=1):
        since = datetime(2026, 7, 1, 5, turn, tzinfo=UTC) + timedelta(days=random.randrange(140))
        state = random.choice(list(TaskState))
        found.append(
            Task(
                id=task_id(case.number, turn),
                case_id=case.id,
                case=case.number,
                kind=kind,
                office="SDR-CELL",
                department="GEN_ADMIN",
                since=since,
                due_on=since.date() + timedelta(days=random.randint(1, 20)),
                state=state,
                closed_at=None if state is TaskState.OPEN else since,
                closed_by="" if state is TaskState.OPEN else "up.cell1",
            )
        )
    return tuple(found)


def fill(house: House, all_states: Iterator[State]) -> set[Key]:
    """Write the states into the house. Returns the marks that a naive loop says must stand after a sweep."""
    expected: set[Key] = set()
    batch: list[State] = []
    for state in all_states:
        expected.update(naive(house, state))
        batch.append(state)
        if len(batch) == BATCH:
            _write(house, batch)
            batch = []
    _write(house, batch)
    return expected


def _write(house: House, batch: Sequence[State]) -> None:
    with house.work() as work:
        work.cases.add([one.case for one in batch], facts=[{}] * len(batch))
        work.tasks.add([task for one in batch for task in one.tasks])
        work.marks.add([mark for one in batch for mark in one.made])
        work.commit()


def naive(house: House, state: State) -> set[Key]:
    """By hand, case by case: what stands already, and what is due by today where the case has a clock."""
    case = state.case
    marks = {(case.id, mark.round, mark.kind.value) for mark in state.made}
    if case.status in _CLOSED or case.channel not in house.pack.channels:
        return marks
    returns = [task.state for task in state.tasks if task.kind is TaskKind.RETURN]
    if case.status is Status.RETURNED and returns and set(returns) == {TaskState.DONE}:
        return marks
    reopened = sorted((task.since, task.id, task.due_on) for task in state.tasks if task.kind is TaskKind.REWORK)
    due = reopened[-1][2] if reopened else case.due_on
    ladder = house.pack.channels[case.channel].ladder
    days = {rung.level: rung.days for rung in house.pack.rungs if rung.ladder == ladder}
    third = 1 + days["L2"]
    after = {"WARNING_1": -3, "WARNING_2": -1, "DEFAULTER": 1, "L2": 1, "L3": third, "L4": third + days["L3"]}
    for kind, later in after.items():
        if due + timedelta(days=later) <= TODAY:
            marks.add((case.id, len(reopened), kind))
    return marks


def standing(house: House) -> set[Key]:
    """The marks that stand in the house."""
    found: set[Key] = set()
    last = 0
    with house.read() as work:
        while page := work.cases.page(after_id=last, limit=BATCH):
            last = page[-1].id
            made = work.marks.made_of([case.id for case in page])
            found.update((n, turn, kind.value) for n, marks in made.items() for turn, kind in marks)
    return found


def swept(house: House, count: int, seed: int) -> tuple[Swept, int, int]:
    """Fill, sweep, compare: the sweep's counts, the marks that must stand, and how many are missing or too many."""
    fixed = dataclasses.replace(house, clock=Fixed(NOW))
    expected = fill(fixed, states(fixed, count, seed))
    outcome = sweep(fixed)
    return outcome, len(expected), len(expected ^ standing(fixed))


def main() -> None:
    """Fill, sweep, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    calm_the_collector()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        prepare(settings)
        with open_house(settings) as house:
            outcome, expected, differ = swept(house, chosen.count, chosen.seed)
    told = {
        "cases": chosen.count,
        "looked_at": outcome.looked_at,
        "handled": outcome.handled,
        "skipped": dict(outcome.skipped),
        "marks": expected,
        "differ": differ,
        "seconds": round(time.perf_counter() - began),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.exit(differ != 0)


if __name__ == "__main__":
    main()
