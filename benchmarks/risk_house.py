"""Courses of the simulated district written into a house, so that training and the morning's list can be seen at work.

Here: rows as the steps would have left them, without a citizen's word. Not here: how the courses come about (risk_district.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from nistaran.domain.complaint import Case, Status, Whereabouts
from nistaran.domain.events import Event, EventKind
from nistaran.domain.records import DeskEntry
from nistaran.domain.risk import Course
from nistaran.domain.task import Task, TaskKind, task_id
from nistaran.steps.house import House

_LANES = {1: "cm-cell", 2: "vip-cell", 3: "cm-helpline", 4: "ordinary"}
_BATCH = 2000


def moment(day: date) -> datetime:
    """A forenoon of that day in India."""
    return datetime.combine(day, time(5, 30), tzinfo=UTC)


def write_courses(house: House, courses: Sequence[Course], today: date) -> None:
    """Keep what had happened by the morning of a day: cases, desks, closings, reopenings."""
    known = [course for course in courses if course.laps[0].since < today]
    for at in range(0, len(known), _BATCH):
        some = known[at : at + _BATCH]
        with house.work() as work:
            work.cases.add([_case(one, today) for one in some], facts=[{}] * len(some))
            work.desks.open([entry for one in some for entry in _desks(one, today)])
            work.tasks.add([task for one in some for task in _reworks(one, today)])
            work.ledger.append(event for one in some for event in _events(one, today))
            work.commit()


def _case(one: Course, today: date) -> Case:
    lap = [lap for lap in one.laps if lap.since < today][-1]
    is_open = lap.ended is None or lap.ended >= today
    desks = [office for office, since in one.desks if since < today]
    return Case(
        id=one.id,
        number=_number(one),
        key=f"{one.id:064x}",
        district="SDR",
        channel=one.channel,
        lane=_LANES[one.priority],
        priority=one.priority,
        reference="",
        received_on=one.laps[0].since,
        due_on=one.laps[0].due_on,
        registered_at=moment(one.laps[0].since),
        status=Status.WITH_OFFICE if is_open else Status.DISPOSED,
        text="-",
        addressed_to="",
        category="",
        whereabouts=Whereabouts(),
        damaged=False,
        department=one.department,
        office=desks[-1] if desks else "",
    )


def _desks(one: Course, today: date) -> list[DeskEntry]:
    return [
        DeskEntry(case_id=one.id, office=office, since=moment(since) + timedelta(minutes=turn))
        for turn, (office, since) in enumerate(one.desks)
        if since < today
    ]


def _reworks(one: Course, today: date) -> list[Task]:
    return [
        Task(
            id=task_id(_number(one), turn),
            case_id=one.id,
            case=_number(one),
            kind=TaskKind.REWORK,
            office=one.desks[-1][0],
            department=one.department,
            since=moment(lap.since),
            due_on=lap.due_on,
        )
        for turn, lap in enumerate(one.laps[1:], start=1)
        if lap.since < today
    ]


def _events(one: Course, today: date) -> list[Event]:
    return [
        Event(case=_number(one), kind=EventKind.DISPOSED, at=moment(lap.ended), body={"lap": turn})
        for turn, lap in enumerate(one.laps)
        if lap.ended is not None and lap.ended < today
    ]


def _number(one: Course) -> str:
    return f"SDR-2026-{one.id:07d}"
