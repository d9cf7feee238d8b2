"""Two logins a day: on which working days an office's logins were used, by imported records (S3-2), and offices that stay silent.

Counted over days of which any record is known: of the others nobody can say. Not here: reading records (steps/registry_logins.py),
which days are working days (working_days.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nistaran.domain.registry import Officer

#: So often a day officers are to log in (S3-2).
TIMES_A_DAY = 2
#: What nobody has touched for so long is named (unmarked over 24 hours).
UNTOUCHED_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginDays:
    """An office (or one login of it) over some working days: days = twice + once + never.

    `silence` is the longest run of these days without a login, `last` the newest login ever known.
    """

    office: str
    logins: tuple[str, ...]
    days: int
    twice: int
    once: int
    last: datetime | None
    silence: int

    @property
    def never(self) -> int:
        """Days without any login."""
        return self.days - self.twice - self.once

    @property
    def complies(self) -> bool:
        """Whether it logged in twice on each of the days."""
        return self.twice == self.days


def login_days(
    office: str,
    officers: Sequence[Officer],
    *,
    days: Sequence[date],
    counts: Mapping[tuple[str, date], int],
    last: Mapping[str, datetime],
) -> LoginDays:
    """Count the logins of these officers of an office over the days, in order; a day counts only while one of them had a login.

    `counts`: (login, day in India) → how often. `last`: login → newest moment known.
    """
    held = {day: {one.login for one in officers if one.login and one.is_present(day)} for day in days}
    used = [sum(counts.get((login, day), 0) for login in logins) for day, logins in held.items() if logins]
    logins = sorted(set().union(*held.values()))
    return LoginDays(
        office=office,
        logins=tuple(logins),
        days=len(used),
        twice=sum(count >= TIMES_A_DAY for count in used),
        once=sum(0 < count < TIMES_A_DAY for count in used),
        last=max((last[login] for login in logins if login in last), default=None),
        silence=_longest_run(used),
    )


def _longest_run(used: Sequence[int]) -> int:
    longest = run = 0
    for count in used:
        run = 0 if count else run + 1
        longest = max(longest, run)
    return longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Cases that came to an office's desk in a period, the first and the last of them."""

    cases: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSigns:
    """What an office got, and by what it was heard since. `login` and `act` (an answer, a report, a task done) are its newest ones.

    `untouched` are cases that lie on its desk for more than a day without an answer or a report.
    """

    office: str
    arrivals: Arrivals | None
    login: datetime | None
    act: datetime | None
    untouched: int

    @property
    def last_sign(self) -> datetime | None:
        """The newest sign of life."""
        return max((at for at in (self.login, self.act) if at is not None), default=None)


def is_silent(signs: OfficeSigns, *, now: datetime) -> bool:
    """Whether it got a case more than a day ago and has given no sign of life since the first of them."""
    if signs.arrivals is None or now - signs.arrivals.first <= UNTOUCHED_AFTER:
        return False
    return signs.last_sign is None or signs.last_sign < signs.arrivals.first
