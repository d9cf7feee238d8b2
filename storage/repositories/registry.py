"""Officers, records of logging in, rosters. Not here: what offices got and did (silence.py), any rule (nistaran/domain/registry.py)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, or_, select

from nistaran.domain.registry import Officer
from nistaran.domain.rosters import FieldPost, RosterEntry
from storage.bulk import BulkInsert, BulkUpdate, among
from storage.registry_tables import LoginRow, OfficerRow, RosterRow
from storage.repositories.silence import SqlSilence
from storage.tables import table_of

_officers = table_of(OfficerRow)
_logins = table_of(LoginRow)
_rosters = table_of(RosterRow)
_o = _officers.c
_OFFICER_KEY, _OFFICER = ("office", "post", "since"), ("until", "name", "designation", "mobile", "email", "login")
_ROSTER_KEY = ("place_key", "post", "since")
_ROSTER = ("until", "village", "place", "office", "name", "mobile", "weekdays", "sits_at")
_add_officers = BulkInsert(_officers, *_OFFICER_KEY, *_OFFICER)
_set_officers = BulkUpdate(_officers, *_OFFICER, keys=_OFFICER_KEY)
_add_rosters = BulkInsert(_rosters, *_ROSTER_KEY, *_ROSTER)
_set_rosters = BulkUpdate(_rosters, *_ROSTER, keys=_ROSTER_KEY)
_add_logins = BulkInsert(_logins, "login", "at", keep_existing=True)

#: Made once: it is asked at every act. With it comes some office that has a login, so that one query tells whether any has.
_CONCERNING = select(_officers).where(
    or_(
        _o.login == bindparam("asked_login"),
        _o.office.in_(bindparam("asked_offices", expanding=True)),
        _o.office == select(func.min(_o.office)).where(_o.login != "").scalar_subquery(),
    )
)


class SqlRegistry(SqlSilence):
    """Who holds which post of which office since when, by which login; when logins were used; who sits in which village."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def officers(self, offices: Sequence[str] | None = None) -> list[Officer]:
        """Every entry, ended ones too, of these offices (None: of all), by office, post and day."""
        wanted = select(_officers)
        if offices is not None:
            wanted = wanted.where(among(_o.office, offices, self._connection))
        return self._read(wanted)

    def concerning(self, login: str, offices: Sequence[str]) -> list[Officer] | None:
        """The entries of these offices and of this login; None while no entry of the registry has any login."""
        asked = {"asked_login": login, "asked_offices": list(offices)}
        rows = sorted((_officer(row) for row in self._connection.execute(_CONCERNING, asked)), key=lambda one: one.key)
        if not any(one.login for one in rows):
            return None
        return [one for one in rows if one.login == login or one.office in offices]

    def put_officers(self, officers: Sequence[Officer]) -> None:
        """Keep entries; one of the same office, post and day is replaced."""
        kept = {one.key for one in self.officers(sorted({one.office for one in officers}))}
        rows = {one.key: (one.until, *(getattr(one, name) for name in _OFFICER[1:])) for one in officers}
        _add_officers.run(self._connection, [(*key, *row) for key, row in rows.items() if key not in kept])
        _set_officers.run(self._connection, [(*row, *key) for key, row in rows.items() if key in kept])

    def add_logins(self, used: Sequence[tuple[str, datetime]]) -> int:
        """Keep (login, moment); what is known is left. Returns how many were new."""
        return _add_logins.run(self._connection, list(used))

    def logins(self, *, since: datetime, until: datetime) -> Iterator[tuple[str, datetime]]:
        """(login, moment) from `since` on and before `until`, in order of time."""
        c = _logins.c
        wanted = select(c.login, c.at).where(c.at >= since, c.at < until).order_by(c.at, c.login)
        yield from self._connection.execute(wanted).tuples()

    def last_logins(self) -> dict[str, datetime]:
        """The newest moment of each login."""
        c = _logins.c
        newest = select(c.login, func.max(c.at).label("at")).group_by(c.login)
        return dict(self._connection.execute(newest).tuples().all())

    def rosters(self) -> list[RosterEntry]:
        """Every entry, ended ones too, by village, post and day."""
        found = [_entry(row) for row in self._connection.execute(select(_rosters))]
        return sorted(found, key=lambda one: one.key)

    def put_rosters(self, entries: Sequence[RosterEntry]) -> None:
        """Keep entries; one of the same village, post and day is replaced."""
        kept = {one.key for one in self.rosters()}
        rows = {one.key: _roster_row(one) for one in entries}
        _add_rosters.run(self._connection, [(*key, *row) for key, row in rows.items() if key not in kept])
        _set_rosters.run(self._connection, [(*row, *key) for key, row in rows.items() if key in kept])

    def _read(self, wanted: Select[Any]) -> list[Officer]:
        return sorted((_officer(row) for row in self._connection.execute(wanted)), key=lambda one: one.key)


def _officer(row: Row[Any]) -> Officer:
    return Officer(
        office=row.office,
        name=row.name,
        designation=row.designation,
        mobile=row.mobile,
        email=row.email,
        login=row.login,
        since=row.since,
        until=row.until,
    )


def _roster_row(one: RosterEntry) -> tuple[Any, ...]:
    """Column by column as _ROSTER names them."""
    weekdays = "".join(map(str, sorted(one.weekdays)))
    return one.until, one.village, one.place, one.office, one.name, one.mobile, weekdays, one.sits_at


def _entry(row: Row[Any]) -> RosterEntry:
    return RosterEntry(
        village=row.village,
        place=row.place,
        office=row.office,
        post=FieldPost(row.post),
        name=row.name,
        mobile=row.mobile,
        weekdays=frozenset(map(int, row.weekdays)),
        sits_at=row.sits_at,
        since=row.since,
        until=row.until,
    )
