"""What is written of the marks of a sweep: the marks, their events, and the letters to the offices that are told.

Cases that are alike (same office, day and marks) share everything that does not carry their number: after an outage there are many of
each kind. Not here: which case has which mark due, and the transaction (escalate.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from nistaran.domain.escalation import Mark, MarkKind, OpenCase, Round, told_of
from nistaran.domain.events import Event, EventKind
from nistaran.domain.letters import Letter
from nistaran.domain.records import Notice
from nistaran.steps.house import House

#: So many kinds of cases that are alike are kept at a time; offices × days are far fewer.
_ALIKE = 50_000


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Clocked:
    """An open case with the clock that runs for it, and the marks that this round has already."""

    case: OpenCase
    clock: Round
    made: frozenset[MarkKind]


@dataclass(slots=True)
class Written:
    """What one batch of cases comes to. `counted` counts marks by (department, kind)."""

    marks: list[Mark] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    letters: list[Notice] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # each is one of a kind: known by identity, which is quick
class _Alike:
    """What cases that are alike have in common."""

    kinds: tuple[MarkKind, ...]
    bodies: tuple[dict[str, object], ...]  #: of the events, one a mark
    letters: tuple[tuple[str, str, str], ...]  #: (kind of letter, the mark's word, office), in the order of the marks
    letter: dict[str, object]  #: of each letter, but for the number
    department: str


def holder_of(house: House, case: OpenCase) -> str:
    """Who is answerable for the case now: its office; the cell while nobody else has it, or its office is no longer in the table."""
    return case.office if case.office in house.district.offices else house.district.facts.cell


class Telling:
    """Writes what one sweep of one day has to tell."""

    def __init__(self, house: House, today: date) -> None:
        self._house, self._today = house, today
        self._known: dict[tuple[object, ...], _Alike] = {}

    def written(self, due: Sequence[tuple[Clocked, tuple[MarkKind, ...]]], now: datetime) -> Written:
        """Marks, events and letters of these cases, each with the marks that are due on it."""
        batch, alikes = Written(), []
        for one, kinds in due:
            alikes.append(alike := self._alike(one, kinds))
            self._tell(one, alike, now, batch)
        for alike, times in Counter(alikes).items():
            for kind in alike.kinds:
                batch.counted[alike.department, kind.value] += times
        return batch

    def _tell(self, one: Clocked, alike: _Alike, now: datetime, batch: Written) -> None:
        n, number, turn, due_on, today = one.case.id, one.case.number, one.clock.number, one.clock.due_on, self._today
        batch.marks += [
            Mark(case_id=n, kind=kind, round=turn, due_on=due_on, on_day=today, at=now) for kind in alike.kinds
        ]
        batch.events += [Event(case=number, kind=EventKind.MARKED, at=now, body=body) for body in alike.bodies]
        letter = {"number": number, **alike.letter}
        batch.letters += [
            Notice(key=f"{name}:{number}/{turn}/{mark}:{office}", kind=name, case_id=n, office=office, body=letter)
            for name, mark, office in alike.letters
        ]

    def _alike(self, one: Clocked, kinds: tuple[MarkKind, ...]) -> _Alike:
        case, clock = one.case, one.clock
        key = (case.office, case.department, case.channel, clock.number, clock.due_on, kinds)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _ALIKE:
                self._known.clear()
            found = self._known[key] = self._worked_out(one, kinds)
        return found

    def _worked_out(self, one: Clocked, kinds: tuple[MarkKind, ...]) -> _Alike:
        house, case, clock = self._house, one.case, one.clock
        rules, offices, holder = house.escalation(), house.district.offices, holder_of(house, case)
        department = case.department or offices[house.district.facts.cell].department
        rungs = rules.rung_offices(holder, case.channel)
        told = told_of(kinds, holder=holder, above=rules.above(holder), rungs=rungs)
        to = {kind: [office for office, gravest in told.items() if gravest is kind] for kind in kinds}
        shared = {
            "round": clock.number,
            "due": clock.due_on.isoformat(),
            "office": holder,
            "department": department,
            "days": (self._today - clock.due_on).days,
        }
        return _Alike(
            kinds=kinds,
            bodies=tuple({"mark": kind.value, **shared, "to": to[kind]} for kind in kinds),
            letters=tuple((_letter(kind).value, kind.value, office) for kind in kinds for office in to[kind]),
            letter=_letter_body(clock, department),
            department=department,
        )


def _letter(kind: MarkKind) -> Letter:
    return Letter.REMINDER if kind.is_warning else Letter.ESCALATED if kind.is_rung else Letter.DEFAULTER


def _letter_body(clock: Round, department: str) -> dict[str, object]:
    body: dict[str, object] = {"department": department, "due": clock.due_on.isoformat()}
    if clock.number:
        body["enclosed"] = {"until": f"पुनः खोले जाने के बाद नई आख्या का नियत दिनांक: {clock.due_on:%d.%m.%Y}।"}
    return body
