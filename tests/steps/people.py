"""A house in memory with a few decided cases, for tests of what people answer: quick to make, quick to make again."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from nistaran.domain.decision import AskReason, Candidate, Classification
from nistaran.domain.mass_correction import MassLimits
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from storage.memory import MemoryStore
from tests.files import many, write_csv
from tests.taking import take

CLERK, SECOND, OFFICE = "up.clerk1", "up.clerk2", "up.office"
#: So large that no test meets a limit unless it asks for one.
WIDE = MassLimits(
    day_most=100_000, alike_most=100_000, alike_minutes=10, share_percent=100, share_days=7, share_from=100_000, share_people=3
)  # fmt: skip


class Held:
    """A clock that goes on a second whenever it is asked."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The next second."""
        self.at += timedelta(seconds=1)
        return self.at


class SureOf:
    """A classifier that names ENERGY, and asks a person about every second case."""

    version = "fixed"

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        """Sure of the first, unsure of the next, and so on."""
        asks = (None, AskReason.LOW_CONFIDENCE)
        return [
            Classification(
                candidates=(Candidate("ENERGY", 0.9), Candidate("POLICE", 0.1)), words=(), ask=asks[n % 2], model="fixed"
            )
            for n in range(len(texts))
        ]  # fmt: skip


def in_memory(house: House, *, limits: MassLimits = WIDE, case_most: int = 2) -> House:
    """The same tables over an empty store in memory, with these limits."""
    store = MemoryStore(wait_seconds=0.5)
    store.belongs_to(house.district.facts.code)
    corrections = dataclasses.replace(house.pack.corrections, mass=limits, case_most=case_most)
    return dataclasses.replace(
        house,
        pack=dataclasses.replace(house.pack, corrections=corrections),
        work=store.work,
        read=store.read,
        classifier=lambda: SureOf(),  # noqa: PLW0108
        clock=Held(),
    )


def decided(house: House, folder: Path, count: int = 6) -> House:
    """So many cases: 1, 3, 5 … with the electricity's office, 2, 4, 6 … waiting for a person."""
    take(house, write_csv(folder / "people.csv", many(count)))
    route_batch(house)
    return house


def number(n: int) -> str:
    """The number of case n."""
    return f"SDR-2026-{n:07d}"


def due_dates(house: House) -> dict[str, date]:
    """When each case is due."""
    with house.read() as work:
        return {case.number: case.due_on for case in work.cases.page(after_id=0, limit=10_000)}


def office_of(house: House, n: int) -> str:
    """The office that has case n."""
    with house.read() as work:
        case = work.cases.by_number(number(n))
    assert case is not None
    return case.office


def labels(house: House) -> list[str]:
    """Numbers of the cases that may teach."""
    with house.read() as work:
        return [label.case for label in work.corrections.trusted(limit=10_000)]
