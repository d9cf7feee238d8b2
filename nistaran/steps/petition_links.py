"""Links between cases of one matter: context for people in the story of a case, and an event in the ledger for each.

Not here: which cases belong together (petitions.py), links that ingest makes (repeats.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from nistaran.domain.complaint import Link, LinkKind
from nistaran.domain.events import Event, EventKind
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork

#: In a large group a case is linked to the first of its hundred, and those to the first of all: no case carries all links.
CROWD = 100

#: (later case, earlier case), by id.
Tie = tuple[int, int]


def link_groups(house: House, groups: Sequence[Sequence[int]]) -> int:
    """Link each case with an earlier one of its group, unless it is linked so already. Returns how many new links there are.

    Each batch commits on its own, link and event together: safe to repeat and to break off.
    """
    ties, linked = ties_of(groups), 0
    while part := list(islice(ties, house.batch)):
        linked += _link(house, part)
    return linked


def ties_of(groups: Sequence[Sequence[int]]) -> Iterator[Tie]:
    """(later case, earlier case) of each link, so that a group hangs together and no case carries more than a crowd."""
    for group in groups:
        for at in range(1, len(group)):
            yield group[at], group[at - at % CROWD if at % CROWD else 0]


def _link(house: House, ties: Sequence[Tie]) -> int:
    with house.read() as work:
        ties = [tie for tie in ties if not _is_linked(work, tie[0])]
    if not ties:
        return 0
    with house.work() as work:
        work.ledger.lock()
        ties = [tie for tie in ties if not _is_linked(work, tie[0])]
        number = {case.id: case.number for case in work.cases.by_ids(sorted({id_ for tie in ties for id_ in tie}))}
        links = [
            Link(case_id=later, kind=LinkKind.SAME_MATTER, other=number[earlier], other_id=earlier)
            for later, earlier in ties
            if later in number and earlier in number
        ]
        work.links.add(links)
        work.ledger.append(_events(links, number, house.clock.now()))
        work.commit()
    return len(links)


def _events(links: Sequence[Link], number: Mapping[int, str], at: datetime) -> list[Event]:
    return [
        Event(
            case=number[link.case_id],
            kind=EventKind.LINKED,
            at=at,
            body={"kind": link.kind.value, "other": link.other, "other_id": link.other_id},
        )
        for link in links
    ]


def _is_linked(work: UnitOfWork, case_id: int) -> bool:
    return any(link.case_id == case_id and link.kind is LinkKind.SAME_MATTER for link in work.links.of(case_id))
