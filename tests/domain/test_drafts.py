"""Letters go their way by persons only, and each step of the ladder follows the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain import drafts
from nistaran.domain.drafts import (
    LADDER,
    ActKind,
    Draft,
    DraftKind,
    DraftRefused,
    DraftState,
    answered,
    cancelled,
    financial_year,
    may_follow,
    sent,
    signed,
)

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def letter(kind: DraftKind = DraftKind.EXPLANATION, **changes: Any) -> Draft:
    """A letter as it was drawn up."""
    values: dict[str, Any] = {
        "id": "L",
        "kind": kind,
        "year": "2026-27",
        "serial": 1,
        "office": "SDR-DM",
        "department": "REVENUE",
        "drawn_at": AT,
        "drawn_by": "",
        "facts": {},
    }
    return Draft(**{**values, **changes})


def went(until: date | None = date(2026, 11, 25), kind: DraftKind = DraftKind.EXPLANATION) -> Draft:
    """A letter that was signed and sent."""
    return sent(signed(letter(kind), by="a", at=AT), by="b", at=AT, on=TODAY, until=until)


@given(st.lists(st.sampled_from(["sign", "send", "answer", "cancel"]), max_size=6))
def test_every_order_of_acts_is_taken_or_refused_as_the_states_say(acts: list[str]) -> None:
    draft, taken = letter(), []
    does = {
        "sign": lambda one: signed(one, by="a", at=AT),
        "send": lambda one: sent(one, by="a", at=AT, on=TODAY, until=None),
        "answer": lambda one: answered(one, by="a", at=AT, on=TODAY),
        "cancel": lambda one: cancelled(one, by="a", at=AT, why="भूल"),
    }
    for act in acts:
        try:
            draft = does[act](draft)
        except DraftRefused:
            continue
        taken.append(act)
    ways = (["sign", "send", "answer"], ["sign", "cancel"], ["cancel"])
    assert any(taken == way[: len(taken)] for way in ways)
    assert len(draft.acts) == len(taken)


def test_the_days_of_sending_and_answering_are_believable() -> None:
    ready = signed(letter(), by="a", at=AT)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(DraftRefused):
            sent(ready, by="a", at=AT, on=day, until=None)
    gone = went()
    with pytest.raises(DraftRefused):
        answered(gone, by="a", at=AT, on=TODAY - timedelta(days=1))
    assert answered(gone, by="a", at=AT, on=TODAY).act(ActKind.ANSWERED) is not None


@pytest.mark.parametrize("why", ["", "  ", "123", "क" * 301])
def test_a_letter_is_put_aside_for_a_cause(why: str) -> None:
    with pytest.raises(DraftRefused):
        cancelled(letter(), by="a", at=AT, why=why)


def test_a_show_cause_needs_an_explanation_that_was_sent_and_whose_day_is_over() -> None:
    gone, later = went(), date(2026, 11, 26)
    assert may_follow(DraftKind.SHOW_CAUSE, gone, later)
    assert not may_follow(DraftKind.SHOW_CAUSE, gone, date(2026, 11, 25))
    assert not may_follow(DraftKind.SHOW_CAUSE, answered(gone, by="a", at=AT, on=TODAY), later)
    assert not may_follow(DraftKind.SHOW_CAUSE, signed(letter(), by="a", at=AT), later)
    assert not may_follow(DraftKind.SHOW_CAUSE, went(kind=DraftKind.REMINDER), later)


@given(st.dates(date(2026, 11, 22), date(2026, 12, 31)), st.booleans())
def test_nobody_gets_two_letters_for_one_silence(today: date, is_answered: bool) -> None:
    gone = went()
    if is_answered:
        gone = answered(gone, by="a", at=AT, on=TODAY)
    steps = [kind for kind in (DraftKind.WARNING, DraftKind.SHOW_CAUSE) if may_follow(kind, gone, today)]
    assert len(steps) == 1


def test_a_rule_that_forgot_the_day_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Draft, "unanswered", lambda self, today: self.state is DraftState.SENT)
    with pytest.raises(AssertionError):
        test_a_show_cause_needs_an_explanation_that_was_sent_and_whose_day_is_over()


def test_letters_are_numbered_by_the_financial_year() -> None:
    assert financial_year(date(2026, 3, 31)) == "2025-26"
    assert financial_year(date(2026, 4, 1)) == "2026-27"
    assert financial_year(date(2099, 12, 31)) == "2099-00"
    assert [kind.is_step for kind in DraftKind] == [kind in LADDER for kind in DraftKind]
    assert replace(letter(), kind=DraftKind.WARNING).reply_by is None
    assert drafts.draft_id(DraftKind.WARNING, "2026-27", 7) == "WARNING-2026-27-0007"
