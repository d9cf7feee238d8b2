"""What is written of the marks of a sweep: the marks, their events, and the letters to the offices that are told.

Cases that are alike (same office, day and marks) share everything that does not carry their number: after an outage there are many of
each kind. Not here: which case has which mark due, the transaction (escalate.py), a letter about many (told_together.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from nistaran.domain.escalation import Mark, MarkKind, OpenCase, Round, told_of
from nistaran.domain.events import Event, EventKind
from nistaran.domain.letters import Letter
from nistaran.domain.records import Notice
from nistaran.steps.house import House
from nistaran.steps.told_together import Point, Singles, late_hi, together

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
    letters: tuple[
        tuple[MarkKind, str, dict[str, object]], ...
    ]  #: (mark, office, body but for the number), in the order of the marks
    holder: str
    department: str
    apart: tuple[tuple[MarkKind, str], ...] = ()  #: (mark, office) whose letter is put together with others


def holder_of(house: House, case: OpenCase) -> str:
    """Who is answerable for the case now: its office; the cell while nobody else has it, or its office is no longer in the table."""
    return case.office if case.office in house.district.offices else house.district.facts.cell


class Telling:
    """Writes what one sweep of one day has to tell."""

    def __init__(self, house: House, today: date) -> None:
        self._house, self._today = house, today
        self._known: dict[tuple[object, ...], _Alike] = {}
        self._cut: dict[tuple[_Alike, frozenset[str]], _Alike] = {}
        self._singles = Singles()

    def written(self, due: Sequence[tuple[Clocked, tuple[MarkKind, ...]]], now: datetime) -> Written:
        """Marks, events and letters of these cases, each with the marks that are due on it."""
        batch, alikes = Written(), [self._alike(one, kinds) for one, kinds in due]
        counts = Counter(alikes)
        for alike, times in counts.items():
            for kind in alike.kinds:
                batch.counted[alike.department, kind.value] += times
        to: Counter[str] = Counter()
        for alike, times in counts.items():
            to.update({office: times for _, office, _ in alike.letters})
        many = self._singles.too_many(to)
        told = {alike: self._apart(alike, many) for alike in counts} if many else {}
        points: dict[str, list[Point]] = {}
        for (one, _), alike in zip(due, alikes, strict=True):
            self._tell(one, told.get(alike, alike), now, batch, points)
        batch.letters += [together(self._house, office, points[office], self._today) for office in sorted(points)]
        return batch

    def _tell(self, one: Clocked, alike: _Alike, now: datetime, batch: Written, points: dict[str, list[Point]]) -> None:
        n, number, turn, due_on, today = one.case.id, one.case.number, one.clock.number, one.clock.due_on, self._today
        batch.marks += [
            Mark(case_id=n, kind=kind, round=turn, due_on=due_on, on_day=today, at=now) for kind in alike.kinds
        ]
        batch.events += [Event(case=number, kind=EventKind.MARKED, at=now, body=body) for body in alike.bodies]
        batch.letters += [
            Notice(
                key=f"{(name := _letter(kind, own=office == alike.holder))}:{number}/{turn}/{kind._value_}:{office}",
                kind=name,
                case_id=n,
                office=office,
                body={"number": number, **body},
            )
            for kind, office, body in alike.letters
        ]
        for kind, office in alike.apart:
            points.setdefault(office, []).append(
                Point(
                    number=number,
                    kind=kind,
                    round=turn,
                    due_on=due_on,
                    priority=one.case.priority,
                    holder=alike.holder,
                )
            )

    def _alike(self, one: Clocked, kinds: tuple[MarkKind, ...]) -> _Alike:
        case, clock = one.case, one.clock
        key = (case.office, case.department, case.channel, clock.number, clock.due_on, kinds)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _ALIKE:
                self._known.clear()
                self._cut.clear()
            found = self._known[key] = self._worked_out(one, kinds)
        return found

    def _apart(self, alike: _Alike, many: frozenset[str]) -> _Alike:
        key = alike, many.intersection([office for _, office, _ in alike.letters])
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) >= _ALIKE:
                self._cut.clear()
            found = self._cut[key] = _apart(alike, key[1])
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
            letters=tuple((kind, office, self._body(one, kind, office)) for kind in kinds for office in to[kind]),
            holder=holder,
            department=department,
        )

    def _body(self, one: Clocked, kind: MarkKind, office: str) -> dict[str, object]:
        """Of a letter about a mark, but for the number: the holder knows its case, others must hear who has it and how late it is."""
        house, clock, holder = self._house, one.clock, holder_of(self._house, one.case)
        offices, rules, enclosed = house.district.offices, house.escalation(), {}
        if clock.number:
            enclosed["until"] = f"पुनः खोले जाने के बाद नई आख्या का नियत दिनांक: {clock.due_on:%d.%m.%Y}।"
        if not kind.is_warning:
            has = "आपके ही कार्यालय" if office == holder else offices[holder].name_hi
            told = [f"सन्दर्भ {has} के पास लम्बित है ({late_hi((self._today - clock.due_on).days)})।"]
            if kind.is_rung:
                rung = rules.rungs[one.case.channel][kind]
                above = f" सोपान-सारणी में यह स्तर {rung.post_hi} का है; जिले से ऊपर पत्र आपके स्तर से ही जाएगा।"
                told.append(f"स्तर: {kind.value}।{above if rung.stands == 'above' else ''}")
            enclosed["stands"] = "\n".join(told)
        body: dict[str, object] = {
            "department": one.case.department or offices[house.district.facts.cell].department,
            "due": clock.due_on.isoformat(),
        }
        return {**body, "enclosed": enclosed} if enclosed else body


def _apart(alike: _Alike, many: frozenset[str]) -> _Alike:
    """The same with the letters to these offices taken out: they are put together with others, and the events say so."""
    apart = tuple((kind, office) for kind, office, _ in alike.letters if office in many)
    if not apart:
        return alike
    bodies = []
    for kind, body in zip(alike.kinds, alike.bodies, strict=True):
        to = [office for of, office, _ in alike.letters if of is kind and office not in many]
        among = [office for of, office in apart if of is kind]
        bodies.append({**body, "to": to, "together": among} if among else body)
    letters = tuple(one for one in alike.letters if one[1] not in many)
    return replace(alike, bodies=tuple(bodies), letters=letters, apart=apart)


def _letter(kind: MarkKind, *, own: bool) -> str:
    late = Letter.DEFAULTER if own else Letter.DEFAULTER_BELOW
    return (Letter.REMINDER if kind.is_warning else Letter.ESCALATED if kind.is_rung else late).value
