"""Keeping a person's word on the department of a case, and telling the ledger how far it is trusted.

Here: what is written with a new correction. Not here: the rules (nistaran/domain/correction.py, mass_correction.py), the acts by which
trust moves (trust.py), moving the case (move.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nistaran.domain import correction as rules
from nistaran.domain.correction import Correction, Trust
from nistaran.domain.events import Event, EventKind
from nistaran.domain.mass_correction import held_back, looks_back_to, period_began
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork

_KINDS = {
    Trust.TRUSTED: EventKind.CORRECTION_TRUSTED,
    Trust.QUARANTINED: EventKind.CORRECTION_QUARANTINED,
    Trust.WITHDRAWN: EventKind.CORRECTION_WITHDRAWN,
}


def keep(
    house: House, work: UnitOfWork, new: Correction, earlier: Sequence[Correction]
) -> tuple[Correction, tuple[str, ...]]:
    """Keep the correction, withdraw what it stands in place of, and hold back what looks like a mass.

    The event that says it is appended before. Returns the correction as kept, and the ids that are held back.
    """
    limits, gone = house.pack.corrections.mass, rules.on_correction(earlier)
    everybody: dict[str, int] = {}
    for (login, _), count in work.corrections.count_by_login(since=period_began(new.at, limits)).items():
        everybody[login] = everybody.get(login, 0) + count
    superseded = {one.id for one in gone}
    arrived = rules.on_arrival(new)
    held: list[Correction] = []
    if arrived.trust is Trust.WAITING:
        his = work.corrections.of_login(new.by, since=looks_back_to(new, everybody, limits))
        held = [one for one in held_back(new, his, everybody, limits) if one.id not in superseded]
    kept = next((one for one in held if one.id == new.id), None) or arrived
    work.corrections.add([kept])
    work.corrections.settle([*gone, *(one for one in held if one.id != new.id)])
    tell(work, [*gone, *held], new.at)
    if kept.trust is Trust.TRUSTED:
        tell(work, [kept], new.at)
    return kept, tuple(one.id for one in held)


def settle(work: UnitOfWork, changed: Sequence[Correction], now: datetime) -> None:
    """Write and tell how far kept corrections are now trusted."""
    work.corrections.settle(changed)
    tell(work, changed, now)


def tell(work: UnitOfWork, changed: Sequence[Correction], at: datetime) -> None:
    """One event for each correction whose trust moved."""
    work.ledger.append([_event(one, at) for one in changed])


def _event(one: Correction, at: datetime) -> Event:
    body: dict[str, object] = {"correction": one.id}
    if one.trust is Trust.TRUSTED:
        body |= {"office": one.office, "by": one.trusted_by}
    elif one.trust is Trust.QUARANTINED and one.why_quarantined is not None:
        body["reason"] = one.why_quarantined.value
    return Event(case=one.case, kind=_KINDS[one.trust], at=at, body=body)
