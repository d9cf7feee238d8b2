"""Reports are judged when they are handed in: good ones dispose of the case, bad ones go back with the reasons, the clock runs (S0-3)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.correction_refused import CorrectionRefused, NoSuchOffice, NotOnThisDesk, WrongLogin
from nistaran.domain.errors import UnknownCase
from nistaran.domain.office_report import Attachment, CloseKind, CourtParticulars, ReportFields, ReportState
from nistaran.domain.report_checks import HouseCheck
from nistaran.domain.report_refused import NoEvidence, NoReportText, NoSuchCategory, OwnReport, UnknownReport, WrongWhy
from nistaran.domain.task import TaskKind, TaskState
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.report_words import approve_special, overrule, recall
from nistaran.steps.submit_report import Handed, submit_report
from nistaran.steps.verify import verify
from tests.steps.people import number
from tests.steps.reporting import BETTER, FILLER, GOOD, Judge, hand_in
from tests.steps.transferring import CELL, OFFICE, PLAIN, case_of, kinds, say, with_cases

SURE = {"ENERGY": 0.98, "POLICE": 0.01, "REVENUE": 0.01}
COURT = CourtParticulars(
    court="सिविल जज (जू0डि0), बांसी", case_number="114/2026", parties="क बनाम ख", next_date=date(2026, 12, 15)
)


@pytest.fixture
def held(house: House, tmp_path: Path) -> House:
    return with_cases(house, tmp_path, SURE, PLAIN, "बिजली का बिल गलत आ रहा है, ठीक कराया जाए।")


def open_tasks(house: House, n: int = 1) -> list[tuple[str, str]]:
    with house.read() as work:
        return [(one.kind.value, one.office) for one in work.tasks.of(n) if one.state is TaskState.OPEN]


@pytest.mark.demand("S0-3")
def test_a_filler_goes_back_with_the_reasons_and_the_clock_runs(held: House) -> None:
    before = case_of(held)
    done = hand_in(held, FILLER)
    assert (done.report.state, done.report.reasons) == (ReportState.REJECTED, ("BOILERPLATE",))
    assert case_of(held) == before
    with held.read() as work:
        letter = work.outbox.of(1)[-1][0]
    assert letter.kind == "report-returned"
    assert "कार्य पूर्ण किया गया" in letter.body["enclosed"]["reasons"]  # type: ignore[index]
    assert verify(held).faults == []


def test_a_good_report_disposes_and_the_office_is_to_ring(held: House) -> None:
    before = case_of(held)
    done = hand_in(held)
    case = case_of(held)
    assert (done.report.state, case.status, case.office, case.due_on) == (
        ReportState.ACCEPTED,
        Status.DISPOSED,
        before.office,
        before.due_on,
    )
    assert open_tasks(held) == [("CALL", case.office)]
    assert verify(held).faults == []


def test_the_same_again_changes_nothing_and_a_mended_one_is_taken(held: House) -> None:
    first = hand_in(held, FILLER)
    again = hand_in(held, FILLER)
    assert (again.changed, again.report.id) == (False, first.report.id)
    assert hand_in(held, GOOD).report.id == f"{number(1)}/r2"
    assert verify(held).faults == []


def test_what_is_disposed_of_takes_no_report_no_answer_and_no_correction(held: House) -> None:
    hand_in(held)
    for act in (
        lambda: hand_in(held, BETTER),
        lambda: say(held, "NOT_OUR_DEPARTMENT"),
        lambda: correct_case(held, number(1), department="POLICE", by=CELL),
    ):
        with pytest.raises(CorrectionRefused):
            act()
    assert case_of(held).status is Status.DISPOSED


def test_an_interim_report_closes_nothing(held: House) -> None:
    fields = ReportFields(inquiry_officer="रमेश, अवर अभियन्ता", action_on=date(2026, 12, 1))
    done = hand_in(held, FILLER, close=CloseKind.INTERIM, fields=fields)
    assert (done.report.state, case_of(held).status) == (ReportState.ACCEPTED, Status.WITH_OFFICE)
    assert hand_in(held).report.state is ReportState.ACCEPTED
    assert verify(held).faults == []


@pytest.mark.demand("S0-4")
def test_a_court_matter_comes_back_on_the_courts_next_date(held: House) -> None:
    lacking = hand_in(held, fields=ReportFields(court=CourtParticulars(court=COURT.court)))
    assert lacking.report.reasons == (HouseCheck.COURT_LACKS.value,)
    hand_in(held, BETTER, fields=ReportFields(court=COURT))
    with held.read() as work:
        (watch,) = [one for one in work.tasks.of(1) if one.kind is TaskKind.HEARING]
    assert (watch.due_on, watch.state) == (COURT.next_date, TaskState.OPEN)
    assert verify(held).faults == []


@pytest.mark.demand("S0-4")
def test_what_the_court_did_is_told_of_a_closed_case_too(held: House) -> None:
    assert COURT.next_date is not None
    later_date = replace(COURT, next_date=COURT.next_date + timedelta(days=45))
    heard = "न्यायालय ने दिनांक 21.11.2026 को सुनवाई की, विपक्षी का साक्ष्य हुआ; अगली तिथि नियत की गयी।"
    told = {
        "close": CloseKind.INTERIM,
        "fields": ReportFields(court=later_date, inquiry_officer="रामसेवक, नायब तहसीलदार"),
    }
    hand_in(held, BETTER, fields=ReportFields(court=COURT))
    hand_in(held, heard, **told)
    assert case_of(held).status is Status.DISPOSED
    with held.read() as work:
        watched = [one for one in work.tasks.of(1) if one.kind is TaskKind.HEARING and one.state is TaskState.OPEN]
    assert [one.due_on for one in watched] == [later_date.next_date]
    assert verify(held).faults == []
    hand_in(held, GOOD, 2)  # nothing of it is before a court: closed is closed
    with pytest.raises(NotOnThisDesk):
        hand_in(held, heard, 2, **told)


@pytest.mark.demand("S0-7")
def test_a_special_close_needs_category_evidence_and_the_level_above(held: House) -> None:
    special = {"close": CloseKind.SPECIAL, "category": "suggestion"}
    with pytest.raises(NoSuchCategory):
        hand_in(held, **{**special, "category": "कुछ भी"})
    with pytest.raises(NoEvidence):
        hand_in(held, **special, evidence="भेजा")
    done = hand_in(held, **special, evidence="सुझाव अधीक्षण अभियन्ता को पत्र 214 दिनांक 20.11.2026 से भेजा गया")
    above = held.transfers().superior(case_of(held).office)
    assert (done.report.state, open_tasks(held)) == (ReportState.WAITING, [("APPROVAL", above)])
    assert case_of(held).status is Status.WITH_OFFICE
    with pytest.raises(OwnReport):
        approve_special(held, done.report.id, by=OFFICE, approve=True)
    approve_special(held, done.report.id, by=CELL, approve=True)
    assert case_of(held).status is Status.SPECIAL_CLOSED
    assert verify(held).faults == []


def test_a_special_close_that_is_not_approved_goes_back(held: House) -> None:
    given = {"close": CloseKind.SPECIAL, "category": "FAKE", "evidence": "जाँच दिनांक 20.11.2026 में ज्ञात हुआ"}
    done = hand_in(held, **given)
    approve_special(held, done.report.id, by=CELL, approve=False)
    assert (case_of(held).status, open_tasks(held)) == (Status.WITH_OFFICE, [])
    with pytest.raises(UnknownReport):
        approve_special(held, done.report.id, by=CELL, approve=True)
    assert verify(held).faults == []


def test_a_person_may_overrule_with_a_reason_and_takes_back_what_was_wrong(held: House) -> None:
    refused = hand_in(held, FILLER).report
    with pytest.raises(WrongWhy):
        overrule(held, refused.id, by=CELL, why="FALSE_REPORT")
    with pytest.raises(OwnReport):
        overrule(held, refused.id, by=OFFICE, why="TRUE_ON_FACTS")
    said = overrule(held, refused.id, by=CELL, why="true_on_facts").report
    assert (said.state, said.decided_by, said.why) == (ReportState.OVERRULED, CELL, "TRUE_ON_FACTS")
    assert case_of(held).status is Status.DISPOSED
    recall(held, refused.id, by="up.adm", why="FALSE_REPORT")
    assert (case_of(held).status, open_tasks(held)) == (Status.WITH_OFFICE, [("REWORK", case_of(held).office)])
    assert verify(held).faults == []


def test_after_a_recall_the_same_report_is_not_taken_again(held: House) -> None:
    recall(held, hand_in(held).report.id, by=CELL, why="NOTHING_DONE")
    again = hand_in(held, GOOD.replace("20.11", "21.11"))
    assert again.report.reasons == (HouseCheck.SAME_AS_REFUSED.value,)
    assert hand_in(held, BETTER).report.state is ReportState.ACCEPTED
    assert verify(held).faults == []


def test_the_accused_does_not_inquire(house: House, tmp_path: Path) -> None:
    text = "हल्का लेखपाल ने वरासत दर्ज करने के लिए पांच हजार रुपये की रिश्वत मांगी है, जांच कराई जाए।"
    held = with_cases(house, tmp_path, {"REVENUE": 1.0}, text)
    done = hand_in(held, GOOD, fields=ReportFields(inquiry_officer="श्री क ख", rank="क्षेत्रीय लेखपाल"))
    assert done.report.reasons == (HouseCheck.ACCUSED_INQUIRED.value,)


def test_a_formula_of_the_office_and_a_picture_used_before_are_told(held: House) -> None:
    photo = Attachment(
        sha256="a" * 64,
        name="x.jpg",
        size=9,
        facts={"picture_hash": "ffaa00ff00ff00aa", "taken_at": "2020-01-01T10:00:00"},
    )
    hand_in(held, GOOD, 1, attachments=(photo,))
    second = hand_in(held, GOOD, 2, attachments=(photo,))
    assert {check for check, _ in second.checks} == {
        HouseCheck.LIKE_OTHER_REPORTS,
        HouseCheck.PHOTO_USED_BEFORE,
        HouseCheck.PHOTO_OLDER,
    }
    assert second.report.state is ReportState.ACCEPTED


def test_the_events_hold_codes_only(held: House) -> None:
    hand_in(held, FILLER)
    with held.read() as work:
        body = json.loads(next(link.body for link in work.ledger.of(number(1)) if link.kind == "ReportSubmitted"))
    assert all(value.isascii() for value in body.values() if isinstance(value, str))


def test_a_changed_report_is_seen(held: House) -> None:
    done = hand_in(held, FILLER)
    store = held.work.__self__  # type: ignore[attr-defined]
    kept = store.committed.reports[done.report.id]
    import dataclasses

    store.committed.reports[done.report.id] = dataclasses.replace(kept, text=GOOD)
    assert verify(held).faults == [f"case {number(1)}: report {done.report.id}: its text is not what was handed in"]


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        ({"number": "SDR-2026-0000099"}, UnknownCase),
        ({"office": "SDR-NONE"}, NoSuchOffice),
        ({"office": "SDR-CELL"}, (NotOnThisDesk, NoSuchOffice)),
        ({"by": "9876543210"}, WrongLogin),
        ({"handed": Handed(text=" \n")}, NoReportText),
    ],
    ids=str,
)
def test_what_is_wrong_is_refused_and_nothing_is_written(
    held: House, words: dict[str, object], failure: type | tuple[type, ...]
) -> None:
    before = kinds(held)
    given = {"number": number(1), "office": case_of(held).office, "by": OFFICE, "handed": Handed(text=GOOD), **words}
    with pytest.raises(failure):
        submit_report(held, Judge(), given.pop("number"), **given)  # type: ignore[arg-type]
    assert kinds(held) == before
