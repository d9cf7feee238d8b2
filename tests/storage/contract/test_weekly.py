"""Counts for the weekly review are alike in every store: as things stood when a day ended, whatever happened since."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from nistaran.domain.events import Event, EventKind
from nistaran.domain.feedback import Asked, Feedback, Outcome, Relief, feedback_id
from nistaran.domain.promise import Counted, Promise
from nistaran.domain.records import DeskEntry
from nistaran.domain.task import Task, TaskKind, TaskState, closed, task_id
from nistaran.domain.weekly import Flow, Said, StuckPart, Week, end_of, week_until
from storage.memory import MemoryStore
from storage.repositories import standing
from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.conftest import Store
from tests.storage.contract.test_reports import report

SUNDAY = date(2026, 11, 15)
#: Noon in India on that Sunday.
NOON = datetime(2026, 11, 15, 6, 30, tzinfo=UTC)


def at(days: float) -> datetime:
    """So many days after that noon."""
    return NOON + timedelta(days=days)


def event(n: int, kind: EventKind, days: float) -> Event:
    return Event(case=s.number(n), kind=kind, at=at(days), body={})


def case(n: int, received: int, due: int, **changes: Any) -> Any:
    """Case n, received and due so many days from that Sunday."""
    days = {"received_on": SUNDAY + timedelta(days=received), "due_on": SUNDAY + timedelta(days=due)}
    return s.case(n, **{"registered_at": at(received), "channel": "ONLINE", **days, **changes})


def task(n: int, turn: int, kind: TaskKind, since: float, due: int, **changes: Any) -> Task:
    values: dict[str, Any] = {
        "id": task_id(s.number(n), turn),
        "case_id": n,
        "case": s.number(n),
        "kind": kind,
        "office": "CO",
        "department": "PWD",
        "since": at(since),
        "due_on": SUNDAY + timedelta(days=due),
    }
    return Task(**{**values, **changes})


def add(work: Any, *cases: Any) -> None:
    work.cases.add(list(cases), facts=[{}] * len(cases))


@pytest.mark.demand("S1-4")
def test_what_was_pending_when_the_day_ended(store: Store) -> None:
    with store.work() as work:
        add(
            work,
            case(1, -200, -1, channel="CM"),  # late, with nobody
            case(2, -20, 0),  # a defaulter tomorrow
            case(3, -8, 6),
            case(4, -8, 7, registered_at=end_of(SUNDAY)),  # came a moment after midnight
            case(5, -9, 1),  # closed on Saturday
            case(6, -9, 1),  # closed on Monday
            case(7, -9, -5),  # closed and reopened: its new day is Thursday
        )
        work.ledger.append([event(5, EventKind.DISPOSED, -1), event(6, EventKind.SPECIAL_CLOSED, 1)])
        work.ledger.append([event(7, EventKind.DISPOSED, -3), event(7, EventKind.REOPENED, -2)])
        work.tasks.add([task(7, 1, TaskKind.REWORK, -2, 4)])
        for n, office, days in ((2, "A", -3), (3, "A", -3), (6, "A", -3), (6, "B", 2), (7, "A", -8), (7, "B", -2)):
            work.desks.open([DeskEntry(case_id=n, office=office, since=at(days))])
        found = {(one.channel, one.office): one for one in work.weekly.standing(SUNDAY)}
        assert set(found) == {("CM", ""), ("ONLINE", "A"), ("ONLINE", "B")}
        a, b, cm = found["ONLINE", "A"], found["ONLINE", "B"], found["CM", ""]
        assert (a.pending, a.defaulters, a.soon, a.ages, a.days) == (3, 0, 3, (0, 2, 1, 0, 0, 0), 37)
        assert (b.pending, b.defaulters, b.soon, b.days) == (1, 0, 1, 9)
        assert (cm.pending, cm.defaulters, cm.soon, cm.ages) == (1, 1, 0, (0, 0, 0, 0, 0, 1))
        assert [one.number for one in work.weekly.oldest(SUNDAY, limit=2)] == [s.number(1), s.number(2)]
        assert work.weekly.oldest(SUNDAY, limit=9)[-1].due_on == SUNDAY + timedelta(days=6)
        assert [one.number[-1] for one in work.weekly.alike(SUNDAY, each=2, older_than=60)] == ["1", "2", "6"]


def test_a_returned_case_is_over_when_its_sender_has_it_until_a_desk_has_it_again(store: Store) -> None:
    with store.work() as work:
        add(work, case(1, -9, 9))
        work.desks.open([DeskEntry(case_id=1, office="CELL", since=at(-5))])
        work.tasks.add([task(1, 1, TaskKind.RETURN, -5, 0)])
        work.tasks.settle([closed(work.tasks.of(1)[0], TaskState.DONE, by="up.cell1", at=at(-3))])
        work.desks.open([DeskEntry(case_id=1, office="A", since=at(1))])
        pending = {
            day: sum(one.pending for one in work.weekly.standing(SUNDAY + timedelta(days=day))) for day in range(-10, 3)
        }
        assert pending == {-10: 0, **dict.fromkeys(range(-9, -3), 1), **dict.fromkeys(range(-3, 1), 0), 1: 1, 2: 1}
        assert work.weekly.flow(week_until(SUNDAY)) == [Flow(channel="ONLINE", office="CELL", returned=1)]
        assert work.weekly.moved(week_until(SUNDAY)) == []
        assert work.weekly.moved(Week(since=SUNDAY, until=SUNDAY + timedelta(days=1))) == [1]


def test_what_came_and_went(store: Store) -> None:
    with store.work() as work:
        add(work, case(1, -3, 9), case(2, -30, -6), case(3, -9, 9), case(4, -7, 9))
        work.desks.open([DeskEntry(case_id=n, office="A", since=at(-29 + n)) for n in (1, 2, 3)])
        work.ledger.append(
            [
                event(2, EventKind.DISPOSED, -5),  # a day late, after 25 days
                event(2, EventKind.REOPENED, -4),
                event(2, EventKind.DISPOSED, -2),  # in time by its new day
                event(3, EventKind.SPECIAL_CLOSED, 0.499),  # just before midnight
                event(1, EventKind.DISPOSED, 0.5),  # midnight
            ]
        )
        work.tasks.add([task(2, 1, TaskKind.REWORK, -4, -2)])
        told = Flow(channel="ONLINE", office="A", received=1, disposed=3, timely=2, days=25 + 28 + 9, reopened=1)
        assert work.weekly.flow(week_until(SUNDAY)) == [told]


def word(n: int, turn: int, days: float, outcome: Outcome, relief: Relief = Relief.UNKNOWN) -> Feedback:
    return Feedback(
        id=feedback_id(s.number(n), turn),
        case_id=n,
        case=s.number(n),
        report=f"{s.number(n)}/r1",
        round=1,
        at=at(days),
        by="up.cell1",
        how=Asked.CALL,
        outcome=outcome,
        relief=relief,
    )


def test_a_case_counts_once_by_its_last_word(store: Store) -> None:
    with store.work() as work:
        add(work, *(case(n, -9, 9) for n in (1, 2, 3)))
        work.reports.add([report(n, office="A") for n in (1, 2)])
        work.feedback.add(
            [
                word(1, 1, -5, Outcome.DISSATISFIED, Relief.NOT_GIVEN),
                word(1, 2, -2, Outcome.SATISFIED, Relief.PARTLY),
                word(1, 3, -1, Outcome.NO_ANSWER),
                word(2, 1, -2, Outcome.DISSATISFIED),
                word(2, 2, 2, Outcome.SATISFIED),  # next week
                word(3, 1, -2, Outcome.WRONG_NUMBER),
            ]
        )
        told = Said(channel="ONLINE", office="A", reached=2, satisfied=1, known=1, relieved=1)
        assert work.weekly.said(week_until(SUNDAY)) == [told]


@pytest.mark.demand("S4-4")
def test_parts_that_are_stuck(store: Store) -> None:
    with store.work() as work:
        add(work, case(1, -9, 9), case(2, -9, -3))
        work.desks.open([DeskEntry(case_id=n, office="LEAD", since=at(-8)) for n in (1, 2)])
        work.tasks.add([task(1, 1, TaskKind.PART, -8, -1), task(2, 1, TaskKind.PART, -8, -4)])
        work.tasks.add([task(1, 2, TaskKind.PART, -8, 0), task(2, 2, TaskKind.FACTS, -8, -4)])
        work.tasks.settle([closed(work.tasks.of(1)[0], TaskState.DONE, by="up.co", at=at(1))])
        worst = StuckPart(case=s.number(2), office="CO", lead="LEAD", due_on=SUNDAY - timedelta(days=4))
        assert work.weekly.stuck_parts(SUNDAY, limit=1) == ([worst], 2)


def test_promises_are_read_as_they_stood(store: Store) -> None:
    def promise(days: float, target: int, number: int | None = 3) -> Promise:
        return Promise(
            department="ENERGY",
            line="30 तक कोई डिफॉल्टर नहीं रहेगा",
            target=SUNDAY + timedelta(days=target),
            counted=Counted.DEFAULTERS,
            number=number,
            by="up.cell1",
            at=at(days),
        )

    first, second, over, later = promise(-6, 0), promise(-5, 9, None), promise(-20, -7), promise(1, 9)
    with store.work() as work:
        work.promises.add([second, over])
        work.promises.add([first, later])
        assert work.promises.made(SUNDAY, target_from=SUNDAY - timedelta(days=6)) == [first, second]


def _fill(work: Any, seed: int) -> None:
    """A history by chance: every act in the order in which it could happen."""
    chance = random.Random(seed)
    for n in range(1, 25):
        came = chance.uniform(-40, -1)
        late = chance.randint(-30, 12)
        add(work, case(n, -45, late, registered_at=at(came), channel=chance.choice(["ONLINE", "CM"]), priority=n % 3))
        turns = {TaskKind.REWORK: 0}
        is_closed = False
        when = came
        for _ in range(chance.randint(0, 7)):
            when += chance.uniform(0.01, 6)
            if chance.random() < 0.4:
                work.desks.open([DeskEntry(case_id=n, office=chance.choice("ABC"), since=at(when))])
            elif is_closed:
                turns[TaskKind.REWORK] += 1
                again = task(n, turns[TaskKind.REWORK], TaskKind.REWORK, when, round(when) + chance.randint(1, 9))
                work.tasks.add([again])
                work.ledger.append([event(n, EventKind.REOPENED, when)])
                is_closed = False
            else:
                kind = chance.choice([EventKind.DISPOSED, EventKind.SPECIAL_CLOSED])
                work.ledger.append([event(n, kind, when)])
                is_closed = True


@pytest.mark.parametrize("seed", range(2))
def test_any_history_is_counted_as_one_by_one(sql_store: SqlStore, seed: int) -> None:
    """The memory looks at each case by itself."""
    with sql_store.work() as work, MemoryStore().work() as other:
        for one in (work, other):
            _fill(one, seed)
        for days in (-30, -13, -6, 0, 7):
            until = SUNDAY + timedelta(days=days)
            week = week_until(until)
            assert work.weekly.standing(until) == other.weekly.standing(until)
            assert work.weekly.flow(week) == other.weekly.flow(week)
            assert work.weekly.oldest(until, limit=20) == other.weekly.oldest(until, limit=20)
            assert work.weekly.alike(until, each=2, older_than=30) == other.weekly.alike(until, each=2, older_than=30)
            assert work.weekly.moved(week) == other.weekly.moved(week)
            _check_balance(work, week)


def _check_balance(work: Any, week: Week) -> None:
    """What stands is what stood, and what came, less what went."""
    before, after = (sum(one.pending for one in work.weekly.standing(day)) for day in (week.before.until, week.until))
    flow = work.weekly.flow(week)
    came = sum(one.received + one.reopened for one in flow)
    assert after == before + came - sum(one.disposed + one.returned for one in flow)


@pytest.mark.parametrize("broken", ["office_at", "due_at"])
def test_the_check_catches_counts_that_look_at_today(
    sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    columns = {"office_at": standing.cases.c.office, "due_at": standing.cases.c.due_on}
    monkeypatch.setattr(standing, broken, lambda _: columns[broken])
    with pytest.raises(AssertionError):
        test_any_history_is_counted_as_one_by_one(sql_store, 1)
