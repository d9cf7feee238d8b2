"""Deliver: bring waiting notices to offices, at least once outside, once in effect by their idempotency key (promise P8).

Not here: how a notice travels (couriers/).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nistaran.domain.complaint import Case, Complainant
from nistaran.domain.errors import OfficeAway, WorldAway
from nistaran.domain.events import Event, EventKind
from nistaran.domain.letters import WORDING, Letter
from nistaran.domain.privacy import mask_name, mask_text, without_person
from nistaran.domain.records import Claim, Notice, NoticeState
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.paper_notice import paper_message, paper_of
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.registry import mail_addresses

log = logging.getLogger(__name__)

LEASE_SECONDS = 120
#: What bringing one notice may take at the most: every courier keeps to it. With less of the lease left none is begun, so that
#: nobody else takes a notice over while it is under way.
SPARE_SECONDS = 60
#: Few enough that a courier of ordinary speed brings them within one lease.
CLAIMS = 50
#: Results are written down after so many notices or so many seconds: what a crash in between forgets is brought a second time.
GROUP = 25
GROUP_SECONDS = 20
#: After so many tries a notice goes to the dead letters, where `nistaran doctor` shows it.
ATTEMPTS = 8
#: A courier that is away is left alone for so long; the office at whose notice that showed for twice as long, so that the next
#: run begins with another one, in case it is that office's notices alone that the receiver cannot take.
PAUSE = timedelta(minutes=1)


@dataclass(slots=True)
class DeliverOutcome:
    """What became of one batch of notices. `returned` were claimed and handed back without a try."""

    delivered: int = 0
    postponed: int = 0
    dead: int = 0
    stale: int = 0
    returned: int = 0

    @property
    def notices(self) -> int:
        """How many were tried; 0 means that nothing is due."""
        return self.delivered + self.postponed + self.dead + self.stale

    def add(self, other: DeliverOutcome) -> None:
        """Sum up."""
        self.delivered += other.delivered
        self.postponed += other.postponed
        self.dead += other.dead
        self.stale += other.stale
        self.returned += other.returned


@dataclass(slots=True)
class _Group:
    """What a few notices came to, before it is written down. `left` were not tried."""

    since: datetime
    brought: list[tuple[Claim, str]] = field(default_factory=list)
    failed: list[tuple[Claim, Exception]] = field(default_factory=list)
    left: list[Claim] = field(default_factory=list)

    def is_full(self, now: datetime) -> bool:
        return len(self.brought) + len(self.failed) >= GROUP or now - self.since >= timedelta(seconds=GROUP_SECONDS)

    def away(self) -> Claim | None:
        """The notice at which the courier turned out to be away."""
        if self.failed and isinstance(error := self.failed[-1][1], WorldAway) and not isinstance(error, OfficeAway):
            return self.failed[-1][0]
        return None


def revive_dead(house: House) -> int:
    """Put the dead letters back into the queue, after a person has mended what kept them. Returns how many."""
    with house.work() as work:
        revived = work.outbox.revive(at=house.clock.now())
        work.commit()
    return revived


def waiting(house: House) -> int:
    """How many notices are still to be brought, those that are held or put off included."""
    with house.read() as work:
        states = work.outbox.count_by_state()
    return states.get(NoticeState.WAITING.value, 0) + states.get(NoticeState.CLAIMED.value, 0)


def deliver_batch(house: House, *, limit: int = CLAIMS) -> DeliverOutcome:
    """Claim a few notices and bring each outside any transaction, writing down group by group what happened to them.

    Called until it tries none. It stops early, and hands back what it did not try, when the lease is nearly over or at the first
    sign that the courier is away. A courier that brought nothing before that is left alone for a while: then nothing is due.
    """
    began = house.clock.now()
    with house.work() as work:
        claims = work.outbox.claim(limit=limit, at=began, lease_seconds=LEASE_SECONDS)
        ids = [claim.notice.case_id for claim in claims if claim.notice.case_id is not None]
        cases = {case.id: case for case in work.cases.by_ids(ids)}
        sealed = work.complainants.sealed_of(list(cases))
        mail = mail_addresses(house, work, {claim.notice.office for claim in claims})
        work.commit()
    outcome, group = DeliverOutcome(), _Group(began)
    for turn, claim in enumerate(claims, start=1):
        case_id = claim.notice.case_id
        about = (cases[case_id], sealed.get(case_id)) if case_id is not None else None
        _try(house, group, claim, about, mail.get(claim.notice.office, ""))
        now = house.clock.now()
        if group.away() or now - began >= timedelta(seconds=LEASE_SECONDS - SPARE_SECONDS):
            group.left = claims[turn:]
            break
        if group.is_full(now) and turn < len(claims):
            _write(house, group, outcome, cases)
            group = _Group(now)
    if claims:
        _write(house, group, outcome, cases)
    return outcome


def _try(house: House, group: _Group, claim: Claim, about: tuple[Case, bytes | None] | None, mail: str) -> None:
    try:
        receipt = _bring(house, claim, about, mail)
    except Exception as error:  # noqa: BLE001 - one notice that cannot be brought must not keep the others
        group.failed.append((claim, error))
    else:
        group.brought.append((claim, receipt))


def _bring(house: House, claim: Claim, about: tuple[Case, bytes | None] | None, mail: str) -> str:
    """`about`: the case and its sealed complainant; None of a notice that is about no single case."""
    office = house.district.offices[claim.notice.office]
    if about is None:
        message = paper_message(claim.notice)
    else:
        case, sealed = about
        complainant = house.vault.open(sealed, to=case.key) if sealed else Complainant()
        message = _message(house, claim.notice, case, complainant)
    return house.courier.deliver(
        key=claim.notice.key,
        office={"code": office.code, "name": office.name_hi, "post": office.post_hi, "email": mail},
        message=message,
    )


def _message(house: House, notice: Notice, case: Case, complainant: Complainant) -> dict[str, object]:
    channel = house.pack.channels[case.channel]
    department = house.pack.departments[str(notice.body["department"])]
    wording, enclosed = WORDING[Letter(notice.kind)], notice.body.get("enclosed", {})
    return {
        "kind": notice.kind,
        "subject": wording.subject.format(number=case.number),
        "order": wording.order,
        "enclosed": "\n".join(str(text) for text in enclosed.values()) if isinstance(enclosed, Mapping) else "",
        "number": case.number,
        "channel": channel.name_hi,
        "reference": case.reference,
        "department": department.name_hi,
        "received_on": case.received_on.strftime("%d.%m.%Y"),
        "due_on": case.due_on.strftime("%d.%m.%Y"),
        "complainant": mask_name(complainant.name),
        "text": mask_text(without_person(case.text, complainant)),
    }


def _write(house: House, group: _Group, outcome: DeliverOutcome, cases: Mapping[int, Case]) -> None:
    """Write a group down in one transaction. `outcome` holds what the batch came to before, and is counted on."""
    fault("after_send")
    now = house.clock.now()
    with house.work() as work:
        work.ledger.lock()
        told = DeliverOutcome(returned=work.outbox.hand_back(group.left, at=now))
        _write_brought(work, group, told, cases, now)
        for claim, error in group.failed:
            _write_failed(work, claim, error, told, now)
        if (last := group.away()) is not None and not (outcome.delivered or outcome.stale or group.brought):
            put_off = work.outbox.pause(until=now + PAUSE)
            work.outbox.pause(until=now + 2 * PAUSE, office=last.notice.office)
            log.warning("the courier is away", extra={"notices": put_off, "seconds": int(PAUSE.total_seconds())})
        work.commit()
    outcome.add(told)


def _write_brought(
    work: UnitOfWork, group: _Group, told: DeliverOutcome, cases: Mapping[int, Case], now: datetime
) -> None:
    claims = [claim for claim, _ in group.brought]
    fresh = work.outbox.delivered(claims, receipts=[receipt for _, receipt in group.brought], at=now)
    delivered = [claim for claim, is_fresh in zip(claims, fresh, strict=True) if is_fresh]
    work.ledger.append(
        Event(
            case=cases[claim.notice.case_id].number if claim.notice.case_id is not None else paper_of(claim.notice),
            kind=EventKind.NOTICE_DELIVERED,
            at=now,
            body={"notice": claim.notice.key, "office": claim.notice.office},
        )
        for claim in delivered
    )
    told.delivered, told.stale = len(delivered), len(claims) - len(delivered)


def _write_failed(work: UnitOfWork, claim: Claim, error: Exception, told: DeliverOutcome, now: datetime) -> None:
    not_before = _next_try(claim, error, now)
    log.warning(
        "notice not delivered",
        extra={"notice": claim.notice.key, "error": type(error).__name__, "tries": claim.attempts},
    )
    if not work.outbox.failed(claim, error=type(error).__name__, not_before=not_before):
        told.stale += 1
    elif not_before is None:
        told.dead += 1
    else:
        told.postponed += 1


def _next_try(claim: Claim, error: Exception, now: datetime) -> datetime | None:
    """Twice as long after each try while the world is away; the dead letters after ATTEMPTS or for any other error."""
    if not isinstance(error, WorldAway) or claim.attempts >= ATTEMPTS:
        return None
    return now + timedelta(minutes=min(2**claim.attempts, 24 * 60))
