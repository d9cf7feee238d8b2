"""A house in memory whose open cases stand in every state that a sweep must not forget, with a clock that can be put forward."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from nistaran.domain.complaint import Status
from nistaran.domain.escalation import Mark
from nistaran.steps.house import House
from nistaran.steps.office_answer import answer_case
from nistaran.steps.route import route_batch
from tests.files import TEXTS, row, write_csv
from tests.steps.people import Held, in_memory
from tests.steps.transferring import OFFICE, freeze
from tests.taking import take


def with_open_cases(house: House, folder: Path) -> House:
    """Cases with an office, asked about, frozen, returned and not yet routed. Ordinary ones are due on 30 November; it is the 22nd."""
    made = in_memory(house)
    rows = [
        row(text=f"{TEXTS[0]} मामला {n}", reference=f"4001872600{n:04d}", received_on="15/11/2026", phone=f"98{n:08d}")
        for n in range(8)
    ]
    rows[0] |= {"channel": "मुख्यमंत्री सन्दर्भ"}
    take(made, write_csv(folder / "cases.csv", rows[:7]))
    route_batch(made)
    sent = [case for case in all_cases(made) if case.status is Status.WITH_OFFICE]
    from_above = next(case for case in sent if case.channel == "CM")
    answer_case(made, from_above.number, office=from_above.office, kind="RETURN_TO_SENDER", by=OFFICE)
    freeze(made, max(case.id for case in sent))
    take(made, write_csv(folder / "late.csv", rows[7:]))
    assert {case.status for case in all_cases(made)} == set(Status) - {Status.DISPOSED, Status.SPECIAL_CLOSED}
    return made


def all_cases(house: House) -> list:
    """Every case, by id."""
    with house.read() as work:
        return work.cases.page(after_id=0, limit=1000)


def marks_of(house: House) -> list[Mark]:
    """Every mark."""
    with house.read() as work:
        return [mark for case in work.cases.page(after_id=0, limit=1000) for mark in work.marks.of(case.id)]


def later(house: House, days: int) -> House:
    """The same house so many days on."""
    clock = Held()
    clock.at = house.clock.now() + timedelta(days=days)
    return dataclasses.replace(house, clock=clock)


def run_quietly(machine: type[RuleBasedStateMachine], *, examples: int, steps: int, derandomize: bool = False) -> None:
    """Let a machine of random acts run; `derandomize`: always the same ones, and none is made smaller, as broken twins need."""
    quiet = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=(Phase.generate,) if derandomize else tuple(Phase),
        derandomize=derandomize,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=quiet)
