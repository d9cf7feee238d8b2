"""Officers, records of logging in and rosters in memory, and what offices got and did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from nistaran.domain.complaint import Status
from nistaran.domain.events import EventKind
from nistaran.domain.login_days import Arrivals
from nistaran.domain.registry import Officer
from nistaran.domain.rosters import RosterEntry
from nistaran.domain.task import TaskState
from storage.columns import moment_text, read_json
from storage.grouped import grouped
from storage.memory.tables import Draft

_HEARD = (EventKind.OFFICE_ANSWERED, EventKind.REPORT_SUBMITTED)


class MemoryRegistry:
    """Who holds which post of which office since when, by which login; when logins were used; who sits in which village."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def officers(self, offices: Sequence[str] | None = None) -> list[Officer]:
        """Every entry, ended ones too, of these offices (None: of all), by office, post and day."""
        found = self._draft.tables.officers.values()
        return sorted((one for one in found if offices is None or one.office in offices), key=lambda one: one.key)

    def concerning(self, login: str, offices: Sequence[str]) -> list[Officer] | None:
        """The entries of these offices and of this login; None while no entry of the registry has any login."""
        kept = self.officers()
        if not any(one.login for one in kept):
            return None
        return [one for one in kept if one.login == login or one.office in offices]

    def put_officers(self, officers: Sequence[Officer]) -> None:
        """Keep entries; one of the same office, post and day is replaced."""
        self._draft.change("officers").officers.update({one.key: one for one in officers})

    def add_logins(self, used: Sequence[tuple[str, datetime]]) -> int:
        """Keep (login, moment); what is known is left. Returns how many were new."""
        for _, at in used:
            moment_text(at)
        kept = self._draft.change("logins").logins
        before = len(kept)
        kept.update({(login, at.astimezone(UTC)): None for login, at in used})
        return len(kept) - before

    def logins(self, *, since: datetime, until: datetime) -> Iterator[tuple[str, datetime]]:
        """(login, moment) from `since` on and before `until`, in order of time."""
        found = [one for one in self._draft.tables.logins if since <= one[1] < until]
        yield from sorted(found, key=lambda one: (one[1], one[0]))

    def last_logins(self) -> dict[str, datetime]:
        """The newest moment of each login."""
        return {login: max(moments) for login, moments in grouped(iter(self._draft.tables.logins)).items()}

    def rosters(self) -> list[RosterEntry]:
        """Every entry, ended ones too, by village, post and day."""
        return sorted(self._draft.tables.rosters.values(), key=lambda one: one.key)

    def put_rosters(self, entries: Sequence[RosterEntry]) -> None:
        """Keep entries; one of the same village, post and day is replaced."""
        self._draft.change("rosters").rosters.update({one.key: one for one in entries})

    def arrivals(self, *, since: datetime) -> dict[str, Arrivals]:
        """Office → the cases that came to its desk since then; an office without any is left out."""
        entries = [entry for desks in self._draft.tables.desks.values() for entry in desks]
        came = grouped((entry.office, entry.since) for entry in entries if entry.since >= since and entry.office)
        return {office: Arrivals(cases=len(at), first=min(at), last=max(at)) for office, at in came.items()}

    def acts(self, *, since: datetime) -> dict[str, datetime]:
        """Office → its newest answer, report or task done since then; an office without any is left out."""
        tables = self._draft.tables
        answers = [link for link in tables.events.values() if link.kind == EventKind.OFFICE_ANSWERED]
        done = [one for one in tables.tasks.values() if one.state is TaskState.DONE]
        heard = [
            *((str(read_json(link.body)["office"]), datetime.fromisoformat(link.at)) for link in answers),
            *((one.office, one.at) for one in tables.reports.values()),
            *((one.office, one.closed_at) for one in done if one.closed_at is not None),
        ]
        found = grouped((office, at) for office, at in heard if at >= since)
        return {office: max(moments) for office, moments in found.items()}

    def untouched(self, *, before: datetime) -> dict[str, int]:
        """Office → how many cases lie on its desk since before then, without its answer or report since they came."""
        found: Counter[str] = Counter()
        for case in self._draft.tables.cases.values():
            desks = self._draft.tables.desks.get(case.id, ())
            if case.status is Status.WITH_OFFICE and desks and desks[-1].until is None and desks[-1].since < before:
                found[case.office] += not self._heard(case.number, desks[-1].since)
        return dict(+found)

    def _heard(self, number: str, since: datetime) -> bool:
        tables = self._draft.tables
        events = (tables.events[seq] for seq in tables.events_of_case.get(number, ()))
        return any(link.kind in _HEARD and datetime.fromisoformat(link.at) >= since for link in events)
