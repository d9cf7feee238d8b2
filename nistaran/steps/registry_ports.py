"""What steps need of the tables of officers, logins and rosters, as protocols, beside those of ports.py.

Not here: any implementation (storage/), any rule (nistaran/domain/{registry,rosters,login_days}.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from nistaran.domain.login_days import Arrivals
from nistaran.domain.registry import Officer
from nistaran.domain.rosters import RosterEntry


class Registry(Protocol):
    """Who holds which post of which office since when, by which login; when logins were used; who sits in which village."""

    def officers(self, offices: Sequence[str] | None = None) -> list[Officer]:
        """Every entry, ended ones too, of these offices (None: of all), by office, post and day."""

    def concerning(self, login: str, offices: Sequence[str]) -> list[Officer] | None:
        """The entries of these offices and of this login, in one query; None while no entry of the registry has any login."""

    def put_officers(self, officers: Sequence[Officer]) -> None:
        """Keep entries; one of the same office, post and day is replaced."""

    def add_logins(self, used: Sequence[tuple[str, datetime]]) -> int:
        """Keep (login, moment); what is known is left. Returns how many were new."""

    def logins(self, *, since: datetime, until: datetime) -> Iterator[tuple[str, datetime]]:
        """(login, moment) from `since` on and before `until`, in order of time."""

    def last_logins(self) -> dict[str, datetime]:
        """The newest moment of each login."""

    def rosters(self) -> list[RosterEntry]:
        """Every entry, ended ones too, by village, post and day."""

    def put_rosters(self, entries: Sequence[RosterEntry]) -> None:
        """Keep entries; one of the same village, post and day is replaced."""

    def arrivals(self, *, since: datetime) -> dict[str, Arrivals]:
        """Office → the cases that came to its desk since then; an office without any is left out."""

    def acts(self, *, since: datetime) -> dict[str, datetime]:
        """Office → its newest answer, report or task done since then; an office without any is left out."""

    def untouched(self, *, before: datetime) -> dict[str, int]:
        """Office → how many cases lie on its desk since before then, without its answer or report since they came."""


class RegistryTables(Protocol):
    """What a unit of work has of these tables."""

    @property
    def registry(self) -> Registry: ...
