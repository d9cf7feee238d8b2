"""The figures of a weekly review, gathered as of the end of a Sunday (S1-4, S1-5, S2-1, S2-3, S2-5, S4-1, S4-4).

Asked later, the same week gives the same figures. Here: gathering. Not here: adding up
(nistaran/domain/weekly_sums.py), the paper (weekly_paper.py), the sheets (weekly_book.py).
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.promise import Outcome, outcome_of
from nistaran.domain.transfer_figures import TransferFigures
from nistaran.domain.weekly import WEEK, Standing, Week, WeekCount, end_of, week_until
from nistaran.domain.weekly_figures import Misroutes, WeeklyFigures, WorstDepartment
from nistaran.steps.house import House
from nistaran.steps.most_defaulters import most_defaulters
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.rank import ranking
from nistaran.steps.review_day import as_of, default_until
from nistaran.steps.transfer_figures import add_course

#: So many weeks stand in the trends, so many of them in the feedback league and in the cost of wrong desks.
WEEKS, HEARD = 8, 4
#: So many months stand in the top five (S2-3), so many cases and parts in the lists.
MONTHS, LISTED = 4, 20
_PAIRS, _PAGE = 5, 1000


def weekly_figures(house: House, *, until: date | None = None, months: int = MONTHS) -> WeeklyFigures:
    """All figures of the seven days that end with `until` (the last Sunday); the top five over so many months.

    Raises:
        WeekToCome: when `until` is after today.
        BadTable: when a table that it needs is wrong.
    """
    last = as_of(house, until or default_until(house))
    week = week_until(last)
    heard = Week(since=last - HEARD * WEEK + timedelta(days=1), until=last)
    with house.read() as work:
        oldest = work.weekly.oldest(last, limit=LISTED)
        stuck, in_all = work.weekly.stuck_parts(last, limit=LISTED)
        weeks, promises = _weeks(work, last), _promises(house, work, week)
        said, said_this_week, said_before = (tuple(work.weekly.said(one)) for one in (heard, week, week.before))
        misroutes = _misroutes(house, work, heard)
        orders = work.weekly.orders(week, limit=LISTED)
    return WeeklyFigures(
        district=house.district.facts.code,
        week=week,
        weeks=weeks,
        heard=heard,
        said=said,
        said_this_week=said_this_week,
        said_before=said_before,
        oldest=tuple(oldest),
        stuck=tuple(stuck),
        stuck_in_all=in_all,
        misroutes=misroutes,
        months=months,
        worst=_worst(house, last, months),
        ranking=ranking(house, until=last),
        promises=promises,
        orders=tuple(orders),
    )


def outcomes(house: House, *, until: date | None = None) -> tuple[Outcome, ...]:
    """What departments promised whose day was not over a week before `until` (today), beside what happened by its end.

    Raises:
        WeekToCome: when `until` is after today.
    """
    with house.read() as work:
        return _promises(house, work, week_until(as_of(house, until)))


def department_of(house: House, office: str) -> str:
    """The department of an office; "" for none, and for one that is no longer in the table."""
    row = house.district.offices.get(office)
    return row.department if row else ""


def _weeks(work: UnitOfWork, last: date) -> tuple[WeekCount, ...]:
    weeks = [week_until(last - turn * WEEK) for turn in reversed(range(WEEKS))]
    return tuple(
        WeekCount(week=one, standing=tuple(work.weekly.standing(one.until)), flow=tuple(work.weekly.flow(one)))
        for one in weeks
    )


def _misroutes(house: House, work: UnitOfWork, week: Week) -> Misroutes:
    """Only the cases that moved are read: one that stayed on its first desk cost nothing yet."""
    figures, deciding = TransferFigures(since=week.since), {house.district.facts.cell, house.district.facts.arbiter}
    ids, moment = work.weekly.moved(week), end_of(week.until).isoformat(timespec="microseconds")
    for start in range(0, len(ids), _PAGE):
        cases = work.cases.by_ids(ids[start : start + _PAGE])
        links = work.ledger.of_each([case.number for case in cases])
        for case in cases:
            known = [one for one in links.get(case.number, []) if one.at < moment]
            add_course(figures, case, known, deciding=deciding, today=week.until)
    return Misroutes(
        week=week,
        moved=len(ids),
        wrong=figures.lost.count,
        days=figures.lost.total,
        pairs=tuple(figures.pairs()[:_PAIRS]),
        unreadable=figures.unreadable,
    )


def _worst(house: House, last: date, months: int) -> tuple[WorstDepartment, ...]:
    found = most_defaulters(house, months=months, until=last)
    return tuple(WorstDepartment(department=one.department, total=one.total, months=one.months) for one in found)


def _promises(house: House, work: UnitOfWork, week: Week) -> tuple[Outcome, ...]:
    """Those that were still to be kept when the week began, beside what their departments had then and have now."""
    made = work.promises.made(week.until, target_from=week.since)
    over = min(week.until, day_in_india(house.clock.now()) - timedelta(days=1))  # today may yet bring what was promised
    days = {day for one in made for day in (one.made_on - timedelta(days=1), min(one.target, week.until))}
    stood = {day: _by_department(house, work.weekly.standing(day)) for day in days}
    return tuple(
        outcome_of(
            one,
            then=_both(stood[one.made_on - timedelta(days=1)], one.department),
            now=_both(stood[min(one.target, week.until)], one.department),
            until=over,
        )
        for one in made
    )


def _by_department(house: House, rows: list[Standing]) -> tuple[Counter[str], Counter[str]]:
    pending, late = Counter[str](), Counter[str]()
    for row in rows:
        pending[department_of(house, row.office)] += row.pending
        late[department_of(house, row.office)] += row.defaulters
    return pending, late


def _both(stood: tuple[Counter[str], Counter[str]], department: str) -> tuple[int, int]:
    pending, late = stood
    return pending[department], late[department]
