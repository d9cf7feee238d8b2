"""Whoever changes a letter, a notice or an order behind the house's back is found, and nobody else is blamed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import DraftState
from nistaran.domain.orders import OrderState
from nistaran.steps.daily_notice import draw_notices
from nistaran.steps.drafts import sign_draft
from nistaran.steps.house import House
from nistaran.steps.notice_acks import acknowledge
from nistaran.steps.orders import Chosen, give_order
from nistaran.steps.propose_drafts import propose
from nistaran.steps.verify import verify
from storage.memory.tables import Tables
from tests.steps.drafting import with_defaulters


@pytest.fixture
def papers(house: House, tmp_path: Path) -> House:
    """A house with letters, one of them signed, notices, one of them acknowledged, and an order."""
    made = with_defaulters(house, tmp_path)
    sign_draft(made, next(one.id for one in propose(made) if one.id == "EXPLANATION-2026-27-0001"), by="up.sdr-dm")
    draw_notices(made)
    today = day_in_india(made.clock.now())
    acknowledge(made, today, "ENERGY", by="up.sdr-energy")
    give_order(made, Chosen(defaulters=True), target=today + timedelta(days=2), by="up.sdr-dm", why="बैठक के निर्देश")
    assert verify(made).faults == []
    return made


def _letter(tables: Tables, **changes: object) -> None:
    id_ = "EXPLANATION-2026-27-0001"
    tables.drafts[id_] = replace(tables.drafts[id_], **changes)  # type: ignore[arg-type]


def _notice(tables: Tables, **changes: object) -> None:
    key = next(key for key in tables.daily_notices if key[1] == "ENERGY")
    tables.daily_notices[key] = replace(tables.daily_notices[key], **changes)  # type: ignore[arg-type]


def _order(tables: Tables, **changes: object) -> None:
    id_ = "ORDER-2026-27-0001"
    tables.orders[id_] = replace(tables.orders[id_], **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: _letter(t, office="SDR-DM"), "letter EXPLANATION-2026-27-0001: it is not what was drawn up"),
        (lambda t: _letter(t, cases=()), "letter EXPLANATION-2026-27-0001: it is not what was drawn up"),
        (lambda t: _letter(t, acts=(), state=DraftState.DRAFTED), "letter EXPLANATION-2026-27-0001: what was done with it"),
        (lambda t: _letter(t, state=DraftState.SENT), "letter EXPLANATION-2026-27-0001: it does not stand as its acts say"),
        (lambda t: t.drafts.pop("REMINDER-2026-27-0002"), "REMINDER-2026-27-0002: has events but no row"),
        (lambda t: _notice(t, facts={}), "notice NOTICE-2026-12-02-ENERGY: it is not what was drawn up"),
        (lambda t: _notice(t, acknowledged_by="up.x"), "notice NOTICE-2026-12-02-ENERGY: what was done with it"),
        (lambda t: _order(t, why="अन्य"), "order ORDER-2026-27-0001: it is not what was drawn up"),
        (lambda t: _order(t, cases=()), "order ORDER-2026-27-0001: it is not what was drawn up"),
        (lambda t: t.orders.clear(), "ORDER-2026-27-0001: has events but no row"),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_change_is_told_of_the_paper_and_of_no_other(
    papers: House, change: Callable[[Tables], object], told: str
) -> None:
    with papers.work() as work:
        change(work.drafts._tables.change("drafts", "daily_notices", "orders"))
        work.commit()
    (fault,) = verify(papers).faults
    assert told in fault


def test_an_order_that_was_ended_by_nobody_is_told(papers: House) -> None:
    with papers.work() as work:
        order = work.orders.get("ORDER-2026-27-0001")
        work.orders.settle(replace(order, state=OrderState.WITHDRAWN, ended_at=papers.clock.now(), ended_by="up.x"))
        work.commit()
    assert verify(papers).faults == ["order ORDER-2026-27-0001: what was done with it is not what its events say"]
