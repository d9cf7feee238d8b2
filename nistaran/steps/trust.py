"""Trust: the receiving office takes a case, or a second person releases what was held back; only then may a correction teach.

Here: the acts by which trust moves (decision 9). Not here: the rules (nistaran/domain/correction.py), correcting (correct.py), training.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nistaran.domain import correction as rules
from nistaran.domain.complaint import Case, Status
from nistaran.domain.correction import Correction, Trust
from nistaran.domain.correction_refused import (
    NoSuchOffice,
    NotOnThisDesk,
    OwnCorrection,
    UnknownCorrection,
    login_of,
)
from nistaran.domain.errors import UnknownCase
from nistaran.domain.events import Event, EventKind, Link
from nistaran.domain.lifecycle import LEADS_TO
from nistaran.domain.task import TaskKind
from nistaran.domain.transfer import AnswerKind
from nistaran.steps.house import House
from nistaran.steps.keep_correction import settle
from nistaran.steps.move import close_tasks, is_proposed
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.who_may import must_act_for, must_be_of_cell

_MOVES = frozenset(kind.value for kind, status in LEADS_TO.items() if status is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """An office has taken a case. `trusted` are the ids of the corrections that may teach by it; `changed` is False when it had
    taken it before and nothing new came of it."""

    case: str
    office: str
    trusted: tuple[str, ...]
    changed: bool


def accept_case(house: House, number: str, *, office: str, by: str) -> Accepted:
    """The office on whose desk the case lies says: it is ours. Safe to repeat.

    Corrections of the case that wait and name this office's department become trusted, but for those by the same login: nobody
    confirms himself.

    Raises:
        UnknownCase, NotOnThisDesk: when there is no such case, or it lies elsewhere.
        NoSuchOffice, WrongLogin: when an argument is none. NotYourOffice: when the login may not act for the office.
    """
    login, code = login_of(by), office.strip().upper()
    if code not in house.district.offices:
        raise NoSuchOffice
    with house.work() as work:
        work.ledger.lock()
        must_act_for(house, work, login, code)
        case = work.cases.by_number(number)
        if case is None:
            raise UnknownCase(number)
        if case.status is not Status.WITH_OFFICE or case.office != code:
            raise NotOnThisDesk(number)
        now = house.clock.now()
        changed = rules.on_acceptance(
            work.corrections.of(case.id), department=case.department, office=code, by=login, at=now
        )
        if not changed and _acceptances(work, case) and not is_proposed(work, case):
            return Accepted(case=case.number, office=code, trusted=(), changed=False)
        body = {"answer": AnswerKind.ACCEPTED.value, "office": code, "by": login}
        work.ledger.append([Event(case=case.number, kind=EventKind.OFFICE_ANSWERED, at=now, body=body)])
        # nobody forwards what its office took
        close_tasks(work, case, frozenset({TaskKind.RELEASE}), by=login, now=now)
        settle(work, changed, now)
        work.commit()
    trusted = tuple(one.id for one in changed if one.trust is Trust.TRUSTED)
    return Accepted(case=case.number, office=code, trusted=trusted, changed=True)


def release(house: House, ids: Sequence[str], *, by: str) -> list[Correction]:
    """A second person has looked at quarantined corrections and lets them count, all or none. Returns them as they now stand.

    One whose case was accepted by the receiving office meanwhile is trusted at once; the others wait for that.

    Raises:
        UnknownCorrection: when no quarantined correction has one of these ids.
        OwnCorrection: when the login is the one that wrote it.
        WrongLogin: when the login is none. NotYourOffice: when it is not the cell's.
    """
    login, wanted = login_of(by), list(dict.fromkeys(one.strip().upper() for one in ids))
    with house.work() as work:
        work.ledger.lock()
        must_be_of_cell(house, work, login)
        found = work.corrections.by_ids(wanted)
        if len(found) < len(wanted) or any(one.trust is not Trust.QUARANTINED for one in found):
            raise UnknownCorrection
        if any(one.by == login for one in found):
            raise OwnCorrection
        now = house.clock.now()
        for one in found:
            _let_go(work, one, login, now)
        now_standing = work.corrections.by_ids(wanted)
        work.commit()
    return now_standing


def withdraw(house: House, ids: Sequence[str], *, by: str) -> list[Correction]:
    """Corrections that turned out to be wrong teach no more, all or none; their cases stay where they are. Returns them as they now stand.

    Raises:
        UnknownCorrection: when no correction that is not withdrawn yet has one of these ids.
        WrongLogin: when the login is none. NotYourOffice: when it is not the cell's.
    """
    login, wanted = login_of(by), list(dict.fromkeys(one.strip().upper() for one in ids))
    with house.work() as work:
        work.ledger.lock()
        must_be_of_cell(house, work, login)
        found = work.corrections.by_ids(wanted)
        if len(found) < len(wanted) or any(one.trust is Trust.WITHDRAWN for one in found):
            raise UnknownCorrection
        gone, now = [rules.withdrawn(one) for one in found], house.clock.now()
        work.corrections.settle(gone)
        work.ledger.append(
            Event(
                case=one.case,
                kind=EventKind.CORRECTION_WITHDRAWN,
                at=now,
                body={"correction": one.id, "by": login},
            )
            for one in gone
        )
        work.commit()
    return gone


def _let_go(work: UnitOfWork, one: Correction, by: str, now: datetime) -> None:
    work.corrections.settle([rules.released(one)])
    body = {"correction": one.id, "by": by}
    work.ledger.append([Event(case=one.case, kind=EventKind.CORRECTION_RELEASED, at=now, body=body)])
    case = work.cases.by_ids([one.case_id])[0]
    for office, who in _acceptances(work, case):
        changed = rules.on_acceptance(
            work.corrections.of(case.id), department=case.department, office=office, by=who, at=now
        )
        settle(work, changed, now)


def _acceptances(work: UnitOfWork, case: Case) -> list[tuple[str, str]]:
    """(office, login) of those who took the case since it last moved."""
    taken: list[tuple[str, str]] = []
    for link in work.ledger.of(case.number):
        if link.kind in _MOVES:
            taken.clear()
        elif link.kind == EventKind.OFFICE_ANSWERED:
            taken.extend(_accepted(link))
    return taken


def _accepted(link: Link) -> list[tuple[str, str]]:
    body = json.loads(link.body)
    return [(str(body["office"]), str(body["by"]))] if body["answer"] == AnswerKind.ACCEPTED else []
