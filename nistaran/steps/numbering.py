"""Numbering: accepted complaints that nobody has seen before become cases, with everything that must stand beside them.

Not here: judging rows (accept.py), the transaction (ingest.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from nistaran.domain import events
from nistaran.domain.complaint import Case, Link, NewComplaint, Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import EventKind
from nistaran.domain.identity import case_number
from nistaran.domain.proof import facts_text, place_text
from nistaran.domain.records import KeptFile, SealedPerson
from nistaran.steps.context import context_of
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.repeats import repeats_of


def number_complaints(
    house: House, work: UnitOfWork, kept: KeptFile, new: Sequence[NewComplaint], sealed: Mapping[str, bytes]
) -> None:
    """Give new complaints their numbers and keep them with their complainants, links and events, in the caller's transaction.

    `sealed` holds the encrypted complainant by complaint key.
    """
    if not new:
        return
    now = house.clock.now()
    district, year = house.district.facts.code, day_in_india(now).year
    first_id = work.counters.take("case", len(new))
    first_serial = work.counters.take(f"case:{year}", len(new))
    numbered = [
        (
            _case(
                complaint,
                district,
                first_id + at,
                case_number(district=district, year=year, serial=first_serial + at),
                now,
            ),
            complaint,
        )
        for at, complaint in enumerate(new)
    ]
    cases = [case for case, _ in numbered]
    links = repeats_of(work, numbered, house.pack.facts)
    work.cases.add(cases, facts=[_facts(house, kept, complaint) for complaint in new])
    work.complainants.add(
        [
            SealedPerson(
                case_id=case.id,
                person=complaint.person,
                sealed=sealed[complaint.key],
                received_on=complaint.received_on,
            )
            for case, complaint in numbered
        ]
    )
    work.links.add(links)
    work.ledger.append(_events(house, numbered, links, now))


def _case(complaint: NewComplaint, district: str, case_id: int, number: str, now: datetime) -> Case:
    return Case(
        id=case_id,
        number=number,
        key=complaint.key,
        district=district,
        channel=complaint.channel,
        lane=complaint.lane,
        priority=complaint.priority,
        reference=complaint.reference,
        received_on=complaint.received_on,
        due_on=complaint.due_on,
        registered_at=now,
        status=Status.REGISTERED,
        text=complaint.text,
        addressed_to=complaint.addressed_to,
        category=complaint.category,
        whereabouts=complaint.whereabouts,
        damaged=complaint.damaged,
        department="",
        office="",
    )


def _facts(house: House, kept: KeptFile, complaint: NewComplaint) -> dict[str, object]:
    facts: dict[str, object] = {"file": kept.sha256, "row": complaint.row}
    if complaint.originals or complaint.extras:
        facts |= context_of(house.vault, complaint.key, originals=complaint.originals, extras=complaint.extras)
    return facts


def _events(
    house: House, numbered: Sequence[tuple[Case, NewComplaint]], links: Sequence[Link], now: datetime
) -> list[events.Event]:
    number_of = {case.id: case.number for case, _ in numbered}
    registered = [
        events.Event(
            case=case.number,
            kind=EventKind.REGISTERED,
            at=now,
            body={
                "channel": case.channel,
                "lane": case.lane,
                "received": case.received_on.isoformat(),
                "due": case.due_on.isoformat(),
                "key": case.key,
                "text": house.vault.text_seal(case.id, case.text),
                "facts": house.vault.text_seal(case.id, facts_text(case)),
                "place": house.vault.text_seal(case.id, place_text(case)),
            },
        )
        for case, _ in numbered
    ]
    linked = [
        events.Event(
            case=number_of[link.case_id],
            kind=EventKind.LINKED,
            at=now,
            body={"kind": link.kind.value, "other": link.other, "other_id": link.other_id},
        )
        for link in links
    ]
    return registered + linked
