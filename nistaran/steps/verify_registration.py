"""What was registered of a case beside what stands there: facts, text, place, complainant; and after masking or purging, what is left.

Not here: the other rows of a case, reading events (verify_cases.py, verify_told.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC

from nistaran.domain.complaint import Case
from nistaran.domain.errors import NotReady, ObjectDamaged
from nistaran.domain.proof import facts_text, place_text
from nistaran.steps.house import House
from nistaran.steps.verify_beside import UNREADABLE
from nistaran.steps.verify_told import Told

#: What a Registered event says of the case in the open.
FACTS = ("channel", "lane", "received", "due")
#: Stands for a seal that an event from before these seals does not carry.
UNSEALED = bytes(16)


def registration_faults(house: House, case: Case, told: Told, facts: tuple[str, ...]) -> Iterator[str]:
    """What is not as it was registered. Words may be missing only where an event says that they were purged."""
    moment = case.registered_at.astimezone(UTC).isoformat(timespec="microseconds")
    stands = (case.channel, case.lane, case.received_on.isoformat(), case.due_on.isoformat(), moment)
    for name, now, then in zip((*FACTS, "moment"), stands, facts, strict=True):
        if now != then:
            yield f"{name} is not what was registered"
    key, text, own, place = (told.seals[at : at + 16] for at in range(0, len(told.seals), 16))
    if short(case.key) != key:
        yield "key is not what was registered"
    if own not in (UNSEALED, _sealed(house, case, facts_text(case))):
        yield "its reference number, category, district, priority or damage is not what was registered"
    if told.purged:
        if case.text or case.addressed_to or any(astuple(case.whereabouts)):
            yield "its words were purged and are there again"
        return
    yield from _words(house, case, told, (text, place))


def complainant_faults(house: House, case: Case, told: Told, sealed: bytes | None) -> Iterator[str]:
    """Whether the complainant is there and opens, or is gone where the case was purged."""
    if told.purged:
        if sealed is not None:
            yield "its complainant was purged and is there again"
        return
    if sealed is None:
        yield "its complainant is missing"
        return
    try:
        house.vault.open(sealed, to=case.key)
    except (ObjectDamaged, NotReady, *UNREADABLE):
        yield "its complainant does not open: altered, or of another case"


def short(value: str) -> bytes:
    """Sixteen bytes that stand for a long value."""
    return hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _words(house: House, case: Case, told: Told, seals: tuple[bytes, bytes]) -> Iterator[str]:
    text, place = seals
    if not case.text:
        yield "its text is missing"
        return
    if told.masked and _sealed(house, case, case.text) != short(told.masked):
        yield "its text is not what masking left"
    if not told.masked and _sealed(house, case, case.text) != text:
        yield "its text is not what was registered"
    if place not in (UNSEALED, _sealed(house, case, place_text(case))):
        yield "its place or addressee is not what was registered"


def _sealed(house: House, case: Case, text: str) -> bytes:
    return short(house.vault.text_seal(case.id, text))
