"""The morning's list by risk: lanes first, in each what can still be saved, the likeliest defaulter first, then what is late already (S4-2).

Without a learned model that is kept, the order is by the days that are left. Not here: training (risk.py), sentences (domain/risk_words.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from heapq import nsmallest

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.escalation import MarkKind, defaults_on
from nistaran.domain.risk import FEATURES, Lap, Seen, features
from nistaran.domain.risk_history import queues
from nistaran.domain.risk_kept import RiskKept
from nistaran.domain.risk_model import RiskModel
from nistaran.domain.risk_words import reasons
from nistaran.steps.falling_due import Falling, Waiting, falling_due, shown, waiting
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.risk import newest_risk


@dataclass(slots=True)
class _Weighed:
    """A case with what is known of it and its chance of a default."""

    one: Waiting
    known: list[float]
    chance: float
    late: bool

    @property
    def place(self) -> tuple[int, bool, float, date, int]:
        """The lane, what can still be saved, the likeliest first, then as without risk."""
        return self.one.case.priority, self.late, -self.chance, self.one.clock.due_on, self.one.case.id


def falling_by_risk(house: House, *, days: int, office: str = "", limit: int | None = None) -> tuple[Falling, RiskKept]:
    """As falling_due(), in the order by risk, each with its chance and why; and the model that was used.

    Raises:
        BadTable: when calendar.toml or escalation.toml is wrong.
    """
    kept = newest_risk(house)
    model = kept.trained.model
    if model is None or kept.trained.why is not None:
        return falling_due(house, days=days, office=office, limit=limit), kept
    today, found = day_in_india(house.clock.now()), Falling()
    weighed = _counted(_weighed(house, kept, model, today, days), office, today, found)
    if limit is None:
        first = sorted(weighed, key=_place)
    else:
        first = nsmallest(max(limit, 1), weighed, key=_place)[:limit]
    found.first = [
        replace(due, chance=one.chance, because=("", "") if one.late else _because(kept, model, one))
        for due, one in zip(shown(house, [one.one for one in first]), first, strict=True)
    ]
    return found, kept


def _weighed(house: House, kept: RiskKept, model: RiskModel, today: date, days: int) -> Iterator[_Weighed]:
    queue = queues((one.case.office, one.clock.due_on) for one in waiting(house))
    working = cache(house.escalation().calendar.working_days_between)
    for batch in _batches(waiting(house, due_by=today + timedelta(days=days)), house.batch):
        with house.read() as work:
            seen = _seen(work, batch)
        for one, as_seen in zip(batch, seen, strict=True):
            late = one.clock.due_on < today
            known = features(as_seen, today, kept.around, queue, working)
            yield _Weighed(one, known, 1.0 if late else model.chance(known), late)


def _seen(work: UnitOfWork, batch: Sequence[Waiting]) -> list[Seen]:
    ids = [one.case.id for one in batch]
    desks, made = work.desks.of_each(ids), work.marks.made_of([one.case.id for one in batch if one.clock.number])
    found = []
    for one in batch:
        had, number = desks.get(one.case.id, []), one.clock.number
        late_before = any(kind is MarkKind.DEFAULTER and turn < number for turn, kind in made.get(one.case.id, ()))
        found.append(
            Seen(
                channel=one.case.channel,
                department=one.case.department,
                priority=one.case.priority,
                office=one.case.office,
                lap=Lap(since=one.clock.since, due_on=one.clock.due_on),
                reopened=number > 0,
                defaulted=late_before,
                desk_since=day_in_india(had[-1].since) if had else None,
                hops=max(len(had) - 1, 0),
            )
        )
    return found


def _counted(weighed: Iterator[_Weighed], office: str, today: date, found: Falling) -> Iterator[_Weighed]:
    for one in weighed:
        if office in ("", one.one.office):
            found.total += 1
            found.overdue += one.one.clock.due_on < today
            found.by_day[one.one.office, defaults_on(one.one.clock.due_on)] += 1
            yield one


def _because(kept: RiskKept, model: RiskModel, one: _Weighed) -> tuple[str, str]:
    house = kept.around.house
    facts = dict(zip(FEATURES, one.known, strict=True))
    facts |= {"house_share": house.log_odds(house), "house_days": house.mean_days(house)}
    return reasons(model.weighed(one.known), facts)


def _batches(them: Iterator[Waiting], size: int) -> Iterator[list[Waiting]]:
    batch: list[Waiting] = []
    for one in them:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _place(one: _Weighed) -> tuple[int, bool, float, date, int]:
    return one.place
