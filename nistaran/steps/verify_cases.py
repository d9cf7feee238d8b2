"""Cases against the ledger: what the events say of each case, and whether the rows beside it say the same.

Here: the fold of the events and the comparison. Not here: the chain itself, checkpoints, raw files (verify.py), what was
registered and what is left of it (verify_registration.py), reading the rows beside a case (verify_beside.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, assert_never

from nistaran.domain.complaint import Case
from nistaran.domain.complaint import Link as Related
from nistaran.domain.events import EventKind, Link
from nistaran.domain.lifecycle import LEADS_TO
from nistaran.domain.records import NoticeState
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.verify_beside import UNREADABLE, BesidePage
from nistaran.steps.verify_corrections import CorrectionCheck
from nistaran.steps.verify_papers import PaperCheck
from nistaran.steps.verify_registration import FACTS, UNSEALED, complainant_faults, registration_faults, short
from nistaran.steps.verify_reports import report_faults
from nistaran.steps.verify_told import Tie, Told, task_row

T = TypeVar("T")

_PAGE = 2000
#: Stands for the id of the other case where a Linked event is from before it carried one.
_UNSAID = -1


class CaseCheck:
    """Read all events first, then ask for the faults: about 300 bytes are kept a case between the two."""

    def __init__(self, house: House, work: UnitOfWork) -> None:
        self._house, self._work = house, work
        self._told: dict[str, Told] = {}
        self._corrections = CorrectionCheck(work)
        self._papers = PaperCheck(work)
        self._shared: dict[Any, Any] = {}
        self.cases = 0
        self.unsealed = 0  #: cases registered before facts and places were sealed: those two were not compared

    def read(self, links: Iterable[Link]) -> Iterator[str]:
        """Fold the events. Yields a fault for each that cannot be understood, and goes on."""
        for link in links:
            try:
                kind = EventKind(link.kind)
            except ValueError:
                yield f"ledger: event {link.seq} is of a kind that this version does not know"
                continue
            try:
                if not self._papers.read(link, kind):
                    self._add(link, kind)
                    self._corrections.read(link, kind)
            except UNREADABLE:
                yield f"ledger: event {link.seq} cannot be read"

    def faults(self) -> Iterator[str]:
        """Hold every case against its events, page by page. Yields what does not agree."""
        last = 0
        while True:
            try:
                page = self._work.cases.page(after_id=last, limit=_PAGE)
                sealed = self._work.complainants.sealed_of([case.id for case in page])
            except UNREADABLE:
                yield f"cases: a row after id {last} cannot be read; those from there on were not looked at"
                return
            if not page:
                break
            last = page[-1].id
            beside = BesidePage(self._work, [case.id for case in page])
            for case in page:
                self.cases += 1
                told = self._told.pop(case.number, None)
                for fault in self._of_case(case, told, sealed.get(case.id), beside):
                    yield f"case {case.number}: {fault}"
        yield from (f"case {number}: has events but no row" for number in self._told)
        yield from self._corrections.faults()
        yield from self._papers.faults()

    def _add(self, link: Link, kind: EventKind) -> None:
        told = self._told.setdefault(link.case, Told())
        match kind:
            case EventKind.REGISTERED:
                body = json.loads(link.body)
                facts = (*(self._share(str(body[name])) for name in FACTS), self._share(link.at))
                if told.facts is not None:
                    raise ValueError("registered twice")
                seals = (body["key"], body["text"], body.get("facts"), body.get("place"))
                told.seals = b"".join(UNSEALED if seal is None else short(seal) for seal in seals)
                told.facts = self._share(facts)
            case (
                EventKind.ROUTED
                | EventKind.DEPARTMENT_CORRECTED
                | EventKind.FORWARDED
                | EventKind.FROZEN
                | EventKind.RULED
                | EventKind.RETURNED
            ):  # a machine or a person put it on a desk
                body = json.loads(link.body)
                move = ("assign", str(body["department"]), str(body["office"]), str(body["rule"]))
                told.moves = self._share((*told.moves, move))
            case EventKind.PERSON_ASKED:
                body = json.loads(link.body)
                told.moves = self._share((*told.moves, ("ask", str(body["department"]), "", str(body["reason"]))))
            case EventKind.NOTICE_DELIVERED:
                told.delivered += 1
            case EventKind.LINKED:
                body = json.loads(link.body)
                tie = (self._share(str(body["kind"])), str(body["other"]), body.get("other_id", _UNSAID))
                told.ties |= {tie}
            case EventKind.FORWARD_DECLINED:
                told.letters = self._share((*told.letters, (str(json.loads(link.body)["office"]), told.stands[0])))
            case EventKind.FORWARD_PROPOSED | EventKind.TASK_SET | EventKind.TASK_CLOSED:
                told.add_task(kind, json.loads(link.body))
            case (
                EventKind.REPORT_SUBMITTED
                | EventKind.DISPOSED
                | EventKind.SPECIAL_CLOSED
                | EventKind.SPECIAL_REFUSED
                | EventKind.REOPENED
                | EventKind.FEEDBACK_GIVEN
                | EventKind.MARKED
                | EventKind.MASKED
                | EventKind.PURGED
            ):
                told.add_closing(kind, json.loads(link.body))
            case (
                EventKind.COMPLAINANT_SHOWN
                | EventKind.OFFICE_ANSWERED
                | EventKind.CORRECTION_TRUSTED
                | EventKind.CORRECTION_QUARANTINED
                | EventKind.CORRECTION_RELEASED
                | EventKind.CORRECTION_WITHDRAWN
            ):
                pass  # they move no case; corrections are held against them in verify_corrections.py
            case (
                EventKind.LETTER_DRAFTED | EventKind.LETTER_SIGNED | EventKind.LETTER_SENT | EventKind.LETTER_ANSWERED
                | EventKind.LETTER_CANCELLED | EventKind.DAILY_NOTICE_DRAWN | EventKind.DAILY_NOTICE_ACKNOWLEDGED
                | EventKind.ORDER_GIVEN | EventKind.ORDER_ENDED
            ):  # fmt: skip
                raise ValueError("about no case: PaperCheck reads it")
            case _:
                assert_never(kind)
        told.status = LEADS_TO[kind] or told.status

    def _share(self, value: T) -> T:
        shared: T = self._shared.setdefault(value, value)
        return shared

    def _of_case(self, case: Case, told: Told | None, sealed: bytes | None, beside: BesidePage) -> Iterator[str]:
        if told is None or told.facts is None:
            yield "has no event that registered it"
            return
        self.unsealed += told.seals[32:48] == UNSEALED
        yield from registration_faults(self._house, case, told, told.facts)
        yield from complainant_faults(self._house, case, told, sealed)
        if told.status is not case.status:
            yield f"status {case.status.value} is not the fold of its events"
        for name, stands, put in zip(
            ("department", "office"), (case.department, case.office), told.stands, strict=True
        ):
            if stands != put:
                yield f"{name} is not where its events put it"
        try:
            yield from _rows_beside(self._house, case, told, beside)
        except UNREADABLE:
            yield "a link, decision, desk or notice of it cannot be read"


def _rows_beside(house: House, case: Case, told: Told, beside: BesidePage) -> Iterator[str]:
    if not _agree([link for link in beside.links.of(case.id) if link.case_id == case.id], told.ties):
        yield "its links are not those of its events"
    decisions = beside.decisions.of(case.id)
    moves = [(made.outcome, made.department, made.office, made.rule + made.reason) for made in decisions]
    if moves != list(told.moves):
        yield "its decisions are not those of its events"
    desks = beside.desks.of(case.id)
    office = told.stands[1]
    opened = [desk.office for desk in desks if desk.until is None]
    if [desk.office for desk in desks] != [place for place, _ in told.routed] or opened != [office] * bool(office):
        yield "its desks are not those of its events"
    notices = beside.notices.of(case.id)
    written = sorted((*told.routed, *told.letters))
    if sorted((notice.office, str(notice.body["department"])) for notice, _, _ in notices) != written:
        yield "its notices are not those of its events"
    elif sum(state == NoticeState.DELIVERED.value for _, state, _ in notices) != told.delivered:
        yield "its notices are delivered otherwise than its events say"
    yield from report_faults(house, case, told, beside)
    marks = [(one.kind.value, one.round, one.due_on.isoformat()) for one in beside.marks.of(case.id)]
    if sorted(marks) != sorted(told.marks):
        yield "its marks are not those of its events"
    if told.came_back:
        yield "was forwarded back to an office that had it"
    if sorted(map(task_row, beside.tasks.of(case.id))) != sorted(told.tasks):
        yield "its tasks are not those of its events"


def _agree(kept: Iterable[Related], told: frozenset[Tie]) -> bool:
    """Whether the links of a case are those that its events told. As sets: a number named twice in a text is one link."""
    unsaid = {(kind, other) for kind, other, other_id in told if other_id == _UNSAID}
    stands = {(link.kind.value, link.other, link.other_id) for link in kept}
    return {(kind, other, _UNSAID if (kind, other) in unsaid else known) for kind, other, known in stands} == told
