"""Proposed forwards wait for the cell: released, kept, or sent to the arbiter; the bars are asked once more."""

from __future__ import annotations

from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.correction import Source, Trust
from nistaran.domain.following import Freeze, FreezeWhy
from nistaran.domain.task import TaskKind, TaskState
from nistaran.domain.transfer_refused import OwnProposal, UnknownTask
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.tasks import close_task, open_tasks
from nistaran.steps.verify import verify
from tests.steps.people import number
from tests.steps.transferring import CELL, OFFICE, case_of, history, kinds, say, with_cases

UNSURE = {"ENERGY": 0.6, "POLICE": 0.2, "REVENUE": 0.2}


@pytest.fixture
def proposed(house: House, tmp_path: Path) -> House:
    """Case 1's office has disclaimed it; POLICE is proposed."""
    held = with_cases(house, tmp_path, UNSURE)
    say(held, "NOT_OUR_DEPARTMENT", department="POLICE")
    return held


def the_task(house: House, n: int = 1) -> str:
    """The id of the newest task of case n."""
    with house.read() as work:
        return work.tasks.of(n)[-1].id


def test_a_released_forward_goes_and_keeps_who_said_and_who_released(proposed: House) -> None:
    due = case_of(proposed).due_on
    (done,) = decide_forwards(proposed, [the_task(proposed)], word=Word.RELEASE, by=CELL)
    case = case_of(proposed)
    assert (done.office, done.frozen) == (case.office, None)
    assert (case.department, case.due_on, history(proposed).hops) == ("POLICE", due, 1)
    with proposed.read() as work:
        (label,) = work.corrections.of(1)
        (task,) = work.tasks.of(1)
    assert (label.source, label.by, label.trust) == (Source.OFFICE, OFFICE, Trust.WAITING)
    assert (task.state, task.closed_by) == (TaskState.DONE, CELL)
    assert verify(proposed).faults == []


def test_a_kept_case_stays_and_its_next_disclaimer_is_for_the_arbiter(proposed: House) -> None:
    before = case_of(proposed)
    decide_forwards(proposed, [the_task(proposed)], word=Word.KEEP, by=CELL)
    assert case_of(proposed) == before
    with proposed.read() as work:
        assert work.outbox.of(1)[-1][0].kind == "kept"
    again = say(proposed, "NOT_OUR_DEPARTMENT", department="REVENUE")
    assert again.following == Freeze(office=proposed.district.facts.arbiter, why=FreezeWhy.KEPT_BEFORE)
    assert verify(proposed).faults == []


def test_the_cell_may_ask_for_a_ruling(proposed: House) -> None:
    (done,) = decide_forwards(proposed, [the_task(proposed)], word=Word.ARBITER, by=CELL)
    assert done.frozen is FreezeWhy.SENT_BY_CELL
    assert case_of(proposed).status is Status.AWAITING_RULING
    assert verify(proposed).faults == []


def test_who_disclaimed_does_not_release(proposed: House) -> None:
    with pytest.raises(OwnProposal):
        decide_forwards(proposed, [the_task(proposed)], word=Word.RELEASE, by=OFFICE)
    assert kinds(proposed)[-1] == "ForwardProposed"


def test_all_or_none(proposed: House) -> None:
    with pytest.raises(UnknownTask):
        decide_forwards(proposed, [the_task(proposed), "SDR-2026-0000009/t1"], word=Word.RELEASE, by=CELL)
    assert kinds(proposed)[-1] == "ForwardProposed"


def test_a_proposal_is_decided_once(proposed: House) -> None:
    task = the_task(proposed)
    decide_forwards(proposed, [task], word=Word.RELEASE, by=CELL)
    with pytest.raises(UnknownTask):
        decide_forwards(proposed, [task], word=Word.RELEASE, by=CELL)


def test_a_proposal_falls_away_when_the_cell_corrects(proposed: House) -> None:
    task = the_task(proposed)
    correct_case(proposed, number(1), department="REVENUE", by=CELL)
    with proposed.read() as work:
        assert [one.state for one in work.tasks.by_ids([task])] == [TaskState.DROPPED]
    with pytest.raises(UnknownTask):
        decide_forwards(proposed, [task], word=Word.RELEASE, by=CELL)
    assert verify(proposed).faults == []


def test_open_tasks_are_listed_first_due_first_and_stuck_ones_alone(proposed: House) -> None:
    say(proposed, "NEEDS_ANOTHER_DEPARTMENT_TOO", department="REVENUE")
    assert [one.kind for one in open_tasks(proposed)] == [TaskKind.RELEASE, TaskKind.PART]
    assert [one.kind for one in open_tasks(proposed, kind=TaskKind.PART)] == [TaskKind.PART]
    assert list(open_tasks(proposed, stuck=True)) == []


def test_a_part_is_closed_by_hand_and_a_release_is_not(proposed: House) -> None:
    say(proposed, "NEEDS_ANOTHER_DEPARTMENT_TOO", department="REVENUE")
    part = next(open_tasks(proposed, kind=TaskKind.PART))
    assert close_task(proposed, part.id, by=OFFICE).state is TaskState.DONE
    for wrong in (part.id, next(open_tasks(proposed)).id, "none"):
        with pytest.raises(UnknownTask):
            close_task(proposed, wrong, by=OFFICE)
    assert verify(proposed).faults == []
