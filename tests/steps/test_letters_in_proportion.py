"""Letters are proposed in proportion: no signature for a lone case that is a day late, and yet nobody is forgotten (S1-2, S2-3)."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import Draft, DraftKind, NotDrawn
from nistaran.steps import propose_drafts
from nistaran.steps.drafts import find_drafts, sent_draft, sign_draft
from nistaran.steps.draw_by_hand import draw
from nistaran.steps.escalate import sweep
from nistaran.steps.house import House
from nistaran.steps.most_defaulters import DepartmentDefaults
from nistaran.steps.propose_drafts import propose, writers
from tests.steps.drafting import from_one, with_defaulters
from tests.steps.people import decided, in_memory, number
from tests.steps.sweeping import all_cases, later

BY, DAY = "up.clerk1", date(2026, 12, 2)


@pytest.fixture
def late(house: House, tmp_path: Path) -> House:
    """Three offices with three defaulters twelve days late and one case due in two days each; the pack's own numbers."""
    return dataclasses.replace(with_defaulters(house, tmp_path), letters=house.letters)


def having(house: House, kind: DraftKind, **numbers: int) -> House:
    """The same house with these numbers in the row of a kind."""
    rules = house.letters()
    row = rules.letters[kind].model_copy(update=numbers)
    return dataclasses.replace(house, letters=lambda: dataclasses.replace(rules, letters={**rules.letters, kind: row}))


def kinds(drawn: list[Draft]) -> Counter[DraftKind]:
    """How many letters of each kind."""
    return Counter(one.kind for one in drawn)


def test_the_packs_own_numbers_spare_the_lone_case(late: House) -> None:
    assert kinds(propose(late)) == {DraftKind.EXPLANATION: 3, DraftKind.TO_SUPERIOR: 3}  # one near case is no reminder
    (drawn,) = draw(late, DraftKind.REMINDER, office="", numbers=[number(1)], by=BY)  # a person may
    assert len(drawn.cases) == 1


@pytest.mark.demand("S1-2")
def test_who_is_spared_today_is_asked_when_his_days_are_over(late: House) -> None:
    patient = having(late, DraftKind.EXPLANATION, from_cases=4, after_days=14)
    assert kinds(propose(patient))[DraftKind.EXPLANATION] == 0  # three cases, twelve days
    soon = later(patient, 2)
    sweep(soon)
    drawn = [one for one in propose(soon) if one.kind is DraftKind.EXPLANATION]
    assert sum(len(one.cases) for one in drawn) == 9
    assert propose(soon) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(-3, 30), min_size=1, max_size=8), least=st.integers(1, 5), grace=st.integers(1, 20))
def test_it_is_worth_it_from_so_many_or_so_long_overdue(house: House, days: list[int], least: int, grace: int) -> None:
    patient = having(house, DraftKind.EXPLANATION, from_cases=least, after_days=grace)
    today = day_in_india(house.clock.now())
    due = [(n, today - timedelta(days=late)) for n, late in enumerate(days)]
    worth = propose_drafts._is_worth(patient, DraftKind.EXPLANATION, due)
    assert worth == (len(days) >= least or max(days) >= grace)


def test_a_proposal_without_proportion_is_caught(late: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(propose_drafts, "_is_worth", lambda *_: True)
    assert kinds(propose(late))[DraftKind.REMINDER] == 3


@pytest.mark.demand("S2-3")
def test_few_defaulters_are_no_letter_to_the_superior(late: House) -> None:
    strict = having(late, DraftKind.TO_SUPERIOR, from_cases=4)
    assert kinds(propose(strict))[DraftKind.TO_SUPERIOR] == 0
    assert kinds(propose(late))[DraftKind.TO_SUPERIOR] == 3


def test_the_list_holds_as_many_as_the_letter_says(late: House) -> None:
    for one in propose(late):
        if one.kind is DraftKind.TO_SUPERIOR:
            assert f" {len(one.cases)} है" in one.facts["paragraphs"][1]


def test_the_head_writes_to_nobody_about_himself(house: House, tmp_path: Path) -> None:
    made = later(decided(in_memory(house), tmp_path), 60)  # every second case waits for a person of the cell
    made = dataclasses.replace(made, letters=lambda: from_one(house.letters()))
    sweep(made)
    drawn = propose(made)
    assert {one.office for one in drawn}.isdisjoint(writers(made))
    assert {one.department for one in drawn if one.kind is DraftKind.TO_SUPERIOR} == {"ENERGY"}
    own = DepartmentDefaults(
        department="GEN_ADMIN", total=9, still_open=9, months=((day_in_india(made.clock.now()), 9),)
    )
    assert propose_drafts.draw_to_superior(made, own, rank=1, by="") == []
    for kind, office in ((DraftKind.TO_SUPERIOR, "SDR-DM"), (DraftKind.EXPLANATION, "SDR-CELL")):
        with pytest.raises(NotDrawn):
            draw(made, kind, office=office, numbers=[], by=BY)


def test_who_was_not_asked_to_explain_is_not_warned(late: House) -> None:
    propose(late)
    for one in find_drafts(late, kind=DraftKind.EXPLANATION):
        sign_draft(late, one.id, by=BY)
        sent_draft(late, one.id, by=BY, on=day_in_india(late.clock.now()))
    moved = next(case for case in all_cases(late) if case.department == "ENERGY" and case.due_on < DAY)
    with late.work() as work:
        kept = work.cases._draft.change("cases").cases
        kept[moved.id] = dataclasses.replace(moved, office="SDR-CDO")
        work.commit()
    soon = later(late, 2)
    sweep(soon)
    warned = [one for one in propose(soon) if one.kind is DraftKind.WARNING]
    assert sorted(len(one.cases) for one in warned) == [2, 3, 3]
    assert "SDR-CDO" not in {one.office for one in warned}


def test_a_reminder_speaks_of_a_day_that_is_to_come(late: House) -> None:
    over = next(one for one in all_cases(late) if one.due_on < day_in_india(late.clock.now()))
    with pytest.raises(NotDrawn):
        draw(late, DraftKind.REMINDER, office="", numbers=[over.number], by=BY)
