"""Letters for a signature: drawing one up, what persons do with it, its pages. A machine never signs, sends or answers (S1-2).

Here: one letter at a time. Not here: which letters are due (propose_drafts.py), what stands on one (letter_facts.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from nistaran.domain.cleaning import clean
from nistaran.domain.correction_refused import login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import (
    ActKind,
    Draft,
    DraftKind,
    DraftState,
    UnknownDraft,
    answered,
    cancelled,
    draft_id,
    financial_year,
    sent,
    signed,
)
from nistaran.domain.errors import UnknownCase
from nistaran.domain.events import Event, EventKind
from nistaran.domain.paper_seals import ACT_EVENTS, act_body, draft_seal
from nistaran.domain.privacy import mask_text
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.letter_facts import Wanted, letter_facts, signing_office
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.who_may import must_be_of_cell, must_sign

#: Stands across a letter that was put aside.
_PUT_ASIDE = "निरस्त — मान्य नहीं"
_ID = re.compile(r"[A-Z_]{1,20}-\d{4}-\d{2}-\d{1,6}")


def draw_in(house: House, work: UnitOfWork, wanted: Wanted, *, by: str, at: datetime) -> Draft | None:
    """Draw a letter up in the caller's transaction, which must hold the ledger's lock: so numbers have no gaps and no doubles.

    Of a step of the ladder, cases that had it in this round are left out; None when nothing is left, or when a letter of the kind rests
    on that already and has no case of its own.
    """
    ids = [one.case.id for one in wanted.cases]
    if wanted.kind.is_step:
        taken = work.drafts.taken(wanted.kind, ids)
        fresh = [one for one in wanted.cases if (one.case.id, one.clock.number) not in taken]
        if not fresh:
            return None
        wanted = replace(wanted, cases=fresh)
    elif wanted.kind is DraftKind.TO_SUPERIOR and work.drafts.on_basis(wanted.kind, wanted.basis):
        return None
    today = day_in_india(at)
    year = financial_year(today)
    serial = work.counters.take(f"letter:{wanted.kind.value}:{year}", 1)
    draft = Draft(
        id=draft_id(wanted.kind, year, serial),
        kind=wanted.kind,
        year=year,
        serial=serial,
        office=wanted.office,
        department=wanted.department,
        drawn_at=at,
        drawn_by=by,
        facts=letter_facts(house, wanted, serial=serial, year=year, today=today),
        basis=wanted.basis,
        reply_days=house.letters().letters[wanted.kind].reply_days,
        cases=tuple((one.case.id, one.clock.number) for one in wanted.cases),
    )
    work.drafts.add(draft)
    told = {"kind": wanted.kind.value, "office": wanted.office, "cases": len(draft.cases), "seal": draft_seal(draft)}
    work.ledger.append([Event(case=draft.id, kind=EventKind.LETTER_DRAFTED, at=at, body={**told, "by": by})])
    return draft


def sign_draft(house: House, id_: str, *, by: str) -> Draft:
    """A person has signed the letter by hand, and it goes under this login.

    Raises:
        UnknownDraft, DraftRefused: when there is no such letter, or it is no draft any more.
        WrongLogin, NotYourOffice: when the login is none, or may not do it.
    """
    login = login_of(by)
    return _act(house, id_, ActKind.SIGNED, login, lambda draft, at: signed(draft, by=login, at=at))


def sent_draft(house: House, id_: str, *, by: str, on: date) -> Draft:
    """A person has sent the letter on that day; from it the working days for an answer count. Raises as sign_draft()."""
    login = login_of(by)
    calendar = house.escalation().calendar

    def send(draft: Draft, at: datetime) -> Draft:
        until = calendar.add_working_days(on, draft.reply_days) if draft.reply_days else None
        return sent(draft, by=login, at=at, on=on, until=until)

    return _act(house, id_, ActKind.SENT, login, send)


def answered_draft(house: House, id_: str, *, by: str, on: date) -> Draft:
    """The answer to the letter came on that day. Raises as sign_draft()."""
    login = login_of(by)
    return _act(house, id_, ActKind.ANSWERED, login, lambda draft, at: answered(draft, by=login, at=at, on=on))


def cancel_draft(house: House, id_: str, *, by: str, why: str) -> Draft:
    """A person puts the letter aside; its number stays used, its cases are free again. Raises as sign_draft()."""
    login, cause = login_of(by), one_line(why)
    return _act(house, id_, ActKind.CANCELLED, login, lambda draft, at: cancelled(draft, by=login, at=at, why=cause))


def get_draft(house: House, id_: str) -> Draft:
    """The letter of this id, however its letters are written. Raises UnknownDraft."""
    with house.read() as work:
        return _known(work, id_)


def find_drafts(
    house: House,
    *,
    state: DraftState | None = None,
    kind: DraftKind | None = None,
    case: str = "",
    limit: int | None = None,
) -> Sequence[Draft]:
    """Letters in this state and of this kind, the newest first; about this case, or about any. Raises UnknownCase."""
    with house.read() as work:
        if not case:
            return work.drafts.find(state=state, kind=kind, limit=limit)
        found = work.cases.by_number(case)
        if found is None:
            raise UnknownCase(case)
        bare = work.drafts.of_cases([found.id]).get(found.id, [])
        about = [whole for one in bare if (whole := work.drafts.get(one.id)) is not None]
    return [one for one in reversed(about) if state in (None, one.state) and kind in (None, one.kind)][:limit]


def letter_pdf(draft: Draft) -> bytes:
    """The letter's pages, made anew of its frozen facts: the same letter in the same state gives the same bytes.

    Raises:
        NotPrinted: when its template cannot be set.
    """
    from nistaran.letters.press import press  # heavy, and needed here only

    facts = dict(draft.facts)
    across = {DraftState.DRAFTED: str(facts.pop("draft_words")), DraftState.CANCELLED: _PUT_ASIDE}
    was_signed = draft.act(ActKind.SIGNED)
    day = f"{day_in_india(was_signed.at):%d.%m.%Y}" if was_signed else ""
    at = was_signed.at if was_signed else draft.drawn_at
    return press("letter", {**facts, "draft": across.get(draft.state, ""), "date": day}, at=at)


def one_line(said: str) -> str:
    """What a person typed, in one line, with phones and other long numbers masked."""
    return mask_text(" ".join(clean(said).split()))


def asked_for(id_: str) -> str:
    """An id as a person typed it, fit for a message: as it is where it looks like one, else masked and short."""
    code = id_.strip().upper()
    return code if _ID.fullmatch(code) else one_line(id_)[:40]


def _act(house: House, id_: str, kind: ActKind, by: str, change: Callable[[Draft, datetime], Draft]) -> Draft:
    with house.work() as work:
        work.ledger.lock()
        now, before = house.clock.now(), _known(work, id_)
        if kind is ActKind.SIGNED:
            must_sign(house, work, by, signing_office(house, before.kind))
        else:
            must_be_of_cell(house, work, by)
        draft = change(before, now)
        work.drafts.settle(draft)
        act = draft.act(kind)
        body = act_body(act) if act else {}
        work.ledger.append([Event(case=draft.id, kind=ACT_EVENTS[kind], at=now, body=body)])
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return draft


def _known(work: UnitOfWork, id_: str) -> Draft:
    draft = work.drafts.get(id_.strip().upper())
    if draft is None:
        raise UnknownDraft(asked_for(id_))
    return draft
