"""Cases, complainants and links in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from nistaran.domain.complaint import Case, Link, Status
from nistaran.domain.errors import RowRefused
from nistaran.domain.records import EarlierText, Placement, SealedPerson
from storage.columns import read_json, write_json
from storage.facts import CARRIERS_EACH, origin_of
from storage.grouped import grouped
from storage.memory.tables import Draft, in_utc

_COUNTED = ("status", "channel", "lane", "department", "office")


class MemoryCases:
    """The cases of the house."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys that are already cases."""
        return {key for key in keys if key in self._draft.tables.case_of_key}

    def add(self, cases: Sequence[Case], *, facts: Sequence[Mapping[str, object]]) -> None:
        """Keep new cases with their words."""
        tables = self._draft.change(
            "cases", "facts", "case_of_key", "case_of_number", "cases_of_reference", "case_of_row"
        )
        for case, fact in zip(cases, facts, strict=True):
            if case.id in tables.cases or case.key in tables.case_of_key or case.number in tables.case_of_number:
                raise RowRefused("cases: id, key and number are each used once")
            tables.cases[case.id] = in_utc(case, "registered_at")
            tables.facts[case.id] = write_json(fact)
            tables.case_of_key[case.key] = tables.case_of_number[case.number] = case.id
            if case.reference:
                earlier = tables.cases_of_reference.get(case.reference, ())
                tables.cases_of_reference[case.reference] = (*earlier, case.id)
            came_from = origin_of(fact)
            if came_from[0]:
                tables.case_of_row[came_from] = min(case.id, tables.case_of_row.get(came_from, case.id))

    def by_number(self, number: str) -> Case | None:
        """The case of this number, or None."""
        case_id = self._draft.tables.case_of_number.get(number)
        return None if case_id is None else self._draft.tables.cases[case_id]

    def by_ids(self, ids: Sequence[int]) -> list[Case]:
        """The cases of these ids, in the order of the ids; an id that is none is left out."""
        cases = self._draft.tables.cases
        return [cases[case_id] for case_id in ids if case_id in cases]

    def facts_of(self, case_id: int) -> Mapping[str, object]:
        """The context kept with the case."""
        facts = self._draft.tables.facts.get(case_id)
        return {} if facts is None else read_json(facts)

    def by_references(self, references: Sequence[str]) -> list[tuple[str, int, str]]:
        """(reference, case id, case number) of cases that carry one of these reference numbers, oldest first.

        At most CARRIERS_EACH a reference, the newest.
        """
        tables = self._draft.tables
        found = [
            (reference, case_id, tables.cases[case_id].number)
            for reference in set(references)
            for case_id in sorted(tables.cases_of_reference.get(reference, ()))[-CARRIERS_EACH:]
        ]
        return sorted(found, key=lambda row: row[1])

    def by_rows(self, file_sha256: str, rows: Sequence[int]) -> dict[int, int]:
        """The case that came from each of these rows of this file, the first when there are several."""
        case_of_row = self._draft.tables.case_of_row
        return {row: case_of_row[file_sha256, row] for row in rows if (file_sha256, row) in case_of_row}

    def rows_of(self, file_sha256: str, keys: Sequence[str]) -> dict[str, int]:
        """By key, the row of this file that its case came from; without keys whose case came from elsewhere or is none."""
        tables = self._draft.tables
        ids = {key: tables.case_of_key[key] for key in keys if key in tables.case_of_key}
        came_from = {key: origin_of(read_json(tables.facts[case_id])) for key, case_id in ids.items()}
        return {key: row for key, (file, row) in came_from.items() if file_sha256 and file == file_sha256}

    def take_unrouted(self, *, limit: int, lanes: Sequence[str] | None) -> list[Case]:
        """Up to `limit` cases in status REGISTERED, first lane first, then oldest; other writers wait anyway."""
        waiting = [
            case
            for case in self._draft.tables.cases.values()
            if case.status is Status.REGISTERED and (lanes is None or case.lane in lanes)
        ]
        return sorted(waiting, key=lambda case: (case.priority, case.id))[:limit]

    def place(self, placements: Sequence[Placement]) -> None:
        """Write where cases stand now. Raises RowRefused when one of them is no case."""
        self._draft.must_be_cases(place.case_id for place in placements)
        cases = self._draft.change("cases").cases
        for place in placements:
            cases[place.case_id] = replace(
                cases[place.case_id], status=place.status, department=place.department, office=place.office
            )

    def count_by_status(self) -> dict[str, int]:
        """How many cases stand where."""
        return {status: count for (status,), count in self.count_by("status").items()}

    def count_by(self, *columns: str) -> dict[tuple[str, ...], int]:
        """How many cases a combination. Raises ValueError for a column that is not counted by."""
        if not columns or not set(columns) <= set(_COUNTED):
            raise ValueError(f"cases are counted by {', '.join(_COUNTED)}")
        counts = Counter(
            tuple(str(getattr(case, column)) for column in columns) for case in self._draft.tables.cases.values()
        )
        return dict(sorted(counts.items()))

    def page(self, *, after_id: int, limit: int) -> list[Case]:
        """Cases with an id above `after_id`, by id."""
        cases = self._draft.tables.cases
        return [cases[case_id] for case_id in sorted(case_id for case_id in cases if case_id > after_id)[:limit]]


class MemoryComplainants:
    """Who complained, sealed."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, people: Sequence[SealedPerson]) -> None:
        """Keep sealed complainants."""
        self._draft.must_be_cases(person.case_id for person in people)
        tables = self._draft.change("people", "cases_of_person")
        for person in people:
            if person.case_id in tables.people:
                raise RowRefused("complainants: one a case")
            tables.people[person.case_id] = person
            if person.person:
                earlier = tables.cases_of_person.get(person.person, ())
                tables.cases_of_person[person.person] = (*earlier, person.case_id)

    def of(self, case_id: int) -> bytes | None:
        """The sealed complainant of a case."""
        person = self._draft.tables.people.get(case_id)
        return None if person is None else person.sealed

    def sealed_of(self, case_ids: Sequence[int]) -> dict[int, bytes]:
        """The sealed complainants of several cases."""
        people = self._draft.tables.people
        return {case_id: people[case_id].sealed for case_id in case_ids if case_id in people}

    def people_of(self, case_ids: Sequence[int]) -> dict[int, str]:
        """Whose these cases are, as keyed hashes; a case without a complainant who can be known again is left out."""
        found = ((case_id, self._draft.tables.people.get(case_id)) for case_id in case_ids)
        return {case_id: one.person for case_id, one in found if one is not None and one.person}

    def earlier(self, people: Sequence[str], *, since: date, each: int) -> list[EarlierText]:
        """Cases of these people received on or after `since`, newest first, at most `each` a person."""
        tables = self._draft.tables
        found: list[EarlierText] = []
        for person in sorted({person for person in people if person}):
            his = [tables.people[case_id] for case_id in tables.cases_of_person.get(person, ())]
            recent = [one for one in his if one.received_on >= since]
            recent.sort(key=lambda one: (one.received_on, one.case_id), reverse=True)
            found.extend(
                EarlierText(
                    person=person,
                    case_id=one.case_id,
                    number=tables.cases[one.case_id].number,
                    received_on=one.received_on,
                    text=tables.cases[one.case_id].text,
                )
                for one in recent[:each]
            )
        return found


class MemoryLinks:
    """Which cases belong together."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, links: Sequence[Link]) -> None:
        """Keep links; one that is already kept is left as it is."""
        kept = self._draft.change("links").links
        for link in links:
            self._draft.must_be_cases(case_id for case_id in (link.case_id, link.other_id) if case_id is not None)
            kept.setdefault((link.case_id, link.kind.value, link.other), link)

    def of(self, case_id: int) -> list[Link]:
        """Links from and to the case, by the case they start from."""
        links = self._draft.tables.links
        return [links[key] for key in sorted(links) if case_id in (links[key].case_id, links[key].other_id)]

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Link]]:
        """The links from and to each of these cases, as of() gives them; a case without any is left out."""
        links, asked = self._draft.tables.links, set(case_ids)
        ends = ((end, links[key]) for key in sorted(links) for end in {links[key].case_id, links[key].other_id})
        return grouped((end, link) for end, link in ends if end in asked and end is not None)
