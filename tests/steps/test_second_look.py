"""Cases that a person sent where the model doubts it are put to the cell before the office wastes days; never moved by themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from nistaran.domain.following import ForwardWhy
from nistaran.steps.correct import correct_case
from nistaran.steps.follow import proposed
from nistaran.steps.house import House
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.second_look import LookedAgain, look_again
from nistaran.steps.trust import accept_case
from nistaran.steps.verify import verify
from tests.steps.people import number
from tests.steps.transferring import CELL, OFFICE, PLAIN, Says, case_of, kinds, with_cases


def with_model(house: House, shares: Mapping[str, float], version: str = "newer") -> House:
    """The same house with another model."""
    model = Says(shares)
    model.version = version
    return dataclasses.replace(house, classifier=lambda: model)


@pytest.fixture
def sent_by_a_clerk(house: House, tmp_path: Path) -> House:
    """The model asked about case 1, and a clerk sent it to the police."""
    held = with_cases(house, tmp_path, {"NONE": 1.0}, PLAIN)
    correct_case(held, number(1), department="POLICE", by=CELL)
    return with_model(held, {"ENERGY": 0.97, "POLICE": 0.01})


def test_a_doubtful_desk_is_proposed_once_and_stays(sent_by_a_clerk: House) -> None:
    before = case_of(sent_by_a_clerk)
    assert look_again(sent_by_a_clerk) == LookedAgain(looked_at=1, doubted=1, proposed=1)
    assert case_of(sent_by_a_clerk) == before
    with sent_by_a_clerk.read() as work:
        (task,) = work.tasks.of(1)
    assert (proposed(task).department, proposed(task).why) == ("ENERGY", ForwardWhy.SECOND_LOOK)
    assert look_again(sent_by_a_clerk).proposed == 0
    assert verify(sent_by_a_clerk).faults == []


def test_released_it_goes_and_no_office_is_named_as_who_said_so(sent_by_a_clerk: House) -> None:
    look_again(sent_by_a_clerk)
    decide_forwards(sent_by_a_clerk, [f"{number(1)}/t1"], word=Word.RELEASE, by="up.cell2")
    assert case_of(sent_by_a_clerk).department == "ENERGY"
    with sent_by_a_clerk.read() as work:
        assert [one.department for one in work.corrections.of(1)] == ["POLICE"]
    assert verify(sent_by_a_clerk).faults == []


def test_kept_it_is_not_asked_again(sent_by_a_clerk: House) -> None:
    look_again(sent_by_a_clerk)
    decide_forwards(sent_by_a_clerk, [f"{number(1)}/t1"], word=Word.KEEP, by=CELL)
    assert look_again(sent_by_a_clerk).proposed == 0


def test_what_its_office_took_is_left(sent_by_a_clerk: House) -> None:
    accept_case(sent_by_a_clerk, number(1), office=case_of(sent_by_a_clerk).office, by=OFFICE)
    assert look_again(sent_by_a_clerk).proposed == 0


@pytest.mark.parametrize(
    "shares",
    [{"ENERGY": 0.85, "POLICE": 0.01}, {"ENERGY": 0.92, "POLICE": 0.08}, {"POLICE": 0.97}, {"NONE": 0.97}],
    ids=["not sure enough", "too much for the present one", "agrees", "no grievance"],
)
def test_a_small_doubt_is_none(sent_by_a_clerk: House, shares: dict[str, float]) -> None:
    assert look_again(with_model(sent_by_a_clerk, shares)).doubted == 0


def test_what_the_same_model_sent_is_not_looked_at(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"ENERGY": 1.0})
    assert look_again(held).looked_at == 0
    assert look_again(with_model(held, {"POLICE": 0.97, "ENERGY": 0.01})).proposed == 1
    assert kinds(held)[-1] == "ForwardProposed"


def test_without_a_model_nobody_doubts(sent_by_a_clerk: House) -> None:
    assert look_again(dataclasses.replace(sent_by_a_clerk, classifier=lambda: None)) == LookedAgain()
