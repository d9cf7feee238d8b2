"""Tasks behave alike in every store: what is owed never changes, only how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nistaran.domain.errors import RowRefused
from nistaran.domain.task import Task, TaskKind, TaskState, closed, task_id
from tests.storage import samples as s
from tests.storage.conftest import Store


def task(n: int, turn: int = 1, **changes: Any) -> Task:
    """The turn-th task of case n, with every field filled."""
    values: dict[str, Any] = {
        "id": task_id(s.number(n), turn),
        "case_id": n,
        "case": s.number(n),
        "kind": TaskKind.RELEASE,
        "office": "SDR-CELL",
        "department": "REVENUE",
        "since": s.later(n * 10 + turn),
        "due_on": date(2026, 7, n),
        "body": {"office": "SDR-DM", "share": 0.5, "respondents": ["LEKHPAL"]},
    }
    return Task(**{**values, **changes})


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        s.add_cases(opened, *range(1, 9))
        yield opened


def test_tasks_are_read_as_they_were_set_oldest_first(work) -> None:
    first, second = task(1), task(1, 2, kind=TaskKind.PART, office="SDR-PWD")
    work.tasks.add([second, task(2)])
    work.tasks.add([first])

    assert work.tasks.of(1) == [first, second]
    assert work.tasks.of(3) == []
    assert work.tasks.of_each([1, 2, 3]) == {1: [first, second], 2: [task(2)]}
    assert work.tasks.by_ids([second.id, "none", first.id]) == [second, first]


def test_settling_moves_the_state_and_never_what_is_owed(work) -> None:
    work.tasks.add([task(1), task(2)])
    done = closed(task(1), TaskState.DONE, by="up.cell1", at=s.later(99))
    work.tasks.settle([replace(done, office="SDR-DM", body={})])
    assert work.tasks.of(1) == [done]
    assert work.tasks.of(2) == [task(2)]


def test_an_id_is_used_once_and_needs_its_case(store: Store) -> None:
    for second in (task(1), task(9)):
        with pytest.raises(RowRefused):
            _add_after_one(store, second)


def _add_after_one(store: Store, second: Task) -> None:
    with store.work() as opened:
        s.add_cases(opened, 1)
        opened.tasks.add([task(1)])
        opened.tasks.add([second])


def test_what_was_never_kept_is_not_settled(store: Store) -> None:
    with pytest.raises(RowRefused), store.work() as opened:
        opened.tasks.settle([closed(task(1), TaskState.DONE, by="up.x", at=s.later(9))])


def test_open_ones_come_by_day_and_page_by_key(work) -> None:
    work.tasks.add([task(3), task(1, kind=TaskKind.RULING), task(2), task(2, 2)])
    work.tasks.settle([closed(task(3), TaskState.DROPPED, by="", at=s.later(99))])

    assert [one.id for one in work.tasks.open(limit=9)] == [task(1).id, task(2).id, task(2, 2).id]
    assert [one.case_id for one in work.tasks.open(kind=TaskKind.RULING, limit=9)] == [1]
    last = work.tasks.open(limit=2)[-1]
    assert [one.id for one in work.tasks.open(after=(last.due_on, last.id), limit=9)] == [task(2, 2).id]


@pytest.mark.parametrize("state", list(TaskState))
def test_a_closed_task_is_not_closed_again(state: TaskState) -> None:
    done = closed(task(1), TaskState.DONE, by="up.x", at=s.later(9))
    with pytest.raises(ValueError, match="look at it again"):
        closed(done, state, by="up.y", at=s.later(10))
