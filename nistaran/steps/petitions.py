"""Petitions: cases that tell one matter, by many people or by one again, linked as context and counted. Never discarded or merged.

Here: reading the store page by page, grouping, reporting numbers and counts, never text. Not here: the links (petition_links.py),
what makes two texts alike (models/near), repeats that ingest sees at once (repeats.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from nistaran.domain.complaint import Case
from nistaran.domain.deadlines import day_in_india
from nistaran.steps.house import House
from nistaran.steps.petition_links import link_groups
from nistaran.steps.received import id_before
from nistaran.steps.world import Progress

_PAGE = 1000


class Match(Protocol):
    """An earlier case that tells the same matter."""

    @property
    def id(self) -> int: ...


class NearIndex(Protocol):
    """Knows which of the cases added before tell the same matter."""

    def add(self, id_: int, text: str, *, place: str = "", person: str = "", department: str = "") -> Sequence[Match]:
        """Keep a case and return earlier ones of the same matter, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """One matter that many people brought. `people` are those known apart; of `unknown` cases nobody knows whose they are."""

    numbers: Sequence[str]
    people: int
    unknown: int
    departments: Mapping[str, int]  #: code → cases, the most first; "" while no department has it
    channels: Mapping[str, int]
    places: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """Days between the first and the last."""
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one run saw. `grouped` cases tell a matter that another tells too; `linked` of them were not linked before."""

    since: date
    cases: int
    groups: int
    grouped: int
    linked: int
    petitions: Sequence[Petition]


class Groups:
    """Which cases belong together: each joins the group of the case that it is most like."""

    def __init__(self) -> None:
        self._earlier: dict[int, int] = {}

    def join(self, case_id: int, other: int) -> None:
        """`case_id` tells the same matter as `other`."""
        one, two = sorted((self._first(case_id), self._first(other)))
        self._earlier[two] = self._earlier[one] = one

    def members(self) -> list[list[int]]:
        """The groups, members by id, the group with the earliest member first."""
        found: dict[int, list[int]] = defaultdict(list)
        for case_id in sorted(self._earlier):
            found[self._first(case_id)].append(case_id)
        return list(found.values())

    def _first(self, case_id: int) -> int:
        while (earlier := self._earlier.get(case_id, case_id)) != case_id:
            self._earlier[case_id] = self._earlier[earlier]
            case_id = earlier
        return case_id


def default_since(house: House) -> date:
    """So far back as the pack counts a repeat."""
    return day_in_india(house.clock.now()) - timedelta(days=house.pack.facts.repeat_window_days)


def find_petitions(house: House, index: NearIndex, *, since: date, least: int, watch: Callable[[], Progress]) -> Found:
    """Group the cases received on or after `since`, link each with an earlier one of its matter, and tell the groups of at least
    `least` people. `index` must be empty. Safe to repeat and to break off: a case is linked once.
    """
    seen, groups = 0, Groups()
    progress = watch()
    progress.start("प्रकरण / cases", None)
    for page, people in _pages(house, since):
        for case in page:
            near = index.add(
                case.id,
                case.text,
                place=case.whereabouts.village or case.whereabouts.town,
                person=people.get(case.id, ""),
                department=case.department,
            )
            if near:
                groups.join(case.id, near[0].id)
        seen += len(page)
        progress.advance(len(page))
    progress.finish()
    members = groups.members()
    linked = link_groups(house, members)
    told = (_petition(house, group) for group in members if len(group) >= least)
    return Found(
        since=since,
        cases=seen,
        groups=len(members),
        grouped=sum(map(len, members)),
        linked=linked,
        petitions=sorted(
            (one for one in told if one.people + one.unknown >= least),
            key=lambda one: (-len(one.numbers), one.numbers[0]),
        ),
    )


def _pages(house: House, since: date) -> Iterator[tuple[list[Case], dict[int, str]]]:
    """Cases received on or after `since` that still have words, by id, with whose they are, where that is known."""
    with house.read() as work:
        last = id_before(work, since)
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=_PAGE)
            people = work.complainants.people_of([case.id for case in page])
        if not page:
            return
        last = page[-1].id
        yield [case for case in page if case.received_on >= since and case.text], people


def _petition(house: House, group: Sequence[int]) -> Petition:
    """Counts over a group, page by page."""
    numbers: list[str] = []
    people, unknown, places, days = set[str](), 0, set[str](), set[date]()
    departments, channels = Counter[str](), Counter[str]()
    for start in range(0, len(group), _PAGE):
        with house.read() as work:
            cases = work.cases.by_ids(group[start : start + _PAGE])
            whose = work.complainants.people_of([case.id for case in cases])
        for case in cases:
            numbers.append(case.number)
            departments[case.department] += 1
            channels[case.channel] += 1
            places.add(case.whereabouts.village or case.whereabouts.town)
            days.add(case.received_on)
        people |= set(whose.values())
        unknown += len(cases) - len(whose)
    return Petition(
        numbers=numbers,
        people=len(people),
        unknown=unknown,
        departments=dict(departments.most_common()),
        channels=dict(channels.most_common()),
        places=len(places - {""}),
        first=min(days),
        last=max(days),
    )
