"""The simulated month through the real steps: ingest, route, answer, release, rule, accept, on SQLite, the clock moved day by day.

`python -m benchmarks.district_through_steps [--seed 1] [--cases 8000]`. Same cases and offices as district_month.py, whose pure engine
and two baselines stand beside. A simulation on assumed behaviour, not a measurement of a district.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks import district_offices
from benchmarks.district_house import MonthHouse, month_house
from benchmarks.district_offices import answer_of, learn_pairs, mistaken, month, value
from nistaran.domain.complaint import Status
from nistaran.domain.correction_refused import CorrectedTooOften
from nistaran.domain.desk_events import history_of
from nistaran.domain.following import AskCell, Forward, Freeze, StayWith
from nistaran.domain.task import Task
from nistaran.domain.transfer import Act, History, barred
from nistaran.steps.correct import correct_case
from nistaran.steps.office_answer import Answered, answer_case
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.ruling import rule_case
from nistaran.steps.trust import accept_case

ARBITER = "up.adm"
CLERKS = tuple(f"up.clerk{n}" for n in range(1, 5))


@dataclass(slots=True)
class Way:
    """What is known of one case on its way beside the house: the right office, chance, its forwards, and how often asked."""

    serial: int
    came: int
    right: str
    chance: Random
    forwards: list[tuple[bool, bool]] = field(default_factory=list)
    turns: Counter[str] = field(default_factory=Counter)
    taken: int | None = None  #: the day, since it came, when the right office accepted


@dataclass(slots=True)
class Month:
    """The month at work: what is to be done on which day. `keeps`: the clerk may say that a case stays where it is."""

    at: MonthHouse
    keeps: bool
    ways: dict[str, Way] = field(default_factory=dict)
    to_do: defaultdict[int, list[Callable[[int], None]]] = field(default_factory=lambda: defaultdict(list))
    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def run(self, folder: Path) -> None:
        """From the first day until the last case is no longer watched."""
        by_day: defaultdict[int, list[int]] = defaultdict(list)
        for serial, complaint in enumerate(self.at.complaints):
            by_day[complaint.day].append(serial)
        for day in range(max(by_day) + int(value("followed_days")) + 1):
            self.at.clock.set(day)
            if by_day[day]:
                for number in self.at.take(folder, day, by_day[day]):
                    self._come(number, day)
            for act in self.to_do.pop(day, []):
                act(day)

    def _come(self, number: str, day: int) -> None:
        house, serial = self.at.house, self.at.serial_of_number[number]
        complaint = self.at.complaints[serial]
        with house.read() as work:
            case = work.cases.by_number(number)
        assert case is not None
        right = house.router.office_for(case, complaint.department).office
        self.ways[number] = Way(serial=serial, came=day, right=right, chance=complaint.random("engine"))
        if case.status is Status.WITH_OFFICE:
            self._on_desk(number, day)
        else:
            self._later(number, day, int(value("clerk_days")), self._sort)

    def _later(self, number: str, day: int, days: int, act: Callable[[str, int], None]) -> None:
        if day + days <= self.ways[number].came + value("followed_days"):  # what happens later nobody watches
            self.to_do[day + days].append(lambda then: act(number, then))

    def _timed(self, name: str, act: Callable[[], object]) -> object:
        began = time.perf_counter()
        try:
            return act()
        finally:
            self.seconds[name].append(time.perf_counter() - began)

    def _sort(self, number: str, day: int) -> None:
        """A clerk who is shown the top three names the department of a case that waits for a person."""
        complaint = self.at.complaints[self.ways[number].serial]
        named = mistaken(complaint, complaint.random("clerk"), value("clerk_error_shown_three"))
        self._timed(
            "correct_case", lambda: correct_case(self.at.house, number, department=named, by=self._clerk(number))
        )
        self._on_desk(number, day)

    def _clerk(self, number: str) -> str:
        return CLERKS[self.ways[number].serial % len(CLERKS)]

    def _history(self, number: str) -> History:
        with self.at.house.read() as work:
            case = work.cases.by_number(number)
            assert case is not None
            found = history_of(work.ledger.of(number), due_on=case.due_on)
        assert found is not None
        return found

    def _on_desk(self, number: str, day: int) -> None:
        """The case has come to an office, or was left with it: when does it answer, and what?"""
        way, office = self.ways[number], self._history(number).holder
        said = answer_of(self.at.complaints[way.serial], office, way.right, way.turns[office])
        way.turns[office] += 1
        if said.does == "accepts":
            self._later(number, day, said.days, self._accept)
        elif said.does == "disclaims":
            self._later(number, day, said.days, lambda it, then: self._disclaim(it, then, said.named))

    def _accept(self, number: str, day: int) -> None:
        way = self.ways[number]
        by = f"office.{way.right.lower()}"
        self._timed("accept_case", lambda: accept_case(self.at.house, number, office=way.right, by=by))
        way.taken = day - way.came

    def _disclaim(self, number: str, day: int, named: str) -> None:
        way, history = self.ways[number], self._history(number)
        if history.ruled and history.holder == way.right:
            self._accept(number, day)  # bound by the ruling, and rightly: it works on it
            return
        by = f"office.{history.holder.lower()}"
        answered = self._timed("answer_case", lambda: answer_case(
            self.at.house, number, office=history.holder, kind="NOT_OUR_DEPARTMENT", by=by, department=named))  # fmt: skip
        assert isinstance(answered, Answered)
        match answered.following:
            case Forward() as going:
                way.forwards.append((going.automatic, going.office == way.right))
                if answered.task is None:
                    self._on_desk(number, day)
                else:
                    task = answered.task
                    self._later(number, day, int(value("clerk_days")), lambda it, then: self._release(it, then, task))
            case AskCell():
                nobody = answered.task
                assert nobody is not None
                self._later(number, day, int(value("clerk_days")), lambda it, then: self._release(it, then, nobody))
            case Freeze():
                self._later(number, day, int(value("arbiter_days")), self._rule)
            case StayWith():
                pass  # bound by a ruling that was wrong: it lies there
            case other:
                raise RuntimeError(f"nobody expects {other}")

    def _release(self, number: str, day: int, task: Task) -> None:
        """The cell's word: as often as at the first desk the clerk knows whose it is, else he lets the proposal pass."""
        way, house, history = self.ways[number], self.at.house, self._history(number)
        passes = way.chance.random() < value("clerk_error_shown_three") or str(task.body["office"]) == way.right
        if passes and not task.body["office"]:  # nobody is named and the clerk does not know either
            decide_forwards(house, [task.id], word=Word.ARBITER, by=self._clerk(number))
            self._later(number, day, int(value("arbiter_days")), self._rule)
            return
        if not passes and not self.keeps and task.body["office"]:
            bar = barred(history, way.right, cap=house.transfers().hop_cap)
            word = Word.ARBITER if bar is not None else None
        else:
            word = Word.RELEASE if passes else Word.KEEP if history.holder == way.right else None
        if word is None:
            word = self._send_himself(number)
        if word is not None:
            said = word
            decided = self._timed("decide_forwards", lambda: decide_forwards(house, [task.id], word=said, by=self._clerk(number)))  # fmt: skip
            assert isinstance(decided, list)
            if decided[0].frozen is not None:
                self._later(number, day, int(value("arbiter_days")), self._rule)
                return
        self._on_desk(number, day)

    def _send_himself(self, number: str) -> Word | None:
        """The clerk knows better than the proposal; where only the arbiter may send it there, he sends it to him."""
        true = self.at.complaints[self.ways[number].serial].department
        try:
            self._timed("correct_case", lambda: correct_case(self.at.house, number, department=true, by=self._clerk(number)))  # fmt: skip
        except CorrectedTooOften:
            return Word.ARBITER
        return None

    def _rule(self, number: str, day: int) -> None:
        way = self.ways[number]
        ruled = mistaken(self.at.complaints[way.serial], way.chance, 1 - value("arbiter_right"))
        self._timed("rule_case", lambda: rule_case(self.at.house, number, department=ruled, by=ARBITER))
        assert self._history(number).last.act is Act.RULED
        self._on_desk(number, day)


def main(words: Sequence[str] | None = None) -> None:
    """Run the month twice, beside the pure simulation, and write the section into results.md."""
    from benchmarks.__main__ import machine, write
    from benchmarks.district_steps_table import tables

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=int(value("cases")))
    parser.add_argument("--dry", action="store_true", help="print only")
    chosen = parser.parse_args(words)
    district_offices.PARAMETERS["cases"] = (chosen.cases, district_offices.PARAMETERS["cases"][1])
    where = machine()
    rows = tables(chosen.seed, run_month)
    if not chosen.dry:
        what = f"a simulation on assumed behaviour, {chosen.cases:,} cases, seed {chosen.seed}, SQLite"
        write("district through the steps", rows, f"{where}; {what}")
    print("\n".join(rows))


def run_month(folder: Path, seed: int, *, keeps: bool, then: Callable[[Month], None]) -> None:
    """One month through the steps of a new house; `then` looks at it while the house is open."""
    from benchmarks.district_steps_table import rules_of

    rules = rules_of()
    learn_pairs(rules)
    with month_house(folder / "home", month(seed, rules)) as at, tempfile.TemporaryDirectory(dir=folder) as files:
        it = Month(at=at, keeps=keeps)
        it.run(Path(files))
        then(it)


if __name__ == "__main__":
    main()
