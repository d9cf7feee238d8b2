"""Nobody forgotten, whatever state a case is in; each mark once, whoever sweeps when and how often at once (S0-2, P19).

The states and the naive loop that knows what must stand are those of benchmarks/sweep_states.py, which does the same for a million.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from benchmarks.sweep import Fixed, cases
from benchmarks.sweep_states import NOW, swept
from nistaran.domain import escalation
from nistaran.domain.complaint import Case, Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import EventKind, first_break
from nistaran.settings import Settings
from nistaran.steps import escalate
from nistaran.steps.escalate import PassedOver, sweep
from nistaran.steps.house import House
from storage.memory import marks as memory_marks
from tests.steps.people import in_memory

DAYS = 60


@pytest.mark.demand("S0-2")
@pytest.mark.parametrize("batch", [97, 1000])
def test_the_marks_are_those_of_a_naive_loop(house: House, batch: int) -> None:
    outcome, expected, differ = swept(dataclasses.replace(house, batch=batch), 1500, batch)
    assert expected > 1500
    assert differ == 0
    assert outcome.looked_at == outcome.handled + outcome.skipped.total()
    assert outcome.skipped[PassedOver.UNKNOWN_CHANNEL.value] > 0 < outcome.skipped[PassedOver.SENDER_HAS_IT.value]


def forgets(status: Status) -> Callable[[pytest.MonkeyPatch], None]:
    def broken(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(memory_marks, "STILL_OPEN", escalation.STILL_OPEN - {status})

    return broken


def forgets_returned_ones_that_nobody_confirmed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(escalate, "all", lambda _: True, raising=False)


def forgets_reopenings(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory_marks.MemoryMarks, "rounds_of", lambda *_: {})


def forgets_the_last_of_the_last_page(patch: pytest.MonkeyPatch) -> None:
    whole = memory_marks.MemoryMarks.open_cases

    def short(self: Any, *, after_id: int, limit: int) -> Any:
        page = whole(self, after_id=after_id, limit=limit)
        return page if len(page) == limit else page[:-1]

    patch.setattr(memory_marks.MemoryMarks, "open_cases", short)


def steps_over_one_between_pages(patch: pytest.MonkeyPatch) -> None:
    whole = memory_marks.MemoryMarks.open_cases
    patch.setattr(
        memory_marks.MemoryMarks,
        "open_cases",
        lambda self, *, after_id, limit: whole(self, after_id=after_id + (after_id > 0), limit=limit),
    )


@pytest.mark.parametrize(
    "broken",
    [
        *(pytest.param(forgets(status), id=f"forgets {status.value}") for status in sorted(escalation.STILL_OPEN)),
        forgets_returned_ones_that_nobody_confirmed,
        forgets_reopenings,
        forgets_the_last_of_the_last_page,
        steps_over_one_between_pages,
    ],
)
def test_a_sweep_that_forgets_is_caught(
    house: House, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    broken(monkeypatch)
    _, _, differ = swept(dataclasses.replace(in_memory(house), batch=97), 300, 5)
    assert differ > 0


def test_the_same_states_in_memory_are_not_caught(house: House) -> None:
    assert swept(dataclasses.replace(in_memory(house), batch=97), 300, 5)[2] == 0


def sixty_days(house: House, seed: int) -> tuple[set[date], House]:
    """A scheduler that stops for days, runs again, and starts two or three sweeps at once. Returns the days on which it ran."""
    random, ran, day = Random(seed), set(), 0
    late = house
    while day < DAYS:
        day += random.choice((0, 1, 1, 1, 2, 5, 9))
        late = dataclasses.replace(house, clock=Fixed(NOW + timedelta(days=day, minutes=random.randrange(600))))
        ran.add(day_in_india(late.clock.now()))
        threads = [threading.Thread(target=sweep, args=(late,)) for _ in range(random.choice((1, 2, 3)))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return ran, late


def faults_of(house: House, ran: set[date]) -> list[str]:
    """Marks and letters that are not there once each, on the first day on which the scheduler ran after they fell due."""
    rules, found = house.escalation(), []
    with house.read() as work:
        links = [link for link in work.ledger.links() if link.kind == EventKind.MARKED.value]
        if first_break(work.ledger.links()) is not None:
            found.append("chain")
        for case in work.cases.page(after_id=0, limit=1000):
            clock = escalation.Round(number=0, since=case.received_on, due_on=case.due_on)
            due = dict(escalation.marking_days(clock, rules.ladders[case.channel], rules.points))
            is_open = case.status in escalation.STILL_OPEN
            expected = {kind: min(day for day in ran if day >= due[kind]) for kind in due if is_open}
            made = {mark.kind: mark.on_day for mark in work.marks.of(case.id)}
            told = Counter((notice.office, notice.key) for notice, _, _ in work.outbox.of(case.id))
            events = sum(link.case == case.number for link in links)
            if made != expected or events != len(expected) or max(told.values(), default=1) > 1:
                found.append(case.number)
    return found


@pytest.mark.promise("P19")
@pytest.mark.parametrize("seed", [1, 2])
def test_sixty_days_of_gaps_and_double_starts_make_each_rung_once(house: House, seed: int) -> None:
    with house.work() as work:
        made = list(cases(house, 40, 2))
        work.cases.add(made, facts=[{}] * len(made))
        work.commit()
    ran, late = sixty_days(dataclasses.replace(house, batch=7), seed)
    assert faults_of(late, ran) == []


@pytest.mark.long
@pytest.mark.promise("P19")
def test_two_processes_at_once_make_each_mark_once(house: House, settings: Settings) -> None:
    with house.work() as work:
        made = list(cases(house, 2000, 2))
        work.cases.add([late(one) for one in made], facts=[{}] * len(made))
        work.commit()
    command = [sys.executable, "-m", "nistaran.cli", "escalate", "--json"]
    environment = {**os.environ, "NISTARAN_HOME": str(settings.home), "NISTARAN_BATCH": "4"}
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    told = [json.loads(one.communicate(timeout=120)[0]) for one in running]
    assert [one["looked_at"] for one in told] == [1000, 1000]
    assert sum(sum(one["marked"].values()) for one in told) == 6000
    assert all(sum(one["marked"].values()) > 0 for one in told)  # neither came too late for a page
    with house.read() as work:
        links = list(work.ledger.links())
        assert sum(len(marks) for marks in work.marks.made_of(range(1, 2001)).values()) == 6000
    assert first_break(links) is None
    assert len(links) == len({(link.case, link.body) for link in links}) == 6000


def late(case: Case) -> Case:
    """The same case a year ago: every mark is due, whatever the clock says."""
    return dataclasses.replace(
        case, due_on=case.due_on - timedelta(days=365), received_on=case.received_on - timedelta(days=365)
    )


def test_a_sweep_that_makes_only_what_falls_due_today_is_caught(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_today(clock: Any, ladder: Any, points: Any, *, made: Any, today: date) -> tuple[Any, ...]:
        days = escalation.marking_days(clock, ladder, points)
        return tuple(kind for kind, day in days if day == today and kind not in made)

    monkeypatch.setattr(escalate, "due_marks", only_today)
    made = in_memory(house)
    with made.work() as work:
        new = list(cases(made, 40, 2))
        work.cases.add(new, facts=[{}] * len(new))
        work.commit()
    ran, late = sixty_days(made, 1)
    assert faults_of(late, ran) != []
