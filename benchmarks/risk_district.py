"""A simulated district over many months: offices of different speed with desks that fill and empty, seasons, lanes, misroutes, neglect.

Cases, places and departments are those of the simulated month (district_offices.py). Here: courses of cases, day by day. Not here: the
comparison (risk.py). Every parameter is assumed; a district's own history must replace them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from benchmarks.district_offices import learn_pairs, mistaken, month
from nistaran.domain.risk import Course, Lap
from nistaran.domain.working_days import WorkingDays
from routing.transfer_rules import TransferRules

START = date(2025, 4, 1)
#: channel → (share of cases, days, priority of its lane)
CHANNELS = {
    "ONLINE": (0.45, 15, 4), "CMHELP": (0.25, 15, 3), "DM": (0.10, 7, 3), "CM": (0.05, 10, 1), "SSD": (0.10, 7, 4), "SHASAN": (0.05, 30, 2),
}  # fmt: skip
_MISROUTED, _SITS = 0.15, 5.0
_REOPENED = 0.08
_REWORK_DAYS = 7
_SAVED = 3.0  #: a small office saves up for one case
_FORGOTTEN = (0.01, 0.12)  #: from the best office to the worst: the share of cases that lie until somebody asks
_SEASONS = {4: 1.0, 5: 1.0, 6: 1.1, 7: 1.35, 8: 1.3, 9: 1.1, 10: 0.8, 11: 0.8, 12: 1.0, 1: 1.1, 2: 1.0, 3: 0.9}


@dataclass(slots=True)
class _Piece:
    """A case on its way."""

    course: Course
    effort: float
    place: str
    department: str
    work_days: int = 1  #: hearing, going there, writing: no office closes it sooner
    ready_on: date = date.min

    @property
    def lap(self) -> Lap:
        """The one that runs."""
        return self.course.laps[-1]


@dataclass(slots=True)
class _Desk:
    """An office: what it can do in a working day, in which order, and what lies there. `neglect` is the share that it forgets."""

    strength: float
    by_due: bool
    neglect: float
    waits: list[_Piece] = field(default_factory=list)
    left: float = 0.0


class District:
    """A district that is lived day by day."""

    def __init__(self, rules: TransferRules, calendar: WorkingDays, seed: int) -> None:
        learn_pairs(rules)
        self._rules, self._calendar, self._seed = rules, calendar, seed
        self._random = Random(f"risk/{seed}")
        self._desks: dict[str, _Desk] = {}
        self._coming: dict[date, list[tuple[str, _Piece]]] = {}
        self._came: Counter[str] = Counter()
        self._lived = 0.0  #: months, a busy one for more than one
        self.courses: list[Course] = []

    def live(self, months: int, *, a_month: int) -> date:
        """So many months of cases. Returns the day on which watching ends."""
        day = START
        for turn in range(months):
            arrivals = self._month(day, turn, a_month)
            for _ in range(30):
                for piece, office in arrivals.get(day, ()):
                    self._put(office, piece, day)
                self._day(day)
                day += timedelta(days=1)
        return day

    def _month(self, first: date, turn: int, a_month: int) -> dict[date, list[tuple[_Piece, str]]]:
        season = _SEASONS[first.month]
        found: dict[date, list[tuple[_Piece, str]]] = {}
        self._lived += season
        complaints = month(self._seed * 1000 + turn, self._rules)
        for one in complaints[: int(a_month * season)]:
            day = first + timedelta(days=one.day)
            channel = self._random.choices(list(CHANNELS), weights=[share for share, _, _ in CHANNELS.values()])[0]
            _, days, priority = CHANNELS[channel]
            course = Course(
                id=len(self.courses) + 1,
                channel=channel,
                department=one.department,
                priority=priority,
                laps=[Lap(since=day, due_on=day + timedelta(days=days))],
                desks=[],
            )
            self.courses.append(course)
            wrong = self._random.random() < _MISROUTED
            department = mistaken(one, self._random, 1.0) if wrong else one.department
            effort = self._random.lognormvariate(0, 0.6)
            self._came[self._rules.office_at(one.department, one.place)] += 1
            piece = _Piece(
                course=course,
                effort=effort,
                place=one.place,
                department=one.department,
                work_days=max(1, one.work_days // 2),
            )
            found.setdefault(day, []).append((piece, self._rules.office_at(department, one.place)))
        return found

    def _desk(self, office: str) -> _Desk:
        """An office as it is: its strength against what comes to it, from well staffed to hopeless."""
        if office not in self._desks:
            random = Random(f"risk/{self._seed}/{office}")
            good = random.random()
            low, high = _FORGOTTEN
            self._desks[office] = _Desk(
                strength=random.uniform(1.4, 3.6), by_due=good > 0.4, neglect=low + (1 - good) * (high - low)
            )
        return self._desks[office]

    def _put(self, office: str, piece: _Piece, day: date) -> None:
        desk = self._desk(office)
        assert isinstance(piece.course.desks, list)
        piece.course.desks.append((office, day))
        forgotten = self._random.randint(8, 45) if self._random.random() < desk.neglect else 0
        piece.ready_on = day + timedelta(days=max(piece.work_days, forgotten))
        desk.waits.append(piece)

    def _day(self, day: date) -> None:
        for office, piece in self._coming.pop(day, ()):
            self._put(office, piece, day)
        if not self._calendar.is_working(day):
            return
        for office, desk in list(self._desks.items()):
            self._work(office, desk, day)

    def _work(self, office: str, desk: _Desk, day: date) -> None:
        """Some days nothing is done; else so much as the office is strong, in its order, what is forgotten left out."""
        usual = self._usual(office)
        desk.left = min(desk.left, max(usual, _SAVED)) + usual * desk.strength * self._random.random() * 2
        order: Callable[[_Piece], tuple[object, ...]] = (
            (lambda one: (one.lap.due_on, one.course.priority))
            if desk.by_due
            else (lambda one: (one.course.priority > 1, one.lap.since))
        )
        for piece in sorted(desk.waits, key=order):
            if piece.ready_on > day:
                continue
            if desk.left < piece.effort:
                break
            desk.left -= piece.effort
            desk.waits.remove(piece)
            self._done(office, piece, day)

    def _done(self, office: str, piece: _Piece, day: date) -> None:
        right = self._rules.office_at(piece.department, piece.place)
        if office != right:
            later = day + timedelta(days=1 + int(self._random.expovariate(1 / _SITS)))
            self._coming.setdefault(later, []).append((right, piece))
            return
        piece.lap.ended = day
        if len(piece.course.laps) == 1 and self._random.random() < _REOPENED:
            back = day + timedelta(days=self._random.randint(3, 12))
            assert isinstance(piece.course.laps, list)
            piece.course.laps.append(Lap(since=back, due_on=back + timedelta(days=_REWORK_DAYS)))
            self._coming.setdefault(back, []).append((office, piece))

    def _usual(self, office: str) -> float:
        """What comes to the office on a working day of an ordinary month, its effort and what comes back counted in."""
        return max(1.35 * self._came[office] / self._lived / 24, 0.05)
