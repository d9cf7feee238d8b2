"""The estimated score of the district as of a day, and the pending cases whose disposal would gain most (S2-5).

Here: counting for the rubric. Not here: the rubric (routing/weekly.py), its rules (nistaran/domain/rank.py), what is shown of it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from nistaran.domain.rank import Estimate, Load, Sort, estimate, most_gain
from nistaran.domain.weekly import AGES, WEEK, PendingCase, Week
from nistaran.domain.weekly_figures import Gain, Ranking
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.review_day import as_of

#: So many cases are named.
TOP = 20


def ranking(house: House, *, until: date | None = None, top: int = TOP) -> Ranking:
    """The estimated score as of the end of `until` (today) and of a week before, and the `top` cases that gain most.

    Raises:
        WeekToCome: when `until` is after today.
        BadTable: when review.toml or rank.toml is wrong.
    """
    last, rubric = as_of(house, until), house.weekly().rubric
    with house.read() as work:
        loads = _loads(house, work, last)
        before = estimate(rubric, _loads(house, work, last - WEEK))
        cases = work.weekly.alike(last, each=top, older_than=rubric.older_than)
    queues: dict[Sort, list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        queues[_sort(case, last, rubric.older_than)].append(place)
    found = most_gain(rubric, loads, queues, top=top)
    gains = tuple(Gain(case=cases[place], marks=marks) for place, marks in found)
    return Ranking(until=last, estimate=_estimate(house, loads), before=before, gains=gains)


def _estimate(house: House, loads: dict[str, Load]) -> Estimate:
    return estimate(house.weekly().rubric, loads)


def _loads(house: House, work: UnitOfWork, until: date) -> dict[str, Load]:
    """What the rubric looks at, by channel."""
    rubric = house.weekly().rubric
    period = Week(since=until - timedelta(days=rubric.period_days - 1), until=until)
    oldest = AGES.index(rubric.older_than) + 1
    loads: dict[str, Load] = defaultdict(Load)
    for one in work.weekly.standing(until):
        loads[one.channel] += Load(
            pending=one.pending,
            unmarked=0 if one.office else one.pending,
            defaulters=one.defaulters,
            old=sum(one.ages[oldest:]),
            days=one.days,
        )
    for flow in work.weekly.flow(period):
        loads[flow.channel] += Load(disposed=flow.disposed, timely=flow.timely, days=flow.days, reopened=flow.reopened)
    for said in work.weekly.said(period):
        words = {name: getattr(said, name) for name in ("reached", "satisfied", "known", "relieved")}
        loads[said.channel] += Load(**words)
    return dict(loads)


def _sort(case: PendingCase, until: date, older_than: int) -> Sort:
    return Sort(
        channel=case.channel,
        late=case.due_on < until,
        unmarked=not case.office,
        old=(until - case.received_on).days > older_than,
    )
