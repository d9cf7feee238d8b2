"""Whatever offices, clerks and the arbiter say, in any order: no case comes back, none moves too often, every day is on one desk.

Through the steps and the store; tests/routing/test_no_ping_pong.py walks the rules alone.
"""

from __future__ import annotations

import contextlib
import dataclasses
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from nistaran.domain import transfer
from nistaran.domain.correction_refused import CorrectionRefused
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.desk_ledger import days_by_office, whole_life
from nistaran.domain.task import TaskState
from nistaran.domain.transfer import Act, AnswerKind
from nistaran.steps import release as release_step
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.office_answer import answer_case
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.ruling import rule_case
from nistaran.steps.second_look import look_again
from nistaran.steps.verify import verify
from storage.memory import MemoryStore
from tests.steps.people import due_dates, number
from tests.steps.transferring import Says, case_of, history, with_cases

DEPARTMENTS = ("ENERGY", "POLICE", "REVENUE", "PANCHAYATI_RAJ", "PWD")
LOGINS = ("up.a", "up.b", "up.c")
SHARES = {"ENERGY": 0.45, "POLICE": 0.44, "REVENUE": 0.05, "PANCHAYATI_RAJ": 0.03, "PWD": 0.03}
CASES = 2
each_case = st.integers(1, CASES)


class Offices(RuleBasedStateMachine):
    """Everybody says what he likes."""

    start: ClassVar[House]
    template: ClassVar[MemoryStore]

    def __init__(self) -> None:
        super().__init__()
        store = MemoryStore(wait_seconds=0.5)
        store.committed = type(self).template.committed  # nobody changes what was committed
        self.house = dataclasses.replace(type(self).start, work=store.work, read=store.read)
        self.due = due_dates(self.house)

    @rule(
        n=each_case,
        kind=st.sampled_from([kind for kind in AnswerKind if kind is not AnswerKind.ACCEPTED]),
        department=st.sampled_from(["", *DEPARTMENTS]),
        by=st.sampled_from(LOGINS),
    )
    def answer(self, n: int, kind: AnswerKind, department: str, by: str) -> None:
        with contextlib.suppress(CorrectionRefused):
            office = case_of(self.house, n).office
            answer_case(self.house, number(n), office=office, kind=kind, by=by, department=department)

    @rule(n=each_case, word=st.sampled_from(Word), by=st.sampled_from(LOGINS))
    def decide(self, n: int, word: Word, by: str) -> None:
        with self.house.read() as work:
            ids = [one.id for one in work.tasks.of(n) if one.state is TaskState.OPEN]
        with contextlib.suppress(CorrectionRefused):
            decide_forwards(self.house, ids[:1], word=word, by=by)

    @rule(n=each_case, department=st.sampled_from(DEPARTMENTS), by=st.sampled_from(LOGINS))
    def correct(self, n: int, department: str, by: str) -> None:
        with contextlib.suppress(CorrectionRefused):
            correct_case(self.house, number(n), department=department, by=by)

    @rule(n=each_case, department=st.sampled_from(DEPARTMENTS))
    def ruling(self, n: int, department: str) -> None:
        with contextlib.suppress(CorrectionRefused):
            rule_case(self.house, number(n), department=department, by="up.adm")

    @rule(shares=st.sampled_from([SHARES, {"PWD": 0.95, "ENERGY": 0.05}]))
    def another_model(self, shares: dict[str, float]) -> None:
        model = Says(shares)
        model.version = "newer"
        look_again(dataclasses.replace(self.house, classifier=lambda: model))

    @invariant()
    def no_case_comes_back_and_none_moves_too_often(self) -> None:
        assert came_back(self.house) == []

    @invariant()
    def the_due_date_stands(self) -> None:
        assert due_dates(self.house) == self.due

    @invariant()
    def every_day_is_on_one_desk(self) -> None:
        for n in range(1, CASES + 1):
            case, until = case_of(self.house, n), date(2027, 1, 1)
            cell = self.house.district.facts.cell
            entries = whole_life(history(self.house, n), registered_at=case.registered_at, cell=cell)
            lived = until - day_in_india(case.registered_at) + timedelta(days=1)
            assert sum(days_by_office(entries, until=until).values()) == lived.days

    def teardown(self) -> None:
        assert verify(self.house).faults == []


def came_back(house: House) -> list[int]:
    """The check: cases that were forwarded back, forwarded after a ruling, or oftener than the cap; a clerk's slip apart."""
    bad = []
    for n in range(1, CASES + 1):
        told = history(house, n)
        seen, ruled, hops = {told.arrivals[0].office}, False, 0
        for earlier, arrival in zip(told.arrivals, told.arrivals[1:], strict=False):
            moved = arrival.act in {Act.FORWARDED, Act.CORRECTED}
            hops += moved
            slip = arrival.act is Act.CORRECTED and earlier.act is Act.CORRECTED
            if moved and ((arrival.office in seen and not slip) or ruled or hops > house.pack.facts.hop_cap):
                bad.append(n)
            ruled |= arrival.act is Act.RULED
            seen.add(arrival.office)
    return bad


@pytest.fixture
def start(house: House, tmp_path: Path) -> House:
    return with_cases(
        house,
        tmp_path,
        SHARES,
        "हमारे गांव का ट्रांसफार्मर पांच दिन से जला पड़ा है।",
        "बिजली का बिल गलत आ रहा है, ठीक कराएं।",
    )


def run(start: House, **changes: Any) -> None:
    with start.read() as work:
        assert len(work.cases.page(after_id=0, limit=9)) == CASES
    store = MemoryStore(wait_seconds=0.5)
    store.committed = start.work.__self__.committed  # type: ignore[attr-defined]
    machine = type("Machine", (Offices,), {"start": start, "template": store})
    quick = {"max_examples": 30, "stateful_step_count": 25, "deadline": None, "derandomize": True, **changes}
    run_state_machine_as_test(machine, settings=settings(suppress_health_check=list(HealthCheck), **quick))


@pytest.mark.promise("P6")
def test_no_sequence_of_words_makes_a_case_come_back(start: House) -> None:
    run(start)


def test_a_release_that_is_not_held_against_the_bars_is_caught(start: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin."""
    monkeypatch.setattr(release_step, "barred", lambda *_, **__: None)
    monkeypatch.setattr("routing.transfer.barred", lambda *_, **__: None)
    monkeypatch.setattr("nistaran.steps.correct.barred", lambda *_, **__: None)
    with pytest.raises(AssertionError):
        run(start, max_examples=60, phases=[Phase.generate], report_multiple_bugs=False)
    assert transfer.barred is not release_step.barred
