"""Every village, block, tehsil, thana and town of a sample district reaches the lowest office that holds it, through the Router.

Not here: places that are named badly (test_territory.py), or several offices for one place (test_levels.py).
"""

from __future__ import annotations

from functools import cache

import pytest

from nistaran.bootstrap import packs_folder
from nistaran.domain.complaint import Whereabouts
from nistaran.domain.decision import Assign, Candidate, Classification
from routing.choose import Router
from routing.district import District, load_district
from routing.pack import NONE, Pack, load_pack
from routing.tables import OfficeRow, PlaceRow
from tests.storage import samples as s

DISTRICTS = {"up": "siddharthnagar", "rajasthan": "jodhpur"}


@cache
def loaded(name: str) -> tuple[Pack, District, Router]:
    pack = load_pack(packs_folder() / name)
    district = load_district(packs_folder() / name / "districts" / DISTRICTS[name], pack)
    return pack, district, Router(pack, district)


def kind(district: District, code: str) -> str:
    return district.places[code].kind if code in district.places else "district"


def office_for(name: str, place: PlaceRow, department: str) -> OfficeRow:
    """The office that a complaint gets whose fields name this place and what contains it."""
    _, district, router = loaded(name)
    fields = {kind(district, code): district.places[code].name for code in place.within if code in district.places}
    said = Classification(candidates=(Candidate(department, 0.9),), words=(), ask=None, model="m")
    where = Whereabouts(**{**fields, place.kind: place.name})
    decided = router.decide(s.case(1, text="कार्य नहीं हुआ", whereabouts=where, damaged=False), said)
    assert isinstance(decided, Assign), (place.code, department, decided)
    office = district.offices[decided.office]
    assert office.department == department
    assert district.around[place.code].intersection(office.territory), (place.code, office.code)
    return office


@pytest.mark.parametrize("name", DISTRICTS)
def test_a_village_gets_the_first_level_of_every_department(name: str) -> None:
    pack, district, _ = loaded(name)
    for place in district.places.values():
        for code, row in pack.departments.items():
            if place.kind == "village" and code != NONE:
                assert office_for(name, place, code).level == row.receives_rural[0], (place.code, code)


@pytest.mark.parametrize("name", DISTRICTS)
@pytest.mark.parametrize("level", ["block", "tehsil", "thana"])
def test_a_larger_place_gets_its_own_office_wherever_the_department_has_that_level(name: str, level: str) -> None:
    pack, district, _ = loaded(name)
    for place in district.places.values():
        for code, row in pack.departments.items():
            if place.kind == level and level in row.receives_rural:
                office = office_for(name, place, code)
                assert office.level == level, (place.code, office.code)
                assert place.code in office.territory, (place.code, office.code)


@pytest.mark.parametrize(
    ("name", "town", "department", "office"),
    [
        ("up", "SDR-N-BANSI", "URBAN_DEV", "SDR-URBAN-BANSI"),
        ("up", "SDR-N-BISKOHAR", "HEALTH", "SDR-CHC-ITWA"),
        ("up", "SDR-N-SIDDHARTHNAGAR", "HEALTH", "SDR-HEALTH"),
        ("up", "SDR-N-SIDDHARTHNAGAR", "BASIC_EDU", "SDR-BEO-NAUGARH"),
        ("up", "SDR-N-KAPILVASTU", "ANIMAL_HUSBANDRY", "SDR-VET-BIRDPUR"),
        ("up", "SDR-N-BADHNICHAFA", "PWD", "SDR-PWD-DUMARIYAGANJ"),
        ("up", "SDR-N-ITWA", "COOPERATIVE", "SDR-ADCO-ITWA"),
        ("up", "SDR-N-ITWA", "RURAL_DEV", "SDR-RURAL_DEV"),
        ("rajasthan", "JDH-N-JODHPUR_N", "BASIC_EDU", "JDH-CBEO-CITY"),
        ("rajasthan", "JDH-N-JODHPUR_S", "HEALTH", "JDH-HEALTH"),
        ("rajasthan", "JDH-N-PIPAR", "SECONDARY_EDU", "JDH-ACBEO-PIPAR"),
        ("rajasthan", "JDH-N-BALESAR", "HEALTH", "JDH-BCMO-BALESAR"),
        ("rajasthan", "JDH-N-BILARA", "EXCISE", "JDH-EXCISE-BILARA"),
    ],
)
def test_a_town_gets_the_office_that_holds_it(name: str, town: str, department: str, office: str) -> None:
    assert office_for(name, loaded(name)[1].places[town], department).code == office
