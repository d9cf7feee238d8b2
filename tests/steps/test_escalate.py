"""One sweep looks at everything that is not over, marks what fell due, and writes each office one letter."""

from __future__ import annotations

import dataclasses
import threading
from collections import Counter
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.escalation import MarkKind
from nistaran.domain.letters import Letter
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.doctor import examine
from nistaran.steps.escalate import PassedOver, Swept, sweep
from nistaran.steps.falling_due import due_within, falling_due
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.tasks import close_task
from nistaran.steps.verify import verify
from tests.files import many, write_csv
from tests.steps.people import number
from tests.steps.reporting import hand_in
from tests.steps.sweeping import all_cases, later, marks_of, with_open_cases
from tests.steps.transferring import case_of
from tests.taking import take


@pytest.fixture
def open_house(house: House, tmp_path: Path) -> House:
    return with_open_cases(house, tmp_path)


def letters(house: House, n: int) -> Counter[tuple[str, str]]:
    """(kind, office) of the letters of case n that come of marks."""
    kinds = {one.value for one in (Letter.REMINDER, Letter.DEFAULTER, Letter.DEFAULTER_BELOW, Letter.ESCALATED)}
    with house.read() as work:
        return Counter((notice.kind, notice.office) for notice, _, _ in work.outbox.of(n) if notice.kind in kinds)


def test_before_the_first_point_nothing_is_written_but_the_end_of_the_sweep(open_house: House) -> None:
    swept = sweep(open_house)
    assert (swept.looked_at, swept.handled, swept.skipped.total(), swept.marked.total()) == (8, 8, 0, 0)
    with open_house.read() as work:
        last = work.marks.last_sweep()
    assert last is not None
    assert (last.looked_at, last.marked, last.on_day.day) == (8, 0, 22)


def test_every_state_that_is_not_over_is_marked(open_house: House) -> None:
    house = later(open_house, 9)  # 1 December: ordinary cases were due yesterday
    swept = sweep(house)
    assert swept.looked_at == swept.handled == 8
    per_case = Counter(mark.case_id for mark in marks_of(house))
    assert set(per_case) == {case.id for case in all_cases(house)}
    assert swept.marked["DEFAULTER"] == 8
    assert verify(house).faults == []


def test_a_second_sweep_on_the_day_writes_nothing(open_house: House) -> None:
    house = later(open_house, 9)
    sweep(house)
    with house.read() as work:
        before = work.ledger.head(), work.marks.last_sweep()
    again = sweep(house)
    assert (again.marked.total(), again.letters, again.looked_at) == (0, 0, 8)
    with house.read() as work:
        assert (work.ledger.head(), work.marks.last_sweep()) == before


def test_a_clock_that_is_put_back_marks_nothing_twice(open_house: House) -> None:
    house = later(open_house, 9)
    sweep(house)
    before = marks_of(house)
    assert sweep(later(house, -1)).marked.total() == 0
    assert sweep(later(house, 0)).marked.total() == 0
    assert marks_of(house) == before


def test_two_sweeps_at_once_make_each_mark_once(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "cases.csv", many(30)))
    late = later(dataclasses.replace(house, batch=7), 60)
    outcomes: list[Swept] = []
    threads = [threading.Thread(target=lambda: outcomes.append(sweep(late))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.marked.total() for one in outcomes) == len(marks_of(late)) == 30 * 6
    assert all(one.looked_at == one.handled + one.skipped.total() == 30 for one in outcomes)


def test_the_letters_of_a_life(open_house: House) -> None:
    case = next(one for one in all_cases(open_house) if one.status is Status.WITH_OFFICE)
    office = case.office
    rungs = open_house.escalation().rung_offices(case.office, case.channel)
    assert len({office, *rungs.values()}) == 4
    house, told = open_house, []
    for day in (5, 2, 2, 3, 3, 3, 3):  # 27 and 29 November, 1 December, and on until every rung is made
        house = later(house, day)
        before = letters(house, case.id)
        sweep(house)
        told.append(letters(house, case.id) - before)
    assert told[:3] == [
        Counter({("reminder", office): 1}),
        Counter({("reminder", office): 1}),
        Counter({("defaulter", office): 1, ("escalated", rungs[MarkKind.L2]): 1}),
    ]
    assert sum(told[3:], Counter()) == Counter(
        {("escalated", rungs[MarkKind.L3]): 1, ("escalated", rungs[MarkKind.L4]): 1}
    )
    assert case_of(house, case.id).due_on == case.due_on
    assert case_of(house, case.id).office == office
    assert verify(house).faults == []


def test_after_an_outage_all_marks_are_made_and_one_letter_goes_to_each(open_house: House) -> None:
    house = later(open_house, 60)
    sweep(house)
    case = next(one for one in all_cases(house) if one.status is Status.WITH_OFFICE)
    made = [mark for mark in marks_of(house) if mark.case_id == case.id]
    assert [mark.kind for mark in made] == [kind for kind in MarkKind if kind is not MarkKind.WARNING_3]
    assert len({mark.on_day for mark in made}) == 1
    assert set(letters(house, case.id).values()) == {1}
    assert len({office for _, office in letters(house, case.id)}) == letters(house, case.id).total() == 4


def test_what_nobody_has_is_the_cells(open_house: House) -> None:
    house = later(open_house, 6)
    sweep(house)
    cell = house.district.facts.cell
    for case in all_cases(house):
        if case.status in {Status.AWAITING_PERSON, Status.REGISTERED, Status.RETURNED}:
            assert set(letters(house, case.id)) == {("reminder", cell)}
        if case.status is Status.AWAITING_RULING:
            assert set(letters(house, case.id)) == {("reminder", house.district.facts.arbiter)}


def test_every_letter_can_be_brought(open_house: House) -> None:
    house = later(open_house, 60)
    sweep(house)
    while deliver_batch(house).notices:
        pass
    with house.read() as work:
        assert set(work.outbox.count_by_state()) == {"DELIVERED"}
    assert verify(house).faults == []


def test_a_return_that_the_sender_confirmed_is_passed_over_with_its_reason(open_house: House) -> None:
    returned = next(one for one in all_cases(open_house) if one.status is Status.RETURNED)
    with open_house.read() as work:
        (task,) = work.tasks.of(returned.id)
    close_task(open_house, task.id, by="up.cell1")
    swept = sweep(later(open_house, 30))
    assert swept.skipped == {PassedOver.SENDER_HAS_IT.value: 1}
    assert swept.looked_at == 8 == swept.handled + swept.skipped.total()


def test_a_channel_that_left_the_pack_is_said_and_not_forgotten(open_house: House) -> None:
    rules = dataclasses.replace(open_house.escalation(), ladders={})
    swept = sweep(dataclasses.replace(open_house, escalation=lambda: rules))
    assert swept.skipped == {PassedOver.UNKNOWN_CHANNEL.value: 8}
    assert swept.stuck == 8


def test_a_reopened_case_is_counted_from_the_day_of_its_new_report(open_house: House) -> None:
    n = next(one.id for one in all_cases(open_house) if one.status is Status.WITH_OFFICE)
    house = later(open_house, 9)
    sweep(house)
    hand_in(house, n=n)
    assert sweep(later(house, 20)).looked_at == 7
    give_feedback(house, number(n), outcome="DISSATISFIED", by="up.cell1")
    first = [mark for mark in marks_of(house) if mark.case_id == n]
    swept = sweep(later(house, house.closing().days.rework + 1))
    new = [mark for mark in marks_of(house) if mark.case_id == n and mark not in first]
    assert {mark.round for mark in new} == {1}
    assert MarkKind.DEFAULTER in {mark.kind for mark in new}
    assert swept.looked_at == 8
    assert verify(house).faults == []


def test_a_mark_that_nobody_made_is_found(open_house: House) -> None:
    house = later(open_house, 9)
    sweep(house)
    with house.work() as work:
        work.marks.add([dataclasses.replace(marks_of(house)[0], round=7)])
        work.commit()
    assert any("marks" in fault for fault in verify(house).faults)


def test_a_silent_sweep_is_heard_by_the_doctor(open_house: House) -> None:
    def said(house: House) -> str:
        (found,) = [one for one in examine(house) if one.subject == "deadlines"]
        return found.state

    assert said(open_house) == said(later(open_house, 1)) == "ok"  # nobody can have swept before the first case
    assert said(later(open_house, 2)) == "bad"
    sweep(open_house)
    assert said(later(open_house, 1)) == "ok"
    assert said(later(open_house, 2)) == "bad"


def test_what_falls_due_stands_first_lane_first(open_house: House) -> None:
    found = due_within(open_house, days=30)
    assert len(found) == 8
    assert [one.place for one in found] == sorted(one.place for one in found)
    assert found[0].case.channel == "CM"
    assert due_within(open_house, days=0) == []
    ordinary = found[-1]
    assert (ordinary.days, ordinary.working, ordinary.level, ordinary.defaults_on.day) == (8, 6, "L1", 1)
    assert falling_due(open_house, days=30, limit=1).by_day.total() == 8
    mine = due_within(open_house, days=30, office=ordinary.office)
    assert mine
    assert {one.office for one in mine} == {ordinary.office}
    sweep(late := later(open_house, 60))
    assert {one.level for one in due_within(late, days=0)} == {"L4"}
