"""Tasks on cases: who owes what, what is overdue, and closing what was done outside a move of the case.

Not here: setting them (follow.py), releases (release.py) and rulings (ruling.py), which close their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from nistaran.domain.correction_refused import login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import Event, EventKind
from nistaran.domain.task import Task, TaskKind, TaskState, closed
from nistaran.domain.transfer_refused import UnknownTask
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.who_may import must_act_for

_PAGE = 1000
#: What a person closes by saying that it is done; the others end with a decision on the case.
_BY_HAND = frozenset({TaskKind.PART, TaskKind.FACTS, TaskKind.RETURN, TaskKind.HEARING})


def open_tasks(house: House, *, kind: TaskKind | None = None, stuck: bool = False) -> Iterator[Task]:
    """Open tasks, the first due first; `stuck`: only those whose day is over."""
    today = day_in_india(house.clock.now())
    after: tuple[date, str] | None = None
    while True:
        with house.read() as work:
            page = work.tasks.open(kind=kind, after=after, limit=_PAGE)
        for task in page:
            if stuck and task.due_on >= today:
                return
            yield task
        if len(page) < _PAGE:
            return
        after = (page[-1].due_on, page[-1].id)


def count_tasks(house: House) -> tuple[Counter[str], Counter[str]]:
    """How many tasks of each kind are open, and how many of those are past their day."""
    today, waiting, stuck = day_in_india(house.clock.now()), Counter[str](), Counter[str]()
    for task in open_tasks(house):
        waiting[task.kind.value] += 1
        stuck[task.kind.value] += task.due_on < today
    return waiting, +stuck


def close_task(house: House, task_id: str, *, by: str) -> Task:
    """A co-department's part, a fact, a return or a look after the court's date is done. Returns the task as it now stands.

    Raises:
        UnknownTask: when no such task is open, or it ends with a decision on the case and not by hand.
        WrongLogin: when the login is none. NotYourOffice: when it may not act for the office that owes it.
    """
    login = login_of(by)
    with house.work() as work:
        work.ledger.lock()
        found = work.tasks.by_ids([task_id.strip()])
        if not found or found[0].state is not TaskState.OPEN or found[0].kind not in _BY_HAND:
            raise UnknownTask
        must_act_for(house, work, login, found[0].office)
        now = house.clock.now()
        done = closed(found[0], TaskState.DONE, by=login, at=now)
        work.tasks.settle([done])
        body = {"task": done.id, "state": done.state.value, "by": login}
        work.ledger.append([Event(case=done.case, kind=EventKind.TASK_CLOSED, at=now, body=body)])
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return done
