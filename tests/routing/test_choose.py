"""The office of a case: every department with every depth of place, what asks a person, and that nothing stumbles (0003)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nistaran.bootstrap import packs_folder
from nistaran.domain.complaint import Case, Status, Whereabouts
from nistaran.domain.decision import AskAPerson, AskReason, Assign, Candidate, Classification, Decision
from routing.choose import Router
from routing.district import District, load_district
from routing.pack import NONE, Pack, load_pack
from routing.tables import PlaceRow

DISTRICTS = {"up": "siddharthnagar", "rajasthan": "jodhpur"}
DEPTHS = ("village", "town", "tehsil", "nothing")


@cache
def pack_of(name: str) -> Pack:
    return load_pack(packs_folder() / name)


@cache
def district_of(name: str) -> District:
    return load_district(packs_folder() / name / "districts" / DISTRICTS[name], pack_of(name))


@cache
def router_of(name: str, place_unknown: str = "district") -> Router:
    pack = pack_of(name)
    facts = pack.facts.model_copy(update={"place_unknown": place_unknown})
    return Router(dataclasses.replace(pack, facts=facts), district_of(name))


def case(text: str = "कार्य नहीं हुआ", *, where: Whereabouts | None = None, damaged: bool = False) -> Case:
    return Case(
        id=1,
        number="SDR-2026-000001",
        key="k",
        district="SDR",
        channel="ONLINE",
        lane="ordinary",
        priority=3,
        reference="",
        received_on=date(2026, 11, 1),
        due_on=date(2026, 12, 1),
        registered_at=datetime(2026, 11, 1, tzinfo=UTC),
        status=Status.REGISTERED,
        text=text,
        addressed_to="",
        category="",
        whereabouts=where or Whereabouts(),
        damaged=damaged,
        department="",
        office="",
    )


def said(department: str, ask: AskReason | None = None) -> Classification:
    return Classification(candidates=(Candidate(department, 0.9),), words=("शब्द",), ask=ask, model="m")


def single(district: District, kind: str) -> PlaceRow:
    """A place whose name, and every alias, no other place of its kind bears."""
    of_kind = [place for place in district.places.values() if place.kind == kind]
    borne = [name for place in of_kind for name in {place.name, *place.aliases}]
    return next(place for place in of_kind if all(borne.count(name) == 1 for name in {place.name, *place.aliases}))


def known(name: str, depth: str) -> tuple[Whereabouts, frozenset[str]]:
    """The fields of a complaint of that depth, and the places that hold it."""
    if depth == "nothing":
        return Whereabouts(), frozenset()
    place = single(district_of(name), depth)
    return Whereabouts(**{depth: place.name}), district_of(name).around[place.code]


def departments() -> Iterator[tuple[str, str]]:
    for name in DISTRICTS:
        yield from ((name, code) for code in pack_of(name).departments if code != NONE)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize(("name", "department"), list(departments()))
def test_every_department_has_an_office_for_every_depth_of_place(name: str, department: str, depth: str) -> None:
    where, holders = known(name, depth)
    decided = router_of(name).decide(case(where=where), said(department))
    assert isinstance(decided, Assign), decided
    office = district_of(name).offices[decided.office]
    assert (office.department, decided.department) == (department, department)
    row = pack_of(name).departments[department]
    orders = {"village": [row.receives_rural], "town": [row.receives_town]}.get(
        depth, [row.receives_rural, row.receives_town]
    )
    if office.level == "district":
        assert office == district_of(name).district_office(department)
        lower = any(order[0] != "district" for order in orders)
        assert decided.rule == ("district:place-unknown" if depth == "nothing" and lower else "district")
    else:
        assert any(office.level in order for order in orders)
        assert holders.intersection(office.territory), (office.code, holders)
        assert decided.rule == f"{office.level}:{'town' if depth == 'town' else 'rural'}"
    assert set(decided.places) <= holders


@pytest.mark.parametrize("name", DISTRICTS)
def test_a_known_village_goes_below_the_district_wherever_the_order_begins_below(name: str) -> None:
    where, _ = known(name, "village")
    for code, row in pack_of(name).departments.items():
        if row.receives_rural[:1] not in ((), ("district",)):
            decided = router_of(name).decide(case(where=where), said(code))
            assert isinstance(decided, Assign)
            assert district_of(name).offices[decided.office].level == row.receives_rural[0], code


@pytest.mark.parametrize("name", DISTRICTS)
def test_a_place_unknown_asks_a_person_where_the_pack_says_so(name: str) -> None:
    police = router_of(name, "ask").decide(case(), said("POLICE"))
    assert isinstance(police, AskAPerson)
    assert (police.reason, police.department) == (AskReason.NO_PLACE, "POLICE")
    by_default = router_of(name).decide(case(), said("POLICE"))
    assert isinstance(by_default, Assign)
    assert by_default.rule == "district:place-unknown"


@pytest.mark.parametrize("name", DISTRICTS)
def test_a_place_unknown_is_no_question_where_only_the_district_receives(name: str) -> None:
    decided = router_of(name, "ask").decide(case(), said("PRISONS"))
    assert isinstance(decided, Assign)
    assert decided.rule == "district"
    where, _ = known(name, "village")
    assert isinstance(router_of(name, "ask").decide(case(where=where), said("POLICE")), Assign)


@pytest.mark.parametrize("name", DISTRICTS)
def test_shipped_packs_send_a_place_unknown_to_the_district_office(name: str) -> None:
    assert pack_of(name).facts.place_unknown == "district"


def test_an_ambiguous_village_asks_and_with_its_tehsil_is_assigned() -> None:
    router, district = router_of("up"), district_of("up")
    asked = router.decide(case("ग्राम रामपुर में पैमाइश नहीं हुई"), said("REVENUE"))
    assert isinstance(asked, AskAPerson)
    assert asked.reason is AskReason.AMBIGUOUS_PLACE
    assert len(asked.places) > 1
    rampurs = [place for place in district.places.values() if place.kind == "village" and place.name == "रामपुर"]
    assert len(rampurs) == 2
    for village in rampurs:
        tehsil = next(code for code in village.within if district.places[code].kind == "tehsil")
        text = f"ग्राम रामपुर तहसील {district.places[tehsil].name} में पैमाइश नहीं हुई"
        decided = router.decide(case(text), said("REVENUE"))
        assert isinstance(decided, Assign), decided
        assert tehsil in district.offices[decided.office].territory
        assert decided.rule == "tehsil:rural"


@pytest.mark.parametrize(
    ("asked", "classification", "reason"),
    [
        (case(), None, AskReason.NO_MODEL),
        (case("जनपद बस्ती का निवासी हूं"), said("POLICE"), AskReason.OUTSIDE_DISTRICT),
        (case(where=Whereabouts(district="गोरखपुर")), said("POLICE"), AskReason.OUTSIDE_DISTRICT),
        (case(damaged=True), said("POLICE"), AskReason.DAMAGED_TEXT),
        (case(), said(NONE), AskReason.NOT_A_GRIEVANCE),
        (case(), said("POLICE", AskReason.LOW_CONFIDENCE), AskReason.LOW_CONFIDENCE),
    ],
)
def test_what_is_doubtful_asks(asked: Case, classification: Classification | None, reason: AskReason) -> None:
    decided = router_of("up").decide(asked, classification)
    assert isinstance(decided, AskAPerson)
    assert decided.reason is reason


@pytest.mark.parametrize(
    ("name", "text", "department", "level", "place"),
    [
        ("up", "ग्राम पंचायत खेसरहा में नाली नहीं", "PANCHAYATI_RAJ", "block", "SDR-B-KHESRAHA"),
        ("up", "gaon itwa me report nahi likhi", "POLICE", "thana", "SDR-P-ITWA"),
        ("rajasthan", "ग्राम पंचायत ओसियां में सड़क टूटी", "PANCHAYATI_RAJ", "block", "JDH-B-OSIAN"),
    ],
)
def test_a_village_cue_beside_a_larger_place_finds_its_office(
    name: str, text: str, department: str, level: str, place: str
) -> None:
    decided = router_of(name).decide(case(text), said(department))
    assert isinstance(decided, Assign)
    assert decided.rule == f"{level}:rural"
    assert place in district_of(name).offices[decided.office].territory


WORDS = st.sampled_from(
    [
        *(
            "ग्राम",
            "थाना",
            "तहसील",
            "जनपद",
            "जिला",
            "वार्ड",
            "गांव",
            "block",
            "gaon",
            "district",
            "का",
            "में",
            "।",
            "०",
            "0",
        ),
        *("रामपुर", "बांसी", "इटवा", "बस्ती", "नागौर", "जोधपुर", "शहर", "नगर", "निगम", "ओसियां", "सिद्धार्थनगर", "bansi"),
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=14).map(" ".join))
FIELDS = st.one_of(st.just(""), st.text(max_size=20), WORDS)
PLACES = st.builds(Whereabouts, district=FIELDS, tehsil=FIELDS, block=FIELDS, thana=FIELDS, town=FIELDS, village=FIELDS)


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(sorted(DISTRICTS)),
    place_unknown=st.sampled_from(["district", "ask"]),
    text=TEXTS,
    where=PLACES,
    department=st.sampled_from(sorted(pack_of("up").departments)),
)
def test_whatever_is_written_is_decided_once_and_for_all(
    name: str, place_unknown: str, text: str, where: Whereabouts, department: str
) -> None:
    def decide(router: Router) -> Decision:
        return router.decide(case(text, where=where), said(department))

    router = router_of(name, place_unknown)
    decided = decide(router)
    assert decided == decide(router)
    if isinstance(decided, Assign):
        office = district_of(name).offices[decided.office]
        assert office.department == department
        assert decided.rule.split(":")[0] == office.level
        around = frozenset[str]().union(*(district_of(name).around[place] for place in decided.places))
        assert office.level == "district" or around.intersection(office.territory)
