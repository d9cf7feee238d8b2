"""Whatever happens to cases: what a week's figures say of a day later is what stood on that day, counted then from where cases stood and
by hand, and the same week asked again says the same."""

from __future__ import annotations

import contextlib
import dataclasses
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from nistaran.domain.complaint import Case, Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import NistaranError
from nistaran.domain.escalation import STILL_OPEN
from nistaran.domain.weekly import Week
from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.steps.correct import correct_case
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.office_answer import answer_case
from nistaran.steps.promises import promise
from nistaran.steps.ruling import rule_case
from nistaran.steps.tasks import close_task
from nistaran.steps.weekly import weekly_figures
from storage.memory import MemoryStore
from storage.memory.weekly import MemoryWeekly
from tests.steps.people import Held, number
from tests.steps.reporting import GOOD, hand_in
from tests.steps.sweeping import all_cases, run_quietly, with_open_cases
from tests.steps.transferring import OFFICE

CLOSED = {Status.DISPOSED, Status.SPECIAL_CLOSED}
CASES = st.integers(1, 8)
Stood = Counter[tuple[str, str, bool]]


class Weeks(RuleBasedStateMachine):
    """Days pass and cases go their way; every evening what stands is written down."""

    start: ClassVar[House]
    template: ClassVar[MemoryStore]

    def __init__(self) -> None:
        super().__init__()
        store = MemoryStore(wait_seconds=0.5)
        store.committed = type(self).template.committed  # nobody changes what was committed
        self.clock = Held()
        self.clock.at = type(self).start.clock.now()
        self.first = self.today
        self.house = dataclasses.replace(type(self).start, work=store.work, read=store.read, clock=self.clock)
        self.stood: dict[date, Stood] = {}
        self.went: Counter[tuple[date, str]] = Counter()
        self.due: dict[int, date] = {}
        self.confirmed: set[int] = set()
        self.asked: dict[date, WeeklyFigures] = {}

    @property
    def today(self) -> date:
        return day_in_india(self.clock.at)

    @rule(days=st.integers(1, 9))
    def evenings(self, days: int) -> None:
        for _ in range(days):
            self.stood[self.today] = self._now()
            self.clock.at += timedelta(days=1)

    @rule(n=CASES, turn=st.integers(0, 10_000))
    def an_office_reports(self, n: int, turn: int) -> None:
        with contextlib.suppress(NistaranError):
            before = self._case(n).status
            hand_in(self.house, f"{GOOD} पोल संख्या {n}{turn}, मीटर {turn * 7 + n} बदला गया।", n)
            self.went[self.today, "disposed"] += before not in CLOSED and self._case(n).status in CLOSED

    @rule(n=CASES, good=st.booleans())
    def the_complainant_is_asked(self, n: int, good: bool) -> None:
        with contextlib.suppress(NistaranError):
            outcome = "SATISFIED" if good else "DISSATISFIED"
            given = give_feedback(self.house, number(n), outcome=outcome, by="up.cell1")
            self.went[self.today, outcome] += 1
            if given.reopened:
                self.due[n] = self.today + timedelta(days=self.house.closing().days.rework)
                self.went[self.today, "reopened"] += 1

    @rule(n=CASES, turn=st.integers(0, 10_000), days=st.integers(1, 5))
    def it_is_reported_on_and_comes_back(self, n: int, turn: int, days: int) -> None:
        self.an_office_reports(n, turn)
        self.evenings(days)
        self.the_complainant_is_asked(n, False)

    @rule(n=CASES, department=st.sampled_from(["POLICE", "REVENUE"]))
    def a_clerk_decides(self, n: int, department: str) -> None:
        with contextlib.suppress(NistaranError):
            correct_case(self.house, number(n), department=department, by="up.clerk1")

    @rule(n=CASES, kind=st.sampled_from(["OTHER_DEPARTMENT", "RETURN_TO_SENDER"]))
    def an_office_disclaims(self, n: int, kind: str) -> None:
        with contextlib.suppress(NistaranError):
            answer_case(self.house, number(n), office=self._case(n).office, kind=kind, by=OFFICE)

    @rule(n=CASES)
    def the_sender_confirms(self, n: int) -> None:
        case = self._case(n)
        with self.house.read() as work:
            own = [one.id for one in work.tasks.of(case.id) if one.kind.value == "RETURN" and one.state.value == "OPEN"]
        if case.status is Status.RETURNED and own:
            close_task(self.house, own[0], by="up.cell1")
            self.confirmed.add(n)
            self.went[self.today, "returned"] += 1

    @rule(n=CASES, department=st.sampled_from(["POLICE", "REVENUE"]))
    def the_arbiter_rules(self, n: int, department: str) -> None:
        with contextlib.suppress(NistaranError):
            rule_case(self.house, number(n), department=department, by="up.nodal")
            self.confirmed.discard(n)

    @rule(department=st.sampled_from(["ENERGY", "POLICE"]), days=st.integers(0, 9), most=st.integers(0, 3))
    def a_department_promises(self, department: str, days: int, most: int) -> None:
        target = self.today + timedelta(days=days)
        promise(self.house, department, line="वचन", target=target, by="up.cell1", number=most)

    @rule()
    def the_review_is_made(self) -> None:
        for until in list(self.stood)[-2:]:
            self.asked.setdefault(until, weekly_figures(self.house, until=until))

    def teardown(self) -> None:
        self.evenings(1)
        with self.house.read() as work:
            for until, stood in self.stood.items():
                told: Stood = Counter()
                for one in work.weekly.standing(until):
                    told[one.channel, one.office, True] += one.defaulters
                    told[one.channel, one.office, False] += one.pending - one.defaulters
                assert +told == stood
                self._check_flow(work, Week(since=self.first, until=until))
        for until, figures in self.asked.items():
            assert _lasting(weekly_figures(self.house, until=until)) == _lasting(figures)

    def _check_flow(self, work, week: Week) -> None:
        flow, said = work.weekly.flow(week), work.weekly.said(week)
        for name in ("disposed", "reopened", "returned"):
            inside = [count for (day, what), count in self.went.items() if what == name and day <= week.until]
            assert sum(getattr(one, name) for one in flow) == sum(inside)
        assert sum(one.timely for one in flow) <= sum(one.disposed for one in flow)
        assert sum(one.reached for one in said) <= len(all_cases(self.house))

    def _now(self) -> Stood:
        stood: Stood = Counter()
        for case in all_cases(self.house):
            if case.status in STILL_OPEN and case.id not in self.confirmed:
                stood[case.channel, case.office, self.due.get(case.id, case.due_on) < self.today] += 1
        return stood

    def _case(self, n: int) -> Case:
        return next(case for case in all_cases(self.house) if case.id == n)


def _lasting(figures: WeeklyFigures) -> WeeklyFigures:
    """Without the top five of some months, which stand under the department that a case has now, as in the letters about them."""
    return dataclasses.replace(figures, worst=())


def walk(house: House, folder: Path, *, examples: int, derandomize: bool = False) -> None:
    """Let it run."""
    template = MemoryStore()
    made = with_open_cases(house, folder)
    template.committed = made.work.__self__.committed  # type: ignore[attr-defined]

    class Here(Weeks):
        start = made

    Here.template = template
    run_quietly(Here, examples=examples, steps=20, derandomize=derandomize)


def test_a_day_is_told_as_it_stood_however_much_later(house: House, tmp_path: Path) -> None:
    walk(house, tmp_path, examples=25)


def reads_todays_office(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MemoryWeekly, "_office", lambda _, case, __: case.office)


def reads_todays_status(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        MemoryWeekly, "_endings", lambda self, case: [("Disposed", case.registered_at)] if case.status in CLOSED else []
    )


def forgets_the_day_of_the_new_report(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MemoryWeekly, "_due", lambda _, case, __: case.due_on)


def counts_what_the_sender_has(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MemoryWeekly, "_sender_has_it", lambda *_: False)


@pytest.mark.parametrize(
    "broken",
    [reads_todays_office, reads_todays_status, forgets_the_day_of_the_new_report, counts_what_the_sender_has],
)
def test_the_check_catches_figures_that_look_at_today(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        walk(house, tmp_path, examples=60, derandomize=True)
