"""What misrouting cost, from a small house: whose first desk was wrong, who took how many days, what waits."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from nistaran.domain.desk_course import FirstDesk, Known, SentBy
from nistaran.domain.task import TaskKind
from nistaran.domain.transfer import AnswerKind
from nistaran.domain.transfer_figures import TransferFigures
from nistaran.steps import received
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.received import received_since
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.ruling import rule_case
from nistaran.steps.transfer_figures import default_since, transfer_figures
from tests.files import many, write_csv
from tests.steps.people import Held, decided, in_memory, number
from tests.steps.transferring import ARBITER, CELL, PLAIN, THIRD, case_of, say, with_cases
from tests.taking import take

SURE = {"ENERGY": 0.5, "POLICE": 0.49, "REVENUE": 0.01}
UNSURE = {"ENERGY": 0.6, "POLICE": 0.2, "REVENUE": 0.2}
SINCE = date(2026, 11, 1)


def pass_days(house: House, days: int) -> None:
    assert isinstance(house.clock, Held)
    house.clock.at += timedelta(days=days)


def figures(house: House) -> TransferFigures:
    return transfer_figures(house, since=SINCE)


def test_a_case_that_lies_with_its_first_office_cost_nothing(house: House, tmp_path: Path) -> None:
    found = figures(with_cases(house, tmp_path, SURE))
    assert (found.cases, found.known[Known.LIES], found.lost.total, found.misrouted().value) == (1, 1, 0, 0.0)
    assert found.misrouted(settled=True).value is None


def test_days_until_the_right_office_has_it_are_lost_by_pair_and_office(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    wrong = case_of(held).office
    pass_days(held, 4)
    say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    pass_days(held, 3)
    say(held, "ACCEPTED", by=THIRD)
    pass_days(held, 9)
    found = figures(held)

    assert (found.known[Known.ACCEPTED], found.began(FirstDesk.OTHER_DEPARTMENT), found.hops[1]) == (1, 1, 1)
    assert (found.misrouted(SentBy.MODEL).part, found.misrouted(SentBy.PERSON).of) == (1, 0)
    assert [(one.wrong, one.right, one.cases, one.days) for one in found.pairs()] == [("ENERGY", "POLICE", 1, 5)]
    assert [(office, days.total) for office, days in found.offices()] == [(wrong, 5)]
    assert (found.automatic.count, found.automatic.disclaimed, found.automatic.wrong) == (1, 0, 0)
    first, second = found.answered()
    assert (first.office, first.disclaimed, first.judged, first.right) == (wrong, 1, 1, 1)
    assert second.kinds == {AnswerKind.ACCEPTED: 1}


def test_a_proposal_leaves_it_open_until_the_cell_has_spoken(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, UNSURE)
    done = say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    assert done.task is not None
    pass_days(held, 3)
    waiting = figures(held)
    assert (waiting.known[Known.OPEN], waiting.proposals_waiting, waiting.open_days, waiting.lost.total) == (1, 1, 4, 0)
    assert waiting.stuck == {(TaskKind.RELEASE, held.district.facts.cell): 1}

    decide_forwards(held, [done.task.id], word=Word.RELEASE, by=CELL)
    after = figures(held)
    assert (after.known[Known.LIES], after.proposals_waiting, after.words["RELEASE"], after.late) == (1, 0, 1, 1)
    assert (after.hours.median, after.released.count, after.automatic.count) == (72, 1, 0)
    assert after.pairs()[0].days == 4


def test_what_the_cell_keeps_lies_there_and_a_wrong_disclaimer_shows(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, UNSURE)
    done = say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    assert done.task is not None
    decide_forwards(held, [done.task.id], word=Word.KEEP, by=CELL)
    assert figures(held).known[Known.LIES] == 1
    say(held, "ACCEPTED")
    (office,) = figures(held).answered()
    assert (office.disclaimed, office.judged, office.right) == (1, 1, 0)


def test_frozen_then_ruled(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, UNSURE)
    done = say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    assert done.task is not None
    decide_forwards(held, [done.task.id], word=Word.ARBITER, by=CELL)
    pass_days(held, 5)
    frozen = figures(held)
    assert (frozen.frozen_cases, frozen.frozen["SENT_BY_CELL"], frozen.known[Known.OPEN]) == (1, 1, 1)
    assert frozen.misrouted().of == 0

    rule_case(held, number(1), department="REVENUE", by=ARBITER)
    ruled = figures(held)
    assert (ruled.known[Known.RULED], ruled.rulings, ruled.words["ARBITER"]) == (1, 1, 1)
    assert (ruled.deciding_days, ruled.pairs()[0].right, ruled.pairs()[0].days) == (5, "REVENUE", 1)


def test_the_level_above_is_no_misroute(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE)
    pass_days(held, 2)
    say(held, "LEVEL_ABOVE")
    found = figures(held)
    assert (found.began(FirstDesk.LEVEL_ABOVE), found.misrouted().part, found.lost.total) == (1, 0, 0)


def test_an_office_of_the_same_department_is_a_wrong_office_only(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"REVENUE": 1.0}, "खतौनी में नाम नहीं बदला गया", tehsil="बांसी", village="")
    before = case_of(held).office
    pass_days(held, 1)
    done = say(held, "NOT_OUR_TERRITORY", place="SDR-T-ITWA")
    if done.task is not None:
        decide_forwards(held, [done.task.id], word=Word.RELEASE, by=CELL)
    assert case_of(held).office != before
    found = figures(held)
    assert found.began(FirstDesk.OTHER_OFFICE) == 1
    assert [(one.wrong, one.right) for one in found.pairs()] == [("REVENUE", "REVENUE")]


def test_a_first_desk_raised_for_the_accused_is_a_right_desk(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"REVENUE": 1.0}, "लेखपाल वरासत दर्ज करने के लिए पैसे मांग रहा है", tehsil="बांसी")
    with held.read() as work:
        rule = work.decisions.of(1)[-1].rule
    say(held, "ACCEPTED")
    found = figures(held)
    assert (rule.endswith(":raised"), found.misrouted().part, found.lost.total) == (True, 0, 0)


def test_who_sent_it_first_is_told_apart(house: House, tmp_path: Path) -> None:
    held = decided(in_memory(house), tmp_path, count=2)
    assert figures(held).cases == 1  # the other waits for a person and is on no desk
    correct_case(held, number(2), department="REVENUE", by=CELL)
    found = figures(held)
    assert (found.misrouted(SentBy.MODEL).of, found.misrouted(SentBy.PERSON).of) == (1, 1)


def test_what_was_sent_down_and_goes_back_was_nobodys(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE, channel="मुख्यमंत्री हेल्पलाइन")
    assert held.pack.channels[case_of(held).channel].sender_hi
    pass_days(held, 2)
    say(held, "RETURN_TO_SENDER")
    found = figures(held)
    assert (found.known[Known.RETURNED], found.misrouted().of, found.pairs()[0].right) == (1, 0, "")
    assert (found.pairs()[0].days, found.deciding_days) == (3, 0)


def test_older_cases_are_left_out_and_pages_hide_none(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = in_memory(house)
    take(held, write_csv(tmp_path / "a.csv", many(7)))
    assert sum(len(page) for _, page in received_since(held, SINCE, limit=2)) == 7
    assert sum(len(page) for _, page in received_since(held, date(2026, 11, 6), limit=2)) == 0
    pass_days(held, 40)
    assert default_since(held) > SINCE + timedelta(days=30)
    assert transfer_figures(held, since=default_since(held)).cases == 0
    asked: list[int] = []
    with held.read() as work:
        page = work.cases.page
        monkeypatch.setattr(work.cases, "page", lambda **how: asked.append(how["after_id"]) or page(**how))
        assert received.id_before(work, default_since(held)) >= 6
    assert len(asked) < 7


def test_a_case_whose_events_cannot_be_read_is_counted_and_left_out(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE, PLAIN, f"{PLAIN} दूसरी")
    with held.read() as work:
        link = work.ledger.of(number(1))[-1]
    link.body = '{"no": "office"}'
    found = figures(held)
    assert (found.unreadable, found.cases) == (1, 1)
