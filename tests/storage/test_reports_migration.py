"""A house from before reports becomes one that keeps them, and can be taken back; no case is lost either way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from nistaran.domain.complaint import Status
from nistaran.domain.errors import RowRefused
from nistaran.domain.task import Task, TaskKind
from storage.migrations import downgrade, upgrade
from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.contract.test_feedback import word
from tests.storage.contract.test_reports import report
from tests.storage.contract.test_tasks import task

OLD_TASKS = [task(1), task(2, kind=TaskKind.FACTS)]
CLOSED = {2: Status.DISPOSED, 3: Status.SPECIAL_CLOSED}


@pytest.fixture
def before(new_url: str, open_store: Callable[[str], SqlStore]) -> SqlStore:
    """A house as migration 0006 left it, with cases and tasks."""
    store = open_store(new_url)
    upgrade(store.engine, "0006")
    with store.work() as work:
        s.add_cases(work, 1, 2, 3)
        work.cases.place([s.placement(1, Status.RETURNED)])
        work.tasks.add(OLD_TASKS)
        work.commit()
    return store


@pytest.fixture(params=["sqlite", "postgres"])
def new_url(request: pytest.FixtureRequest, tmp_path) -> str:
    """Each database without any table."""
    if request.param == "postgres":
        return str(request.getfixturevalue("new_postgres_url"))
    (tmp_path / "house.db").touch()
    return f"sqlite:///{tmp_path / 'house.db'}"


def _place(store: SqlStore, n: int, status: Status) -> None:
    with store.work() as work:
        work.cases.place([s.placement(n, status)])
        work.commit()


def _owe(store: SqlStore, owed: Task) -> None:
    with store.work() as work:
        work.tasks.add([owed])
        work.commit()


def test_before_it_no_case_was_disposed_and_after_it_one_may_be(before: SqlStore) -> None:
    for n, status in CLOSED.items():
        with pytest.raises(RowRefused):
            _place(before, n, status)
    with pytest.raises(RowRefused):
        _owe(before, task(3, kind=TaskKind.APPROVAL))

    assert before.upgrade() is True
    for n, status in CLOSED.items():
        _place(before, n, status)
    _owe(before, task(3, kind=TaskKind.APPROVAL))
    with before.read() as work:
        assert [one.status for one in work.cases.by_ids([1, 2, 3])] == [Status.RETURNED, *CLOSED.values()]
        assert [one for n in (1, 2) for one in work.tasks.of(n)] == OLD_TASKS
        assert (work.reports.of(1), work.feedback.of(1)) == ([], [])


def test_words_that_nobody_knows_are_still_refused(before: SqlStore) -> None:
    before.upgrade()
    for change in ("UPDATE cases SET status = 'LOST'", "UPDATE tasks SET kind = 'LOST'"):
        with pytest.raises(RowRefused):
            _write(before, change)


def _write(store: SqlStore, statement: str) -> None:
    with store.work() as work:
        work.cases._connection.execute(text(statement))


def test_taken_back_closed_cases_are_with_their_office_and_only_new_tasks_are_lost(before: SqlStore) -> None:
    before.upgrade()
    for n, status in CLOSED.items():
        _place(before, n, status)
    with before.work() as work:
        work.tasks.add([task(3, kind=TaskKind.CALL)])
        work.reports.add([report(2)])
        work.feedback.add([word(2)])
        work.commit()

    downgrade(before.engine, "0006")
    with before.read() as work:
        assert [one.status for one in work.cases.by_ids([1, 2, 3])] == [Status.RETURNED, *[Status.WITH_OFFICE] * 2]
        assert [one for n in (1, 2, 3) for one in work.tasks.of(n)] == OLD_TASKS
    with pytest.raises(RowRefused):
        _place(before, 2, Status.DISPOSED)
    assert before.upgrade() is True
