"""The arbiter's ruling binds, and his word teaches at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.correction import Source, Trust
from nistaran.domain.correction_refused import CorrectedTooOften, NoSuchDepartment, NoSuchOffice
from nistaran.domain.following import StayWhy, StayWith
from nistaran.domain.task import TaskState
from nistaran.domain.transfer_refused import NotTheArbiter
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.ruling import rule_case
from nistaran.steps.verify import verify
from tests.steps.people import labels, number
from tests.steps.transferring import ARBITER, CELL, case_of, freeze, history, say, with_cases


@pytest.fixture
def frozen(house: House, tmp_path: Path) -> House:
    """Case 1 is before the arbiter."""
    held = with_cases(house, tmp_path, {"ENERGY": 0.97, "POLICE": 0.02, "REVENUE": 0.01})
    freeze(held)
    return held


def test_the_ruling_moves_the_case_binds_and_is_a_label(frozen: House) -> None:
    due = case_of(frozen).due_on
    done = rule_case(frozen, number(1), department="POLICE", by=ARBITER)
    case = case_of(frozen)
    assert (case.status, case.department, case.office, case.due_on) == (
        Status.WITH_OFFICE,
        "POLICE",
        done.office,
        due,
    )
    with frozen.read() as work:
        (label,) = work.corrections.of(1)
        task = work.tasks.of(1)[-1]
    assert (label.source, label.said, label.department, label.trust) == (
        Source.ARBITER,
        "ENERGY",
        "POLICE",
        Trust.TRUSTED,
    )
    assert (task.state, task.closed_by) == (TaskState.DONE, ARBITER)
    assert labels(frozen) == [number(1)]
    assert verify(frozen).faults == []


def test_after_it_no_office_and_no_clerk_moves_the_case(frozen: House) -> None:
    rule_case(frozen, number(1), department="POLICE", by=ARBITER)
    ruled = case_of(frozen)
    said = say(frozen, "NOT_OUR_DEPARTMENT", department="REVENUE")
    assert said.following == StayWith(office=ruled.office, why=StayWhy.BOUND_BY_RULING)
    with pytest.raises(CorrectedTooOften):
        correct_case(frozen, number(1), department="REVENUE", by=CELL)
    assert case_of(frozen) == ruled


def test_he_may_send_it_back_to_who_disclaimed_and_rule_again(frozen: House) -> None:
    first = history(frozen).arrivals[0].office
    assert rule_case(frozen, number(1), department="ENERGY", by=ARBITER).office == first
    rule_case(frozen, number(1), department="REVENUE", by=ARBITER)
    with frozen.read() as work:
        trust = [(one.department, one.trust) for one in work.corrections.of(1)]
    assert trust == [("ENERGY", Trust.WITHDRAWN), ("REVENUE", Trust.TRUSTED)]
    assert verify(frozen).faults == []


def test_he_may_name_the_office_itself(frozen: House) -> None:
    office = frozen.district.facts.cell
    assert rule_case(frozen, number(1), department="GEN_ADMIN", office=office.lower(), by=ARBITER).office == office


def test_a_clerk_cannot_move_a_frozen_case(frozen: House) -> None:
    with pytest.raises(CorrectedTooOften):
        correct_case(frozen, number(1), department="POLICE", by=CELL)


def test_what_is_not_before_him_he_does_not_rule(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"ENERGY": 0.97, "POLICE": 0.02, "REVENUE": 0.01})
    with pytest.raises(NotTheArbiter):
        rule_case(held, number(1), department="POLICE", by=ARBITER)


@pytest.mark.parametrize(
    ("words", "failure"), [({"department": "कबूतर"}, NoSuchDepartment), ({"office": "X-1"}, NoSuchOffice)]
)
def test_a_wrong_argument_is_refused(frozen: House, words: dict[str, str], failure: type) -> None:
    with pytest.raises(failure):
        rule_case(frozen, number(1), **{"department": "POLICE", "by": ARBITER, **words})  # type: ignore[arg-type]
    assert case_of(frozen).status is Status.AWAITING_RULING
