"""What misrouting costs, over many cases: counts that grow with offices and departments and not with the cases.

Here: adding up courses and tasks in any order. Not here: one case (desk_course.py), reading them (steps/transfer_figures.py), what is
shown of them (cli/transfers.py, flows/transfer_figures.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.desk_course import Course, FirstDesk, Known, Sent, SentBy
from nistaran.domain.shares import Share, Spread
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.domain.transfer import AnswerKind

_HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCost:
    """What one confusion cost: cases of `right` that lay with `wrong`, and for how many days. `right` is "" where the case went back
    above the district; where both are one department, it was its wrong office."""

    wrong: str
    right: str
    cases: int
    days: int
    median: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAnswers:
    """What one office answered. `judged` are its disclaimers of cases that are settled, `right` those that were not its own."""

    office: str
    kinds: dict[AnswerKind, int]
    judged: int
    right: int

    @property
    def disclaimed(self) -> int:
        """How often it said that a case is not its own."""
        return sum(count for kind, count in self.kinds.items() if kind.disclaims)


@dataclass(slots=True)
class Forwards:
    """Forwards of one sort; `disclaimed` by the office that got them, `wrong` of those `settled`."""

    count: int = 0
    disclaimed: int = 0
    settled: int = 0
    wrong: int = 0

    def add(self, one: Sent) -> None:
        """One more."""
        self.count += 1
        self.disclaimed += one.disclaimed
        self.settled += one.right is not None
        self.wrong += one.right is False


@dataclass(slots=True, kw_only=True)
class TransferFigures:
    """The figures of a period. Days are days of desks (decision 4); the right desk of an open case is not known, so that its days are
    counted apart (`open_days`) and not as lost."""

    since: date
    unreadable: int = 0  #: cases whose events cannot be read: `verify` names them
    known: Counter[Known] = field(default_factory=Counter)
    first: Counter[tuple[SentBy, Known, FirstDesk]] = field(default_factory=Counter)
    hops: Counter[int] = field(default_factory=Counter)
    frozen_cases: int = 0
    frozen: Counter[str] = field(default_factory=Counter)  #: why → times
    rulings: int = 0
    lost: Spread = field(default_factory=Spread)  #: days on wrong desks, each case that lay on one
    by_pair: defaultdict[tuple[str, str], Spread] = field(default_factory=lambda: defaultdict(Spread))
    by_office: defaultdict[str, Spread] = field(default_factory=lambda: defaultdict(Spread))
    deciding_days: int = 0
    open_days: int = 0
    waited: Spread = field(default_factory=Spread)  #: days from registration to the first desk
    silent: Spread = field(default_factory=Spread)  #: days with an office that has not answered
    automatic: Forwards = field(default_factory=Forwards)
    released: Forwards = field(default_factory=Forwards)
    words: Counter[str] = field(default_factory=Counter)
    hours: Spread = field(default_factory=Spread)  #: how long the cell took over a proposal
    late: int = 0  #: proposals decided after their day
    answers: Counter[tuple[str, AnswerKind]] = field(default_factory=Counter)
    judged: Counter[tuple[str, bool]] = field(default_factory=Counter)
    tasks: Counter[tuple[TaskKind, str]] = field(default_factory=Counter)  #: open ones of the whole house
    stuck: Counter[tuple[TaskKind, str]] = field(default_factory=Counter)

    def add(self, course: Course) -> None:
        """One more case that came to an office."""
        self.known[course.known] += 1
        self.first[course.sent_by, course.known, course.first] += 1
        self.hops[course.hops] += 1
        self.frozen_cases += bool(course.frozen)
        self.frozen.update(course.frozen)
        self.rulings += course.rulings
        self.deciding_days += course.deciding
        self.open_days += course.open_days
        self.waited.add(course.waited)
        if course.silent is not None:
            self.silent.add(course.silent)
        self.words.update(course.words)
        self._add_wrong(course)
        for one in course.sent:
            (self.automatic if one.automatic else self.released).add(one)
        for said in course.said:
            self.answers[said.office, said.kind] += 1
            if said.right is not None:
                self.judged[said.office, said.right] += 1

    def add_proposals(self, tasks: Iterable[Task]) -> None:
        """How long the cell took over proposals, of which these tasks may hold some."""
        for one in tasks:
            if one.kind is TaskKind.RELEASE and one.state is TaskState.DONE and one.closed_at is not None:
                self.hours.add(int((one.closed_at - one.since).total_seconds() // _HOUR))
                self.late += day_in_india(one.closed_at) > one.due_on

    def add_open(self, task: Task, *, today: date) -> None:
        """One more task that somebody owes now."""
        self.tasks[task.kind, task.office] += 1
        if task.due_on < today:
            self.stuck[task.kind, task.office] += 1

    def _add_wrong(self, course: Course) -> None:
        days: Counter[str] = Counter()
        for one in course.wrong:
            days[one.department] += one.days
            self.by_office[one.office].add(one.days)
        for department, number in days.items():
            self.by_pair[department, course.department].add(number)
        if course.wrong:
            self.lost.add(days.total())

    @property
    def cases(self) -> int:
        """Cases of the period that came to an office."""
        return self.known.total()

    @property
    def proposals_waiting(self) -> int:
        """Proposed forwards that wait for the cell, in the whole house."""
        return sum(count for (kind, _), count in self.tasks.items() if kind is TaskKind.RELEASE)

    def misrouted(self, sent_by: SentBy | None = None, *, settled: bool = False) -> Share:
        """Cases that began on a wrong desk, of those whose right one is known; `settled`: only where somebody has said so, for a case
        that lies unanswered on a wrong desk looks right until then."""
        judged: Counter[bool] = Counter()
        for (who, known, first), count in self.first.items():
            if first is FirstDesk.UNJUDGED or (settled and not known.settled) or sent_by not in (None, who):
                continue
            judged[first.misrouted] += count
        return Share(part=judged[True], of=judged.total())

    def began(self, first: FirstDesk) -> int:
        """How many cases began so."""
        return sum(count for (_, _, one), count in self.first.items() if one is first)

    @property
    def lost_per_case(self) -> float | None:
        """Days on wrong desks per case whose right desk is known, those without any included; None of nothing."""
        of = self.cases - self.known[Known.OPEN]
        return self.lost.total / of if of else None

    def pairs(self) -> list[PairCost]:
        """The confusions, those that cost most days first."""
        found = [
            PairCost(wrong=wrong, right=right, cases=days.count, days=days.total, median=days.median or 0.0)
            for (wrong, right), days in self.by_pair.items()
        ]
        return sorted(found, key=lambda one: (-one.days, one.wrong, one.right))

    def offices(self) -> list[tuple[str, Spread]]:
        """Offices with the days that lay wrongly on their desks, most first."""
        return sorted(self.by_office.items(), key=lambda one: (-one[1].total, one[0]))

    def answered(self) -> list[OfficeAnswers]:
        """What offices answered, those that disclaim most first."""
        kinds: defaultdict[str, dict[AnswerKind, int]] = defaultdict(dict)
        for (office, kind), count in self.answers.items():
            kinds[office][kind] = count
        found = [
            OfficeAnswers(
                office=office,
                kinds=said,
                judged=self.judged[office, True] + self.judged[office, False],
                right=self.judged[office, True],
            )
            for office, said in kinds.items()
        ]
        return sorted(found, key=lambda one: (-one.disclaimed, one.office))
