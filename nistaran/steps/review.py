"""Review: the cases on which the machine asks a person, in the order of work, with what a person needs to decide and no more.

Not here: the file for a clerk (review_file.py), the sitting at the terminal (cli), taking the answers (correct.py, answers.py).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nistaran.domain.complaint import Case, Complainant, Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.decision import AskReason, Candidate
from nistaran.domain.errors import ObjectDamaged
from nistaran.domain.privacy import mask_text, without_person
from nistaran.domain.records import DecisionRecord
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork

log = logging.getLogger(__name__)

#: So many of the likeliest departments are shown.
GUESSES = 3
#: A second or third guess below this says nothing.
LEAST_SHOWN = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """One case as a clerk sees it: the text, the words and the place are without the complainant's name, phone and numbers.

    `turn` is how often an office had it so far; hand it back with the answer. `reason` is an AskReason, "" when the last
    decision asked nobody. `guesses` are the machine's likeliest departments, none where it had no word to say.
    """

    id: int
    number: str
    turn: int
    channel: str
    lane: str
    received_on: date
    due_on: date
    days_left: int
    reason: str
    text: str
    place: str
    guesses: tuple[Candidate, ...]
    words: tuple[str, ...]


def waiting(
    house: House, *, lanes: Collection[str] = (), reasons: Collection[AskReason] = (), limit: int | None = None
) -> list[int]:
    """The ids of the cases that wait for a person: first lane first, then by due date, then oldest first.

    `lanes` and `reasons`: only these; none named means all.
    """
    found = [
        (case.priority, case.due_on, case.id)
        for page in _pages(house, reasons)
        for case in page
        if not lanes or case.lane in lanes
    ]
    return [case_id for _, _, case_id in sorted(found)[:limit]]


def _pages(house: House, reasons: Collection[AskReason]) -> Iterator[list[Case]]:
    """All cases that wait for a person, by id, a page at a time."""
    last = 0
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=house.batch)
            asking = [case for case in page if case.status is Status.AWAITING_PERSON]
            if reasons and asking:
                made = work.decisions.of_each([case.id for case in asking])
                asking = [case for case in asking if _reason(made.get(case.id, ())) in reasons]
        if not page:
            return
        last = page[-1].id
        yield asking


def look(house: House, ids: Sequence[int]) -> list[ToReview]:
    """Those of these cases that wait for a person still, in the order of the ids."""
    today = day_in_india(house.clock.now())
    found: list[ToReview] = []
    for start in range(0, len(ids), house.batch):
        with house.read() as work:
            cases = [
                case
                for case in work.cases.by_ids(ids[start : start + house.batch])
                if case.status is Status.AWAITING_PERSON
            ]
            found += _seen(house, work, cases, today)
    return found


def _seen(house: House, work: UnitOfWork, cases: Sequence[Case], today: date) -> Iterator[ToReview]:
    ids = [case.id for case in cases]
    made, desks, sealed = (
        work.decisions.of_each(ids),
        work.desks.of_each(ids),
        work.complainants.sealed_of(ids),
    )
    for case in cases:
        who = _complainant(house, case, sealed.get(case.id))
        decisions = made.get(case.id, [])
        last = decisions[-1] if decisions else None
        yield ToReview(
            id=case.id,
            number=case.number,
            turn=len(desks.get(case.id, ())),
            channel=house.pack.channels[case.channel].name_hi,
            lane=house.pack.lanes[case.lane].name_hi,
            received_on=case.received_on,
            due_on=case.due_on,
            days_left=(case.due_on - today).days,
            reason=_reason(decisions),
            text=without_person(case.text, who),
            place=_place(house, case, last),
            guesses=last.candidates[:GUESSES] if last else (),
            words=tuple(without_person(word, who) for word in last.words) if last else (),
        )


def _complainant(house: House, case: Case, sealed: bytes | None) -> Complainant:
    """Who is to be taken out of the text. A damaged seal must not keep a person from deciding: then numbers alone are masked."""
    if not sealed:
        return Complainant()
    try:
        return house.vault.open(sealed, to=case.key)
    except ObjectDamaged:
        log.error("a complainant cannot be opened", extra={"case": case.number})
        return Complainant()


def _reason(decisions: Sequence[DecisionRecord]) -> str:
    return decisions[-1].reason if decisions else ""


def _place(house: House, case: Case, last: DecisionRecord | None) -> str:
    """The places that the machine found in the district's table; else what the row says."""
    found = [
        house.district.places[code].name for code in (last.places if last else ()) if code in house.district.places
    ]
    where = case.whereabouts
    said = (where.village, where.town, where.thana, where.block, where.tehsil, where.district)
    return ", ".join(dict.fromkeys(found or [mask_text(part) for part in said if part]))
