"""The forecast counts every open case on the day on which it will default, and lists the first; a limit changes no count."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from benchmarks.sweep import NOW, TODAY, Fixed
from benchmarks.sweep_states import fill, states
from nistaran.domain.complaint import Status
from nistaran.domain.task import TaskKind, TaskState
from nistaran.steps import forecast as rule
from nistaran.steps.escalate import sweep
from nistaran.steps.falling_due import Waiting, due_within, falling_due
from nistaran.steps.forecast import end_of_month, forecast_until
from nistaran.steps.forecast_sheet import write_forecast_sheet
from nistaran.steps.house import House
from nistaran.steps.review_file import FileStands
from tests.steps.people import in_memory

COUNT, UNTIL = 300, TODAY + timedelta(days=12)


@pytest.fixture
def some(house: House) -> House:
    made = dataclasses.replace(in_memory(house), batch=97, clock=Fixed(NOW))
    fill(made, states(made, COUNT, 3))
    return made


def by_hand(house: House) -> Counter[tuple[str, date]]:
    """(office, day of default) of every open case with a clock, by one plain loop."""
    found: Counter[tuple[str, date]] = Counter()
    for state in states(house, COUNT, 3):
        case, returns = state.case, [one.state for one in state.tasks if one.kind is TaskKind.RETURN]
        sent_back = case.status is Status.RETURNED and returns and set(returns) == {TaskState.DONE}
        if case.status in (Status.DISPOSED, Status.SPECIAL_CLOSED) or case.channel == "GONE" or sent_back:
            continue
        reopened = sorted((one.since, one.id, one.due_on) for one in state.tasks if one.kind is TaskKind.REWORK)
        due = reopened[-1][2] if reopened else case.due_on
        office = case.office if case.office in house.district.offices else house.district.facts.cell
        found[office, due + timedelta(days=1)] += 1
    return found


@pytest.mark.demand("S0-2")
def test_what_will_default_is_what_a_plain_loop_says(some: House) -> None:
    every = by_hand(some)
    found = forecast_until(some, until=UNTIL, limit=None)
    assert found.by_day == {key: n for key, n in every.items() if TODAY < key[1] <= UNTIL}
    late = Counter({key[0]: 0 for key in every})
    for (office, day), n in every.items():
        late[office] += n * (day <= TODAY)
    assert found.already == +late
    assert len(found.cases) == found.total
    assert [one.defaults_on for one in found.cases] == sorted(one.defaults_on for one in found.cases)


def test_what_it_says_comes_true(some: House) -> None:
    found = forecast_until(some, until=TODAY + timedelta(days=5), limit=None)
    sweep(some)
    later = dataclasses.replace(some, clock=Fixed(NOW + timedelta(days=5)))
    swept = sweep(later)
    with some.read() as work:
        made = work.marks.of_each([one.case.id for one in found.cases])
    for one in found.cases:
        assert any(mark.kind.value == "DEFAULTER" and mark.round == one.clock.number for mark in made[one.case.id])
    assert swept.marked["DEFAULTER"] <= found.total  # some had the mark already


@pytest.mark.parametrize("limit", [0, 1, 7])
def test_a_limit_changes_no_count(some: House, limit: int) -> None:
    whole = forecast_until(some, until=UNTIL, limit=None)
    cut = forecast_until(some, until=UNTIL, limit=limit)
    assert (cut.by_day, cut.already, cut.cases) == (whole.by_day, whole.already, whole.cases[:limit])
    all_due, first = due_within(some, days=9), falling_due(some, days=9, limit=limit)
    assert (first.first, first.total) == (all_due[:limit], len(all_due))
    assert first.overdue == sum(one.days < 0 for one in all_due)


def test_of_one_office(some: House) -> None:
    whole = forecast_until(some, until=UNTIL)
    (office, coming), *_ = whole.offices()
    mine = forecast_until(some, until=UNTIL, office=office)
    assert (mine.total, set(mine.already) <= {office}, coming) == (coming, True, mine.total)


def test_a_forecast_that_forgets_the_last_day_is_caught(some: House, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rule.waiting
    monkeypatch.setattr(rule, "waiting", lambda house, due_by: whole(house, due_by=due_by - timedelta(days=1)))
    with pytest.raises(AssertionError):
        test_what_will_default_is_what_a_plain_loop_says(some)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_the_usual_end_is_a_week_ahead_at_least(today: date) -> None:
    end = end_of_month(today)
    assert today + timedelta(days=7) <= end <= today + timedelta(days=31)
    assert (end + timedelta(days=1)).day == 1 or end == today + timedelta(days=7)


def test_the_sheet(some: House, tmp_path: Path) -> None:
    found = forecast_until(some, until=UNTIL, limit=None)
    target = tmp_path / "forecast.xlsx"
    assert write_forecast_sheet(some, found, target) == found.total
    offices, cases = load_workbook(target).worksheets
    assert sum(row[3] or 0 for row in offices.iter_rows(min_row=3, values_only=True)) == found.total
    assert [row[1] for row in cases.iter_rows(min_row=3, values_only=True)] == [one.case.number for one in found.cases]
    assert not any(str(cell.value or "").startswith("=") for row in cases.iter_rows() for cell in row)
    with pytest.raises(FileStands):
        write_forecast_sheet(some, found, target)


def test_a_waiting_case_keeps_its_place(some: House) -> None:
    found = due_within(some, days=9)
    assert [Waiting(case=one.case, clock=one.clock, office=one.office).place for one in found] == sorted(
        one.place for one in found
    )
