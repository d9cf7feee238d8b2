"""What complainants say after a disposal: first and final apart, a dissatisfied one brings the case back, calls and samples are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.feedback import Outcome, Relief
from nistaran.domain.office_report import ReportState
from nistaran.domain.report_refused import NotDisposed, OwnReport, WrongOutcome
from nistaran.domain.task import TaskKind, TaskState
from nistaran.steps.feedback import calls_due, draw_sample, give_feedback
from nistaran.steps.house import House
from nistaran.steps.report_words import overrule
from nistaran.steps.verify import verify
from tests.steps.people import number
from tests.steps.reporting import BETTER, FILLER, GOOD, hand_in
from tests.steps.sweeping import later
from tests.steps.transferring import CELL, OFFICE, case_of, with_cases

CALLER = "up.caller"


@pytest.fixture
def disposed(house: House, tmp_path: Path) -> House:
    """Case 1 is disposed of; cases 2 to 4 are open."""
    held = with_cases(house, tmp_path, {"ENERGY": 1.0}, *(f"बिजली का बिल गलत आ रहा है, मामला {n}।" for n in "अबसद"))
    hand_in(held)
    return held


def ask(house: House, outcome: str, n: int = 1, **given: str) -> tuple[bool, bool]:
    done = give_feedback(house, number(n), outcome=outcome, **{"by": CALLER, **given})
    return done.reopened, done.final


def tasks(house: House, n: int = 1) -> dict[str, str]:
    with house.read() as work:
        return {one.kind.value: one.state.value for one in work.tasks.of(n)}


@pytest.mark.demand("S1-1")
def test_a_satisfied_complainant_ends_the_call(disposed: House) -> None:
    assert [task.case for task, _ in calls_due(disposed)] == [number(1)]
    assert ask(disposed, "satisfied", relief="given") == (False, False)
    assert tasks(disposed) == {"CALL": TaskState.DONE.value}
    assert list(calls_due(disposed)) == []
    with disposed.read() as work:
        (said,) = work.feedback.of(1)
    assert (said.outcome, said.relief, said.round) == (Outcome.SATISFIED, Relief.GIVEN, 1)
    assert verify(disposed).faults == []


@pytest.mark.demand("S0-8")
def test_a_dissatisfied_one_brings_it_back_and_wants_another_report(disposed: House) -> None:
    due = case_of(disposed).due_on
    assert ask(disposed, "DISSATISFIED") == (True, False)
    case = case_of(disposed)
    assert (case.status, case.due_on) == (Status.WITH_OFFICE, due)
    assert tasks(disposed)["REWORK"] == TaskState.OPEN.value
    with disposed.read() as work:
        assert work.outbox.of(1)[-1][0].kind == "reopened"
    assert hand_in(disposed, GOOD.replace("20", "21")).report.state is ReportState.REJECTED
    assert hand_in(disposed, BETTER).report.state is ReportState.ACCEPTED
    assert tasks(disposed)["REWORK"] == TaskState.DONE.value
    ask(disposed, "SATISFIED")
    with disposed.read() as work:
        assert [(one.round, one.outcome) for one in work.feedback.of(1)] == [
            (1, Outcome.DISSATISFIED),
            (2, Outcome.SATISFIED),
        ]
    assert verify(disposed).faults == []


def test_after_the_last_round_he_stays_dissatisfied(disposed: House) -> None:
    texts = [BETTER, "तीसरी बार उपखण्ड अधिकारी ने 22.11.2026 को स्वयं जाकर खम्भा बदलवाया, साक्षी दो ग्रामीण, फोटो संलग्न है।"]
    for text in texts:
        assert ask(disposed, "DISSATISFIED") == (True, False)
        assert hand_in(disposed, text).report.state is ReportState.ACCEPTED
    assert ask(disposed, "DISSATISFIED") == (False, True)
    assert case_of(disposed).status is Status.DISPOSED
    assert verify(disposed).faults == []


def test_three_tries_make_him_unreached(disposed: House) -> None:
    for turn in range(3):
        assert [tries for _, tries in calls_due(disposed)] == [turn]
        ask(later(disposed, turn), "NO_ANSWER")
        ask(later(disposed, turn), "NO_ANSWER")  # the same file fed again on the same day is no other try
    assert list(calls_due(disposed)) == []
    assert case_of(disposed).status is Status.DISPOSED


def test_calls_are_listed_for_one_office(disposed: House) -> None:
    assert [task.case for task, _ in calls_due(disposed, office=case_of(disposed).office.lower())] == [number(1)]
    assert list(calls_due(disposed, office="SDR-CELL")) == []


def test_who_disposed_of_it_does_not_go_and_see(disposed: House) -> None:
    with pytest.raises(OwnReport):
        ask(disposed, "SATISFIED", how="FIELD", by=OFFICE)
    hand_in(disposed, FILLER, 2)
    overrule(disposed, f"{number(2)}/r1", by=CELL, why="SEEN_ON_THE_SPOT")
    with pytest.raises(OwnReport):
        ask(disposed, "SATISFIED", 2, how="FIELD", by=CELL)
    assert ask(disposed, "SATISFIED", 2, how="FIELD") == (False, False)


def test_the_sample_is_drawn_by_its_seed_and_once(disposed: House) -> None:
    for n in (2, 3, 4):
        hand_in(disposed, f"{BETTER} प्रकरण {n}।", n)
    drawn = draw_sample(disposed, count=2, seed=7, by=CELL)
    assert len(drawn) == 2
    assert all(one.kind is TaskKind.FIELD for one in drawn)
    assert draw_sample(disposed, count=2, seed=7, by=CELL) == []
    assert len(draw_sample(disposed, count=9, seed=1, by=CELL)) == 2
    assert verify(disposed).faults == []


@pytest.mark.parametrize("words", [{"outcome": "खुश"}, {"relief": "YES"}, {"how": "PIGEON"}])
def test_a_wrong_code_is_answered_with_the_list(disposed: House, words: dict[str, str]) -> None:
    with pytest.raises(WrongOutcome, match=r"SATISFIED|GIVEN|FIELD"):
        give_feedback(disposed, number(1), **{"outcome": "SATISFIED", "by": CALLER, **words})  # type: ignore[arg-type]


def test_an_open_case_takes_no_feedback(disposed: House) -> None:
    with pytest.raises(NotDisposed):
        ask(disposed, "SATISFIED", 2)
