"""A simulated month of a district, sorted in three ways: the engine; a clerk by hand; «transfer restarts the clock, no cap».

`python -m benchmarks.district_month [--seed 1] [--months 3]`. Same cases and same offices in each way. A simulation on assumed
behaviour, not a measurement of a district: parameters and their sources stand in district_offices.PARAMETERS.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from benchmarks.__main__ import machine, write
from benchmarks.district_figures import Outcome, figures, rows
from benchmarks.district_offices import (
    Complaint,
    answer_of,
    learn_pairs,
    mistaken,
    month,
    value,
)
from nistaran.bootstrap import packs_folder
from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.desk_ledger import DeskEntry, days_lost
from nistaran.domain.following import AskCell, Forward, ForwardWhy, Freeze, FreezeWhy
from nistaran.domain.transfer import AnswerKind, OfficeAnswer, Ruling, after, barred, first_desk, rule
from routing.district import load_district
from routing.pack import load_pack
from routing.transfer import Matter, next_desk
from routing.transfer_rules import TransferRules, load_transfer_rules

START = datetime(2026, 4, 1, 9, tzinfo=IST)


@dataclass(slots=True)
class Track:
    """A case on its way: the day and the desks, in days since it came."""

    complaint: Complaint
    right: str
    cell: str
    day: int = 0
    desks: list[tuple[str, int]] | None = None

    def at(self) -> datetime:
        """The moment, an hour later for each desk so that moves of one day stay in order."""
        return START + timedelta(days=self.complaint.day + self.day, minutes=len(self.desks or ()))

    def sit(self, office: str) -> None:
        """The case comes to this desk now."""
        self.desks = [*(self.desks or []), (office, self.day)]


def finish(track: Track, rules: TransferRules, *, hops: int, frozen: bool, clock_from: int = 0, accepted: bool,
           forwards: tuple[tuple[bool, bool], ...] = ()) -> Outcome:  # fmt: skip
    """Count the days when the case was accepted by the right office, or when watching ends."""
    horizon = int(value("followed_days"))
    desks = [one for one in track.desks or [] if one[1] <= horizon]
    came = START + timedelta(days=track.complaint.day)
    entries = [DeskEntry(office=office, since=came + timedelta(days=day)) for office, day in desks]
    until = day_in_india(came + timedelta(days=min(track.day, horizon)))
    lost = days_lost(entries, right={track.right}, deciding={track.cell, rules.arbiter}, until=until)
    reached = desks[-1][1] if desks[-1][0] == track.right and track.day <= horizon and accepted else None
    closed = desks[-1][1] + track.complaint.work_days if reached is not None else None
    due = int(value("due_days"))
    end = horizon if closed is None else closed
    return Outcome(
        reached=reached,
        closed=closed if closed is not None and closed <= horizon else None,
        hops=hops,
        lost=lost.total,
        frozen=frozen,
        overdue=closed is None or closed > due,
        overdue_shown=end > due + clock_from,
        forwards=forwards,
    )


def by_engine(complaint: Complaint, rules: TransferRules, right: str) -> Outcome:
    """The engine: classifier or clerk first, then next_desk with its bars, the arbiter at the end."""
    track, random = Track(complaint, right, rules.district.facts.cell), complaint.random("engine")
    department = first_department(track, rules)
    history = first_desk(rules.office_at(department, complaint.place), department, track.at(),
                         due_on=day_in_india(track.at()) + timedelta(days=int(value("due_days"))))  # fmt: skip
    track.sit(history.holder)
    known = Matter(candidates=complaint.candidates, office_for=lambda code: rules.office_at(code, complaint.place))
    forwards: list[tuple[bool, bool]] = []
    frozen = False
    while track.day <= value("followed_days"):
        said = answer_of(
            complaint, history.holder, right, sum(one == history.holder for one, _ in track.desks or ()) - 1
        )
        track.day += said.days
        if said.does == "accepts" or (said.does == "disclaims" and history.ruled and history.holder == right):
            return finish(track, rules, hops=history.hops, frozen=frozen, accepted=True, forwards=tuple(forwards))
        if said.does == "sits" or history.ruled:
            track.day = int(value("followed_days")) + 1
            break
        answer = OfficeAnswer(office=history.holder, kind=AnswerKind.NOT_OUR_DEPARTMENT, at=track.at(), by="office",
                              department=said.named)  # fmt: skip
        following = next_desk(history, answer, known, rules)
        if isinstance(following, Forward):
            forwards.append((following.automatic, following.office == right))
            if not following.automatic:
                track.day += int(value("clerk_days"))
                following = released(
                    complaint, following, right, random, barred(history, right, cap=rules.hop_cap), rules
                )
        if isinstance(following, AskCell):
            track.day += int(value("clerk_days"))
            knows = random.random() >= value("clerk_error_shown_three")
            if knows and history.holder == right:
                history = after(history, answer, following, track.at())
                history = replace(history, kept=history.kept | {history.holder})
                track.sit(history.holder)
                continue
            bar = barred(history, right, cap=rules.hop_cap) if knows else FreezeWhy.SENT_BY_CELL
            following = Freeze(office=rules.arbiter, why=bar) if bar else Forward(
                office=right, department=complaint.department, why=ForwardWhy.NAMED, share=0.0, automatic=False)  # fmt: skip
        history = after(history, answer, following, track.at())
        track.sit(history.holder)
        if isinstance(following, Freeze):
            frozen = True
            track.day += int(value("arbiter_days"))
            ruled = mistaken(complaint, random, 1 - value("arbiter_right"))
            history = rule(history, Ruling(office=rules.office_at(ruled, complaint.place), department=ruled,
                                           at=track.at(), by="arbiter"))  # fmt: skip
            track.sit(history.holder)
    return finish(track, rules, hops=history.hops, frozen=frozen, accepted=False, forwards=tuple(forwards))


def released(
    complaint: Complaint, proposed: Forward, right: str, random: Random, bar: FreezeWhy | None, rules: TransferRules
) -> Forward | Freeze:
    """What a clerk makes of a proposal: as often as at the first desk he knows whose it is, else he lets it pass."""
    if random.random() < value("clerk_error_shown_three") or proposed.office == right:
        return proposed
    if bar is not None:  # the right office has disclaimed it: only the arbiter can send it back
        return Freeze(office=rules.arbiter, why=bar, wanted=right)
    return replace(proposed, office=right, department=complaint.department)


def first_department(track: Track, rules: TransferRules) -> str:
    """The first department: the classifier's where it is sure, else a clerk's who is shown the top three."""
    best = track.complaint.candidates[0]
    if best.confidence >= value("automatic_from"):
        return best.department
    track.sit(track.cell)
    track.day += int(value("clerk_days"))
    return mistaken(track.complaint, track.complaint.random("clerk"), value("clerk_error_shown_three"))


def by_hand(complaint: Complaint, rules: TransferRules, right: str) -> Outcome:
    """Manual sorting: a clerk names the department, and again after each return, never the one that just disclaimed."""
    track, random = Track(complaint, right, rules.district.facts.cell), complaint.random("hand")
    hops, last = -1, ""
    while track.day <= value("followed_days"):
        track.sit(track.cell)
        track.day += int(value("clerk_days"))
        department = mistaken(complaint, random, value("manual_error"))
        while department == last:
            department = mistaken(complaint, random, 1.0)
        hops, last = hops + 1, department
        accepted, _ = _desk(track, rules.office_at(department, complaint.place))
        if accepted:
            return finish(track, rules, hops=hops, frozen=False, accepted=True)
    return finish(track, rules, hops=max(0, hops), frozen=False, accepted=False)


def by_restarting(complaint: Complaint, rules: TransferRules, right: str) -> Outcome:
    """The usual rule: first desk as the engine's; then each office sends it on where it thinks, and the clock begins anew."""
    track, random = Track(complaint, right, rules.district.facts.cell), complaint.random("restart")
    department, hops, clock_from = first_department(track, rules), 0, 0
    while track.day <= value("followed_days"):
        accepted, named = _desk(track, rules.office_at(department, complaint.place))
        if accepted:
            return finish(track, rules, hops=hops, frozen=False, clock_from=clock_from, accepted=True)
        if track.day <= value("followed_days"):
            while named in ("", department):  # it must send it somewhere, and does so as well as those that name one
                named = mistaken(complaint, random, 1.0 if named else 1 - value("names_right"))
            department, hops, clock_from = named, hops + 1, track.day
    return finish(track, rules, hops=hops, frozen=False, clock_from=clock_from, accepted=False)


def _desk(track: Track, office: str) -> tuple[bool, str]:
    """The case comes to an office: whether it accepts, and the department that it names when it disclaims."""
    turn = sum(one == office for one, _ in track.desks or ())
    track.sit(office)
    said = answer_of(track.complaint, office, track.right, turn)
    track.day = int(value("followed_days")) + 1 if said.does == "sits" else track.day + said.days
    return said.does == "accepts", said.named


WAYS: dict[str, Callable[[Complaint, TransferRules, str], Outcome]] = {
    "engine": by_engine,
    "by hand": by_hand,
    "restart, no cap": by_restarting,
}


def simulate(seed: int, rules: TransferRules) -> dict[str, dict[str, float]]:
    """One month in each way."""
    complaints = month(seed, rules)
    rights = [rules.office_at(one.department, one.place) for one in complaints]
    return {
        name: figures([way(one, rules, right) for one, right in zip(complaints, rights, strict=True)])
        for name, way in WAYS.items()
    }


def main() -> None:
    """Simulate and write the section into results.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--months", type=int, default=3)
    parser.add_argument("--dry", action="store_true", help="print only")
    chosen = parser.parse_args()
    began = time.perf_counter()
    pack = load_pack(packs_folder() / "up")
    district = load_district(packs_folder() / "up" / "districts" / "siddharthnagar", pack)
    rules = load_transfer_rules(packs_folder() / "up", pack, district)
    learn_pairs(rules)
    where = machine()
    months = [simulate(chosen.seed + number, rules) for number in range(chosen.months)]
    table = rows(months)
    if not chosen.dry:
        what = f"a simulation on assumed behaviour, {chosen.months} months of {value('cases'):,.0f} cases, seeds from {chosen.seed}"
        write("district month", table, f"{where}; {what}")
    print("\n".join(table), f"\n{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
