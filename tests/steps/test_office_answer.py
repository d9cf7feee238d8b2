"""What an office answers is written down and acted on at once: forward, propose, freeze, return, part, facts (S0-5, S0-6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.correction import Source, Trust
from nistaran.domain.correction_refused import NoSuchDepartment, NoSuchOffice, NotOnThisDesk, WrongLogin
from nistaran.domain.errors import UnknownCase
from nistaran.domain.following import (
    AddTask,
    AskCell,
    AskComplainant,
    Forward,
    Freeze,
    FreezeWhy,
    ReturnToSender,
    StayWith,
)
from nistaran.domain.task import TaskKind, TaskState
from nistaran.domain.transfer_refused import NobodyNamed, NoSuchPlace, NotOnADesk, WrongAnswer
from nistaran.steps.house import House
from nistaran.steps.office_answer import answer_case
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.trust import accept_case
from nistaran.steps.verify import verify
from tests.steps.people import number
from tests.steps.transferring import CELL, OFFICE, THIRD, case_of, freeze, history, kinds, say, with_cases

SURE = {"ENERGY": 0.5, "POLICE": 0.49, "REVENUE": 0.01}
UNSURE = {"ENERGY": 0.6, "POLICE": 0.2, "REVENUE": 0.2}


def test_a_disclaimer_that_all_agree_on_goes_on_at_once_with_its_label(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    before = case_of(held)
    done = say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    after = case_of(held)

    assert isinstance(done.following, Forward)
    assert done.following.automatic
    assert (after.department, after.office, after.status) == ("POLICE", done.following.office, Status.WITH_OFFICE)
    assert (after.due_on, history(held).hops) == (before.due_on, 1)
    with held.read() as work:
        (label,) = work.corrections.of(after.id)
        assert (label.source, label.by, label.said, label.department) == (Source.OFFICE, OFFICE, "ENERGY", "POLICE")
        assert label.trust is Trust.WAITING
        assert [notice.kind for notice, _, _ in work.outbox.of(after.id)] == ["assigned", "forwarded"]
    assert verify(held).faults == []


def test_the_label_may_teach_once_the_receiving_office_takes_the_case(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    taken = say(held, "ACCEPTED", by=THIRD)
    assert taken.trusted == (f"{number(1)}/1",)
    assert verify(held).faults == []


def test_the_disclaiming_login_cannot_confirm_its_own_label(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    assert say(held, "ACCEPTED", by=OFFICE).trusted == ()


def test_what_is_not_certain_waits_for_the_cell_and_the_case_stays(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, UNSURE)
    before = case_of(held)
    done = say(held, "NOT_OUR_DEPARTMENT", department="POLICE")

    assert isinstance(done.following, Forward)
    assert done.task is not None
    assert (done.task.kind, done.task.office) == (TaskKind.RELEASE, held.district.facts.cell)
    assert case_of(held) == before
    assert kinds(held)[-2:] == ["OfficeAnswered", "ForwardProposed"]
    assert verify(held).faults == []


def test_saying_it_again_while_the_cell_has_it_changes_nothing(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, UNSURE)
    first = say(held, "NOT_OUR_DEPARTMENT")
    events = kinds(held)
    again = say(held, "NOT_OUR_DEPARTMENT", department="REVENUE")
    assert (again.changed, again.task) == (False, first.task)
    assert kinds(held) == events


def test_nobody_else_named_is_for_the_cell_and_then_for_the_arbiter_with_a_brief(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"ENERGY": 0.97, "POLICE": 0.02, "REVENUE": 0.01})
    asked = say(held, "NOT_OUR_DEPARTMENT")
    assert asked.following == AskCell(office=case_of(held).office)
    assert asked.task is not None
    with pytest.raises(NobodyNamed):
        decide_forwards(held, [asked.task.id], word=Word.RELEASE, by=CELL)
    decide_forwards(held, [asked.task.id], word=Word.KEEP, by=CELL)
    done = say(held, "NOT_OUR_DEPARTMENT")
    assert done.following == Freeze(office=held.district.facts.arbiter, why=FreezeWhy.KEPT_BEFORE)
    assert case_of(held).status is Status.AWAITING_RULING
    with held.read() as work:
        letter = work.outbox.of(1)[-1][0]
    brief = letter.body["enclosed"]["brief"]  # type: ignore[index]
    assert "टिप्पणी" in brief
    assert number(1) in brief
    assert done.task is not None
    assert done.task.kind is TaskKind.RULING
    assert verify(held).faults == []


def test_a_frozen_case_takes_no_answer(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"ENERGY": 1.0})
    freeze(held)
    with pytest.raises(NotOnThisDesk):
        say(held, "NOT_OUR_DEPARTMENT")


def test_a_case_from_above_goes_back_by_its_own_act_and_clock(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE, channel="CM")
    done = say(held, "RETURN_TO_SENDER")
    case = case_of(held)
    assert isinstance(done.following, ReturnToSender)
    assert (case.status, case.office) == (Status.RETURNED, held.district.facts.cell)
    assert done.task is not None
    assert (done.task.kind, done.task.body["sender"]) == (TaskKind.RETURN, "CM")
    with held.read() as work:
        letter = work.outbox.of(1)[-1][0]
    assert letter.kind == "returned"
    assert "लखनऊ" in letter.body["enclosed"]["sender"]  # type: ignore[index]
    assert verify(held).faults == []


def test_a_joint_matter_keeps_its_lead_and_sets_a_part(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    before = case_of(held)
    done = say(held, "NEEDS_ANOTHER_DEPARTMENT_TOO", department="POLICE")
    assert isinstance(done.following, AddTask)
    assert case_of(held) == before
    with held.read() as work:
        (part,) = work.tasks.of(1)
        letters = [(notice.kind, notice.office) for notice, _, _ in work.outbox.of(1)]
    assert (part.kind, part.office, part.state) == (TaskKind.PART, done.following.office, TaskState.OPEN)
    assert letters[-1] == ("part", part.office)
    again = say(held, "NEEDS_ANOTHER_DEPARTMENT_TOO", department="POLICE")
    assert isinstance(again.following, StayWith)
    assert verify(held).faults == []


def test_facts_that_are_lacking_are_asked_once(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    assert isinstance(say(held, "INSUFFICIENT_FACTS").following, AskComplainant)
    assert isinstance(say(held, "INSUFFICIENT_FACTS").following, StayWith)
    with held.read() as work:
        assert [one.kind for one in work.tasks.of(1)] == [TaskKind.FACTS]
    assert verify(held).faults == []


def test_a_name_that_a_tehsil_and_a_block_share_is_understood(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"REVENUE": 1.0}, "मेरे खेत की पैमाइश कराई जाए।", tehsil="बांसी")
    named = [row.code for row in held.district.places.values() if row.name == "इटवा"]
    assert len(named) > 1
    done = say(held, "NOT_OUR_TERRITORY", place="इटवा")
    assert isinstance(done.following, Forward)
    assert "ITWA" in done.following.office


def test_the_hindi_wording_of_an_answer_is_understood(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    assert say(held, "न्यायालय में विचाराधीन बताया").kind == "COURT_MATTER"


def test_one_that_inquires_into_himself_is_passed_over_at_first_assignment(house: House, tmp_path: Path) -> None:
    text = "हल्का लेखपाल ने वरासत दर्ज करने के लिए पांच हजार रुपये की रिश्वत मांगी है, जांच कराई जाए।"
    plain = "मेरे खेत की पैमाइश नहीं हो रही है, वरासत भी दर्ज नहीं है।"
    held = with_cases(house, tmp_path, {"REVENUE": 0.9, "POLICE": 0.1}, text, plain)
    accused, ordinary = case_of(held, 1), case_of(held, 2)
    transfers = held.transfers()
    raised, because = transfers.raised(ordinary.office, transfers.respondents.complained_of(text))
    assert because
    assert accused.office == raised
    with held.read() as work:
        assert work.decisions.of(accused.id)[-1].rule.endswith(":raised")
    assert verify(held).faults == []


def test_the_events_hold_codes_only(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, UNSURE)
    say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    with held.read() as work:
        bodies = [json.loads(link.body) for link in work.ledger.of(number(1))][-2:]
    assert all(value.isascii() for body in bodies for value in body.values() if isinstance(value, str))


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        ({"number": "SDR-2026-0000099"}, UnknownCase),
        ({"office": "SDR-NONE"}, NoSuchOffice),
        ({"kind": "PIGEON"}, WrongAnswer),
        ({"department": "कबूतर"}, NoSuchDepartment),
        ({"place": "लंका"}, NoSuchPlace),
        ({"by": "9876543210"}, WrongLogin),
    ],
    ids=str,
)
def test_what_is_wrong_is_refused_and_nothing_is_written(
    house: House, tmp_path: Path, words: dict[str, str], failure: type
) -> None:
    held = with_cases(house, tmp_path, SURE)
    before = kinds(held)
    given = {"number": number(1), "office": case_of(held).office, "kind": "NOT_OUR_DEPARTMENT", "by": OFFICE, **words}
    with pytest.raises(failure):
        answer_case(held, given.pop("number"), **given)
    assert kinds(held) == before


def test_another_office_has_no_word_on_it(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    with pytest.raises(NotOnThisDesk):
        answer_case(held, number(1), office=held.district.facts.arbiter, kind="NOT_OUR_DEPARTMENT", by=OFFICE)


def test_a_case_that_waits_for_a_person_is_on_no_desk(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"NONE": 1.0})
    with pytest.raises(NotOnADesk):
        answer_case(held, number(1), office=held.district.facts.cell, kind="NOT_OUR_DEPARTMENT", by=OFFICE)
    with pytest.raises(NotOnThisDesk):
        accept_case(held, number(1), office=held.district.facts.cell, by=OFFICE)
