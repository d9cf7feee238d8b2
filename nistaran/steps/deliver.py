"""Deliver: bring waiting notices to offices, at least once outside, once in effect by their idempotency key (promise P8).

Not here: how a notice travels (couriers/).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nistaran.domain.complaint import Case
from nistaran.domain.errors import WorldAway
from nistaran.domain.events import Event, EventKind
from nistaran.domain.privacy import mask_name, mask_text
from nistaran.domain.records import Claim
from nistaran.steps.fault import fault
from nistaran.steps.house import House

log = logging.getLogger(__name__)

LEASE_SECONDS = 120
#: After so many tries a notice goes to the dead letters, where `nistaran doctor` shows it.
ATTEMPTS = 8


@dataclass(slots=True)
class DeliverOutcome:
    """What became of one batch of notices."""

    delivered: int = 0
    postponed: int = 0
    dead: int = 0
    stale: int = 0

    @property
    def notices(self) -> int:
        """How many were tried; 0 means that nothing waits."""
        return self.delivered + self.postponed + self.dead + self.stale

    def add(self, other: DeliverOutcome) -> None:
        """Sum up."""
        self.delivered += other.delivered
        self.postponed += other.postponed
        self.dead += other.dead
        self.stale += other.stale


def revive_dead(house: House) -> int:
    """Put the dead letters back into the queue, after a person has mended what kept them. Returns how many."""
    with house.work() as work:
        revived = work.outbox.revive(at=house.clock.now())
        work.commit()
    return revived


def deliver_batch(house: House, *, limit: int = 500) -> DeliverOutcome:
    """Claim notices, bring each outside any transaction, then write down what happened to all of them."""
    with house.work() as work:
        claims = work.outbox.claim(limit=limit, at=house.clock.now(), lease_seconds=LEASE_SECONDS)
        work.commit()
    if not claims:
        return DeliverOutcome()
    with house.read() as work:
        cases = {case.id: case for case in work.cases.by_ids([claim.notice.case_id for claim in claims])}
        sealed = work.complainants.sealed_of(list(cases))
    brought: list[tuple[Claim, str]] = []
    failed: list[tuple[Claim, Exception]] = []
    for claim in claims:
        try:
            receipt = _bring(house, claim, cases[claim.notice.case_id], sealed.get(claim.notice.case_id))
        except Exception as error:  # noqa: BLE001 - one notice that cannot be brought must not keep the others
            failed.append((claim, error))
        else:
            brought.append((claim, receipt))
    fault("after_send")
    return _write(house, brought, failed, {case.id: case.number for case in cases.values()})


def _bring(house: House, claim: Claim, case: Case, sealed: bytes | None) -> str:
    office = house.district.offices[claim.notice.office]
    name = house.vault.open(sealed, to=case.key).name if sealed else ""
    return house.courier.deliver(
        key=claim.notice.key,
        office={"code": office.code, "name": office.name_hi, "post": office.post_hi, "email": office.email},
        message=_message(house, claim.notice.body, case, name),
    )


def _message(house: House, body: Mapping[str, object], case: Case, name: str) -> dict[str, object]:
    channel = house.pack.channels[case.channel]
    department = house.pack.departments[str(body["department"])]
    return {
        "number": case.number,
        "channel": channel.name_hi,
        "reference": case.reference,
        "department": department.name_hi,
        "received_on": case.received_on.strftime("%d.%m.%Y"),
        "due_on": case.due_on.strftime("%d.%m.%Y"),
        "complainant": mask_name(name),
        "text": mask_text(case.text),
    }


def _write(
    house: House,
    brought: Sequence[tuple[Claim, str]],
    failed: Sequence[tuple[Claim, Exception]],
    numbers: Mapping[int, str],
) -> DeliverOutcome:
    outcome = DeliverOutcome()
    now = house.clock.now()
    with house.work() as work:
        work.ledger.lock()
        fresh = work.outbox.delivered(
            [claim for claim, _ in brought], receipts=[receipt for _, receipt in brought], at=now
        )
        delivered = [claim for (claim, _), is_fresh in zip(brought, fresh, strict=True) if is_fresh]
        work.ledger.append(
            Event(
                case=numbers[claim.notice.case_id],
                kind=EventKind.NOTICE_DELIVERED,
                at=now,
                body={"notice": claim.notice.key, "office": claim.notice.office},
            )
            for claim in delivered
        )
        outcome.delivered, outcome.stale = len(delivered), len(brought) - len(delivered)
        for claim, error in failed:
            not_before = _next_try(claim, error, now)
            log.warning(
                "notice not delivered",
                extra={"notice": claim.notice.key, "error": type(error).__name__, "tries": claim.attempts},
            )
            if not work.outbox.failed(claim, error=type(error).__name__, not_before=not_before):
                outcome.stale += 1
            elif not_before is None:
                outcome.dead += 1
            else:
                outcome.postponed += 1
        work.commit()
    return outcome


def _next_try(claim: Claim, error: Exception, now: datetime) -> datetime | None:
    """Twice as long after each try while the world is away; the dead letters after ATTEMPTS or for any other error."""
    if not isinstance(error, WorldAway) or claim.attempts >= ATTEMPTS:
        return None
    return now + timedelta(minutes=min(2**claim.attempts, 24 * 60))
