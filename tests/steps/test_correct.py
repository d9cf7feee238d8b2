"""Correct: a person's word moves the case with everything that follows, once, and never the citizen's due date (decisions 4, 6, 9)."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from pathlib import Path

import pytest

from nistaran.domain.complaint import Case, Status
from nistaran.domain.correction import Trust
from nistaran.domain.correction_refused import (
    CorrectedTooOften,
    NoSuchDepartment,
    NotYetRouted,
    WrongLogin,
    WrongReason,
)
from nistaran.domain.errors import UnknownCase
from nistaran.steps import correct
from nistaran.steps.correct import correct_case
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.house import House
from nistaran.steps.route_again import route_asked
from nistaran.steps.trust import accept_case
from nistaran.steps.verify import verify
from storage.memory.cases import MemoryCases
from tests.files import many, write_csv
from tests.steps.people import CLERK, OFFICE, SECOND, decided, due_dates, in_memory, labels, number, office_of
from tests.taking import take


@pytest.fixture
def lived(house: House, tmp_path: Path) -> House:
    return decided(in_memory(house), tmp_path)


def facts(house: House, n: int) -> tuple[Case, list[str], list[str], list[str]]:
    """The case, its event kinds, the offices of its desks (an open one marked), its notices' keys."""
    with house.read() as work:
        case = work.cases.by_number(number(n))
        assert case is not None
        kinds = [link.kind for link in work.ledger.of(case.number)]
        desks = [desk.office + ("" if desk.until else "*") for desk in work.desks.of(case.id)]
        return case, kinds, desks, [notice.key for notice, _, _ in work.outbox.of(case.id)]


@pytest.mark.promise("P5")
def test_a_case_that_waits_for_a_person_goes_to_the_office_of_his_department(lived: House) -> None:
    done = correct_case(lived, number(2), department="POLICE", by=CLERK)
    case, kinds, desks, notices = facts(lived, 2)
    office = lived.district.offices[done.office]
    assert (case.status, case.department, case.office) == (Status.WITH_OFFICE, "POLICE", done.office)
    assert office.department == "POLICE"
    assert kinds == ["Registered", "PersonAsked", "DepartmentCorrected"]
    assert desks == [f"{done.office}*"]
    assert notices == [f"assigned:{number(2)}:{done.office}:1"]
    assert done.correction is not None
    assert (done.correction.said, done.correction.department, done.correction.trust) == (
        "ENERGY",
        "POLICE",
        Trust.WAITING,
    )
    assert verify(lived).faults == []


def test_a_case_with_an_office_leaves_its_desk_for_the_new_one(lived: House) -> None:
    before = office_of(lived, 1)
    done = correct_case(lived, number(1), department="गृह (पुलिस)", by=CLERK, reason="pair_rule")
    case, kinds, desks, notices = facts(lived, 1)
    assert (case.department, case.office) == ("POLICE", done.office)
    assert kinds[-2:] == ["Routed", "DepartmentCorrected"]
    assert desks == [before, f"{done.office}*"]
    assert notices[-1] == f"assigned:{number(1)}:{done.office}:2"
    assert deliver_batch(lived).dead == 0
    assert verify(lived).faults == []


def test_what_is_no_grievance_goes_to_the_cell_with_a_reason(lived: House) -> None:
    with pytest.raises(WrongReason, match="RTI"):
        correct_case(lived, number(2), department="NONE", by=CLERK)
    done = correct_case(lived, number(2), department="NONE", by=CLERK, reason="RTI")
    assert done.office == lived.district.facts.cell
    assert deliver_batch(lived).dead == 0
    assert verify(lived).faults == []


def test_the_events_hold_codes_only(lived: House) -> None:
    correct_case(lived, number(2), department="POLICE", by=" UP.Clerk1 ")
    with lived.read() as work:
        body = json.loads(work.ledger.of(number(2))[-1].body)
    assert set(body) == {"correction", "source", "by", "said", "department", "reason", "office", "rule", "places"}
    assert body["by"] == CLERK
    assert all(str(value).isascii() for value in body.values())


@pytest.mark.parametrize("by", [CLERK, SECOND])
def test_the_same_word_again_changes_nothing(lived: House, by: str) -> None:
    first = correct_case(lived, number(2), department="POLICE", by=CLERK)
    before = facts(lived, 2)
    again = correct_case(lived, number(2), department="POLICE", by=by)
    assert (again.changed, again.office) == (False, first.office)
    assert facts(lived, 2) == before


def test_after_two_corrections_it_is_for_the_arbiter(lived: House) -> None:
    correct_case(lived, number(1), department="POLICE", by=CLERK)
    correct_case(lived, number(1), department="REVENUE", by=SECOND)
    before = facts(lived, 1)
    with pytest.raises(CorrectedTooOften, match=lived.district.facts.arbiter):
        correct_case(lived, number(1), department="ENERGY", by=CLERK)
    assert facts(lived, 1) == before
    assert correct_case(lived, number(1), department="REVENUE", by=CLERK).changed is False


def test_a_later_word_stands_in_place_of_the_earlier_one(lived: House) -> None:
    correct_case(lived, number(1), department="POLICE", by=CLERK)
    accept_case(lived, number(1), office=office_of(lived, 1), by=OFFICE)
    assert labels(lived) == [number(1)]
    correct_case(lived, number(1), department="REVENUE", by=SECOND)
    with lived.read() as work:
        assert [one.trust for one in work.corrections.of(1)] == [Trust.WITHDRAWN, Trust.WAITING]
    assert labels(lived) == []
    assert verify(lived).faults == []


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        ({"number": "SDR-2026-7777777"}, UnknownCase),
        ({"department": "कबूतर"}, NoSuchDepartment),
        ({"by": "रमेश"}, WrongLogin),
        ({"reason": "RTI"}, WrongReason),
        ({"reason": "BECAUSE"}, WrongReason),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(lived: House, words: dict[str, str], failure: type) -> None:
    before = facts(lived, 2)
    given = {"number": number(2), "department": "POLICE", "by": CLERK, **words}
    with pytest.raises(failure):
        correct_case(lived, given.pop("number"), **given)  # type: ignore[arg-type]
    assert facts(lived, 2) == before


def test_a_case_that_nobody_has_looked_at_is_refused(house: House, tmp_path: Path) -> None:
    fresh = in_memory(house)
    take(fresh, write_csv(tmp_path / "a.csv", many(1)))
    with pytest.raises(NotYetRouted):
        correct_case(fresh, number(1), department="POLICE", by=CLERK)


def test_a_text_at_which_the_engine_stumbles_can_still_be_decided(
    lived: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("poison")

    monkeypatch.setattr(type(lived.router), "office_for", stumble)
    done = correct_case(lived, number(2), department="POLICE", by=CLERK)
    assert done.office == lived.district.district_office("POLICE").code  # type: ignore[union-attr]
    assert verify(lived).faults == []


def test_what_a_person_decided_no_machine_decides_again(lived: House) -> None:
    correct_case(lived, number(2), department="POLICE", by=CLERK)
    before = facts(lived, 2)
    list(route_asked(lived))
    assert facts(lived, 2) == before


@pytest.mark.promise("P5")
def test_the_citizens_due_date_never_moves(lived: House) -> None:
    before = due_dates(lived)
    _move_everything(lived)
    assert due_dates(lived) == before


def _move_everything(house: House) -> None:
    for n in range(1, 7):
        correct_case(house, number(n), department="POLICE", by=CLERK)
        correct_case(house, number(n), department="REVENUE", by=SECOND)
        accept_case(house, number(n), office=office_of(house, n), by=OFFICE)


def test_a_transfer_that_restarts_the_clock_is_caught(lived: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: what is usual elsewhere, a new due date at every desk."""
    place = MemoryCases.place

    def restart(self: MemoryCases, placements: list) -> None:  # type: ignore[type-arg]
        place(self, placements)
        cases = self._draft.change("cases").cases
        for one in placements:
            case = cases[one.case_id]
            cases[one.case_id] = dataclasses.replace(case, due_on=case.due_on + timedelta(days=15))

    before = due_dates(lived)
    monkeypatch.setattr(MemoryCases, "place", restart)
    _move_everything(lived)
    assert due_dates(lived) != before
    assert f"case {number(1)}: due is not what was registered" in verify(lived).faults


def test_it_is_all_one_transaction(lived: House, monkeypatch: pytest.MonkeyPatch) -> None:
    before = facts(lived, 2)

    def die(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(correct, "fault", die)
    with pytest.raises(KeyboardInterrupt):
        correct_case(lived, number(2), department="POLICE", by=CLERK)
    assert facts(lived, 2) == before
    with lived.read() as work:
        assert work.corrections.of(2) == []
