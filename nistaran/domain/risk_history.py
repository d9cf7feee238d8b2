"""From the courses of past cases to examples: every case that was open on a day, as it stood, and whether it became a defaulter.

What an example sees is what was known on its day; what became of other cases later is not in it. Not here: where courses are read
(steps/risk.py), weights (risk_model.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from nistaran.domain.risk import Course, Lap, Past, Seen, Surroundings, features

_FOUR_WEEKS = timedelta(days=28)
#: (day on which it was known, office, department, channel, whether it defaulted, days it took or None, day of closing or None)
_Fact = tuple[date, str, str, str, bool, int | None]


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Example:
    """One case on one day. `due_on` is its lap's; `office` had it; `known` is what is known, `defaulted` what came of it."""

    case: int
    day: date
    due_on: date
    office: str
    known: list[float]
    defaulted: bool


class History:
    """Courses of past cases, looked at day by day, each day later than the one before."""

    def __init__(self, courses: Sequence[Course], *, working: Callable[[date, date], int], until: date) -> None:
        """`until`: the day on which this is looked at; what is open then has no outcome unless its due date is over."""
        self._courses, self._working, self._until = courses, working, until
        self._facts = sorted(_facts(courses, until), key=itemgetter(0))
        self._closed: dict[str, list[date]] = {}
        for course in courses:
            for lap in course.laps:
                if lap.ended is not None:
                    self._closed.setdefault(course.desk_on(lap.ended)[0], []).append(lap.ended)
        for days in self._closed.values():
            days.sort()
        self._around, self._told = Surroundings(), 0

    def around(self, day: date) -> Surroundings:
        """What was known on the morning of a day; ask for days in order."""
        around = self._around
        while self._told < len(self._facts) and self._facts[self._told][0] < day:
            _known_on, office, department, channel, defaulted, took = self._facts[self._told]
            self._told += 1
            days = float(min(took, 60) if took is not None else 60)
            around.house.add(defaulted=defaulted, days=days)
            for kept, key in ((around.offices, office), (around.departments, department), (around.channels, channel)):
                kept.setdefault(key, Past()).add(defaulted=defaulted, days=days)
        around.closed = {
            office: bisect_left(days, day) - bisect_left(days, day - _FOUR_WEEKS)
            for office, days in self._closed.items()
        }
        return around

    def examples(self, days: Sequence[date]) -> Iterator[Example]:
        """Every case that was open and not yet overdue on each of these days, and whose end is known by now; days in order."""
        for day in days:
            around = self.around(day)
            standing = [
                (course, turn, course.desk_on(day)) for course in self._courses if (turn := _open_lap(course, day)) >= 0
            ]
            queue = queues((desk[0], course.laps[turn].due_on) for course, turn, desk in standing)
            for course, turn, (office, since, hops) in standing:
                lap = course.laps[turn]
                if lap.due_on < day or lap.due_on >= self._until:
                    continue
                seen = Seen(
                    channel=course.channel,
                    department=course.department,
                    priority=course.priority,
                    office=office,
                    lap=lap,
                    reopened=turn > 0,
                    defaulted=any(one.defaulted for one in course.laps[:turn]),
                    desk_since=since,
                    hops=hops,
                )
                known = features(seen, day, around, queue, self._working)
                yield Example(
                    case=course.id, day=day, due_on=lap.due_on, office=office, known=known, defaulted=lap.defaulted
                )


def queues(waiting: Iterator[tuple[str, date]]) -> dict[str, list[date]]:
    """Due dates of what lies open, sorted, by office."""
    found: dict[str, list[date]] = {}
    for office, due_on in waiting:
        found.setdefault(office, []).append(due_on)
    for days in found.values():
        days.sort()
    return found


def _open_lap(course: Course, day: date) -> int:
    """Which lap runs on the morning of a day; -1 for none."""
    for turn, lap in enumerate(course.laps):
        if lap.since <= day and (lap.ended is None or lap.ended >= day):
            return turn
    return -1


def _facts(courses: Sequence[Course], until: date) -> Iterator[_Fact]:
    for course in courses:
        for lap in course.laps:
            known_on = _known_on(lap)
            if known_on < until:
                office = course.desk_on(min(known_on, lap.due_on) if lap.defaulted else known_on)[0]
                took = (lap.ended - lap.since).days if lap.ended is not None and lap.ended <= known_on else None
                yield known_on, office, course.department, course.channel, lap.defaulted, took


def _known_on(lap: Lap) -> date:
    """The day on which it was known whether it would default: of its end, or the one after its due date."""
    over = lap.due_on + timedelta(days=1)
    return min(lap.ended, over) if lap.ended is not None else over
