"""Cases that came to an office, for tests of what offices answer. The classifier and its candidates are the test's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from nistaran.domain.complaint import Case
from nistaran.domain.decision import Candidate, Classification
from nistaran.domain.desk_events import history_of
from nistaran.domain.transfer import History
from nistaran.steps.house import House
from nistaran.steps.office_answer import Answered, answer_case
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.route import route_batch
from tests.files import row, write_csv
from tests.steps.people import in_memory, number
from tests.taking import take

CELL, OFFICE, THIRD, ARBITER = "up.cell1", "up.office", "up.office2", "up.adm"
PLAIN = "हमारे गांव का ट्रांसफार्मर पांच दिन से जला पड़ा है, बिजली नहीं आ रही।"


class Says:
    """A classifier that gives these shares for every text, sure of itself."""

    version = "fixed"

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._shares = shares

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        candidates = tuple(Candidate(code, share) for code, share in self._shares.items())
        return [Classification(candidates=candidates, words=(), ask=None, model="fixed") for _ in texts]


def with_cases(house: House, folder: Path, shares: Mapping[str, float], *texts: str, **columns: str) -> House:
    """A house in memory whose cases 1, 2 … are these texts, each with the first department's office."""
    made = dataclasses.replace(in_memory(house), classifier=lambda: Says(shares))
    rows = [row(text=text, reference=f"400187260000{n:02d}", **columns) for n, text in enumerate(texts or (PLAIN,), 1)]
    take(made, write_csv(folder / "cases.csv", rows))
    route_batch(made)
    return made


def case_of(house: House, n: int = 1) -> Case:
    """Case n as it stands."""
    with house.read() as work:
        case = work.cases.by_number(number(n))
    assert case is not None
    return case


def history(house: House, n: int = 1) -> History:
    """The desks of case n."""
    case = case_of(house, n)
    with house.read() as work:
        found = history_of(work.ledger.of(case.number), due_on=case.due_on, sender=case.channel)
    assert found is not None
    return found


def say(house: House, kind: str, n: int = 1, *, by: str = OFFICE, department: str = "", place: str = "") -> Answered:
    """The office that has case n answers."""
    office = case_of(house, n).office
    return answer_case(house, number(n), office=office, kind=kind, by=by, department=department, place=place)


def freeze(house: House, n: int = 1) -> None:
    """The office disclaims, nobody else is named, and the cell asks for a ruling."""
    task = say(house, "NOT_OUR_DEPARTMENT", n).task
    assert task is not None
    decide_forwards(house, [task.id], word=Word.ARBITER, by=CELL)


def kinds(house: House, n: int = 1) -> list[str]:
    """The kinds of the events of case n."""
    with house.read() as work:
        return [link.kind for link in work.ledger.of(number(n))]
