"""Marks behave alike in every store: each once for a round, and what is not over is found whatever desk it lies on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.errors import RowRefused
from nistaran.domain.escalation import STILL_OPEN, Mark, MarkKind, Round, Sweep
from nistaran.domain.records import Placement
from nistaran.domain.task import Task, TaskKind, task_id
from storage.tables import OPEN_CASES
from tests.storage import samples as s
from tests.storage.conftest import Store


def mark(n: int, kind: MarkKind = MarkKind.DEFAULTER, **changes: Any) -> Mark:
    """A mark on case n, with every field filled."""
    values: dict[str, Any] = {
        "case_id": n,
        "kind": kind,
        "round": 0,
        "due_on": date(2026, 7, 1) + timedelta(days=n),
        "on_day": date(2026, 8, 1) + timedelta(days=n),
        "at": s.later(n),
    }
    return Mark(**{**values, **changes})


def rework(n: int, turn: int, due_on: date) -> Task:
    """The turn-th time that case n must be reported on anew."""
    return Task(
        id=task_id(s.number(n), turn),
        case_id=n,
        case=s.number(n),
        kind=TaskKind.REWORK,
        office="SDR-DM",
        department="REVENUE",
        since=s.later(turn),
        due_on=due_on,
    )


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        s.add_cases(opened, *range(1, 9))
        yield opened


def test_marks_are_read_in_the_order_in_which_they_fall_due(work) -> None:
    warned, climbed = mark(1, MarkKind.WARNING_1), mark(1, MarkKind.L2)
    again = mark(1, MarkKind.WARNING_1, round=1)
    work.marks.add([again, climbed, mark(2)])
    work.marks.add([warned])
    assert work.marks.of(1) == [warned, climbed, again]
    assert work.marks.of(3) == []
    kinds = {(0, MarkKind.WARNING_1), (0, MarkKind.L2), (1, MarkKind.WARNING_1)}
    assert work.marks.made_of([1, 2, 3]) == {1: kinds, 2: {(0, MarkKind.DEFAULTER)}}
    assert work.marks.of_each([1, 2, 3]) == {1: [warned, climbed, again], 2: [mark(2)]}


@pytest.mark.parametrize("second", [mark(1), mark(99)], ids=["twice", "no such case"])
def test_each_is_made_once_and_on_a_case(store: Store, second: Mark) -> None:
    with pytest.raises(RowRefused):
        _add_after_one(store, second)


def _add_after_one(store: Store, second: Mark) -> None:
    with store.work() as opened:
        s.add_cases(opened, 1)
        opened.marks.add([mark(1)])
        opened.marks.add([second])


@pytest.mark.parametrize("status", list(Status))
def test_what_is_not_over_is_found_on_whatever_desk(work, status: Status) -> None:
    work.cases.place([Placement(case_id=n, status=Status.DISPOSED, department="", office="") for n in range(1, 9)])
    work.cases.place([Placement(case_id=5, status=status, department="ENERGY", office="SDR-ENERGY")])
    found = work.marks.open_cases(after_id=0, limit=9)
    assert [one.id for one in found] == ([5] if status in STILL_OPEN else [])
    assert (f"'{status.value}'" in OPEN_CASES) == (status in STILL_OPEN)
    assert work.marks.open_of([4, 5, 99]) == found
    for one in found:
        case = work.cases.by_ids([5])[0]
        assert all(getattr(one, name) == getattr(case, name) for name in one.__slots__)


def test_what_came_since_a_day_whether_it_is_over_or_not(work) -> None:
    work.cases.place([Placement(case_id=5, status=Status.DISPOSED, department="ENERGY", office="SDR-ENERGY")])
    came = {case.id: case.received_on for case in work.cases.by_ids(list(range(1, 9)))}
    day = sorted(came.values())[3]
    wanted = [n for n in range(1, 9) if came[n] >= day]
    found = work.marks.received_since(day, after_id=0, limit=9)
    assert [one.id for one in found] == wanted
    assert 5 not in wanted or next(one for one in found if one.id == 5).status is Status.DISPOSED
    assert work.marks.received_since(day, after_id=wanted[0], limit=2) == found[1:3]


def test_open_cases_page_by_id(work) -> None:
    assert [one.id for one in work.marks.open_cases(after_id=0, limit=5)] == [1, 2, 3, 4, 5]
    assert [one.id for one in work.marks.open_cases(after_id=5, limit=5)] == [6, 7, 8]


def test_what_is_due_by_a_day_and_whatever_was_reopened(work) -> None:
    days = {n: work.cases.by_ids([n])[0].due_on for n in range(1, 9)}
    latest = max(days, key=lambda n: (days[n], n))
    work.tasks.add([rework(latest, 1, min(days.values())), replace(rework(8, 2, date(2026, 7, 7)), kind=TaskKind.CALL)])
    early = {n for n, day in days.items() if day <= min(days.values())}
    found = work.marks.open_cases(after_id=0, limit=9, due_by=min(days.values()))
    assert {one.id for one in found} == early | {latest}
    assert len(work.marks.open_cases(after_id=0, limit=9, due_by=max(days.values()))) == 8
    assert work.marks.open_cases(after_id=0, limit=9, due_by=min(days.values()) - timedelta(days=1))[0].id == latest


def test_every_reopening_begins_a_round_with_a_day_of_its_own(work) -> None:
    work.tasks.add([rework(1, 2, date(2026, 9, 9)), rework(1, 1, date(2026, 8, 8)), rework(2, 1, date(2026, 7, 7))])
    work.tasks.add([replace(rework(3, 1, date(2026, 7, 7)), kind=TaskKind.CALL)])
    rounds = work.marks.rounds_of([1, 2, 3])
    assert set(rounds) == {1, 2}
    assert rounds[1] == Round(number=2, since=rounds[1].since, due_on=date(2026, 9, 9))
    assert rounds[2].number == 1


def test_the_first_sweep_of_a_day_is_kept(work) -> None:
    assert work.marks.last_sweep() is None
    first = Sweep(on_day=date(2026, 7, 1), at=s.later(1), looked_at=8, marked=2, skipped=1)
    later = replace(first, on_day=first.on_day + timedelta(days=1), at=s.later(9))
    for sweep in (later, first, replace(first, looked_at=9)):
        work.marks.sweep_ended(sweep)
    assert work.marks.last_sweep() == later


def test_defaulters_are_counted_by_department_and_day(work) -> None:
    work.cases.place([Placement(case_id=2, status=Status.DISPOSED, department="ENERGY", office="SDR-ENERGY")])
    work.cases.place([Placement(case_id=3, status=Status.WITH_OFFICE, department="ENERGY", office="SDR-ENERGY")])
    day = date(2026, 8, 5)
    work.marks.add([mark(n, on_day=day) for n in (1, 2, 3)])
    work.marks.add([mark(4, on_day=day + timedelta(days=1)), mark(5, MarkKind.L2, on_day=day)])
    assert work.marks.defaulters_by_day(since=day, until=day) == {("", day): (1, 1), ("ENERGY", day): (2, 1)}
    assert work.marks.defaulters_by_day(since=day + timedelta(days=2), until=date(2027, 1, 1)) == {}
