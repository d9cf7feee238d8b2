"""Whatever the scheduler does (gaps, double starts) and whatever happens to cases meanwhile: each mark once, on the first sweep after its
day, and none forgotten (P19). The expected marks are counted here by hand, beside the rules of the house."""

from __future__ import annotations

import contextlib
import dataclasses
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from nistaran.domain import escalation
from nistaran.domain.complaint import Case, Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import NistaranError
from nistaran.steps import escalate
from nistaran.steps.correct import correct_case
from nistaran.steps.escalate import sweep
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.tasks import close_task
from nistaran.steps.verify import verify
from storage.memory import MemoryStore
from storage.memory import marks as memory_marks
from tests.steps.people import Held, number
from tests.steps.reporting import GOOD, hand_in
from tests.steps.sweeping import all_cases, marks_of, run_quietly, with_open_cases

CLOSED = {Status.DISPOSED, Status.SPECIAL_CLOSED}
CASES = st.integers(1, 8)


class Time(RuleBasedStateMachine):
    """Days pass, the scheduler runs or does not, and cases go their way."""

    start: ClassVar[House]
    template: ClassVar[MemoryStore]

    def __init__(self) -> None:
        super().__init__()
        store = MemoryStore(wait_seconds=0.5)
        store.committed = type(self).template.committed  # nobody changes what was committed
        self.clock = Held()
        self.clock.at = type(self).start.clock.now()
        self.house = dataclasses.replace(type(self).start, work=store.work, read=store.read, clock=self.clock)
        self.expected: dict[tuple[int, int, str], date] = {}
        self.rounds: dict[int, tuple[int, date]] = {}
        self.sent_back = False

    @property
    def today(self) -> date:
        return day_in_india(self.clock.at)

    @rule(days=st.integers(0, 9), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        self.clock.at += timedelta(days=days, hours=hours)

    @rule(starts=st.integers(1, 3))
    def the_scheduler_runs(self, starts: int) -> None:
        open_ = [case for case in all_cases(self.house) if case.status not in CLOSED]
        for case in open_:
            self._expect(case)
        before = Counter(self._letters())
        for _ in range(starts):
            swept = sweep(self.house)
            assert swept.looked_at == len(open_) == swept.handled + swept.skipped.total()
        made = {(mark.case_id, mark.round, mark.kind.value): mark.on_day for mark in marks_of(self.house)}
        assert made == self.expected
        assert max((Counter(self._letters()) - before).values(), default=0) <= 1

    @rule(n=CASES, turn=st.integers(0, 10_000))
    def an_office_reports(self, n: int, turn: int) -> None:
        with contextlib.suppress(NistaranError):
            hand_in(self.house, f"{GOOD} पोल संख्या {n}{turn}, मीटर {turn * 7 + n} बदला गया।", n)

    @rule(n=CASES)
    def the_complainant_is_not_satisfied(self, n: int) -> None:
        with contextlib.suppress(NistaranError):
            if give_feedback(self.house, number(n), outcome="DISSATISFIED", by="up.cell1").reopened:
                until = self.today + timedelta(days=self.house.closing().days.rework)
                self.rounds[n] = (self.rounds.get(n, (0, until))[0] + 1, until)

    @rule(n=CASES, turn=st.integers(0, 10_000), days=st.integers(0, 5))
    def it_is_reported_on_and_comes_back(self, n: int, turn: int, days: int) -> None:
        self.an_office_reports(n, turn)
        self.time_passes(days, 0)
        self.the_complainant_is_not_satisfied(n)

    @rule(n=CASES, department=st.sampled_from(["POLICE", "REVENUE"]))
    def a_clerk_decides(self, n: int, department: str) -> None:
        with contextlib.suppress(NistaranError):
            correct_case(self.house, number(n), department=department, by="up.clerk1")

    @rule()
    def the_sender_confirms(self) -> None:
        case = next((case for case in all_cases(self.house) if case.status is Status.RETURNED), None)
        if case is not None and not self.sent_back:
            close_task(self.house, f"{case.number}/t1", by="up.cell1")
            self.sent_back = True

    def teardown(self) -> None:
        assert verify(self.house).faults == []

    def _expect(self, case: Case) -> None:
        """By hand: 3 days and 1 day before, the day after, then by the days of the ladder."""
        if case.status is Status.RETURNED and self.sent_back:
            return
        turn, due = self.rounds.get(case.id, (0, case.due_on))
        ladder = self.house.pack.channels[case.channel].ladder
        level = {rung.level: rung.days for rung in self.house.pack.rungs if rung.ladder == ladder}
        days = {"WARNING_1": -3, "WARNING_2": -1, "DEFAULTER": 1, "L2": 1, "L3": 1 + level["L2"]}
        days["L4"] = days["L3"] + level["L3"]
        for kind, after in days.items():
            if due + timedelta(days=after) <= self.today:
                self.expected.setdefault((case.id, turn, kind), self.today)

    def _letters(self) -> list[tuple[int, str]]:
        with self.house.read() as work:
            told = [notice for n in range(1, 9) for notice, _, _ in work.outbox.of(n)]
        return [
            (one.case_id, one.office)
            for one in told
            if one.kind in {"reminder", "defaulter", "defaulter-below", "escalated"}
        ]


def walk(house: House, folder: Path, *, examples: int, derandomize: bool = False) -> None:
    """Let it run."""
    template = MemoryStore()
    made = with_open_cases(house, folder)
    template.committed = made.work.__self__.committed  # type: ignore[attr-defined]

    class Here(Time):
        start = made

    Here.template = template
    run_quietly(Here, examples=examples, steps=30, derandomize=derandomize)


@pytest.mark.promise("P19")
def test_each_mark_once_on_the_first_sweep_after_its_day(house: House, tmp_path: Path) -> None:
    walk(house, tmp_path, examples=40)


def forgets_those_that_nobody_has(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory_marks, "STILL_OPEN", escalation.STILL_OPEN - {Status.AWAITING_PERSON})


def forgets_what_fell_due_while_nothing_ran(patch: pytest.MonkeyPatch) -> None:
    def only_today(clock: Any, ladder: Any, points: Any, *, made: Any, today: date) -> tuple[Any, ...]:
        days = escalation.marking_days(clock, ladder, points)
        return tuple(kind for kind, day in days if day == today and kind not in made)

    patch.setattr(escalate, "due_marks", only_today)


def forgets_reopenings(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory_marks.MemoryMarks, "rounds_of", lambda *_: {})


def marks_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(escalate, "due_marks", partial(_never_made, escalation.due_marks))


def _never_made(rule: Callable[..., Any], *args: Any, made: Any, today: date) -> Any:
    return rule(*args, made=frozenset(), today=today)


@pytest.mark.parametrize(
    "broken", [forgets_those_that_nobody_has, forgets_what_fell_due_while_nothing_ran, forgets_reopenings, marks_again]
)
def test_the_check_catches_a_broken_sweep(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    broken(monkeypatch)
    with pytest.raises((AssertionError, NistaranError)):
        walk(house, tmp_path, examples=80, derandomize=True)
