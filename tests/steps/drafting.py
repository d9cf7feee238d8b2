"""A house in memory with defaulters and cases that are nearly due, for tests of letters, notices and orders."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from nistaran.domain.decision import Candidate, Classification
from nistaran.steps.escalate import sweep
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from routing.letters import LetterRules
from tests.files import TEXTS, row, write_csv
from tests.steps.people import in_memory
from tests.steps.sweeping import later
from tests.taking import take

#: A name that no letter, notice or log may ever hold.
PLANTED = "गुप्तनाम"
_DEPARTMENTS = ("ENERGY", "POLICE", "REVENUE")


class ThreeDepartments:
    """A classifier that is sure, of three departments in turn."""

    version = "fixed"

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        """The next department."""
        return [
            Classification(candidates=(Candidate(_DEPARTMENTS[n % 3], 0.99),), words=(), ask=None, model="fixed")
            for n in range(len(texts))
        ]


def from_one(rules: LetterRules) -> LetterRules:
    """The table as it is, with letters from the first case on and the first day of delay: what tests of the ladder need."""
    changed = {"from_cases": 1}
    of_kind = {kind: row.model_copy(update=changed) for kind, row in rules.letters.items()}
    return dataclasses.replace(rules, letters=of_kind)


def with_defaulters(house: House, folder: Path, *, days: int = 10, memory: bool = True) -> House:
    """Twelve cases at three offices: every fourth was due on 4 December, the others on 20 November; it is 2 December and all is marked."""
    made = in_memory(house) if memory else house
    made = dataclasses.replace(made, classifier=lambda: ThreeDepartments(), letters=lambda: from_one(house.letters()))  # noqa: PLW0108
    rows = [
        row(
            text=f"{TEXTS[0]} {PLANTED} मामला {n}",
            name=f"{PLANTED} {n}",
            reference=f"4001872600{n:04d}" if n else "फोन 9876501234",
            received_on="05/11/2026" if n % 4 else "19/11/2026",
            phone=f"98{n:08d}",
        )
        for n in range(12)
    ]
    take(made, write_csv(folder / "cases.csv", rows))
    route_batch(made)
    made = later(made, days)
    sweep(made)
    return made
