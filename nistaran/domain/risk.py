"""The risk that an open case becomes a defaulter: what is known of it on a day, as numbers, and of its office (S0-2, S4-2).

Only days, codes and counts; no citizen's word. Not here: weights (risk_model.py), reading histories (risk_history.py), sentences
(risk_words.py).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log, log1p

#: What the risk is reckoned from, in this order.
FEATURES = (
    "days_left",  #: calendar days to the due date, 0 on it
    "working_left",  #: working days among them
    "age",  #: days since it came, or was reopened
    "desk_days",  #: days on the desk where it lies
    "hops",  #: desks before this one
    "reopened",  #: 1 when a report did not hold
    "defaulted",  #: 1 when it was a defaulter in an earlier round
    "priority",  #: of its lane, 1 the first
    "nobody",  #: 1 while no office has it
    "office_open",  #: log(1 + cases that lie open with the office)
    "queue_days",  #: days the office needs for what is due no later than this, at its pace of four weeks
    "slack",  #: days_left less queue_days
    "office_share",  #: log-odds of a default in the office's past, drawn towards the house's
    "department_share",
    "channel_share",
    "office_days",  #: days the office took for a case, drawn towards the house's
    "spare",  #: days_left less what is left of office_days
)
_MOST_DAYS = 60.0
#: So many cases of its own weigh as much as the house's mean.
_PRIOR = 20.0
#: Cases that an office of which nothing is known closes in a day.
_SLOWEST = 0.05


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Lap:
    """A round of a case: from when, until when it is due, and the day on which it was disposed of (None: still open)."""

    since: date
    due_on: date
    ended: date | None = None

    @property
    def defaulted(self) -> bool:
        """Whether its due date passed before it ended; of an open lap only once that day is over."""
        return self.ended is None or self.ended > self.due_on


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Course:
    """What became of a case: its laps, and from when it lay on which desk. Days of India."""

    id: int
    channel: str
    department: str
    priority: int
    laps: Sequence[Lap]
    desks: Sequence[tuple[str, date]]

    def desk_on(self, day: date) -> tuple[str, date | None, int]:
        """(office, since, desks before it) on a day; ("", None, 0) while no office had it."""
        turn = bisect_right([since for _, since in self.desks], day) - 1
        return (*self.desks[turn], turn) if turn >= 0 else ("", None, 0)


@dataclass(slots=True)
class Past:
    """Cases of one kind that are over: how many, of them defaulters, and the days they took."""

    cases: int = 0
    defaults: int = 0
    days: float = 0.0

    def add(self, *, defaulted: bool, days: float) -> None:
        """One more."""
        self.cases += 1
        self.defaults += defaulted
        self.days += days

    def log_odds(self, house: Past) -> float:
        """Of a default, drawn towards the house's share."""
        mean = (house.defaults + 1) / (house.cases + 2)
        share = (self.defaults + _PRIOR * mean) / (self.cases + _PRIOR)
        return log(share / (1 - share))

    def mean_days(self, house: Past) -> float:
        """Days a case took, drawn towards the house's mean."""
        mean = (house.days + 10.0) / (house.cases + 1)
        return (self.days + _PRIOR * mean) / (self.cases + _PRIOR)


@dataclass(slots=True)
class Surroundings:
    """What is known on a day of offices, departments and channels. `closed` are cases an office closed in the last four weeks."""

    house: Past = field(default_factory=Past)
    offices: dict[str, Past] = field(default_factory=dict)
    departments: dict[str, Past] = field(default_factory=dict)
    channels: dict[str, Past] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)

    def pace(self, office: str) -> float:
        """Cases the office closes in a day."""
        return max(self.closed.get(office, 0) / 28, _SLOWEST)


@dataclass(slots=True, kw_only=True)  # not frozen: as NewComplaint
class Seen:
    """An open case as it stands on a day; `desk_since` None while no office has it."""

    channel: str
    department: str
    priority: int
    office: str
    lap: Lap
    reopened: bool
    defaulted: bool
    desk_since: date | None
    hops: int


_NOBODY = Past()


def features(
    one: Seen,
    day: date,
    around: Surroundings,
    queue: Mapping[str, Sequence[date]],
    working: Callable[[date, date], int],
) -> list[float]:
    """The numbers of FEATURES for a case on a day.

    Args:
        queue: due dates of all that lies open with an office on that day, sorted.
        working: working days between two days.
    """
    left = float((one.lap.due_on - day).days)
    age = float((day - one.lap.since).days)
    desk = float((day - max(one.desk_since, one.lap.since)).days) if one.desk_since else age
    waits = queue.get(one.office, ())
    ahead = bisect_right(waits, one.lap.due_on) / around.pace(one.office)
    queue_days = min(ahead, _MOST_DAYS)
    past = around.offices.get(one.office, _NOBODY)
    office_days = past.mean_days(around.house)
    return [
        left,
        float(working(day, one.lap.due_on)),
        min(age, _MOST_DAYS),
        min(desk, _MOST_DAYS),
        float(min(one.hops, 5)),
        float(one.reopened),
        float(one.defaulted),
        float(one.priority),
        float(one.desk_since is None),
        log1p(len(waits)),
        queue_days,
        left - queue_days,
        past.log_odds(around.house),
        around.departments.get(one.department, _NOBODY).log_odds(around.house),
        around.channels.get(one.channel, _NOBODY).log_odds(around.house),
        office_days,
        left - max(office_days - desk, 0.0),
    ]
