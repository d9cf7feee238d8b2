"""The registry looked at: who holds which post, what is lacking, who logs in twice a day, who stays silent (S3-2, S3-3).

Nothing is written. Not here: entering files (registry_files.py), rosters (registry_rosters.py), who may do what (who_may.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.login_days import UNTOUCHED_AFTER, LoginDays, OfficeSigns, is_silent, login_days
from nistaran.domain.registry import WANTED, Officer, carried, lacks, standing
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.who_may import starting, today_in

#: Days where nobody names a number.
PERIOD = 7
LOGIN = "login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A post of which something is not known: fields of the four that the NIC needs, and `login` where none was made."""

    officer: Officer
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """Two-a-day over a period: `days` are the working days of which records are known, `unknown` those of which none is.

    `strangers` are logins that were used and belong to no office.
    """

    since: date
    until: date
    days: tuple[date, ...]
    unknown: tuple[date, ...]
    rows: tuple[LoginDays, ...]
    without_login: int
    strangers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Signs of every office that got cases or has some lying untouched, the silent ones first. `logins_known`: whether any record of
    logging in is there for the period."""

    since: datetime
    silent: tuple[OfficeSigns, ...]
    heard: tuple[OfficeSigns, ...]
    logins_known: bool


def officers_now(house: House) -> dict[str, tuple[Officer, ...]]:
    """Who holds each office's posts today."""
    with house.read() as work:
        kept = work.registry.officers()
    return standing(starting(house), kept, today=today_in(house))


def mail_addresses(house: House, work: UnitOfWork, offices: Collection[str]) -> dict[str, str]:
    """Where an office's letters go: the address of who holds its first post, else the starting table's; "" where none is known."""
    first = {code: one for code, one in starting(house).items() if code in offices}
    now = standing(first, work.registry.officers(list(first)), today=today_in(house))
    return {office: officers[0].email for office, officers in now.items()}


def has_logins(house: House) -> bool:
    """Whether the registry holds any login: only then acts are tied to logins."""
    with house.read() as work:
        return work.registry.concerning("", []) is not None


def lacking(house: House) -> list[Lacking]:
    """Posts of which something is lacking: those without a login first, each group in the order of offices.toml."""
    found = [
        Lacking(officer=one, lacks=gaps)
        for officers in officers_now(house).values()
        for one in officers
        if (gaps := (*lacks(one), *(() if one.login else (LOGIN,))))
    ]
    return sorted(found, key=lambda one: LOGIN not in one.lacks)


def incomplete_offices(house: House) -> dict[str, list[str]]:
    """Offices with a post that lacks its login or one of the four fields, by what is lacking (S3-3)."""
    found: dict[str, list[str]] = {field: [] for field in (LOGIN, *WANTED)}
    for one in lacking(house):
        for field in one.lacks:
            if one.officer.office not in found[field]:
                found[field].append(one.officer.office)
    return found


def compliance(house: House, *, days: int = PERIOD, by_login: bool = False) -> Compliance:
    """How often logins were used on the working days of the last `days` days, up to yesterday; by office, or by each login of it.

    Raises:
        BadTable: when calendar.toml is wrong.
    """
    until = today_in(house) - timedelta(days=1)
    since = until - timedelta(days=days - 1)
    with house.read() as work:
        kept = work.registry.officers()
        used = Counter((login, day_in_india(at)) for login, at in work.registry.logins(**_between(since, until)))
        last = work.registry.last_logins()
    calendar = house.escalation().calendar
    working = [day for n in range(days) if calendar.is_working(day := since + timedelta(days=n))]
    heard = {day for _, day in used}
    known = tuple(day for day in working if day in heard)
    ties = _ties(starting(house), kept)
    rows = [
        login_days(office, group, days=known, counts=used, last=last)
        for office, officers in ties.items()
        for group in (_by_login(officers) if by_login else [officers])
    ]
    tied = {one.login for officers in ties.values() for one in officers}
    return Compliance(
        since=since,
        until=until,
        days=known,
        unknown=tuple(day for day in working if day not in heard),
        rows=tuple(sorted((row for row in rows if row.days), key=_worst_first)),
        without_login=sum(not any(one.login for one in officers) for officers in officers_now(house).values()),
        strangers=tuple(sorted({login for login, _ in used} - tied)),
    )


def _worst_first(row: LoginDays) -> tuple[int, int, str]:
    return -row.never, -row.once, row.office


def _between(since: date, until: date) -> dict[str, datetime]:
    return {
        "since": datetime.combine(since, time(), IST),
        "until": datetime.combine(until + timedelta(days=1), time(), IST),
    }


def _ties(first: Mapping[str, Officer], kept: Sequence[Officer]) -> dict[str, list[Officer]]:
    """Who had a login of an office when: the registry's entries, else the starting table's."""
    named: dict[str, list[Officer]] = {}
    for one in carried(kept):
        if one.login:
            named.setdefault(one.office, []).append(one)
    return {office: named.get(office) or [row] for office, row in first.items()}


def _by_login(officers: Sequence[Officer]) -> Iterator[list[Officer]]:
    for login in dict.fromkeys(one.login for one in officers):
        yield [one for one in officers if one.login == login]


def silence(house: House, *, days: int = PERIOD) -> Silence:
    """Which offices got cases in the last `days` days, and by what they were heard since the first of them."""
    now = house.clock.now()
    since = now - timedelta(days=days)
    with house.read() as work:
        kept = work.registry.officers()
        last = work.registry.last_logins()
        signs = list(_signs(house, work, since, now, _ties(starting(house), kept), last))
    return Silence(
        since=since,
        silent=tuple(sorted((one for one in signs if is_silent(one, now=now)), key=_most_first)),
        heard=tuple(sorted((one for one in signs if not is_silent(one, now=now)), key=_most_first)),
        logins_known=any(at >= since for at in last.values()),
    )


def _most_first(one: OfficeSigns) -> tuple[int, int, str]:
    return -one.untouched, -(one.arrivals.cases if one.arrivals else 0), one.office


def _signs(
    house: House,
    work: UnitOfWork,
    since: datetime,
    now: datetime,
    ties: Mapping[str, Sequence[Officer]],
    last: Mapping[str, datetime],
) -> Iterator[OfficeSigns]:
    arrivals, acts = work.registry.arrivals(since=since), work.registry.acts(since=since)
    untouched = work.registry.untouched(before=now - UNTOUCHED_AFTER)
    for office in house.district.offices:
        if office in arrivals or untouched.get(office):
            logins = [at for one in ties.get(office, ()) if (at := last.get(one.login)) is not None]
            yield OfficeSigns(
                office=office,
                arrivals=arrivals.get(office),
                login=max(logins, default=None),
                act=acts.get(office),
                untouched=untouched.get(office, 0),
            )
