"""Trust: only the receiving office's word, or a second person's, makes a correction teach (decision 9)."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from nistaran.domain.correction import Trust
from nistaran.domain.correction_refused import (
    NoSuchOffice,
    NotOnThisDesk,
    OwnCorrection,
    UnknownCorrection,
)
from nistaran.domain.errors import UnknownCase
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.trust import accept_case, release, withdraw
from nistaran.steps.verify import verify
from tests.steps.people import CLERK, OFFICE, SECOND, WIDE, decided, in_memory, labels, number, office_of


@pytest.fixture
def lived(house: House, tmp_path: Path) -> House:
    return decided(in_memory(house), tmp_path)


def trusts(house: House, n: int) -> list[Trust]:
    with house.read() as work:
        return [one.trust for one in work.corrections.of(n)]


def kinds(house: House, n: int) -> list[str]:
    with house.read() as work:
        return [link.kind for link in work.ledger.of(number(n))]


def test_the_receiving_office_takes_the_case_and_the_correction_teaches(lived: House) -> None:
    office = correct_case(lived, number(2), department="POLICE", by=CLERK).office
    done = accept_case(lived, number(2), office=office, by=OFFICE)
    assert (done.changed, done.trusted) == (True, (f"{number(2)}/1",))
    with lived.read() as work:
        (label,) = work.corrections.trusted(limit=9)
        case = work.cases.by_number(number(2))
    assert case is not None
    assert (label.case, label.by, label.office, label.source) == (number(2), CLERK, office, "CELL")
    assert (label.said, label.department, label.text) == ("ENERGY", "POLICE", case.text)
    assert kinds(lived, 2)[-2:] == ["OfficeAnswered", "CorrectionTrusted"]
    assert verify(lived).faults == []


def test_the_same_again_changes_nothing(lived: House) -> None:
    office = correct_case(lived, number(2), department="POLICE", by=CLERK).office
    accept_case(lived, number(2), office=office, by=OFFICE)
    before = kinds(lived, 2)
    assert accept_case(lived, number(2), office=office.lower(), by=OFFICE).changed is False
    assert kinds(lived, 2) == before


def test_a_case_without_correction_may_be_taken_too(lived: House) -> None:
    done = accept_case(lived, number(1), office=office_of(lived, 1), by=OFFICE)
    assert (done.changed, done.trusted) == (True, ())
    assert labels(lived) == []
    with lived.read() as work:
        assert json.loads(work.ledger.of(number(1))[-1].body) == {
            "answer": "ACCEPTED", "office": office_of(lived, 1), "by": OFFICE,
        }  # fmt: skip


def test_nobody_confirms_his_own_correction_and_another_may_after_him(lived: House) -> None:
    office = correct_case(lived, number(2), department="POLICE", by=CLERK).office
    assert accept_case(lived, number(2), office=office, by=CLERK.upper()).trusted == ()
    assert labels(lived) == []
    assert accept_case(lived, number(2), office=office, by=OFFICE).trusted == (f"{number(2)}/1",)


def test_an_office_that_does_not_have_the_case_cannot_take_it(lived: House) -> None:
    former = office_of(lived, 1)
    correct_case(lived, number(1), department="POLICE", by=CLERK)
    with pytest.raises(NotOnThisDesk):
        accept_case(lived, number(1), office=former, by=OFFICE)
    with pytest.raises(NotOnThisDesk):  # it waits for a person: nobody has it
        accept_case(lived, number(2), office=former, by=OFFICE)
    with pytest.raises(NoSuchOffice):
        accept_case(lived, number(1), office="SDR-NOBODY", by=OFFICE)
    with pytest.raises(UnknownCase):
        accept_case(lived, "SDR-2026-7777777", office=former, by=OFFICE)
    assert labels(lived) == []


def test_what_the_cell_calls_no_grievance_another_of_the_cell_confirms(lived: House) -> None:
    office = correct_case(lived, number(2), department="NONE", by=CLERK, reason="THANKS").office
    assert accept_case(lived, number(2), office=office, by=SECOND).trusted
    with lived.read() as work:
        assert [label.department for label in work.corrections.trusted(limit=9)] == ["NONE"]


@pytest.fixture
def quarantined(house: House, tmp_path: Path) -> House:
    """Cases 1 to 4 are held back, corrected by one clerk."""
    made = decided(in_memory(house, limits=dataclasses.replace(WIDE, day_most=3)), tmp_path)
    for n in range(1, 5):
        correct_case(made, number(n), department="POLICE", by=CLERK)
    return made


def test_a_second_person_releases_and_then_the_office_decides(quarantined: House) -> None:
    (one,) = release(quarantined, [f"{number(1)}/1".lower()], by=SECOND)
    assert one.trust is Trust.WAITING
    assert labels(quarantined) == []
    accept_case(quarantined, number(1), office=office_of(quarantined, 1), by=OFFICE)
    assert labels(quarantined) == [number(1)]
    assert verify(quarantined).faults == []


def test_what_was_accepted_meanwhile_is_trusted_at_once(quarantined: House) -> None:
    accept_case(quarantined, number(1), office=office_of(quarantined, 1), by=CLERK)  # his own: does not count
    accept_case(quarantined, number(2), office=office_of(quarantined, 2), by=OFFICE)
    assert labels(quarantined) == []
    stand = release(quarantined, [f"{number(n)}/1" for n in (1, 2)], by=SECOND)
    assert [one.trust for one in stand] == [Trust.WAITING, Trust.TRUSTED]
    assert labels(quarantined) == [number(2)]
    assert verify(quarantined).faults == []


def test_one_that_was_released_is_not_held_back_again(quarantined: House) -> None:
    release(quarantined, [f"{number(1)}/1"], by=SECOND)
    correct_case(quarantined, number(5), department="POLICE", by=CLERK)
    assert [trusts(quarantined, n) for n in (1, 2, 5)] == [[Trust.WAITING], [Trust.QUARANTINED], [Trust.QUARANTINED]]


def test_release_is_all_or_none_and_never_ones_own(quarantined: House) -> None:
    with pytest.raises(OwnCorrection):
        release(quarantined, [f"{number(1)}/1"], by=CLERK)
    with pytest.raises(UnknownCorrection):
        release(quarantined, [f"{number(1)}/1", f"{number(5)}/1"], by=SECOND)
    assert trusts(quarantined, 1) == [Trust.QUARANTINED]


def test_what_was_wrong_is_withdrawn_and_teaches_no_more(lived: House) -> None:
    correct_case(lived, number(2), department="POLICE", by=CLERK)
    accept_case(lived, number(2), office=office_of(lived, 2), by=OFFICE)
    assert labels(lived) == [number(2)]
    (gone,) = withdraw(lived, [f"{number(2)}/1"], by=SECOND)
    assert gone.trust is Trust.WITHDRAWN
    assert labels(lived) == []
    with pytest.raises(UnknownCorrection):
        withdraw(lived, [gone.id], by=SECOND)
    assert verify(lived).faults == []
