"""Places are found in fields and texts, told apart, or left open: never guessed (decision 2, docs/decisions/0003)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.bootstrap import packs_folder
from nistaran.domain.complaint import Whereabouts
from routing.district import District, load_district
from routing.pack import load_pack
from routing.territory import Gazetteer, Located


@pytest.fixture(scope="module")
def district() -> District:
    return load_district(packs_folder() / "up" / "districts" / "siddharthnagar", load_pack(packs_folder() / "up"))


@pytest.fixture(scope="module")
def gazetteer(district: District) -> Gazetteer:
    return Gazetteer(district, load_pack(packs_folder() / "up").vocabulary)


def names(district: District, located: Located) -> dict[str, str]:
    return {kind: district.places[code].name for kind, code in located.found.items()}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("थाना बांसी में रिपोर्ट नहीं लिखी", "thana", "बांसी"),
        ("तहसील बांसी के लेखपाल", "tehsil", "बांसी"),
        ("इटवा तहसील में दौड़ रहे हैं", "tehsil", "इटवा"),
        ("ब्लॉक बढ़नी में मनरेगा का पैसा", "block", "बढ़नी"),
        ("विकास खण्ड भनवापुर के सचिव", "block", "भनवापुर"),
        ("नगर पंचायत उसका बाजार वार्ड 4", "town", "उसका बाजार"),
        ("tehsil bansi me", "tehsil", "बांसी"),
        ("तह0 डुमरियागंज", "tehsil", "डुमरियागंज"),
    ],
)
def test_a_cue_word_says_which_kind_of_place(
    district: District, gazetteer: Gazetteer, text: str, kind: str, name: str
) -> None:
    found = gazetteer.locate(Whereabouts(), text).found
    assert kind in found, found
    place = district.places[found[kind]]
    assert name.replace("उसका", "उस्का") == place.name.replace("उसका", "उस्का")


def test_a_village_brings_its_tehsil_block_and_thana(district: District, gazetteer: Gazetteer) -> None:
    for place in district.places.values():
        if place.kind != "village":
            continue
        inside = {district.places[code].kind: code for code in place.within if code in district.places}
        located = gazetteer.locate(
            Whereabouts(
                village=place.name,
                tehsil=district.places[inside["tehsil"]].name,
                thana=district.places[inside["thana"]].name,
            ),
            "",
        )
        assert located.found == {"village": place.code, **inside}
        assert located.area == "rural"


def test_two_villages_of_one_name_stay_open_until_a_larger_place_tells(
    district: District, gazetteer: Gazetteer
) -> None:
    by_name: dict[str, list[str]] = {}
    for place in district.places.values():
        if place.kind == "village":
            by_name.setdefault(place.name, []).append(place.code)
    name, codes = next((name, codes) for name, codes in by_name.items() if len(codes) == 2)
    assert set(gazetteer.locate(Whereabouts(), f"ग्राम {name} में नाली नहीं है").rivals) >= set(codes)
    tehsil = next(code for code in district.places[codes[0]].within if district.places[code].kind == "tehsil")
    located = gazetteer.locate(Whereabouts(tehsil=district.places[tehsil].name), f"ग्राम {name} में नाली नहीं है")
    assert (located.found["village"], located.rivals) == (codes[0], ())


def test_another_district_is_outside(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate(Whereabouts(district="गोरखपुर"), "").outside
    assert not gazetteer.locate(Whereabouts(district="सिद्धार्थ नगर"), "").outside
    assert not gazetteer.locate(Whereabouts(district="Siddharthnagar"), "").outside


def test_a_misspelt_field_is_still_found(district: District, gazetteer: Gazetteer) -> None:
    located = gazetteer.locate(Whereabouts(tehsil="डुमरीयागंज", block="भनवापूर"), "")
    assert names(district, located)["tehsil"] == "डुमरियागंज"
    assert names(district, located)["block"] == "भनवापुर"


def test_fields_that_contradict_one_another_lose_the_village(district: District, gazetteer: Gazetteer) -> None:
    village = next(
        place for place in district.places.values() if place.kind == "village" and "SDR-T-BANSI" in place.within
    )
    located = gazetteer.locate(Whereabouts(village=village.name, tehsil="इटवा"), "")
    assert "village" not in located.found
    assert located.found["tehsil"] == "SDR-T-ITWA"


@pytest.mark.parametrize("text", ["", "बिजली नहीं आ रही", "😀", "the transformer is burnt", "।।। ((( ०००"])
def test_a_text_without_places_gives_none(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.locate(Whereabouts(), text).found == {}


@given(text=st.text(max_size=200), village=st.text(max_size=20), tehsil=st.text(max_size=20))
def test_nothing_that_is_written_makes_it_stumble(gazetteer: Gazetteer, text: str, village: str, tehsil: str) -> None:
    located = gazetteer.locate(Whereabouts(village=village, tehsil=tehsil), text)
    assert located == gazetteer.locate(Whereabouts(village=village, tehsil=tehsil), text)
