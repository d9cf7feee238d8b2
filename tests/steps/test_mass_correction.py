"""A mass correction by one login teaches nothing; the cases move all the same, and ordinary work is left alone (promise P22)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from nistaran.domain.correction import Quarantine
from nistaran.steps import keep_correction
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.trust import accept_case
from nistaran.steps.verify import verify
from tests.steps.people import CLERK, OFFICE, WIDE, decided, in_memory, labels, number, office_of


def attack(house: House, count: int) -> House:
    """One login says POLICE of everything; the offices, as offices do under a lazy head, take whatever comes."""
    for n in range(1, count + 1):
        correct_case(house, number(n), department="POLICE", by=CLERK)
        accept_case(house, number(n), office=office_of(house, n), by=OFFICE)
    return house


@pytest.mark.promise("P22")
def test_a_mass_correction_by_one_login_is_quarantined_with_a_reason(house: House, tmp_path: Path) -> None:
    lived = decided(in_memory(house, limits=dataclasses.replace(WIDE, alike_most=5)), tmp_path, 12)
    for n in range(1, 13):
        done = correct_case(lived, number(n), department="POLICE", by=CLERK)
    assert done.held_back == (f"{number(12)}/1",)
    with lived.read() as work:
        held = work.corrections.quarantined(limit=100)
        case = work.cases.by_number(number(12))
    assert [one.case_id for one in held] == list(range(1, 13))
    assert {one.why_quarantined for one in held} == {Quarantine.TOO_MANY_ALIKE}
    assert case is not None
    assert case.department == "POLICE", "the case goes to its office all the same"
    for n in range(1, 13):
        accept_case(lived, number(n), office=office_of(lived, n), by=OFFICE)
    assert labels(lived) == []
    assert verify(lived).faults == []


@pytest.mark.promise("P22")
def test_offices_that_take_everything_at_once_let_no_more_through_than_the_limit(house: House, tmp_path: Path) -> None:
    lived = decided(in_memory(house, limits=dataclasses.replace(WIDE, day_most=5)), tmp_path, 12)
    assert len(labels(attack(lived, 12))) == 5


def test_without_the_limits_an_attack_teaches(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin of the two tests above."""
    monkeypatch.setattr(keep_correction, "held_back", lambda *_: [])
    lived = decided(in_memory(house, limits=dataclasses.replace(WIDE, alike_most=5)), tmp_path, 12)
    assert len(labels(attack(lived, 12))) == 12


def test_a_clerk_who_works_a_lot_is_not_held_back(house: House, tmp_path: Path) -> None:
    """The pack's own limits, at the pace that a practised clerk reaches: fifty in ten minutes, half of them alike."""
    lived = decided(in_memory(house, limits=house.pack.corrections.mass), tmp_path, 50)
    for n in range(1, 51):
        correct_case(lived, number(n), department="POLICE" if n % 2 else "REVENUE", by=CLERK)
    with lived.read() as work:
        assert work.corrections.count_by_login() == {(CLERK, "WAITING"): 50}
