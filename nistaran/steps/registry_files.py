"""Files of the registry: officers, uses of logins, rosters; a row that cannot be taken is named, and the rest go on. Safe to repeat.

Here: rows → entries, and keeping them. Not here: reading files (readers/answers.py), when an entry ends (nistaran/domain/periods.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from nistaran.domain.cleaning import clean
from nistaran.domain.correction_refused import WrongLogin, login_of
from nistaran.domain.deadlines import IST
from nistaran.domain.periods import FROM_THE_START
from nistaran.domain.registry import FILLS, Officer, email_of, mobile_of, same_holder
from nistaran.domain.registry_refused import (
    EndsBeforeItBegins,
    NoOfficeOfThisName,
    WrongDay,
    WrongEmail,
    WrongLastDay,
    WrongMobile,
    WrongMoment,
    WrongOfficerLogin,
)
from nistaran.readers.dates import parse_date
from nistaran.readers.moments import parse_moment
from nistaran.steps.answers import AnswersOutcome, take_rows
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.registry_book import Book
from nistaran.steps.who_may import today_in
from routing.pack import alias_key

_DAY = timedelta(days=1)


def officers_from(house: House, path: Path) -> AnswersOutcome:
    """Enter every row of a file as the holder of an office's post; only the office is needed. Raises OSError when it cannot be read.

    A row without a day fills up the entry of the same person, or begins one today for another (periods.amended).
    """
    names = office_names(house)
    with house.work() as work:
        work.ledger.lock()
        book = Book[Officer](today=today_in(house), fills=FILLS, same=same_holder)
        book.begin(work.registry.officers())
        act = partial(_officer, house, names, book)
        outcome = take_rows(path, house.pack.officer_headers, ("office",), act)
        work.registry.put_officers(list(book.changed.values()))
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return outcome


def _officer(
    house: House, names: Mapping[str, str], book: Book[Officer], row: Mapping[str, str], _outcome: AnswersOutcome
) -> bool:
    row = {name: " ".join(clean(written).split()) for name, written in row.items()}
    office = office_of(names, row["office"])
    since, until = period_of(row)
    new = Officer(
        office=office,
        name=row.get("name", ""),
        designation=row.get("designation", "") or house.district.offices[office].post_hi,
        mobile=mobile_in(row),
        email=_email(row),
        login=_login(row),
        since=since or FROM_THE_START,
        until=until,
    )
    return book.enter(new, since=since)


def logins_from(house: House, path: Path) -> tuple[AnswersOutcome, list[str]]:
    """Keep every row of a file as a use of a login; known ones are left. Returns the logins that no office has, too.

    Raises:
        OSError: when the file cannot be read.
    """
    used: list[tuple[str, datetime]] = []
    latest = datetime.combine(today_in(house) + _DAY, time(), IST)
    outcome = take_rows(path, house.pack.login_headers, ("at", "login"), partial(_use, used, latest))
    with house.work() as work:
        new = work.registry.add_logins(list(dict.fromkeys(used)))
        known = {one.login for one in work.registry.officers()}
        work.commit()
    outcome.changed, outcome.unchanged = new, len(used) - new
    known |= {row.login.lower() for row in house.district.offices.values()}
    return outcome, sorted({login for login, _ in used} - known)


def _use(used: list[tuple[str, datetime]], latest: datetime, row: Mapping[str, str], _outcome: AnswersOutcome) -> bool:
    at = parse_moment(row["at"], row.get("time", ""))
    if at is None or at >= latest:
        raise WrongMoment
    used.append((_login(row), at))
    return True


def office_names(house: House) -> dict[str, str]:
    """What an office may be called in a file: its code and full names; a name that two have names none."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for row in house.district.offices.values():
        for key in {alias_key(name) for name in (row.code, row.name_hi, row.name_en)}:
            if found.setdefault(key, row.code) != row.code:
                twice.add(key)
    return {key: code for key, code in found.items() if key not in twice}


def office_of(names: Mapping[str, str], written: str) -> str:
    """The office that is meant. Raises NoOfficeOfThisName."""
    code = names.get(alias_key(written))
    if code is None:
        raise NoOfficeOfThisName
    return code


def period_of(row: Mapping[str, str]) -> tuple[date | None, date | None]:
    """Since and until when; None where nothing stands. Raises WrongDay, EndsBeforeItBegins."""
    since, until = _day(row.get("since", ""), WrongDay), _day(row.get("until", ""), WrongLastDay)
    if since is not None and until is not None and until < since:
        raise EndsBeforeItBegins
    return since, until


def mobile_in(row: Mapping[str, str]) -> str:
    """The mobile number of a row, "" for a blank. Raises WrongMobile."""
    found = mobile_of(row.get("mobile", ""))
    if found is None:
        raise WrongMobile
    return found


def _day(written: str, wrong: type[WrongDay]) -> date | None:
    found = parse_date(written) if written else None
    if written and found is None:
        raise wrong
    return found


def _email(row: Mapping[str, str]) -> str:
    found = email_of(row.get("email", ""))
    if found is None:
        raise WrongEmail
    return found


def _login(row: Mapping[str, str]) -> str:
    written = row.get("login", "")
    try:
        return login_of(written) if written else ""
    except WrongLogin:
        raise WrongOfficerLogin from None
