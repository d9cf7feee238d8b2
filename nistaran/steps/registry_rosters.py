"""Rosters of lekhpals and secretaries: read from a file, and who sits where on a day (S1-3). Safe to repeat.

Here: rows → entries, and looking them up. Not here: weekdays and posts (nistaran/domain/rosters.py), officers (registry_files.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from nistaran.domain.cleaning import clean
from nistaran.domain.periods import FROM_THE_START, folded, same_name
from nistaran.domain.registry_refused import SeveralVillages, WrongFieldPost, WrongWeekday
from nistaran.domain.rosters import FILLS, RosterEntry, field_post, sitting_on, weekdays_of
from nistaran.steps.answers import AnswersOutcome, take_rows
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.registry_book import Book
from nistaran.steps.registry_files import mobile_in, office_names, office_of, period_of
from nistaran.steps.who_may import today_in
from routing.names import fold

_NEEDED = ("post", "village")


#: Rows of one person on one post since one day, by which he is known again.
Gathered = dict[tuple[str, str, date | None, str], list[RosterEntry]]


def rosters_from(house: House, path: Path) -> AnswersOutcome:
    """Enter every row of a file as the field officer of a village; village and post are needed. Raises OSError when it cannot be read.

    A person who stands in several rows, a weekday a row, is one entry with all of them: the file is read twice.
    """
    read = partial(_entry, house, office_names(house))
    rows: Gathered = {}
    with house.work() as work:
        work.ledger.lock()
        book = Book[RosterEntry](today=today_in(house), fills=FILLS, same=same_name)
        book.begin(work.registry.rosters())
        take_rows(path, house.pack.roster_headers, _NEEDED, partial(_gather, read, rows))
        outcome = take_rows(path, house.pack.roster_headers, _NEEDED, partial(_enter, read, rows, book))
        work.registry.put_rosters(list(book.changed.values()))
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return outcome


def roster(house: House, *, day: date, village: str = "", office: str = "") -> list[RosterEntry]:
    """Who sits somewhere on that day, by village; of one village (code, or as typed) or of one office.

    Raises:
        NoOfficeOfThisName: when there is no such office.
    """
    code = office_of(office_names(house), office) if office.strip() else ""
    wanted = {village.strip().upper(), *_places(house, village)}
    with house.read() as work:
        found = sitting_on(work.registry.rosters(), day)
    return [
        one
        for one in found
        if (not village.strip() or one.place in wanted or fold(one.village) == fold(village))
        and (not code or one.office == code or (one.place and _is_of(house, one.place, code)))
    ]


Read = Callable[[Mapping[str, str]], tuple[RosterEntry, date | None]]


def _gather(read: Read, rows: Gathered, row: Mapping[str, str], _outcome: AnswersOutcome) -> bool:
    entry, since = read(row)
    rows.setdefault((*entry.key[:2], since, folded(entry.name)), []).append(entry)
    return False


def _enter(
    read: Read, rows: Gathered, book: Book[RosterEntry], row: Mapping[str, str], _outcome: AnswersOutcome
) -> bool:
    entry, since = read(row)
    his = rows[(*entry.key[:2], since, folded(entry.name))]
    whole = replace(
        entry,
        weekdays=frozenset[int]().union(*(one.weekdays for one in his)),
        sits_at=" / ".join(dict.fromkeys(one.sits_at for one in his if one.sits_at)),
    )
    return book.enter(whole, since=since)


def _entry(house: House, names: Mapping[str, str], row: Mapping[str, str]) -> tuple[RosterEntry, date | None]:
    """The row, and since when it holds, if it says so."""
    row = {name: " ".join(clean(written).split()) for name, written in row.items()}
    office = office_of(names, row["office"]) if row.get("office") else ""
    post, weekdays = field_post(row["post"]), weekdays_of(row.get("weekdays", ""))
    if post is None:
        raise WrongFieldPost
    if weekdays is None:
        raise WrongWeekday
    since, until = period_of(row)
    place = _place(house, row["village"], office)
    entry = RosterEntry(
        village=house.district.places[place].name if place else row["village"],
        place=place,
        office=office,
        post=post,
        name=row.get("name", ""),
        mobile=mobile_in(row),
        weekdays=weekdays,
        sits_at=row.get("sits_at", ""),
        since=since or FROM_THE_START,
        until=until,
    )
    return entry, since


def _place(house: House, written: str, office: str) -> str:
    """The village's code; "" for one that the table does not have. Raises SeveralVillages."""
    found = _places(house, written)
    if len(found) > 1 and office:
        found = [code for code in found if _is_of(house, code, office)]
    if len(found) > 1:
        raise SeveralVillages
    return found[0] if found else ""


def _places(house: House, written: str) -> list[str]:
    """The villages and towns that a cell may mean, by code or name."""
    code, sought = written.strip().upper(), fold(written)
    rows = [row for row in house.district.places.values() if row.kind in {"village", "town"}]
    if any(row.code == code for row in rows):
        return [code]
    return [row.code for row in rows if sought and sought in [fold(name) for name in (row.name, *row.aliases)]]


def _is_of(house: House, place: str, office: str) -> bool:
    """Whether the village lies in the office's territory."""
    around = house.district.around.get(place, frozenset())
    return bool(around & set(house.district.offices[office].territory))
