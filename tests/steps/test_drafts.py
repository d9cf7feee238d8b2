"""Letters are proposed once, one an office, by the marks; persons sign and send them; nothing of a citizen stands on any."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import Draft, DraftKind, DraftRefused, DraftState
from nistaran.steps import drafts as letters
from nistaran.steps.drafts import answered_draft, cancel_draft, find_drafts, letter_pdf, sent_draft, sign_draft
from nistaran.steps.draw_by_hand import draw
from nistaran.steps.escalate import sweep
from nistaran.steps.house import House
from nistaran.steps.letter_facts import superior_of
from nistaran.steps.most_defaulters import most_defaulters, window
from nistaran.steps.propose_drafts import propose
from nistaran.steps.verify import verify
from tests.steps.drafting import PLANTED, with_defaulters
from tests.steps.people import decided, in_memory, number
from tests.steps.sweeping import all_cases, later

DM, CLERK = "up.sdr-dm", "up.clerk1"


@pytest.fixture
def late(house: House, tmp_path: Path) -> House:
    return with_defaulters(house, tmp_path)


def today(house: House):
    """The day in India."""
    return day_in_india(house.clock.now())


def send_all(house: House, kind: DraftKind) -> list[Draft]:
    """Sign and send every draft of a kind."""
    found = [one for one in find_drafts(house, kind=kind) if one.state is DraftState.DRAFTED]
    for one in found:
        sign_draft(house, one.id, by=DM)
        sent_draft(house, one.id, by=CLERK, on=today(house))
    return found


def test_one_letter_an_office_and_never_twice(late: House) -> None:
    drawn = propose(late)
    kinds = Counter(one.kind for one in drawn)
    assert kinds == {DraftKind.REMINDER: 3, DraftKind.EXPLANATION: 3, DraftKind.TO_SUPERIOR: 3}
    assert sum(len(one.cases) for one in drawn if one.kind is DraftKind.EXPLANATION) == 9
    assert sum(len(one.cases) for one in drawn if one.kind is DraftKind.REMINDER) == 3
    assert propose(late) == []
    assert sorted(one.serial for one in drawn if one.kind is DraftKind.REMINDER) == [1, 2, 3]
    assert verify(late).faults == []


@pytest.mark.demand("S1-2")
def test_the_ladder_climbs_by_silence_and_by_weeks(late: House) -> None:
    propose(late)
    first, *_ = send_all(late, DraftKind.EXPLANATION)
    assert first.kind is DraftKind.EXPLANATION
    soon = later(late, 2)
    sweep(soon)
    warned = [one for one in propose(soon) if one.kind is DraftKind.WARNING]
    assert len(warned) == 3  # two weeks overdue on 4 December, the days for an answer not over
    house = later(soon, 6)
    sweep(house)
    answered_draft(house, first.id, by=CLERK, on=today(house))
    again = propose(house)
    accused = [one for one in again if one.kind is DraftKind.SHOW_CAUSE]
    assert {one.basis for one in accused} == {
        one.id for one in find_drafts(house, kind=DraftKind.EXPLANATION, state=DraftState.SENT)
    } - {first.id}
    assert all("दिनांक" in str(one.facts["references"]) for one in accused)
    assert not [one for one in propose(house) if one.kind.is_step]
    assert verify(house).faults == []


def test_a_cancelled_letter_keeps_its_number_and_frees_its_cases(late: House) -> None:
    drawn = [one for one in propose(late) if one.kind is DraftKind.EXPLANATION]
    cancel_draft(late, drawn[0].id.lower(), by=DM, why="दूरभाष 9876501234 पर बात हुई")
    (again,) = propose(late)
    assert (again.office, again.cases, again.serial) == (drawn[0].office, drawn[0].cases, 4)
    kept = letters.get_draft(late, drawn[0].id)
    assert "9876501234" not in kept.acts[0].why
    with pytest.raises(DraftRefused):
        sign_draft(late, kept.id, by=DM)
    assert verify(late).faults == []


def test_the_cell_writes_no_letter_to_itself(house: House, tmp_path: Path) -> None:
    made = later(decided(in_memory(house), tmp_path), 60)  # every second case waits for a person of the cell
    sweep(made)
    drawn = propose(made)
    assert {one.office for one in drawn if one.kind.is_step} == {"SDR-ENERGY-BANSI"}
    assert sum(len(one.cases) for one in drawn if one.kind.is_step) == 3


@pytest.mark.parametrize("memory", [True, False])
def test_numbers_have_no_gaps_and_no_doubles_under_double_starts(house: House, tmp_path: Path, memory: bool) -> None:
    made = with_defaulters(house, tmp_path, memory=memory)
    drawn: list[Draft] = []
    threads = [threading.Thread(target=lambda: drawn.extend(propose(made))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = find_drafts(made)
    assert sorted(one.id for one in drawn) == sorted(one.id for one in kept)
    for kind in (DraftKind.REMINDER, DraftKind.EXPLANATION, DraftKind.TO_SUPERIOR):
        assert sorted(one.serial for one in kept if one.kind is kind) == [1, 2, 3]
    assert verify(made).faults == []


def test_a_proposal_that_does_not_look_what_was_drawn_is_caught(late: House, monkeypatch: pytest.MonkeyPatch) -> None:
    propose(late)
    with late.work() as work:
        monkeypatch.setattr(type(work.drafts), "taken", lambda *_: set())
        monkeypatch.setattr(type(work.drafts), "of_cases", lambda *_: {})
    assert propose(late) != []


def test_nothing_of_a_citizen_stands_on_a_letter(late: House) -> None:
    propose(late)
    numbers = [number(n) for n in (1, 2, 3)]
    for kind, office, cases in (
        (DraftKind.FORWARDING, "SDR-CDO", numbers),
        (DraftKind.COURT_REPLY, "", numbers[:1]),
    ):
        draw(late, kind, office=office, numbers=cases, by=CLERK)
    for one in find_drafts(late):
        pages = PdfDocument(letter_pdf(one))
        text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
        for said in (json.dumps(one.facts, ensure_ascii=False), text):
            assert PLANTED not in said
            assert "9876501234" not in said
            assert "ट्रांसफार्मर" not in said
        assert str(one.facts["number"]) in text
        flat = "".join(text.split())
        for line in (one.facts["subject"], *one.facts["references"], *one.facts["paragraphs"], *one.facts["copies"]):
            assert "".join(str(line).split()) in flat
        assert "आलेख" in text


def test_pages_are_made_anew_the_same_and_bare_when_signed(late: House) -> None:
    one = propose(late)[0]
    before = letter_pdf(one)
    assert letter_pdf(letters.get_draft(late, one.id)) == before
    after = letter_pdf(sign_draft(late, one.id, by=DM))
    assert after != before
    assert letter_pdf(letters.get_draft(late, one.id)) == after
    assert "आलेख" not in PdfDocument(after)[0].get_textpage().get_text_bounded()


def test_a_changed_letter_is_found(late: House) -> None:
    from dataclasses import replace

    one = propose(late)[0]
    with late.work() as work:
        tables = work.drafts._tables.change("drafts")
        tables.drafts[one.id] = replace(one, facts={**one.facts, "paragraphs": ["और"]})
        work.commit()
    assert verify(late).faults == [f"letter {one.id}: it is not what was drawn up"]


def test_by_hand_the_rules_hold_too(late: House) -> None:
    case = next(one for one in all_cases(late) if one.due_on < today(late))
    with pytest.raises(DraftRefused):
        draw(late, DraftKind.SHOW_CAUSE, office="", numbers=[case.number], by=CLERK)
    (drawn,) = draw(late, DraftKind.EXPLANATION, office="", numbers=[case.number], by=CLERK)
    assert (drawn.office, drawn.cases, drawn.drawn_by) == (case.office, ((case.id, 0),), CLERK)
    with pytest.raises(DraftRefused, match=case.number):
        draw(late, DraftKind.EXPLANATION, office="", numbers=[case.number], by=CLERK)
    with pytest.raises(DraftRefused):
        draw(late, DraftKind.RETURN, office="", numbers=[case.number], by=CLERK)  # nobody above the district sent it


def test_an_answer_is_owed_in_working_days(late: House) -> None:
    propose(late)
    house = later(late, 2)  # Friday the 4th
    send_all(house, DraftKind.EXPLANATION)
    sent = find_drafts(house, kind=DraftKind.EXPLANATION)[0]
    calendar = house.escalation().calendar
    assert sent.reply_by == calendar.add_working_days(today(house), 3)
    assert sent.reply_by > today(house) + timedelta(days=3)  # a Sunday lies between


def test_most_defaulters_counts_months(late: House) -> None:
    found = most_defaulters(late, months=4)
    assert [(one.department, one.total, one.still_open) for one in found] == [
        ("ENERGY", 3, 3),
        ("POLICE", 3, 3),
        ("REVENUE", 3, 3),
    ]
    assert [count for _, count in found[0].months] == [0, 0, 0, 3]
    assert [first.month for first in window(today(late), 4)] == [9, 10, 11, 12]
    assert len(most_defaulters(late, top=1)) == 1


@pytest.mark.demand("S2-3")
def test_every_department_has_a_superior_to_write_to(house: House) -> None:
    rules = house.escalation()
    for department in house.pack.departments:
        office = house.district.district_office(department)
        if office is not None:
            above = superior_of(house, office.code)
            assert above, department
            assert rules.head not in rules.above(above), department
