"""A case that moves while a report is open, and reports on a case that moves: nothing closes what another office has, nothing stays owed for ever."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.correction_refused import NoSuchOffice, NotOnThisDesk
from nistaran.domain.following import Freeze, FreezeWhy
from nistaran.domain.office_report import CloseKind, CourtParticulars, ReportFields, ReportState
from nistaran.domain.report_refused import UnknownReport
from nistaran.domain.task import TaskKind, TaskState
from nistaran.steps.answer_sheet import write_answer_sheet
from nistaran.steps.brief import brief_of
from nistaran.steps.correct import correct_case
from nistaran.steps.feedback import calls_due, give_feedback
from nistaran.steps.find_case import full_id
from nistaran.steps.house import House
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.report_files import fields_of
from nistaran.steps.report_words import approve_special, overrule, recall
from nistaran.steps.ruling import rule_case
from nistaran.steps.tasks import close_task
from nistaran.steps.verify import verify
from tests.steps.people import number
from tests.steps.reporting import BETTER, FILLER, GOOD, hand_in
from tests.steps.transferring import ARBITER, CELL, OFFICE, PLAIN, case_of, freeze, say, with_cases

SPECIAL = {"close": CloseKind.SPECIAL, "category": "FAKE", "evidence": "जाँच दिनांक 20.11.2026 में ज्ञात हुआ"}
COURT = CourtParticulars(court="सिविल जज, बांसी", case_number="114/2026", next_date=date(2026, 12, 15))
CALLER = "up.caller"


@pytest.fixture
def held(house: House, tmp_path: Path) -> House:
    return with_cases(house, tmp_path, {"ENERGY": 0.6, "POLICE": 0.3, "REVENUE": 0.1}, PLAIN, f"{PLAIN} दूसरा मामला।")


def owed(house: House, n: int = 1) -> list[str]:
    with house.read() as work:
        return sorted(one.kind.value for one in work.tasks.of(n) if one.state is TaskState.OPEN)


def test_a_special_close_does_not_outlive_the_move_of_its_case(held: House) -> None:
    done = hand_in(held, **SPECIAL).report
    correct_case(held, number(1), department="POLICE", by=CELL)
    assert owed(held) == []
    with pytest.raises(NotOnThisDesk):
        approve_special(held, done.id, by=CELL, approve=True)
    assert case_of(held).status is Status.WITH_OFFICE
    assert verify(held).faults == []


def test_a_special_close_of_before_a_ruling_must_be_said_anew(held: House) -> None:
    done, office = hand_in(held, **SPECIAL).report, case_of(held).office
    freeze(held)
    with pytest.raises(NotOnThisDesk):
        approve_special(held, done.id, by=CELL, approve=True)
    rule_case(held, number(1), department="ENERGY", office=office, by=ARBITER)
    with pytest.raises(UnknownReport):
        approve_special(held, done.id, by=CELL, approve=True)
    assert hand_in(held, GOOD).report.state is ReportState.ACCEPTED
    assert verify(held).faults == []


def test_nobody_overrules_for_an_office_that_has_the_case_no_more(held: House) -> None:
    refused = hand_in(held, FILLER).report
    freeze(held)
    with pytest.raises(NotOnThisDesk):
        overrule(held, refused.id, by=CELL, why="TRUE_ON_FACTS")
    assert (case_of(held).status, owed(held)) == (Status.AWAITING_RULING, ["RULING"])
    assert verify(held).faults == []


def test_a_newer_report_takes_the_place_of_the_special_close(held: House) -> None:
    hand_in(held, **SPECIAL)
    hand_in(held, FILLER)
    assert owed(held) == []
    hand_in(held, **SPECIAL)
    assert owed(held) == ["APPROVAL"]
    assert verify(held).faults == []


def test_an_interim_report_leaves_the_special_close_where_it_is(held: House) -> None:
    waits = hand_in(held, **SPECIAL).report
    fields = ReportFields(inquiry_officer="अवर अभियन्ता", action_on=date(2026, 12, 1))
    assert hand_in(held, FILLER, close=CloseKind.INTERIM, fields=fields).report.reasons == ()
    approve_special(held, waits.id, by=CELL, approve=True)
    assert (case_of(held).status, owed(held)) == (Status.SPECIAL_CLOSED, ["CALL"])
    assert verify(held).faults == []


def test_a_refused_special_close_says_why_in_its_letter(held: House) -> None:
    approve_special(held, hand_in(held, **SPECIAL).report.id, by=CELL, approve=False)
    with held.read() as work:
        letter = work.outbox.of(1)[-1][0]
    assert "अनुमोदन नहीं किया" in letter.body["enclosed"]["reasons"]  # type: ignore[index]


def test_the_new_report_is_owed_by_who_has_the_case(held: House) -> None:
    recall(held, hand_in(held).report.id, by=CELL, why="NOTHING_DONE")
    assert owed(held) == ["REWORK"]
    correct_case(held, number(1), department="POLICE", by=CELL)
    assert owed(held) == []
    assert verify(held).faults == []


def test_a_refused_report_does_not_end_the_watch_on_the_court(held: House) -> None:
    recall(held, hand_in(held, fields=ReportFields(court=COURT)).report.id, by=CELL, why="NOTHING_DONE")
    hand_in(held, FILLER)
    assert "HEARING" in owed(held)
    overrule(held, f"{number(1)}/r2", by=CELL, why="TRUE_ON_FACTS")
    assert owed(held) == ["CALL", "HEARING"]
    with held.read() as work:
        (watch,) = [one for one in work.tasks.of(1) if one.kind is TaskKind.HEARING]
    close_task(held, full_id(held, "१/T1" if watch.id.endswith("/t1") else watch.id), by=OFFICE)
    assert owed(held) == ["CALL"]
    assert verify(held).faults == []


def test_a_report_let_pass_by_a_person_is_watched_too(held: House) -> None:
    refused = hand_in(held, FILLER, fields=ReportFields(court=COURT)).report
    assert owed(held) == []
    overrule(held, refused.id, by=CELL, why="TRUE_ON_FACTS")
    assert owed(held) == ["CALL", "HEARING"]


def test_the_report_that_closed_the_case_may_be_handed_in_again(held: House) -> None:
    first = hand_in(held)
    again = hand_in(held)
    assert (again.changed, again.report.id) == (False, first.report.id)
    with pytest.raises(NotOnThisDesk):
        hand_in(held, BETTER)
    assert verify(held).faults == []


def test_two_proposals_never_stand_at_once(held: House) -> None:
    for department in ("POLICE", "REVENUE"):
        first = say(held, "NOT_OUR_DEPARTMENT", department=department).task
        assert first is not None
        decide_forwards(held, [first.id], word=Word.RELEASE, by=CELL)
    second = say(held, "NOT_OUR_DEPARTMENT", department="AGRICULTURE", by="up.teh").task
    third = say(held, "LEVEL_ABOVE", by="up.teh").task
    assert second is not None
    assert third is not None
    assert owed(held) == ["RELEASE"]
    with held.read() as work:
        assert work.tasks.by_ids([second.id])[0].state is TaskState.DROPPED
    assert verify(held).faults == []


def test_the_same_final_word_twice_is_one(held: House) -> None:
    hand_in(held)
    for changed in (True, False):
        assert give_feedback(held, number(1), outcome="संतुष्ट", relief="मिली", by=CALLER).changed is changed
    with held.read() as work:
        assert len(work.feedback.of(1)) == 1
    assert give_feedback(held, number(1), outcome="SATISFIED", by="up.other").changed
    assert verify(held).faults == []


def test_what_a_person_recalled_costs_the_complainant_no_round(held: House) -> None:
    rounds = held.closing().feedback.rounds
    for turn in range(rounds):
        text = f"{BETTER} जाँच क्रमांक {turn}: " + "अलग तथ्य " * (30 * (turn + 1)) + str(turn)
        recall(held, hand_in(held, text).report.id, by=CELL, why="WRONG_CASE")
    assert hand_in(held, GOOD).report.state is ReportState.ACCEPTED
    assert give_feedback(held, number(1), outcome="DISSATISFIED", by=CALLER).reopened
    assert verify(held).faults == []


def test_calls_of_no_office_are_wrong_use(held: House) -> None:
    with pytest.raises(NoSuchOffice):
        list(calls_due(held, office="SDR-XX"))


def test_an_id_is_taken_as_people_type_it(held: House) -> None:
    assert full_id(held, " १/R2 ") == f"{number(1)}/r2"
    assert full_id(held, number(1).lower() + "/T3") == f"{number(1)}/t3"
    assert full_id(held, "\udcff1/r\udcff1") == f"{number(1)}/r1"


def test_nothing_hidden_stands_in_a_reports_fields() -> None:
    assert fields_of({"officer": "\udcffराम\x00 कुमार", "rank": "\ufeffजेई"}).inquiry_officer == "राम कुमार"


def test_the_arbiters_page_names_no_complainant(house: House, tmp_path: Path) -> None:
    text = "मैं रामसुमेर पुत्र बलराम निवेदन करता हूँ कि गांव का ट्रांसफार्मर जला पड़ा है।"
    held = with_cases(house, tmp_path, {"ENERGY": 0.6, "POLICE": 0.4}, text, name="रामसुमेर")
    freeze(held)
    assert "रामसुमेर" not in brief_of(held, number(1))[1]


def test_the_sheet_asks_only_what_the_office_has_not_answered(held: House, tmp_path: Path) -> None:
    office = case_of(held).office
    say(held, "NEEDS_ANOTHER_DEPARTMENT_TOO", department="POLICE")  # a task follows the answer in the ledger
    assert write_answer_sheet(held, office, tmp_path / "a.xlsx") == 1
    say(held, "INSUFFICIENT_FACTS", 2)
    assert write_answer_sheet(held, office, tmp_path / "b.xlsx") == 1


def test_who_asked_and_who_reported_cannot_be_changed_unseen(held: House) -> None:
    import dataclasses

    done = hand_in(held)
    give_feedback(held, number(1), outcome="NO_ANSWER", by=CALLER)
    store = held.work.__self__.committed  # type: ignore[attr-defined]
    store.reports[done.report.id] = dataclasses.replace(store.reports[done.report.id], by="up.other")
    key = f"{number(1)}/f1"
    store.feedback[key] = dataclasses.replace(store.feedback[key], by="up.other")
    assert len(verify(held).faults) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"office": "SDR-CELL"},
        {"kind": TaskKind.PART},
        {"closed_by": "up.other"},
        {"due_on": date(2027, 1, 1)},
        {"body": {"office": "SDR-POLICE", "why": "NAMED", "share": 0.0, "from": "", "respondents": [], "author": ""}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_task_is_seen(held: House, change: dict[str, object]) -> None:
    import dataclasses

    if "body" in change:
        assert say(held, "NOT_OUR_DEPARTMENT", department="POLICE").task is not None
    else:
        hand_in(held)
    assert verify(held).faults == []
    tasks = held.work.__self__.committed.tasks  # type: ignore[attr-defined]
    key = f"{number(1)}/t1"
    tasks[key] = dataclasses.replace(tasks[key], **change)
    assert verify(held).faults == [f"case {number(1)}: its tasks are not those of its events"]


def test_changed_facts_and_reasons_of_a_report_are_seen(held: House) -> None:
    import dataclasses

    done = hand_in(held, FILLER, fields=ReportFields(visited_on=date(2026, 11, 20)))
    reports = held.work.__self__.committed.reports  # type: ignore[attr-defined]
    for change in (
        {"fields": ReportFields(visited_on=date(2026, 11, 21))},
        {"reasons": ()},
        {"decided_by": "up.other"},
    ):
        reports[done.report.id] = dataclasses.replace(done.report, **change)
        assert len(verify(held).faults) == 1, change
    reports[done.report.id] = done.report
    assert verify(held).faults == []


def test_who_closed_it_once_does_not_pass_it_on_when_it_is_open_again(held: House) -> None:
    hand_in(held)
    give_feedback(held, number(1), outcome="DISSATISFIED", by=CALLER)
    done = say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    assert done.following == Freeze(office=held.district.facts.arbiter, why=FreezeWhy.REPORTED_BEFORE)
    assert verify(held).faults == []
