"""A district: its places and offices, checked as a whole and indexed for finding.

Not here: which office takes a case (choose.py) or how a place is found in a text (territory.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from routing import tables
from routing.pack import NONE, Pack
from routing.tables import DistrictFacts, HolidayRow, OfficeRow, PlaceRow, by_code, need, read_toml, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """The tables of a district by code, with what contains what worked out."""

    facts: DistrictFacts
    places: Mapping[str, PlaceRow]
    offices: Mapping[str, OfficeRow]
    holidays: tuple[HolidayRow, ...]
    around: Mapping[str, frozenset[str]]  #: place code → itself and every place that contains it
    desks: Mapping[tuple[str, str], tuple[OfficeRow, ...]]  #: (department, level) → offices

    def district_office(self, department: str) -> OfficeRow | None:
        """The department's office whose territory is the whole district (supervising offices have none)."""
        offices = self.desks.get((department, "district"), ())
        return next((office for office in offices if self.facts.code in office.territory), None)


def load_district(folder: Path, pack: Pack) -> District:
    """Read and check a district against its pack.

    Raises:
        BadTable: naming file, row and reason, for the first thing that is wrong.
    """
    facts = tables.parse(folder / "district.toml", "district.toml", DistrictFacts, read_toml(folder / "district.toml"))
    need(facts.pack == pack.facts.code, folder / "district.toml", "pack", f"belongs to pack {facts.pack}")
    places = by_code(folder / "places.toml", "place", PlaceRow)
    offices = by_code(folder / "offices.toml", "office", OfficeRow)
    _check_offices(folder / "offices.toml", facts, places, offices, pack)
    desks: dict[tuple[str, str], list[OfficeRow]] = defaultdict(list)
    for office in offices.values():
        desks[office.department, office.level].append(office)
    return District(
        facts=facts,
        places=places,
        offices=offices,
        holidays=tuple(rows(folder / "holidays.toml", "holiday", HolidayRow)),
        around=_closures(folder / "places.toml", facts.code, places),
        desks={key: tuple(found) for key, found in desks.items()},
    )


def _closures(path: Path, district: str, places: Mapping[str, PlaceRow]) -> dict[str, frozenset[str]]:
    closed: dict[str, frozenset[str]] = {}

    def closure(code: str, seen: tuple[str, ...]) -> frozenset[str]:
        need(code not in seen, path, code, "contains itself")
        if code in closed:
            return closed[code]
        place = places.get(code)
        need(
            place is not None or code == district,
            path,
            seen[-1] if seen else code,
            f"within names unknown place {code}",
        )
        outer = [closure(container, (*seen, code)) for container in (place.within if place else ())]
        closed[code] = frozenset({code, district}).union(*outer)
        return closed[code]

    for code in places:
        closure(code, ())
    return closed


def _check_offices(
    path: Path, facts: DistrictFacts, places: Mapping[str, PlaceRow], offices: Mapping[str, OfficeRow], pack: Pack
) -> None:
    for office in offices.values():
        need(office.department in pack.departments, path, office.code, f"no department {office.department} in the pack")
        need(
            not office.superior or office.superior in offices,
            path,
            office.code,
            f"superior {office.superior} is unknown",
        )
        for place in office.territory:
            need(place in places or place == facts.code, path, office.code, f"territory {place} is unknown")
        _check_superiors(path, office, offices)
    for named in (facts.arbiter, facts.cell):
        need(named in offices, path, named, "named in district.toml but not an office")
    served = {
        office.department
        for office in offices.values()
        if office.level == "district" and facts.code in office.territory
    }
    missing = sorted(set(pack.departments) - served - {NONE})
    need(not missing, path, ", ".join(missing), "have no district office")


def _check_superiors(path: Path, office: OfficeRow, offices: Mapping[str, OfficeRow]) -> None:
    seen = {office.code}
    above = office.superior
    while above:
        need(above not in seen, path, office.code, "superiors go in a circle")
        seen.add(above)
        above = offices[above].superior if above in offices else ""
