"""Whatever offices answer: no loop, no more hops than the cap, the ruling binds, the due date stands, days add up.

Each rule's broken twin, put in its place, is caught by the same check on the same walks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nistaran.domain.transfer as domain_transfer
import routing.transfer as routing_transfer
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.desk_ledger import days_by_office, entries_of
from nistaran.domain.following import Forward, FreezeWhy, NextDesk
from nistaran.domain.transfer import Act, AnswerKind, History, OfficeAnswer, Ruling, rule
from tests.routing.transfers import DUE, at_first, matter, office, rules_of

DEPARTMENTS = ("REVENUE", "POLICE", "PANCHAYATI_RAJ", "RURAL_DEV", "PWD", "FOREST")
PLACES = ("", "SDR-T-BANSI", "SDR-T-ITWA", "SDR-B-MITHWAL")
POSTS = ((), ("LEKHPAL",), ("SACHIV", "THANADHYAKSH"), ("SDM",))
Broken = Callable[[History], str | None]


def walk(random: Random, steps: int) -> History:
    """A case whose offices answer anything at all, with an arbiter who rules now and then."""
    history = at_first(random.choice(DEPARTMENTS), sender=random.choice(("", "SHASAN")))
    shares = {department: random.random() for department in random.sample(DEPARTMENTS, random.randint(0, 5))}
    known = matter(*shares.items(), respondents=random.choice(POSTS), leans=random.choice(("", *DEPARTMENTS)))
    at = history.last.at
    for _ in range(steps):
        at += timedelta(hours=random.randint(0, 90))
        if random.random() < (0.3 if history.frozen else 0.03):
            department = random.choice(DEPARTMENTS)
            history = rule(history, Ruling(office=office(department), department=department, at=at, by="arbiter"))
            continue
        said = OfficeAnswer(
            office=history.holder if random.random() < 0.9 else office(random.choice(DEPARTMENTS)),
            kind=random.choice(tuple(AnswerKind)),
            at=at,
            by="login",
            department=random.choice(("", *DEPARTMENTS)),
            place=random.choice(PLACES),
        )
        following = routing_transfer.next_desk(history, said, known, rules_of())
        history = domain_transfer.after(history, said, following, at)
    return history


def broken_promise(history: History) -> str | None:
    """The first promise that this history breaks, None when it keeps all."""
    if history.due_on != DUE:
        return "the due date moved"
    if history.hops > rules_of().hop_cap:
        return "more hops than the cap"
    ruled, seen = False, set()
    for arrival in history.arrivals:
        if ruled and arrival.act is not Act.RULED:
            return "moved after the ruling"
        ruled = ruled or arrival.act is Act.RULED
        if arrival.act in (Act.ROUTED, Act.FORWARDED):
            if arrival.office in seen:
                return "a loop"
            seen.add(arrival.office)
    last = day_in_india(history.last.at)
    life = (last - day_in_india(history.arrivals[0].at)).days + 1
    if sum(days_by_office(entries_of(history), until=last).values()) != life:
        return "days do not add up"
    return None


@settings(max_examples=120, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 25))
def test_no_sequence_of_answers_loops_or_passes_the_cap(random: Random, steps: int) -> None:
    assert broken_promise(walk(random, steps)) is None


def broken_by(count: int = 300) -> set[str]:
    found = {broken_promise(walk(Random(seed), 25)) for seed in range(count)}
    return {one for one in found if one}


def test_the_walks_reach_every_bar() -> None:
    histories = [walk(Random(seed), 25) for seed in range(300)]
    acts = {arrival.act for history in histories for arrival in history.arrivals}
    assert acts == set(Act) - {Act.CORRECTED}  # the cell moves nothing in a walk of answers
    assert max(history.hops for history in histories) == rules_of().hop_cap
    assert broken_by() == set()


def test_a_twin_without_the_cap_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    real = domain_transfer.barred
    monkeypatch.setattr(routing_transfer, "barred", lambda history, office, *, cap: real(history, office, cap=99))
    assert "more hops than the cap" in broken_by()


def test_a_twin_that_forgets_who_had_it_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def twin(history: History, office: str, *, cap: int) -> FreezeWhy | None:
        return FreezeWhy.HOP_CAP if history.hops >= cap else None

    monkeypatch.setattr(routing_transfer, "barred", twin)
    assert "a loop" in broken_by()


def test_a_twin_that_bars_disclaimers_only_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def twin(history: History, office: str, *, cap: int) -> FreezeWhy | None:
        if office in history.disclaimed:
            return FreezeWhy.DISCLAIMED_BEFORE
        return FreezeWhy.HOP_CAP if history.hops >= cap else None

    monkeypatch.setattr(routing_transfer, "barred", twin)
    assert "a loop" in broken_by()


def test_a_twin_whose_rulings_do_not_bind_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(History, "ruled", property(lambda _: False))
    assert "moved after the ruling" in broken_by()


def test_a_twin_that_restarts_the_clock_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    real = domain_transfer.after

    def twin(history: History, said: OfficeAnswer, following: NextDesk, at: Any) -> History:
        moved = real(history, said, following, at)
        return replace(moved, due_on=date(2026, 6, 1)) if isinstance(following, Forward) else moved

    monkeypatch.setattr(domain_transfer, "after", twin)
    assert "the due date moved" in broken_by()
