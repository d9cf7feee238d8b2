"""The office for a department that a person named: as routing finds it, and nobody is asked a second time."""

from __future__ import annotations

import pytest

from nistaran.domain.complaint import Whereabouts
from nistaran.domain.decision import AskAPerson, AskReason, Assign
from routing.pack import NONE
from tests.routing.test_choose import case, district_of, router_of, said

PLACES = [
    Whereabouts(),
    Whereabouts(tehsil="बांसी"),
    Whereabouts(tehsil="बांसी", village="खेतपुर"),
    Whereabouts(village="रामपुर"),
]


@pytest.mark.parametrize("where", PLACES, ids=str)
@pytest.mark.parametrize("department", ["REVENUE", "POLICE", "ENERGY", "HEALTH", "PANCHAYATI_RAJ"])
def test_where_the_machine_would_assign_the_person_gets_the_same_office(department: str, where: Whereabouts) -> None:
    router = router_of("up")
    decided = router.decide(case(where=where), said(department))
    assigned = router.office_for(case(where=where), department)
    if isinstance(decided, Assign):
        assert (assigned.office, assigned.rule, assigned.places) == (decided.office, decided.rule, decided.places)
    assert (assigned.department, assigned.words) == (department, ())


def test_two_villages_of_one_name_go_to_the_district_office() -> None:
    router, district = router_of("up"), district_of("up")
    complaint = case("ग्राम रामपुर में पैमाइश नहीं हुई")
    asked = router.decide(complaint, said("REVENUE"))
    assert isinstance(asked, AskAPerson)
    assert asked.reason is AskReason.AMBIGUOUS_PLACE
    assigned = router.office_for(complaint, "REVENUE")
    assert assigned.rule == "district:place-ambiguous"
    assert assigned.office == district.district_office("REVENUE").code  # type: ignore[union-attr]
    assert assigned.places == asked.places


@pytest.mark.parametrize("name", ["up", "rajasthan"])
def test_every_department_has_an_office_and_none_is_the_cells(name: str) -> None:
    router, district = router_of(name), district_of(name)
    for department in {office.department for office in district.offices.values()}:
        office = district.offices[router.office_for(case(), department).office]
        assert office.department == department
    assert router.office_for(case(), NONE).office == district.facts.cell


def test_a_department_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="PIGEONS"):
        router_of("up").office_for(case(), "PIGEONS")
