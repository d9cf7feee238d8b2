"""Whatever clerks and offices do, and in whatever order: only what another login confirmed teaches, and no due date moves."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from nistaran.domain import correction as rules
from nistaran.domain.correction import Correction, Trust
from nistaran.domain.correction_refused import CorrectionRefused
from nistaran.domain.errors import UnknownCase
from nistaran.steps import correct
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.trust import accept_case, release
from nistaran.steps.verify import verify
from storage.memory import MemoryStore
from tests.steps.people import CLERK, OFFICE, SECOND, WIDE, decided, due_dates, in_memory, number, office_of


def taught_without_a_second_word(house: House) -> list[str]:
    """The check: labels whose case no other login than the author's took, as the ledger alone tells it."""
    bad = []
    with house.read() as work:
        for label in work.corrections.trusted(limit=10_000):
            said, took = "", set()
            for link in work.ledger.of(label.case):
                body = json.loads(link.body)
                if link.kind == "DepartmentCorrected":
                    said, took = body["by"] + body["department"], set()
                elif link.kind == "OfficeAnswered":
                    took.add(body["by"])
            if said != label.by + label.department or not took - {label.by}:
                bad.append(label.case)
    return bad


class People(RuleBasedStateMachine):
    """Clerks correct, offices take, somebody releases, in any order and as often as they like."""

    start: ClassVar[House]
    template: ClassVar[MemoryStore]

    def __init__(self) -> None:
        super().__init__()
        store = MemoryStore(wait_seconds=0.5)
        store.committed = type(self).template.committed  # nobody changes what was committed
        self.house = dataclasses.replace(type(self).start, work=store.work, read=store.read)
        self.due = due_dates(self.house)

    @rule(
        n=st.integers(1, 7),
        department=st.sampled_from(["POLICE", "REVENUE", "NONE"]),
        by=st.sampled_from([CLERK, SECOND]),
    )
    def correct(self, n: int, department: str, by: str) -> None:
        reason = "RTI" if department == "NONE" else ""
        self._try(correct_case, number(n), department=department, by=by, reason=reason)

    @rule(n=st.integers(1, 6), by=st.sampled_from([CLERK, SECOND, OFFICE]), elsewhere=st.booleans())
    def accept(self, n: int, by: str, elsewhere: bool) -> None:
        office = self.house.district.facts.arbiter if elsewhere else office_of(self.house, n)
        self._try(accept_case, number(n), office=office, by=by)

    @rule(n=st.integers(1, 6), turn=st.integers(1, 2), by=st.sampled_from([CLERK, SECOND, OFFICE]))
    def let_go(self, n: int, turn: int, by: str) -> None:
        self._try(release, [f"{number(n)}/{turn}"], by=by)

    def _try(self, act: Any, *words: Any, **more: Any) -> None:
        with contextlib.suppress(CorrectionRefused, UnknownCase):
            act(self.house, *words, **more)

    @invariant()
    def only_what_another_confirmed_teaches(self) -> None:
        assert taught_without_a_second_word(self.house) == []

    @invariant()
    def the_due_dates_stand(self) -> None:
        assert due_dates(self.house) == self.due

    def teardown(self) -> None:
        assert verify(self.house).faults == []


def _run(machine: type[People], house: House, tmp_path: Path, examples: int) -> None:
    template = decided(in_memory(house, limits=dataclasses.replace(WIDE, day_most=4)), tmp_path)
    store = template.work.__self__  # type: ignore[attr-defined]
    made = type("Made", (machine,), {"start": template, "template": store})
    run_state_machine_as_test(
        made,
        settings=settings(
            max_examples=examples, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.promise("P5")
def test_no_sequence_of_acts_lets_an_unconfirmed_word_teach(house: House, tmp_path: Path) -> None:
    _run(People, house, tmp_path, 40)


def test_a_rule_by_which_people_confirm_themselves_is_caught(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broken twin of the test above."""
    on_acceptance = rules.on_acceptance

    def anybody(of_case: Any, **more: Any) -> list[Correction]:
        return on_acceptance(of_case, **{**more, "by": "up.anybody"})

    monkeypatch.setattr(rules, "on_acceptance", anybody)
    with pytest.raises(AssertionError):
        _run(People, house, tmp_path, 40)


def test_a_rule_that_believes_everybody_is_caught(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broken twin: what one person says is trusted as it comes, as systems do that retrain on every click."""

    def believe(new: Correction) -> Correction:
        return dataclasses.replace(new, trust=Trust.TRUSTED, trusted_at=new.at, trusted_by=new.by)

    monkeypatch.setattr(rules, "on_arrival", believe)
    lived = decided(in_memory(house), tmp_path)
    assert correct.rules is rules
    correct_case(lived, number(2), department="POLICE", by=CLERK)
    assert taught_without_a_second_word(lived) == [number(2)]
    assert f"case {number(2)}: correction {number(2)}/1 was confirmed by the login that made it" in verify(lived).faults
