"""What misrouting costs: days add up, shares are shares, and the order of cases says nothing; twins that count otherwise are caught."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.desk_course import Course, FirstDesk, Known, SentBy
from nistaran.domain.desk_events import history_of
from nistaran.domain.desk_ledger import days_by_office, entries_of
from nistaran.domain.desk_look_back import course_of
from nistaran.domain.events import GENESIS, Event, EventKind, Link, chain
from nistaran.domain.shares import Spread
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.domain.transfer import AnswerKind
from nistaran.domain.transfer_figures import TransferFigures

START = datetime(2026, 4, 1, 10, tzinfo=IST)
TODAY = date(2026, 6, 30)
DUE = date(2026, 4, 16)
CELL, ARBITER = "CELL", "ARBITER"
#: office → department
OFFICES = {"R1": "REVENUE", "R2": "REVENUE", "P1": "POLICE", "E1": "ENERGY", "U1": "URBAN_DEV"}


class Life:
    """A case's events in the making, an hour and more between them."""

    def __init__(self) -> None:
        self.at = START
        self.events: list[Event] = []
        self.add(EventKind.REGISTERED, {})

    def add(self, kind: EventKind, body: dict[str, Any], *, hours: int = 1) -> None:
        self.at += timedelta(hours=hours)
        self.events.append(Event(case="SDR-2026-0000001", kind=kind, at=self.at, body=body))

    def first(self, office: str, *, by: str = "", rule: str = "tehsil:rural") -> Life:
        body = {"office": office, "department": OFFICES[office], "rule": rule, "by": by}
        self.add(EventKind.DEPARTMENT_CORRECTED if by else EventKind.ROUTED, body)
        return self

    def answer(self, office: str, kind: AnswerKind, *, days: int = 0) -> Life:
        self.add(EventKind.OFFICE_ANSWERED, {"office": office, "answer": kind.value, "by": "o"}, hours=1 + 24 * days)
        return self

    def forward(self, office: str, *, department: str = "", released_by: str = "", raised: bool = False) -> Life:
        self.add(
            EventKind.FORWARDED,
            {
                "office": office,
                "department": department or OFFICES.get(office, "REVENUE"),
                "rule": "forward:named",
                "released_by": released_by,
                "respondents": ["लेखपाल"] if raised else [],
            },
        )
        return self

    def freeze(self, department: str = "REVENUE", by: str = "") -> Life:
        self.add(
            EventKind.FROZEN, {"office": ARBITER, "department": department, "rule": "f", "why": "HOP_CAP", "by": by}
        )
        return self

    def rule(self, office: str, *, days: int = 0) -> Life:
        self.add(
            EventKind.RULED, {"office": office, "department": OFFICES[office], "rule": "ruling"}, hours=1 + 24 * days
        )
        return self

    def give_back(self) -> Life:
        self.add(EventKind.RETURNED, {"office": CELL, "department": "REVENUE", "rule": "return"})
        return self

    def links(self) -> list[Link]:
        return chain(self.events, seq=0, previous=GENESIS)

    def course(self) -> Course:
        links = self.links()
        history = history_of(links, due_on=DUE)
        assert history is not None
        return course_of(links, history, deciding={CELL, ARBITER}, today=TODAY)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Anything that can happen to a case, in any order that the ledger could hold."""
    life = Life().first(
        draw(st.sampled_from(list(OFFICES))),
        by=draw(st.sampled_from(["", "clerk"])),
        rule=draw(st.sampled_from(["tehsil:rural", "tehsil:rural:raised"])),
    )
    office = st.sampled_from(list(OFFICES))
    for _ in range(draw(st.integers(0, 6))):
        match draw(st.integers(0, 6)):
            case 0 | 1 | 2:
                last = next(
                    event.body["office"] for event in reversed(life.events) if event.kind is not EventKind.OFFICE_ANSWERED
                )  # fmt: skip
                life.answer(last, draw(st.sampled_from(list(AnswerKind))), days=draw(st.integers(0, 9)))
            case 3:
                life.forward(draw(office), released_by=draw(st.sampled_from(["", "clerk"])), raised=draw(st.booleans()))
            case 4:
                life.freeze(by=draw(st.sampled_from(["", "clerk"])))
            case 5:
                life.rule(draw(office), days=draw(st.integers(0, 9)))
            case _:
                life.give_back()
    return life


def whole_life(life: Life) -> int:
    return (TODAY - day_in_india(life.events[1].at)).days + 1


def adds_up(life: Life, course: Course) -> bool:
    """Every day from the first desk on is right, wrong, deciding or open, and only one of them."""
    history = history_of(life.links(), due_on=DUE)
    assert history is not None
    days = days_by_office(entries_of(history), until=TODAY)
    wrong = {one.office: one.days for one in course.wrong}
    if course.known is Known.OPEN:
        return (course.open_days, wrong, course.deciding) == (whole_life(life), {}, 0)
    right = sum(n for office, n in days.items() if office not in wrong and office not in {CELL, ARBITER})
    if course.known is Known.RETURNED and right:
        return False  # none of the district's desks was right
    return right + sum(wrong.values()) + course.deciding + course.open_days == whole_life(life)


@settings(max_examples=200, deadline=None)
@given(lives())
def test_days_add_up(life: Life) -> None:
    assert adds_up(life, life.course())


def test_a_twin_that_counts_the_arbiter_s_days_as_lost_is_caught() -> None:
    from dataclasses import replace

    from nistaran.domain.desk_course import WrongDesk

    life = Life().first("R1").freeze().rule("P1", days=4)
    course = life.course()
    twin = replace(course, wrong=(*course.wrong, WrongDesk(office=ARBITER, department="REVENUE", days=5)))
    assert adds_up(life, course)
    assert not adds_up(life, twin)


@settings(max_examples=60, deadline=None)
@given(st.lists(lives(), max_size=12), st.randoms())
def test_shares_are_shares_and_order_says_nothing(many: list[Life], chance: Any) -> None:
    courses = [life.course() for life in many]
    mixed = list(courses)
    chance.shuffle(mixed)
    one, other = TransferFigures(since=TODAY), TransferFigures(since=TODAY)
    for course in courses:
        one.add(course)
    for course in mixed:
        other.add(course)
    assert one == other
    assert (one.pairs(), one.offices(), one.answered()) == (other.pairs(), other.offices(), other.answered())

    assert one.cases == len(many) == one.hops.total() == one.first.total()
    for share in (one.misrouted(), one.misrouted(settled=True), *(one.misrouted(who) for who in SentBy)):
        assert 0 <= share.part <= share.of <= one.cases
    assert one.misrouted().of == sum(one.misrouted(who).of for who in SentBy)
    assert one.misrouted(settled=True).of <= one.misrouted().of
    assert sum(pair.days for pair in one.pairs()) == one.lost.total == sum(days.total for _, days in one.offices())
    assert all(said.right <= said.judged <= said.disclaimed for said in one.answered())
    for forwards in (one.automatic, one.released):
        assert forwards.wrong <= forwards.settled <= forwards.count
        assert forwards.disclaimed <= forwards.count


def test_a_wrong_department() -> None:
    life = Life().first("R1").answer("R1", AnswerKind.NOT_OUR_DEPARTMENT, days=4)
    course = life.forward("P1").answer("P1", AnswerKind.ACCEPTED).course()
    assert (course.known, course.first, course.department, course.sent_by) == (
        Known.ACCEPTED, FirstDesk.OTHER_DEPARTMENT, "POLICE", SentBy.MODEL
    )  # fmt: skip
    assert [(one.office, one.department, one.days) for one in course.wrong] == [("R1", "REVENUE", 5)]
    assert [(one.automatic, one.disclaimed, one.right) for one in course.sent] == [(True, False, True)]
    assert [one.right for one in course.said] == [True, None]


def test_a_wrong_office_of_the_right_department() -> None:
    course = Life().first("R1", by="clerk").answer("R1", AnswerKind.NOT_OUR_TERRITORY).forward("R2").course()
    assert (course.first, course.sent_by, course.known) == (FirstDesk.OTHER_OFFICE, SentBy.PERSON, Known.LIES)
    assert course.said[0].right is None, "nobody has settled it"


def test_the_level_above_and_a_raised_desk_are_right_desks() -> None:
    above = Life().first("R1").answer("R1", AnswerKind.LEVEL_ABOVE, days=3).forward("R2", department="REVENUE").course()
    assert (above.first, above.wrong) == (FirstDesk.LEVEL_ABOVE, ())
    raised = Life().first("R1", rule="tehsil:rural:raised").forward("R2", released_by="clerk").course()
    assert (raised.first, raised.wrong) == (FirstDesk.RIGHT, ())
    elsewhere = Life().first("P1", rule="thana:rural:raised").forward("R2").course()
    assert (elsewhere.first, len(elsewhere.wrong)) == (FirstDesk.OTHER_DEPARTMENT, 1)
    on_the_way = Life().first("P1").forward("R1", raised=True).forward("R2").course()
    assert [one.office for one in on_the_way.wrong] == ["P1"]


def test_who_only_decides_never_joins_the_right_desks() -> None:
    course = Life().first("R1").freeze().answer(ARBITER, AnswerKind.LEVEL_ABOVE, days=4).rule("R1").course()
    assert (course.first, course.deciding, course.wrong) == (FirstDesk.RIGHT, 4, ())


def test_an_office_that_disclaimed_its_own_case_was_wrong_to() -> None:
    life = Life().first("R1").answer("R1", AnswerKind.NOT_OUR_DEPARTMENT)
    course = life.forward("P1").answer("P1", AnswerKind.NOT_OUR_DEPARTMENT).freeze().rule("R1").course()
    assert (course.first, course.known, course.rulings, course.frozen) == (
        FirstDesk.RIGHT, Known.RULED, 1, ("HOP_CAP",)
    )  # fmt: skip
    assert [(said.office, said.right) for said in course.said] == [("R1", False), ("P1", True)]
    assert [(one.disclaimed, one.right) for one in course.sent] == [(True, False)]


def test_until_somebody_says_whose_it_is_no_day_is_lost() -> None:
    waiting = Life().first("R1").answer("R1", AnswerKind.NOT_OUR_DEPARTMENT, days=2).course()
    assert (waiting.known, waiting.first, waiting.wrong) == (Known.OPEN, FirstDesk.UNJUDGED, ())
    assert waiting.open_days == whole_life(Life().first("R1"))


def test_days_before_the_first_desk_and_days_unanswered() -> None:
    life = Life()
    life.at += timedelta(days=3)
    course = life.first("R1", by="clerk").course()
    assert (course.waited, course.silent) == (3, (TODAY - day_in_india(life.at)).days)
    assert life.answer("R1", AnswerKind.ACCEPTED).course().silent is None


def test_pairs_that_cost_most_days_stand_first() -> None:
    figures = TransferFigures(since=TODAY)
    for wrong, days in [("R1", 2), ("R1", 4), ("E1", 9), ("U1", 1)]:
        figures.add(Life().first(wrong).answer(wrong, AnswerKind.NOT_OUR_DEPARTMENT, days=days).forward("P1").course())
    assert [(one.wrong, one.cases, one.days, one.median) for one in figures.pairs()] == [
        ("ENERGY", 1, 10, 10.0), ("REVENUE", 2, 8, 4.0), ("URBAN_DEV", 1, 2, 2.0)
    ]  # fmt: skip
    assert isinstance(figures.by_office["R1"], Spread)


def test_tasks() -> None:
    def task(kind: TaskKind, *, due: date, state: TaskState = TaskState.OPEN, hours: int | None = None) -> Task:
        since = datetime(2026, 6, 1, 4, tzinfo=UTC)
        closed = since + timedelta(hours=hours) if hours is not None else None
        return Task(
            id="t", case_id=1, case="c", kind=kind, office="R1", department="", since=since, due_on=due,
            state=state, closed_at=closed,
        )  # fmt: skip

    figures = TransferFigures(since=TODAY)
    figures.add_open(task(TaskKind.PART, due=TODAY), today=TODAY)
    figures.add_open(task(TaskKind.RELEASE, due=TODAY - timedelta(days=1)), today=TODAY)
    assert (figures.tasks.total(), figures.stuck, figures.proposals_waiting) == (2, {(TaskKind.RELEASE, "R1"): 1}, 1)
    due = date(2026, 6, 2)
    figures.add_proposals([
        task(TaskKind.RELEASE, due=due, state=TaskState.DONE, hours=5),
        # half past one at night in India is still the evening before in UTC
        task(TaskKind.RELEASE, due=due, state=TaskState.DONE, hours=40),
        task(TaskKind.RELEASE, due=due, state=TaskState.DROPPED, hours=9),
        task(TaskKind.PART, due=due, state=TaskState.DONE, hours=9),
    ])  # fmt: skip
    assert (figures.hours.counts, figures.late) == ({5: 1, 40: 1}, 1)


def test_a_case_without_its_first_events_is_refused() -> None:
    life = Life().first("R1")
    history = history_of(life.links(), due_on=DUE)
    assert history is not None
    with pytest.raises(ValueError, match="registered"):
        course_of(life.links()[1:], history, deciding=(), today=TODAY)
