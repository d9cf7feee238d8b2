"""Once the registry holds a login: letters, daily notices and orders are the cell's, a signature its office's, a receipt the department's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from nistaran.domain.drafts import DraftKind
from nistaran.domain.orders import Order
from nistaran.domain.registry_refused import NotYourOffice
from nistaran.steps import drafts, draw_by_hand, notice_acks, orders
from nistaran.steps.daily_notice import draw_notices
from nistaran.steps.drafts import answered_draft, cancel_draft, find_drafts, sent_draft, sign_draft
from nistaran.steps.draw_by_hand import draw
from nistaran.steps.house import House
from nistaran.steps.notice_acks import acknowledge, take_acknowledgements
from nistaran.steps.orders import Chosen, give_order, withdraw_order
from storage.inbox import FolderInbox
from tests.steps.drafting import with_defaulters
from tests.steps.people import number
from tests.steps.test_who_may import ALL, ARBITER, CELL, FOR_CELL, HEAD, OWN, STRANGER, Act, let_through, officer, put

DAY, TARGET, OFFICE = date(2026, 12, 2), date(2026, 12, 7), "SDR-ENERGY-BANSI"
DEPARTMENT, POLICE = "up.sdr-energy", "up.sdr-police"
EVERYBODY = ALL | {DEPARTMENT, POLICE}


def order(house: House, by: str, target: date = TARGET) -> Order:
    """A clean-up order on the department's cases."""
    return give_order(house, Chosen(department="ENERGY"), target=target, by=by, why="समीक्षा बैठक")


@pytest.fixture
def held(house: House, tmp_path: Path) -> House:
    """Letters: EXPLANATION 1 a draft, 2 signed, 3 sent; FORWARDING 1 a draft. The day's notices. An order. Then the registry."""
    made = with_defaulters(house, tmp_path)
    for n in (2, 3, 4):  # one letter a case
        draw(made, DraftKind.EXPLANATION, office="", numbers=[number(n)], by=CELL)
    draw(made, DraftKind.FORWARDING, office="SDR-CDO", numbers=[number(1)], by=CELL)
    for n in (2, 3):
        sign_draft(made, letter(n), by=HEAD)
    sent_draft(made, letter(3), by=CELL, on=DAY)
    draw_notices(made)
    order(made, CELL)
    put(made, officer("SDR-CELL", CELL))
    return made


def letter(n: int, kind: str = "EXPLANATION") -> str:
    """The id of a letter of the fixture."""
    return f"{kind}-2026-27-{n:04d}"


ACTS: dict[str, tuple[Act, set[str]]] = {
    "draw": (lambda h, by: draw(h, DraftKind.REMINDER, office=OFFICE, numbers=[], by=by), FOR_CELL),
    "sign": (lambda h, by: sign_draft(h, letter(1), by=by), {HEAD, ARBITER}),
    "sign for the cell": (lambda h, by: sign_draft(h, letter(1, "FORWARDING"), by=by), FOR_CELL),
    "sent": (lambda h, by: sent_draft(h, letter(2), by=by, on=DAY), FOR_CELL),
    "answered": (lambda h, by: answered_draft(h, letter(3), by=by, on=DAY), FOR_CELL),
    "cancel": (lambda h, by: cancel_draft(h, letter(1), by=by, why="भूल"), FOR_CELL),
    "acknowledge": (lambda h, by: acknowledge(h, DAY, "ENERGY", by=by), EVERYBODY - {POLICE, STRANGER, ARBITER}),
    "give": (lambda h, by: order(h, by, TARGET + timedelta(1)), FOR_CELL),
    "withdraw": (lambda h, by: withdraw_order(h, "ORDER-2026-27-0001", by=by, why="भूल"), FOR_CELL),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_who_may_do_it_and_nobody_else(held: House, name: str) -> None:
    act, may = ACTS[name]
    with held.read() as work:
        before = work.ledger.head()
    assert let_through(held, act, EVERYBODY - may) == set()
    with held.read() as work:
        assert work.ledger.head() == before
    assert let_through(held, act, may) == may
    with held.read() as work:
        assert work.ledger.head() != before


@pytest.mark.parametrize(
    ("name", "module", "asked"),
    [
        ("draw", draw_by_hand, "must_be_a_cell_login"),
        ("sign", drafts, "must_sign"),
        ("sent", drafts, "must_be_of_cell"),
        ("acknowledge", notice_acks, "must_speak_for"),
        ("give", orders, "must_be_a_cell_login"),
        ("withdraw", orders, "must_be_of_cell"),
    ],
)
def test_an_act_that_asks_nobody_is_caught(
    held: House, name: str, module: object, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, asked, lambda *_: None)
    act, may = ACTS[name]
    assert let_through(held, act, EVERYBODY - may) == EVERYBODY - may


def test_a_file_in_a_stranger_s_folder_acknowledges_nothing(held: House, tmp_path: Path) -> None:
    for login in (STRANGER, POLICE, ARBITER):
        folder = tmp_path / "answers" / login
        folder.mkdir(parents=True)
        (folder / "NOTICE-2026-12-02-ENERGY").write_text("")
    inbox = FolderInbox(tmp_path / "answers", quiet_seconds=0)
    assert take_acknowledgements(held, inbox) == (0, 3)
    (tmp_path / "answers" / OWN).mkdir()
    (tmp_path / "answers" / OWN / "NOTICE-2026-12-02-ENERGY").write_text("")
    assert take_acknowledgements(held, inbox) == (1, 3)


def test_while_the_registry_holds_no_login_everybody_may(house: House, tmp_path: Path) -> None:
    made = with_defaulters(house, tmp_path)
    put(made, officer("SDR-CELL", ""))
    draw(made, DraftKind.EXPLANATION, office=OFFICE, numbers=[], by=STRANGER)
    (drawn,) = find_drafts(made)
    assert sign_draft(made, drawn.id, by=STRANGER).acts[0].by == STRANGER
    draw_notices(made)
    with pytest.raises(NotYourOffice):  # the starting table has it elsewhere
        acknowledge(made, DAY, "ENERGY", by=POLICE)
    assert acknowledge(made, DAY, "ENERGY", by=STRANGER).acknowledged_by == STRANGER
    assert acknowledge(made, DAY, "POLICE", by=HEAD).acknowledged_by == HEAD
