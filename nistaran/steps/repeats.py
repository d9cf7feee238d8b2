"""Repeats: which earlier complaints a new one belongs with. They are linked as context for people, never discarded.

A repeat often means that the first disposal was false. Not here: near-duplicates by meaning across persons (models/).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from rapidfuzz import fuzz

from nistaran.domain.complaint import Case, Link, LinkKind, NewComplaint
from nistaran.domain.identity import plain
from nistaran.domain.records import EarlierText
from nistaran.steps.ports import UnitOfWork
from routing.tables import PackFacts

#: So many earlier cases of one person or number are looked at, the newest: who has more is known to the cell by name.
EARLIER_EACH = 50
#: So many links of one kind a case gets at most: a flood of copies must not make a link for every pair.
LINKS_EACH = 10

Numbered = Sequence[tuple[Case, NewComplaint]]


def repeats_of(work: UnitOfWork, numbered: Numbered, facts: PackFacts) -> list[Link]:
    """Links of new cases to earlier ones and to one another. Each pair is linked once, from the later to the earlier."""
    return [*_same_reference(work, numbered), *_same_person(work, numbered, facts), *_mentioned(work, numbered)]


def _same_reference(work: UnitOfWork, numbered: Numbered) -> list[Link]:
    carriers: dict[str, deque[tuple[int, str]]] = defaultdict(lambda: deque(maxlen=LINKS_EACH))
    wanted = sorted({case.reference for case, _ in numbered if case.reference})
    for reference, case_id, number in work.cases.by_references(wanted):
        carriers[reference].append((case_id, number))
    links: list[Link] = []
    for case, _ in numbered:
        if not case.reference:
            continue
        for other_id, other in carriers[case.reference]:
            links.append(Link(case_id=case.id, kind=LinkKind.SAME_REFERENCE, other=other, other_id=other_id))
        carriers[case.reference].append((case.id, case.number))
    return links


def _same_person(work: UnitOfWork, numbered: Numbered, facts: PackFacts) -> list[Link]:
    people = sorted({complaint.person for _, complaint in numbered if complaint.person})
    window = timedelta(days=facts.repeat_window_days)
    if not people:
        return []
    since = min(case.received_on for case, _ in numbered) - window
    earlier: dict[str, deque[EarlierText]] = defaultdict(lambda: deque(maxlen=EARLIER_EACH))
    for text in work.complainants.earlier(people, since=since, each=EARLIER_EACH):
        earlier[text.person].appendleft(text)  # they come newest first
    links: list[Link] = []
    for case, complaint in numbered:
        if not complaint.person:
            continue
        alike = (
            other
            for other in reversed(earlier[complaint.person])
            if abs(case.received_on - other.received_on) <= window
            and near_same(case.text, other.text, percent=facts.near_same_percent)
        )
        links += [
            Link(case_id=case.id, kind=LinkKind.SAME_PERSON_NEAR_TEXT, other=other.number, other_id=other.case_id)
            for other in islice(alike, LINKS_EACH)
        ]
        earlier[complaint.person].append(
            EarlierText(
                person=complaint.person,
                case_id=case.id,
                number=case.number,
                received_on=case.received_on,
                text=case.text,
            )
        )
    return links


def _mentioned(work: UnitOfWork, numbered: Numbered) -> list[Link]:
    wanted = sorted({reference for _, complaint in numbered for reference in complaint.mentioned})
    if not wanted:
        return []
    ours: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for reference, case_id, number in work.cases.by_references([number.lower() for number in wanted]):
        ours[reference].append((case_id, number))
    for case, _ in numbered:
        if case.reference:
            ours[case.reference].append((case.id, case.number))
    links: list[Link] = []
    for case, complaint in numbered:
        for reference in complaint.mentioned:
            for other_id, other in ours[reference.lower()] or [(0, reference)]:
                links.append(Link(case_id=case.id, kind=LinkKind.MENTIONED, other=other, other_id=other_id or None))
    return links


def near_same(one: str, other: str, *, percent: int) -> bool:
    """Whether two texts say nearly the same: alike word for word, or alike once the order of words is set aside."""
    return fuzz.token_sort_ratio(plain(one), plain(other), score_cutoff=percent) >= percent
