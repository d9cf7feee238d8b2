"""Heartbeats, and what was masked and purged, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from nistaran.domain.complaint import Status, Whereabouts
from nistaran.domain.heartbeat import Heartbeat
from nistaran.domain.office_report import ReportFields
from nistaran.domain.records import FileState, KeptFile
from nistaran.domain.retention import Erased, MaskedWords
from storage.columns import read_json, write_json
from storage.facts import origin_of
from storage.grouped import grouped
from storage.memory.tables import Draft, Tables, in_utc

_OVER = frozenset({Status.DISPOSED, Status.SPECIAL_CLOSED})


class MemoryHeartbeats:
    """The last end of every flow."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def known(self, names: Sequence[str], *, at: datetime) -> None:
        """From this moment on the house expects to hear of these; one that it knows already is left as it is."""
        kept = self._draft.change("heartbeats").heartbeats
        for name in names:
            kept.setdefault(name, in_utc(Heartbeat(name=name, since=at), "since"))

    def beat(self, name: str, counts: Mapping[str, int], *, at: datetime) -> None:
        """A run came to its end. One that ended earlier than what is kept changes only how many runs there were."""
        self.known([name], at=at)
        kept = self._draft.change("heartbeats").heartbeats
        one = replace(kept[name], runs=kept[name].runs + 1)
        if one.at is None or one.at <= at:
            one = in_utc(replace(one, at=at, counts=dict(counts)), "at")
        kept[name] = one

    def all(self) -> list[Heartbeat]:
        """Every heartbeat, by name."""
        return [one for _, one in sorted(self._draft.tables.heartbeats.items())]


class MemoryErasures:
    """Takes words away after their time, and keeps that it did."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def closed(self, *, after_id: int, limit: int, before: datetime, masked_before: datetime) -> list[int]:
        """Cases that are disposed of and not purged (or reported on anew since), with an id above `after_id`, registered before that moment;
        a masked one only when registered before `masked_before`. By id."""
        tables = self._draft.tables
        found = [
            one.id
            for one in tables.cases.values()
            if one.status in _OVER and one.id > after_id and one.registered_at < before
        ]
        reported = {one.case_id for one in tables.reports.values() if one.text}
        wanted = [
            one
            for one in found
            if ((one, Erased.PURGED) not in tables.erasures or one in reported)
            and ((one, Erased.MASKED) not in tables.erasures or tables.cases[one].registered_at < masked_before)
        ]
        return sorted(wanted)[:limit]

    def of_each(self, case_ids: Sequence[int]) -> dict[int, frozenset[Erased]]:
        """What was done with each of these cases; one that is whole is left out."""
        asked = set(case_ids)
        found = grouped(one for one in self._draft.tables.erasures if one[0] in asked)
        return {case_id: frozenset(kinds) for case_id, kinds in found.items()}

    def mask(self, words: Sequence[MaskedWords], *, on_day: date) -> None:
        """Put these in the place of text and complainant; of the context of the row only where it came from stays."""
        tables = self._draft.change("cases", "facts", "people", "erasures")
        for one in words:
            tables.cases[one.case_id] = replace(tables.cases[one.case_id], text=one.text)
            file, row = origin_of(read_json(tables.facts[one.case_id]))
            tables.facts[one.case_id] = write_json({"file": file, "row": row} if file else {})
            if one.case_id in tables.people:
                tables.people[one.case_id] = replace(tables.people[one.case_id], sealed=one.sealed)
            tables.erasures.setdefault((one.case_id, Erased.MASKED), on_day)

    def purge(self, case_ids: Sequence[int], *, on_day: date) -> dict[int, Counter[str]]:
        """Take away all that a person wrote of these cases. Their attachments are given up."""
        went: dict[int, Counter[str]] = {case_id: Counter() for case_id in case_ids}
        tables = self._draft.change(
            *("cases", "facts", "people", "cases_of_person", "case_of_row", "decisions", "outbox", "reports"),
            *("erasures", "gone_objects"),
        )
        for case_id, count in went.items():
            self._purge_words(tables, case_id, count)
            self._purge_beside(tables, case_id, count, on_day)
            tables.erasures.setdefault((case_id, Erased.PURGED), on_day)
        tables.case_of_row = {row: case_id for row, case_id in tables.case_of_row.items() if case_id not in went}
        return went

    def came_from(self, case_ids: Sequence[int]) -> set[str]:
        """The hashes of the raw files that these cases came from."""
        asked = set(case_ids)
        return {file for (file, _), case_id in self._draft.tables.case_of_row.items() if case_id in asked}

    def old_files(self, *, before: datetime, after: str, limit: int) -> list[KeptFile]:
        """Files read to the end that were received before that moment, with a hash above `after`, by hash; none that is gone."""
        tables = self._draft.tables
        old = [one for one in tables.files.values() if one.received_at < before and one.state is FileState.READ]
        left = [one for one in old if one.sha256 > after and one.object_key not in tables.gone_objects]
        return sorted(left, key=lambda one: one.sha256)[:limit]

    def give_up_file(self, file: KeptFile, *, on_day: date) -> None:
        """Its object may go; its name, in which people put names of persons, becomes its hash."""
        tables = self._draft.change("files", "gone_objects")
        tables.files[file.sha256] = replace(tables.files[file.sha256], name=file.sha256[:12])
        tables.gone_objects.setdefault(file.object_key, False)

    def purge_refused(self, *, before: datetime) -> int:
        """Take away refused rows older than that moment, corrected or not. Returns how many."""
        tables = self._draft.change("refusals")
        old = [id_ for id_, one in tables.refusals.items() if one.at < before]
        for id_ in old:
            del tables.refusals[id_]
        return len(old)

    def purge_logins(self, *, before: datetime) -> int:
        """Take away records of logging in older than that moment. Returns how many."""
        logins = self._draft.change("logins").logins
        old = [one for one in logins if one[1] < before]
        for one in old:
            del logins[one]
        return len(old)

    def given_up(self, *, done: bool) -> list[str]:
        """Keys of objects that were given up, by key: those that are gone, or those that have still to go."""
        return sorted(key for key, gone in self._draft.tables.gone_objects.items() if gone is done)

    def gone(self, keys: Collection[str]) -> None:
        """These objects that were given up are no longer there."""
        kept = self._draft.change("gone_objects").gone_objects
        kept.update({key: True for key in keys if key in kept})

    def attached(self) -> set[str]:
        """The hashes of all attachments that some report still names."""
        return {one.sha256 for report in self._draft.tables.reports.values() for one in report.attachments}

    def _purge_words(self, tables: Tables, case_id: int, count: Counter[str]) -> None:
        if (case_id, Erased.PURGED) not in tables.erasures:
            tables.facts[case_id], count["words"] = "{}", 1
        empty = replace(tables.cases[case_id], text="", addressed_to="", whereabouts=Whereabouts())
        tables.cases[case_id] = empty
        person = tables.people.pop(case_id, None)
        if person is not None:
            count["complainants"] += 1
            others = tuple(one for one in tables.cases_of_person.get(person.person, ()) if one != case_id)
            tables.cases_of_person[person.person] = others

    def _purge_beside(self, tables: Tables, case_id: int, count: Counter[str], on_day: date) -> None:
        made = tables.decisions.get(case_id, ())
        count.update({"decisions": len(made)} if made else {})
        if made:
            tables.decisions[case_id] = tuple(replace(one, words=(), places=()) for one in made)
        for id_, notice in tables.outbox.items():
            if notice.case_id == case_id:
                count["notices"] += 1
                body = write_json(
                    {name: value for name, value in read_json(notice.body).items() if name == "department"}
                )
                tables.outbox[id_] = replace(notice, body=body)
        for key, report in tables.reports.items():
            if report.case_id == case_id:
                count["reports"] += 1
                for one in report.attachments:
                    count["attachments"] += 1
                    tables.gone_objects.setdefault(f"attachments/{one.sha256[:2]}/{one.sha256}", False)
                codes = tuple((code, "") for code, _ in report.findings)
                tables.reports[key] = replace(report, text="", fields=ReportFields(), attachments=(), findings=codes)
