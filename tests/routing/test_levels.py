"""A sample district is complete: every department at every level that it really has, every rung filled, every place served.

Each check reads only the tables and has a broken twin. Not here: which office one complaint gets (test_choose.py).
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from functools import cache

import pytest

from nistaran.bootstrap import packs_folder
from routing.district import District, load_district
from routing.pack import NONE, Pack, load_pack
from routing.tables import DepartmentRow, OfficeRow, PlaceRow, RungRow

DISTRICTS = {"up": "siddharthnagar", "rajasthan": "jodhpur"}

#: Departments that have no receiving office below the district; departments.toml says why beside each.
ONLY_DISTRICT = {
    "up": {
        *("GEN_ADMIN", "HOUSING", "SECONDARY_EDU", "HIGHER_EDU", "WOMEN_WELFARE", "DIVYANG", "BACKWARD_WELFARE"),
        *("MINORITY_WELFARE", "HORTICULTURE", "FISHERIES", "TRANSPORT", "MINING", "INDUSTRY_MSME"),
        *("EMPLOYMENT_SKILL", "BANKING", "TELECOM_POST", "PRISONS"),
    },
    "rajasthan": {
        *("GEN_ADMIN", "CHAKBANDI", "HOUSING", "HIGHER_EDU", "DIVYANG", "BACKWARD_WELFARE", "MINORITY_WELFARE"),
        *("CANE", "HORTICULTURE", "FISHERIES", "TRANSPORT", "MINING", "INDUSTRY_MSME", "EMPLOYMENT_SKILL"),
        *("BANKING", "TELECOM_POST", "PRISONS"),
    },
}
_CITY = {"JDH-N-JODHPUR_N", "JDH-N-JODHPUR_S"}
#: Places that go straight to the district office although the department has offices below it; offices.toml says why.
STRAIGHT_TO_DISTRICT = {
    ("up", "HEALTH"): {"SDR-N-SIDDHARTHNAGAR"},
    ("rajasthan", "HEALTH"): _CITY,
    ("rajasthan", "ANIMAL_HUSBANDRY"): _CITY,
    ("rajasthan", "POLICE"): {*_CITY, "JDH-T-JODHPUR_N", "JDH-T-JODHPUR_S"},  # split between two deputy commissioners
}
#: Kinds of place that the territory of an office of a level may name.
FITTING = {
    "thana": {"thana"},
    "tehsil": {"tehsil"},
    "block": {"block", "town"},
    "town": {"town"},
    "subdivision": {"tehsil", "thana", "town"},
}
#: What a rung of ladders.toml asks for, by its English post.
FIELD = {"Field office (thana, tehsil, block, town, subdivision)", "Officer at block, tehsil, thana or subdivision"}
OWN = {"District officer of the department"}
SENIOR = {
    "Additional District Magistrate or Chief Development Officer",
    "Additional District Collector or CEO, Zila Parishad",
}
HEAD = {"District Magistrate", "District Collector"}
DIVISION = {"Divisional officer or head of department"}
STATE = {"Principal Secretary or Additional Chief Secretary", "Secretary or Principal Secretary"}


@cache
def pack_of(name: str) -> Pack:
    return load_pack(packs_folder() / name)


@cache
def district_of(name: str) -> District:
    return load_district(packs_folder() / name / "districts" / DISTRICTS[name], pack_of(name))


def without(district: District, *codes: str) -> District:
    """The district as it would be without these offices."""
    kept = {code: office for code, office in district.offices.items() if code not in codes}
    return dataclasses.replace(district, offices=kept)


def of(district: District, department: str) -> list[OfficeRow]:
    return [office for office in district.offices.values() if office.department == department]


def above(district: District, office: OfficeRow) -> Iterator[OfficeRow]:
    """The superiors of an office, nearest first."""
    while office.superior in district.offices:
        office = district.offices[office.superior]
        yield office


def whole(district: District, department: str) -> OfficeRow | None:
    """The department's office for the whole district."""
    return next((o for o in of(district, department) if district.facts.code in o.territory), None)


def lower(row: DepartmentRow) -> set[str]:
    return {str(level) for level in (*row.receives_rural, *row.receives_town)} - {"district"}


def beyond(district: District, department: str) -> list[OfficeRow]:
    """The department's offices above the district, nearest first: neither the head of the district nor below him."""
    head = whole(district, "GEN_ADMIN")
    found = [o for o in of(district, department) if o != head and head not in list(above(district, o))]
    return sorted(found, key=lambda office: -len(list(above(district, office))))


def on_rung(pack: Pack, district: District, department: str, rung: RungRow) -> list[OfficeRow]:
    """The offices that a rung of a ladder means for a department; an unknown post of a rung is an error."""
    own = whole(district, department)
    if own is None:
        return []
    below = [o for o in of(district, department) if o.level in lower(pack.departments[department]) and o.territory]
    if rung.post_en in FIELD:
        return below if lower(pack.departments[department]) else [own]
    if rung.post_en in OWN:
        return [own]
    if rung.post_en in SENIOR:
        posts = tuple(rung.post_hi.split(" / "))
        named = (office for office in above(district, own) if office.post_hi.startswith(posts))
        return [next(named, district.offices[district.facts.arbiter])]
    if rung.post_en in HEAD:
        return [o for o in [whole(district, "GEN_ADMIN")] if o and o.post_hi == rung.post_hi]
    if rung.post_en in DIVISION:
        return [o for o in beyond(district, department)[:-1] if o.superior]
    assert rung.post_en in STATE, f"who is «{rung.post_en}»?"
    return [o for o in beyond(district, department)[-1:] if not o.superior]


def unfilled(pack: Pack, district: District) -> set[tuple[str, str]]:
    """(department, level of a rung) that no office fills, over all ladders."""
    codes = set(pack.departments) - {NONE}
    return {(c, rung.level) for c in codes for rung in pack.rungs if not on_rung(pack, district, c, rung)}


def served(district: District, department: str, level: str, place: PlaceRow) -> list[OfficeRow]:
    around = district.around[place.code]
    return [o for o in of(district, department) if o.level == level and around.intersection(o.territory)]


def unserved(name: str, district: District) -> set[tuple[str, str]]:
    """(department, place) where an office below the district should receive and none does, or two do."""
    found = set()
    for code, row in pack_of(name).departments.items():
        for place in district.places.values():
            order = row.receives_town if place.kind == "town" else row.receives_rural
            levels = [level for level in order if level != "district" and owes(district, level, place)]
            offices = [served(district, code, level, place) for level in levels]
            straight = district.around[place.code] & STRAIGHT_TO_DISTRICT.get((name, code), set())
            if any(len(o) > 1 for o in offices) or (levels and not straight and not any(offices)):
                found.add((code, place.code))
    return found


def owes(district: District, level: str, place: PlaceRow) -> bool:
    """Whether offices of this level are bound to hold such a place: a block is in no thana, a village in a block and a tehsil."""
    kinds = {district.places[code].kind for code in district.around[place.code] if code in district.places}
    return {"subdivision": "tehsil"}.get(level, level) in kinds or (level == "block" and place.kind == "town")


@pytest.mark.parametrize("name", DISTRICTS)
def test_departments_without_an_office_below_the_district_are_these_and_no_others(name: str) -> None:
    found = {code for code, row in pack_of(name).departments.items() if code != NONE and not lower(row)}
    assert found == ONLY_DISTRICT[name]


@pytest.mark.parametrize("name", DISTRICTS)
@pytest.mark.demand("S3-1")
def test_every_rung_of_every_ladder_is_filled_for_every_department(name: str) -> None:
    assert unfilled(pack_of(name), district_of(name)) == set()


@pytest.mark.parametrize("name", DISTRICTS)
def test_the_levels_of_a_department_are_different_offices(name: str) -> None:
    pack, district = pack_of(name), district_of(name)
    for code in set(pack.departments) - {NONE, "GEN_ADMIN"}:  # the head of the district is GEN_ADMIN's own office
        for ladder in {rung.ladder for rung in pack.rungs}:
            rungs = [on_rung(pack, district, code, rung) for rung in pack.rungs if rung.ladder == ladder]
            held = [office.code for offices in rungs[0 if lower(pack.departments[code]) else 1 :] for office in offices]
            assert len(held) == len(set(held)), (code, ladder)


def test_a_missing_office_of_any_level_is_noticed() -> None:
    pack, district = pack_of("up"), district_of("up")
    ranges = [office.code for office in of(district, "FOREST") if office.level == "subdivision"]
    assert unfilled(pack, without(district, *ranges)) == {("FOREST", "L1")}
    assert unfilled(pack, without(district, "SDR-MANDAL-ENERGY")) == {("ENERGY", "L3")}
    assert ("PRISONS", "L4") in unfilled(pack, without(district, "SDR-SHASAN-PRISONS"))
    assert ("CANE", "L2") in unfilled(pack, without(district, "SDR-CANE"))


@pytest.mark.parametrize("name", DISTRICTS)
def test_every_place_is_served_once_wherever_a_department_has_the_level(name: str) -> None:
    assert unserved(name, district_of(name)) == set()


def test_a_place_without_an_office_or_with_two_is_noticed() -> None:
    district = district_of("up")
    lotan = {("ICDS", code) for code, around in district.around.items() if "SDR-B-LOTAN" in around}
    assert unserved("up", without(district, "SDR-CDPO-LOTAN")) == lotan
    assert ("POLICE", "SDR-P-MAHILA") in unserved("up", without(district, "SDR-POLICE-MAHILA"))
    twice = district.offices["SDR-CDPO-LOTAN"].model_copy(update={"code": "SDR-CDPO-LOTAN2"})
    assert unserved("up", dataclasses.replace(district, offices={**district.offices, twice.code: twice})) == lotan


@pytest.mark.parametrize("name", DISTRICTS)
def test_no_territory_is_an_orphan_or_shared(name: str) -> None:
    district = district_of(name)
    taken: dict[tuple[str, str, str], str] = {}
    superiors = {office.superior for office in district.offices.values()}
    for office in district.offices.values():
        for place in office.territory:
            other = taken.setdefault((office.department, office.level, place), office.code)
            assert other == office.code, f"{office.code} and {other} share {place}"
            if office.level == "district":
                assert place == district.facts.code, office.code
            else:
                assert district.places[place].kind in FITTING[office.level], (office.code, place)
        assert office.territory or office.level not in FITTING or office.code in superiors, office.code


@pytest.mark.parametrize("name", DISTRICTS)
def test_every_office_below_the_district_answers_to_its_department_and_to_the_head_of_the_district(name: str) -> None:
    district = district_of(name)
    head = whole(district, "GEN_ADMIN")
    assert head is not None
    for office in district.offices.values():
        if office.level in FITTING:
            chain = list(above(district, office))
            assert head in chain, office.code
            assert chain[0].department == office.department or office.code == "JDH-SP_RURAL", office.code


@pytest.mark.parametrize("name", DISTRICTS)
def test_a_complete_district_loads_fast(name: str) -> None:
    spent = []
    for _ in range(3):
        began = time.process_time()
        load_district(packs_folder() / name / "districts" / DISTRICTS[name], pack_of(name))
        spent.append(time.process_time() - began)
    assert min(spent) < 0.3, f"{min(spent):.2f} s of processor time"
