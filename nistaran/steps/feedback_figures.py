"""Shares of relief and satisfaction: by department, office, subject and village, first and final word apart (S4-1, S0-8).

Here: counting, page by page. Not here: intervals and marks for small numbers (domain/shares.py), printing (cli).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nistaran.domain.complaint import Case, Status
from nistaran.domain.feedback import Feedback, Outcome, Relief
from nistaran.domain.privacy import mask_text
from nistaran.domain.shares import Share
from nistaran.steps.house import House

_SAID = frozenset({Outcome.SATISFIED, Outcome.DISSATISFIED})
#: By what the cases may be grouped.
KEYS: dict[str, Callable[[Case], str]] = {
    "department": lambda case: case.department,
    "office": lambda case: case.office,
    "channel": lambda case: case.channel,
    "subject": lambda case: mask_text(case.category) or "-",
    "village": lambda case: mask_text(case.whereabouts.village) or "-",
}


@dataclass(slots=True)
class Shares:
    """Counts of one group. A case counts once: by its first word, and by the last one."""

    disposed: int = 0
    asked: int = 0
    reached: int = 0
    first_satisfied: int = 0
    final_satisfied: int = 0
    relief_known: int = 0
    relief_given: int = 0

    @property
    def contacted(self) -> Share:
        """Of the disposed cases, those whose complainant was asked at all (S1-1)."""
        return Share(part=self.asked, of=self.disposed)

    @property
    def first(self) -> Share:
        """Satisfied at the first word, of those reached."""
        return Share(part=self.first_satisfied, of=self.reached)

    @property
    def final(self) -> Share:
        """Satisfied at the last word, of those reached."""
        return Share(part=self.final_satisfied, of=self.reached)

    @property
    def relief(self) -> Share:
        """Relief given wholly or in part, of those of whom it is known."""
        return Share(part=self.relief_given, of=self.relief_known)

    @property
    def dissatisfied(self) -> int:
        """Not content with the last word."""
        return self.reached - self.final_satisfied


def feedback_figures(house: House, *, key: str, since: date) -> dict[str, Shares]:
    """Counts by group of the cases received on or after `since` that were ever disposed of. Raises KeyError for an unknown `key`."""
    group, found = KEYS[key], dict[str, Shares]()
    for case, said, was_disposed in _cases(house, since):
        if was_disposed:
            _count(found.setdefault(group(case), Shares()), said)
    return found


def _cases(house: House, since: date) -> Iterator[tuple[Case, list[Feedback], bool]]:
    last = 0
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=house.batch)
            if not page:
                return
            last = page[-1].id
            own = [case for case in page if case.received_on >= since]
            said = work.feedback.of_each([case.id for case in own])
        for case in own:
            words = said.get(case.id, [])
            # a case that came back was disposed of before: its complainant was asked
            yield case, words, bool(words) or case.status in {Status.DISPOSED, Status.SPECIAL_CLOSED}


def _count(shares: Shares, words: Sequence[Feedback]) -> None:
    shares.disposed += 1
    shares.asked += bool(words)
    reached = [one for one in words if one.outcome in _SAID]
    if reached:
        shares.reached += 1
        shares.first_satisfied += reached[0].outcome is Outcome.SATISFIED
        shares.final_satisfied += reached[-1].outcome is Outcome.SATISFIED
    known = [one for one in words if one.relief is not Relief.UNKNOWN]
    if known:
        shares.relief_known += 1
        shares.relief_given += known[-1].relief is not Relief.NOT_GIVEN
