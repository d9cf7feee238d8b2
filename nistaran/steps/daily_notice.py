"""The cell's daily notice to each department: what falls due, is overdue, is new, came back; first lanes first, with the reason (S2-4, S4-2).

Here: drawing notices up, once a department and day, and queueing them. Not here: acknowledging (notice_acks.py), couriers, pages (letters/).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from nistaran.domain.daily_notices import FILE_PREFIX, DailyNotice, acknowledge_until
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import Event, EventKind
from nistaran.domain.office_report import ReportState
from nistaran.domain.paper_seals import notice_seal
from nistaran.steps.falling_due import open_cases
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.notice_text import notice_lines
from nistaran.steps.paper_notice import DAILY, paper_notice
from nistaran.steps.telling import Clocked, holder_of

#: So many cases stand in one notice by themselves; of the others an office's counts tell.
MOST = 300


@dataclass(slots=True)
class Noticed:
    """What one morning came to. `idle`: offices are closed today, nothing was drawn up."""

    idle: bool = False
    drawn: int = 0
    known: int = 0  #: had been drawn up before on this day
    cases: int = 0
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Of:
    """What concerns one department: cases with the heads under which they stand."""

    cases: list[tuple[Clocked, str, tuple[str, ...]]] = field(default_factory=list)


def draw_notices(house: House) -> Noticed:
    """Draw up today's notice of every department that has something to be told, and queue it to its district office.

    Safe to repeat: a department gets one notice a day, as it was first drawn up. On a day on which offices are closed nothing is done.

    Raises:
        BadTable: when calendar.toml or escalation.toml is wrong.
    """
    today = day_in_india(house.clock.now())
    if not house.escalation().calendar.is_working(today):
        return Noticed(idle=True)
    outcome, found = Noticed(), _by_department(house, today)
    with house.work() as work:
        work.ledger.lock()
        now = house.clock.now()
        for department, of in sorted(found.items()):
            office = house.district.district_office(department)
            if office is None:
                continue
            facts = _facts(house, department, of, today)
            notice = DailyNotice(day=today, department=department, office=office.code, at=now, facts=facts)
            if not work.daily_notices.add(notice):
                outcome.known += 1
                continue
            body = {
                "department": department,
                "office": office.code,
                "cases": len(of.cases),
                "seal": notice_seal(notice),
            }
            work.ledger.append([Event(case=notice.id, kind=EventKind.DAILY_NOTICE_DRAWN, at=now, body=body)])
            queued = paper_notice(
                DAILY,
                notice.id,
                office.code,
                key=f"notice:{today.isoformat()}:{department}",
                subject=f"दैनिक सूचना {today:%d.%m.%Y}: {facts['department_name']}",
                lines=notice_lines(facts),
                more=facts,
            )
            work.outbox.add([queued], at=now)
            outcome.drawn += 1
            outcome.cases += len(of.cases)
            outcome.counts.update(_heads(of))
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return outcome


def _by_department(house: House, today: date) -> dict[str, _Of]:
    """What every department must be told."""
    near = max(house.escalation().points.warn)
    since = _last_working_day(house, today)
    found: dict[str, _Of] = defaultdict(_Of)
    page: list[Clocked] = []
    for one in open_cases(house):
        page.append(one)
        if len(page) == house.batch:
            _sort_in(house, page, found, today, near, since)
            page = []
    _sort_in(house, page, found, today, near, since)
    return found


def _sort_in(house: House, page: Iterable[Clocked], found: dict[str, _Of], today: date, near: int, since: date) -> None:
    clocked = list(page)
    with house.read() as work:
        reports = work.reports.of_each([one.case.id for one in clocked])
    for one in clocked:
        days, holder = (one.clock.due_on - today).days, holder_of(house, one.case)
        last = reports.get(one.case.id, [None])[-1]
        heads = (
            *(["OVERDUE"] if days < 0 else ["DUE"] if days <= near else []),
            *(["NEW"] if one.case.received_on >= since else []),
            *(["RETURNED"] if last is not None and last.state is ReportState.REJECTED else []),
        )
        if heads:
            department = house.district.offices[holder].department
            found[department].cases.append((one, holder, heads))


def _last_working_day(house: House, today: date) -> date:
    """The working day before today: what came since then is new."""
    day = today - timedelta(days=1)
    while not house.escalation().calendar.is_working(day) and (today - day).days < 60:
        day -= timedelta(days=1)
    return day


def _heads(of: _Of) -> Counter[str]:
    return Counter(head for _, _, heads in of.cases for head in heads)


def _facts(house: House, department: str, of: _Of, today: date) -> dict[str, object]:
    """What stands in a notice: numbers, codes, days, counts, the tables' own names."""
    offices = house.district.offices
    in_order = sorted(of.cases, key=lambda told: (told[0].case.priority, told[0].clock.due_on, told[0].case.id))
    by_office: dict[str, Counter[str]] = defaultdict(Counter)
    for _, holder, heads in of.cases:
        by_office[holder].update(heads)
    row = house.pack.departments.get(department)
    until = acknowledge_until(today, house.escalation().calendar)
    return {
        "id": f"{FILE_PREFIX}{today.isoformat()}-{department}",
        "day": f"{today:%d.%m.%Y}",
        "department": department,
        "department_name": row.name_hi if row else department,
        "cell": offices[house.district.facts.cell].name_hi,
        "until": f"{until:%d.%m.%Y %H:%M}",
        "counts": dict(_heads(of)),
        "offices": [[offices[code].name_hi, *_of_heads(count)] for code, count in sorted(by_office.items())],
        "rows": [_row(house, told, today) for told in in_order[:MOST]],
        "more": max(0, len(in_order) - MOST),
    }


def _of_heads(count: Counter[str]) -> Sequence[int]:
    return [count[head] for head in ("OVERDUE", "DUE", "NEW", "RETURNED")]


def _row(house: House, told: tuple[Clocked, str, tuple[str, ...]], today: date) -> list[str]:
    one, holder, heads = told
    channel = house.pack.channels.get(one.case.channel)
    return [
        one.case.number,
        house.district.offices[holder].name_hi,
        channel.name_hi if channel else one.case.channel,
        f"{one.clock.due_on:%d.%m.%Y}",
        _why(house, one, heads, today),
    ]


def _why(house: House, one: Clocked, heads: tuple[str, ...], today: date) -> str:
    """The reason for its place: the lane first, then how near its day is (S4-2)."""
    lane, days = house.pack.lanes.get(one.case.lane), (one.clock.due_on - today).days
    return " · ".join(
        (
            f"{one.case.priority}. {lane.name_hi if lane else one.case.lane}",
            f"{-days} दिन विलम्ब" if days < 0 else f"{days} दिन शेष" if days else "आज नियत",
            *(["पुनः खोला गया"] if one.clock.number else []),
            *(["आख्या वापस"] if "RETURNED" in heads else []),
            *(["नया"] if "NEW" in heads else []),
        )
    )
