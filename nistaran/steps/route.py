"""Route: classify (or abstain) → department → office by territory → the desk's clock starts → the notice waits to go out.

Here: which cases are taken, and the counts. Not here: deciding them and writing what follows (decide.py), the model (models/),
the choice of an office (routing/), bringing notices (deliver.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from nistaran.domain.decision import Assign
from nistaran.steps.decide import Decided, decide_cases, write_decided
from nistaran.steps.fault import fault
from nistaran.steps.house import House


@dataclass(slots=True)
class RouteOutcome:
    """What became of one batch: counts only, so that it may stand in an artifact."""

    routed: int = 0
    asked: int = 0
    departments: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, decided: Decided) -> Self:
        """The counts of what was decided."""
        outcome = cls()
        for _, decision, _ in decided:
            if isinstance(decision, Assign):
                outcome.routed += 1
                outcome.departments[decision.department] += 1
            else:
                outcome.asked += 1
                outcome.reasons[decision.reason.value] += 1
        return outcome

    @property
    def cases(self) -> int:
        """How many cases were decided in all; 0 means that nothing waits."""
        return self.routed + self.asked

    def add(self, other: RouteOutcome) -> None:
        """Sum up."""
        self.routed += other.routed
        self.asked += other.asked
        self.departments += other.departments
        self.reasons += other.reasons


def route_batch(house: House, *, lanes: Sequence[str] | None = None, limit: int | None = None) -> RouteOutcome:
    """Decide the next cases, first lane first; everything that follows from a decision commits with it.

    A case whose text or tables make the engine stumble goes to a person (ERROR); the others go on (promise P9).
    """
    with house.work() as work:
        cases = work.cases.take_unrouted(limit=limit or house.batch, lanes=lanes)
        if not cases:
            return RouteOutcome()
        decided, model = decide_cases(house, cases)
        write_decided(work, decided, model=model, now=house.clock.now())
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return RouteOutcome.of(decided)
