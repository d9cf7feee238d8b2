"""Which office takes a complaint first: department, place and the pack's order of levels — or a person is asked.

Here: the decision (decisions 2 and 3). Not here: what the text means (models/) or transfers (transfer.py, later).
"""

from __future__ import annotations

from collections.abc import Collection

from nistaran.domain.complaint import Case, Whereabouts
from nistaran.domain.decision import AskAPerson, AskReason, Assign, Classification, Decision
from routing.district import District
from routing.pack import NONE, Pack
from routing.tables import OfficeRow
from routing.territory import Area, Gazetteer, Located


class Router:
    """Decides for one district. Pure: the same complaint and classification always give the same decision."""

    def __init__(self, pack: Pack, district: District) -> None:
        self._pack = pack
        self._district = district
        self._gazetteer = Gazetteer(district, pack.vocabulary, pack.districts)

    def decide(self, case: Case, said: Classification | None) -> Decision:
        """An office for the case, or the reason why a person must say."""
        located = self._gazetteer.locate(case.whereabouts, case.text)
        if said is None or not said.candidates:
            return _ask(AskReason.NO_MODEL if said is None else said.ask or AskReason.NO_MODEL, said, located)
        reason = self._doubt(case, said, located)
        if reason is not None:
            return _ask(reason, said, located)
        return self._office_for(said, located)

    def office_for(self, case: Case, department: str) -> Assign:
        """The office that takes a case first whose department a person has named: found by place, as routing finds it.

        Nobody is asked a second time: where the place is unknown or leads to several offices the department's district office
        takes the case and marks it down. What is no grievance goes to the cell, which answers the complainant.

        Raises:
            ValueError: for a department that is not in the pack.
        """
        if department not in self._pack.departments:
            raise ValueError(f"no department {department} in the pack")
        located = self._gazetteer.locate(case.whereabouts, case.text)
        office, rule = self._named(department, located)
        places = located.codes or located.rivals
        return Assign(office=office.code, department=department, confidence=1.0, rule=rule, words=(), places=places)

    def villages_of(self, where: Whereabouts, text: str) -> frozenset[str]:
        """Codes of the villages that fields and text name; several when a name cannot be told apart, none when no village is named."""
        located = self._gazetteer.locate(where, text)
        return frozenset(located.rivals) | ({located.found["village"]} if "village" in located.found else set())

    def _named(self, department: str, located: Located) -> tuple[OfficeRow, str]:
        if department == NONE:
            return self._district.offices[self._district.facts.cell], "cell"
        office, rule = self._receiving(department, located) or (None, "")
        if office is None:
            office, rule = self._district.district_office(department), "district:place-ambiguous"
        if office is None:
            raise ValueError(f"{department} has no district office")  # load_district refuses such tables
        return office, rule

    def _doubt(self, case: Case, said: Classification, located: Located) -> AskReason | None:
        if located.outside:
            return AskReason.OUTSIDE_DISTRICT
        if case.damaged:
            return AskReason.DAMAGED_TEXT
        if said.best.department == NONE:
            return AskReason.NOT_A_GRIEVANCE
        return said.ask

    def _office_for(self, said: Classification, located: Located) -> Decision:
        department = said.best.department
        asks = self._pack.facts.place_unknown == "ask" and not located.rivals
        if asks and self._lacks_place(department, located.area, located.codes):
            return _ask(AskReason.NO_PLACE, said, located)
        found = self._receiving(department, located)
        if found is None:
            return _ask(AskReason.AMBIGUOUS_PLACE, said, located)
        office, rule = found
        if office is None:
            return _ask(AskReason.NO_OFFICE, said, located)
        return Assign(
            office=office.code,
            department=department,
            confidence=said.best.confidence,
            rule=rule,
            words=said.words,
            places=located.codes or located.rivals,
        )

    def _receiving(self, department: str, located: Located) -> tuple[OfficeRow | None, str] | None:
        """The office that takes the case first, with the rule that found it; None when its places lead to different ones."""
        if not located.rivals:
            return self._serving(department, located.area, frozenset(located.codes))
        offices = [self._serving(department, located.area, frozenset({village})) for village in located.rivals]
        return offices[0] if len({office.code if office else "" for office, _ in offices}) == 1 else None

    def _serving(self, department: str, area: Area, places: frozenset[str]) -> tuple[OfficeRow | None, str]:
        """The first office, in the order of levels, whose territory holds one of the places; with the rule that found it.

        With no place known the district office takes the case and marks it down, as districts do today; the rule says
        `district:place-unknown` where a lower office would have taken it (docs/decisions/0003).
        """
        row = self._pack.departments[department]
        in_town = area == "town" or (area == "unknown" and any(self._kind(place) == "town" for place in places))
        around = frozenset().union(*(self._district.around[place] for place in places))
        for level in row.receives_town if in_town else row.receives_rural:
            if level == "district":
                break
            fitting = [
                office
                for office in self._district.desks.get((department, level), ())
                if around.intersection(office.territory)
            ]
            if len(fitting) > 1:
                fitting = self._nearest(fitting, places)
            if len(fitting) == 1:
                return fitting[0], f"{level}:{'town' if in_town else 'rural'}"
        lacking = self._lacks_place(department, area, places)
        return self._district.district_office(department), "district:place-unknown" if lacking else "district"

    def _lacks_place(self, department: str, area: Area, places: Collection[str]) -> bool:
        """Whether no place is known and, were one known, an office below the district could take the case first."""
        row = self._pack.departments[department]
        orders = {
            "rural": [row.receives_rural],
            "town": [row.receives_town],
            "unknown": [row.receives_rural, row.receives_town],
        }
        return not places and any(order and order[0] != "district" for order in orders[area])

    def _nearest(self, offices: list[OfficeRow], places: frozenset[str]) -> list[OfficeRow]:
        """Those whose territory names one of the places itself and not only what contains it."""
        return [office for office in offices if places.intersection(office.territory)]

    def _kind(self, place: str) -> str:
        return self._district.places[place].kind


def _ask(reason: AskReason, said: Classification | None, located: Located) -> AskAPerson:
    best = said.candidates[0] if said is not None and said.candidates else None
    return AskAPerson(
        reason=reason,
        department=best.department if best else "",
        confidence=best.confidence if best else 0.0,
        words=said.words if said is not None else (),
        places=located.codes or located.rivals,
    )
