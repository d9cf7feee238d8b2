"""Retain: what citizens told is masked and then purged after the pack's periods; numbers, codes, days, counts and the ledger stay.

Here: the cases, page by page, each page one transaction with its events. Not here: whose time is over (nistaran/domain/retention.py),
files and objects (retain_objects.py). Safe to repeat, and goes on where a killed run stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from nistaran.domain.complaint import Case, Complainant
from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.errors import BadTable
from nistaran.domain.events import Event, EventKind, Link
from nistaran.domain.records import NoticeState
from nistaran.domain.retention import CaseTime, Erased, Kept, MaskedWords, due_erasure
from nistaran.domain.task import TaskState
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.masked import masked_text
from nistaran.steps.ports import UnitOfWork
from routing.retention import RetentionRules

_PAGE = 500
#: What ends a case's course: the newest of them is its final closing.
_CLOSING = frozenset({EventKind.DISPOSED.value, EventKind.SPECIAL_CLOSED.value, EventKind.FEEDBACK_GIVEN.value})
_ERASED, _SCRUBBED = "retain erased", "retain scrubbed"
_ON_ITS_WAY = frozenset({NoticeState.WAITING.value, NoticeState.CLAIMED.value})


@dataclass(slots=True)
class Retained:
    """What went, by kind, and of the closed cases that were looked at why the others stay."""

    went: Counter[str] = field(default_factory=Counter)
    kept: Counter[Kept] = field(default_factory=Counter)


def retain_cases(house: House, rules: RetentionRules) -> Retained:
    """Mask and purge the cases whose time is over.

    Raises:
        BadTable: when a legal hold or a category of a court names nothing that there is; nothing is touched.
        WorldAway: when the database does not answer; what was committed stays done.
    """
    must_know(house, rules)
    retained, last = Retained(), 0
    today = day_in_india(house.clock.now())
    before, masked = (start_of(today - timedelta(days=days - 1)) for days in (rules.periods.mask, rules.periods.words))
    while True:
        with house.read() as work:
            page = work.erasures.closed(after_id=last, limit=_PAGE, before=before, masked_before=masked)
        if not page:
            return retained
        last = page[-1]
        with house.work() as work:
            work.ledger.lock()  # nobody reopens a case of this page meanwhile
            _retain_page(house, work, page, rules, retained)
            fault("before_retain_commit")
            work.commit()
        fault("after_retain_commit")


def must_know(house: House, rules: RetentionRules) -> None:
    """Go on only when every hold of this district is on a case, and every category that means a court is one: a slip of the pen there would
    let go what a court wants kept. Holds of the State's other districts are theirs. Raises BadTable."""
    unknown = sorted(set(rules.court) - set(house.closing().special))
    if unknown:
        raise BadTable(f"retention.toml, [court]: {', '.join(unknown)}: closing.toml में नहीं है / is not in closing.toml")
    own = [number for number in sorted(rules.holds) if number.startswith(f"{house.district.facts.code}-")]
    with house.read() as work:
        lost = [number for number in own if work.cases.by_number(number) is None]
    if lost:
        raise BadTable(f"retention.toml, [[hold]]: {', '.join(lost)}: ऐसा कोई प्रकरण नहीं / there is no such case")


def owe_scrub(house: House, work: UnitOfWork) -> None:
    """Keep, with what is deleted, that the database's files still hold traces of it: a killed run must not leave them there."""
    work.heartbeats.beat(_ERASED, {}, at=house.clock.now())


def scrub_owed(house: House) -> bool:
    """Whether something was deleted since the files were scrubbed last."""
    with house.read() as work:
        heard = {one.name: one.heard for one in work.heartbeats.all()}
    return _ERASED in heard and (_SCRUBBED not in heard or heard[_SCRUBBED] <= heard[_ERASED])


def scrubbed(house: House) -> None:
    """The files were scrubbed."""
    with house.work() as work:
        work.heartbeats.beat(_SCRUBBED, {}, at=house.clock.now())
        work.commit()


def start_of(day: date) -> datetime:
    """When this day begins in India."""
    return datetime.combine(day, time.min, IST)


def _retain_page(house: House, work: UnitOfWork, ids: Sequence[int], rules: RetentionRules, retained: Retained) -> None:
    today = day_in_india(house.clock.now())
    cases = work.cases.by_ids(ids)
    done = work.erasures.of_each(ids)
    mask: list[Case] = []
    purge: list[Case] = []
    for case, time_of in zip(cases, _times(work, cases, rules.court), strict=True):
        due = due_erasure(time_of, rules.periods, today=today, holds=rules.holds)
        if isinstance(due, Kept):
            retained.kept[due] += 1
        elif due is Erased.PURGED:
            purge.append(case)
        elif case.id not in done:
            mask.append(case)
    if mask or purge:
        owe_scrub(house, work)
    _mask(house, work, mask, today)
    _purge(house, work, purge, today, retained)
    retained.went["masked"] += len(mask)


def _mask(house: House, work: UnitOfWork, cases: Sequence[Case], today: date) -> None:
    sealed = work.complainants.sealed_of([case.id for case in cases])
    words, events = [], []
    for case in cases:
        text = masked_text(house, case, sealed.get(case.id))
        nobody = house.vault.seal(Complainant(), to=case.key)
        words.append(MaskedWords(case_id=case.id, text=text, sealed=nobody))
        body = {"day": today.isoformat(), "text": house.vault.text_seal(case.id, text)}
        events.append(Event(case=case.number, kind=EventKind.MASKED, at=house.clock.now(), body=body))
    work.erasures.mask(words, on_day=today)
    work.ledger.append(events)


def _purge(house: House, work: UnitOfWork, cases: Sequence[Case], today: date, retained: Retained) -> None:
    if not cases:
        return
    went = work.erasures.purge([case.id for case in cases], on_day=today)
    now, events = house.clock.now(), []
    for case in cases:
        counts = {kind: count for kind, count in sorted(went[case.id].items()) if count}
        retained.went.update(counts)
        events.append(
            Event(case=case.number, kind=EventKind.PURGED, at=now, body={"day": today.isoformat(), "went": counts})
        )
    retained.went["purged"] += len(cases)
    work.ledger.append(events)


def _times(work: UnitOfWork, cases: Sequence[Case], court: Collection[str]) -> list[CaseTime]:
    ids = [case.id for case in cases]
    events = work.ledger.of_each([case.number for case in cases])
    tasks = work.tasks.of_each(ids)
    notices: Mapping[int, Sequence[tuple[object, str, str]]] = work.outbox.of_each(ids)
    return [
        CaseTime(
            number=case.number,
            status=case.status,
            closed_on=_closed_on(events.get(case.number, ())),
            owed=frozenset(one.kind for one in tasks.get(case.id, ()) if one.state is TaskState.OPEN),
            in_court=_in_court(events.get(case.number, ()), court),
            notices_waiting=any(state in _ON_ITS_WAY for _, state, _ in notices.get(case.id, ())),
        )
        for case in cases
    ]


def _closed_on(links: Sequence[Link]) -> date | None:
    moments = [link.at for link in links if link.kind in _CLOSING]
    return day_in_india(datetime.fromisoformat(max(moments))) if moments else None


def _in_court(links: Sequence[Link], court: Collection[str]) -> bool:
    """Whether what closed it last was a special close of a category that means a court."""
    closings = [link for link in links if link.kind in {EventKind.DISPOSED.value, EventKind.SPECIAL_CLOSED.value}]
    return bool(closings) and any(f'"category":"{category}"' in closings[-1].body for category in court)
