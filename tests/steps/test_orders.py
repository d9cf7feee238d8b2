"""An order fixes its cases, tells each office once, moves no due date, and is followed until the last case is disposed of."""

from __future__ import annotations

import dataclasses
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.complaint import Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import DraftKind
from nistaran.domain.errors import UnknownCase
from nistaran.domain.orders import OrderedCase, OrderRefused, OrderState, Standing, UnknownOrder, standing
from nistaran.steps import follow_orders as following
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.escalate import sweep
from nistaran.steps.feedback import give_feedback
from nistaran.steps.follow_orders import follow_orders
from nistaran.steps.house import House
from nistaran.steps.order_progress import progress
from nistaran.steps.orders import Chosen, get_order, give_order, withdraw_order
from nistaran.steps.propose_drafts import propose
from nistaran.steps.verify import verify
from tests.steps.drafting import PLANTED, with_defaulters
from tests.steps.reporting import GOOD, hand_in
from tests.steps.sweeping import all_cases, later

DM, WHY = "up.sdr-dm", "समीक्षा बैठक के निर्देश"


@pytest.fixture
def late(house: House, tmp_path: Path) -> House:
    return with_defaulters(house, tmp_path)


def give(house: House, days: int = 3, **chosen: object):
    """An order by the District Magistrate."""
    target = day_in_india(house.clock.now()) + timedelta(days=days)
    return give_order(house, Chosen(**(chosen or {"department": "ENERGY"})), target=target, by=DM, why=WHY)  # type: ignore[arg-type]


def letters(house: House, kind: str) -> list[str]:
    """Offices that got a notice of this kind, as often as they got one."""
    while deliver_batch(house).notices:
        pass
    found = house.courier._root.rglob("ORDER-*.json")
    return sorted(path.parent.name for path in found if f'"kind": "{kind}"' in path.read_text("utf-8"))


def test_the_cases_are_fixed_when_it_is_given(late: House) -> None:
    before = {case.id: case.due_on for case in all_cases(late)}
    order = give(late)
    assert len(order.cases) == 4
    assert progress(late, order).total == {Standing.LEFT: 4}
    assert {case.id: case.due_on for case in all_cases(late)} == before
    assert letters(late, "order") == ["SDR-ENERGY-BANSI"]
    assert verify(late).faults == []


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"office": "SDR-ENERGY-BANSI"}, 4),
        ({"defaulters": True}, 9),
        ({"department": "POLICE", "defaulters": True}, 3),
        ({"due_before": date(2026, 12, 4)}, 9),
        ({"channel": "ONLINE"}, 12),
        ({"numbers": ("SDR-2026-0000001", "SDR-2026-0000002")}, 2),
    ],
)
def test_cases_are_chosen_by_every_word_given(late: House, chosen: dict, count: int) -> None:
    assert len(give(late, **chosen).cases) == count


@pytest.mark.parametrize(
    ("days", "why", "chosen"),
    [
        (0, WHY, {"department": "ENERGY"}),
        (36_525, WHY, {"department": "ENERGY"}),
        (3, " 12 ", {"department": "ENERGY"}),
        (3, WHY, {}),
        (3, WHY, {"department": "NOWHERE"}),
        (3, WHY, {"department": "PWD"}),
        (3, "क" * 301, {"department": "ENERGY"}),
    ],
)
def test_a_wrong_order_is_refused(late: House, days: int, why: str, chosen: dict) -> None:
    target = day_in_india(late.clock.now()) + timedelta(days=days)
    with pytest.raises(OrderRefused):
        give_order(late, Chosen(**chosen), target=target, by=DM, why=why)


def test_a_number_that_is_none_is_named(late: House) -> None:
    with pytest.raises(UnknownCase):
        give(late, numbers=("SDR-2026-9999999",))
    with pytest.raises(UnknownOrder):
        get_order(late, "ORDER-2026-27-0099")


@pytest.mark.demand("S2-2", "S1-5")
def test_it_is_followed_to_the_end_and_a_reopened_case_shows(late: House) -> None:
    order = give(late)
    first, *others = [case for case in all_cases(late) if case.department == "ENERGY"]
    hand_in(late, n=first.id)
    assert progress(late, order).total == {Standing.DONE: 1, Standing.LEFT: 3}
    eve = later(late, 2)
    assert follow_orders(eve).reminded == 1
    follow_orders(eve)
    assert letters(eve, "order-eve") == ["SDR-ENERGY-BANSI"]
    over = later(eve, 2)
    sweep(over)
    told = follow_orders(over)
    assert (told.over, told.closed) == (1, 0)
    follow_orders(over)
    assert letters(over, "order-over") == ["SDR-CELL"]
    warned = [one for one in propose(over) if one.kind is DraftKind.WARNING]
    assert [(one.basis, len(one.cases)) for one in warned] == [(order.id, 3)]
    assert order.id in str(warned[0].facts["references"])
    assert not [one for one in propose(over) if one.kind is DraftKind.WARNING]
    for case in others:
        hand_in(over, f"{GOOD} खम्भा संख्या {case.id}, उपभोक्ता संख्या {case.id}७७", case.id)
    assert follow_orders(over).closed == 1
    assert get_order(over, order.id).state is OrderState.CLOSED
    assert progress(over, order).total == {Standing.DONE: 1, Standing.DONE_LATE: 3}
    give_feedback(over, first.number, outcome="DISSATISFIED", relief="NOT_GIVEN", how="CALL", by="up.caller")
    assert progress(over, order).total == {Standing.REOPENED: 1, Standing.DONE_LATE: 3}
    assert verify(over).faults == []


def test_what_moved_away_shows_at_its_new_office(late: House) -> None:
    order = give(late)
    case = next(one for one in all_cases(late) if one.department == "ENERGY")
    with late.work() as work:
        kept = work.cases._draft.change("cases").cases
        kept[case.id] = dataclasses.replace(case, office="SDR-CDO")
        work.commit()
    stands = progress(late, order)
    assert stands.total == {Standing.LEFT: 3, Standing.MOVED: 1}
    assert [one.office for one in stands.left if one.standing is Standing.MOVED] == ["SDR-CDO"]
    assert list(stands.by_office) == ["SDR-ENERGY-BANSI"]


def test_a_withdrawn_order_is_followed_no_more(late: House) -> None:
    order = give(late)
    gone = withdraw_order(late, order.id.lower(), by=DM, why="फोन 9876501234 पर निर्देश")
    assert "9876501234" not in gone.ended_why
    assert follow_orders(later(late, 9)).orders == 0
    with pytest.raises(OrderRefused):
        withdraw_order(late, order.id, by=DM, why="फिर")
    assert verify(late).faults == []


def test_orders_given_at_once_have_numbers_of_their_own(house: House, tmp_path: Path) -> None:
    late = with_defaulters(house, tmp_path, memory=False)
    given: list[str] = []
    threads = [threading.Thread(target=lambda n=n: given.append(give(late, n).id)) for n in (1, 2, 3, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(given)) == [f"ORDER-2026-27-{n:04d}" for n in (1, 2, 3)]
    assert len(given) == 4  # the same order twice is one order
    assert letters(late, "order") == ["SDR-ENERGY-BANSI"] * 3
    assert verify(late).faults == []


def test_the_same_order_after_a_withdrawal_is_a_new_one(late: House) -> None:
    first = give(late)
    assert give(late).id == first.id
    withdraw_order(late, first.id, by=DM, why="भूल")
    assert give(late).id != first.id


@pytest.mark.demand("S2-2")
def test_what_lies_with_the_cell_is_warned_of_by_no_letter(late: House) -> None:
    case = next(one for one in all_cases(late) if one.department == "ENERGY")
    give(late, 1)
    over = later(late, 3)
    with over.work() as work:
        kept = work.cases._draft.change("cases").cases
        kept[case.id] = dataclasses.replace(case, office="SDR-CELL")
        work.commit()
    warned = [one for one in propose(over) if one.kind is DraftKind.WARNING]
    assert [(one.office, len(one.cases)) for one in warned] == [("SDR-ENERGY-BANSI", 3)]


def test_a_warning_never_speaks_of_less_than_no_delay(late: House) -> None:
    near = next(one for one in all_cases(late) if one.department == "ENERGY" and one.due_on > date(2026, 12, 3))
    give(late, 1, numbers=(near.number,))
    (warned,) = [one for one in propose(later(late, 2)) if one.kind is DraftKind.WARNING]
    assert "विलम्ब 0 दिन" in warned.facts["paragraphs"][0]


def test_a_follower_that_forgets_the_reopened_is_caught(late: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        following, "progress", lambda house, order: dataclasses.replace(progress(house, order), cases=())
    )
    with pytest.raises(AssertionError):
        test_it_is_followed_to_the_end_and_a_reopened_case_shows(late)


def test_no_citizen_stands_in_an_orders_notices(late: House) -> None:
    give(late)
    letters(late, "order")
    for path in late.courier._root.rglob("ORDER-*.json"):
        assert PLANTED not in path.read_text("utf-8")


@given(st.booleans(), st.integers(0, 2), st.integers(0, 2), st.none() | st.dates(), st.sampled_from(["A", "B"]))
def test_every_case_of_an_order_stands_somewhere(
    is_open: bool, then: int, now: int, disposed: date | None, office: str
) -> None:
    one, target = OrderedCase(case_id=1, office="A", round=then), date(2026, 12, 1)
    found = standing(one, is_open=is_open, office=office, round_now=now, disposed_on=disposed, target=target)
    assert (found in {Standing.DONE, Standing.DONE_LATE}) == (not is_open)
    if found is Standing.DONE:
        assert disposed is not None
        assert disposed <= target
    if is_open and now <= then:
        assert (found is Standing.LEFT) == (office == "A")


def test_only_open_cases_are_ordered(late: House) -> None:
    case = all_cases(late)[0]
    hand_in(late, n=case.id)
    assert all_cases(late)[0].status is Status.DISPOSED
    with pytest.raises(OrderRefused):
        give(late, numbers=(case.number,))
