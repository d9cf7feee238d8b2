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

DISTRICTS = {"up": "siddharthnagar", "rajasthan": "jodhpur"}


@pytest.fixture(scope="module")
def district() -> District:
    return district_of("up")


@pytest.fixture(scope="module")
def gazetteer(district: District) -> Gazetteer:
    return gazetteer_of("up", district)


@pytest.fixture(scope="module")
def jodhpur() -> District:
    return district_of("rajasthan")


@pytest.fixture(scope="module")
def jodhpur_gazetteer(jodhpur: District) -> Gazetteer:
    return gazetteer_of("rajasthan", jodhpur)


def district_of(pack: str) -> District:
    return load_district(packs_folder() / pack / "districts" / DISTRICTS[pack], load_pack(packs_folder() / pack))


def gazetteer_of(pack: str, district: District) -> Gazetteer:
    loaded = load_pack(packs_folder() / pack)
    return Gazetteer(district, loaded.vocabulary, loaded.districts)


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


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ग्राम पंचायत खेसरहा में नाली नहीं है", {"block": "SDR-B-KHESRAHA"}),
        ("ग्राम खुनियांव के हैण्डपम्प खराब हैं", {"block": "SDR-B-KHUNIYAON"}),
        ("gaon itwa me bijli nahi", {"tehsil": "SDR-T-ITWA", "block": "SDR-B-ITWA", "thana": "SDR-P-ITWA"}),
    ],
)
def test_a_village_cue_beside_a_larger_place_keeps_the_place(
    gazetteer: Gazetteer, text: str, codes: dict[str, str]
) -> None:
    located = gazetteer.locate(Whereabouts(), text)
    assert {kind: located.found.get(kind) for kind in codes} == codes
    assert "town" not in located.found
    assert located.area == "rural"


def test_a_village_cue_beside_a_larger_place_keeps_the_place_in_jodhpur(jodhpur_gazetteer: Gazetteer) -> None:
    located = jodhpur_gazetteer.locate(Whereabouts(), "ग्राम पंचायत ओसियां में सड़क टूटी है")
    assert located.found["block"] == "JDH-B-OSIAN"
    assert located.area == "rural"


def test_a_cue_that_fits_still_rules_out_the_other_kinds(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate(Whereabouts(), "थाना बांसी में रिपोर्ट नहीं लिखी").found == {"thana": "SDR-P-BANSI"}


@pytest.mark.parametrize("text", ["जोधपुर शहर वार्ड 40 नगर निगम में कचरा", "नगर निगम जोधपुर कचरा नहीं उठाता"])
def test_both_corporations_of_jodhpur_count_as_town(jodhpur_gazetteer: Gazetteer, text: str) -> None:
    located = jodhpur_gazetteer.locate(Whereabouts(), text)
    assert (located.area, located.found, located.outside) == ("town", {}, False)


@pytest.mark.parametrize(
    "text",
    [
        "मैं जनपद बस्ती का निवासी हूं, बिजली नहीं आती",
        "मैं बस्ती जनपद का निवासी हूं",
        "जि0 गोण्डा के ग्राम चौरी में नाली नहीं",
        "गोरखपुर जिले में मेरी जमीन है",
        "हमारा घर जिला संतकबीरनगर में है",
        "main zila Maharajganj ka rehne wala hun",
        "Lucknow district",
        "ग्राम पिपरी जनपद बस्ती",
        "जनपद-रामपुर में सड़क खराब",
    ],
)
def test_another_district_beside_its_cue_is_outside(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.locate(Whereabouts(), text).outside


@pytest.mark.parametrize(
    "text",
    [
        "मेरी पुत्री बस्ती में ब्याही है, बिजली नहीं आती",
        "गोरखपुर से दवा लानी पड़ती है",
        "हमारी बस्ती जिला मुख्यालय से पांच किमी दूर है",
        "दलित बस्ती जिला पंचायत की सड़क से दूर है",
        "ग्राम बस्ती जनपद में पानी नहीं",
        "जनपद सिद्धार्थनगर का निवासी हूं, मेरे भाई जनपद बस्ती में रहते हैं",
        "ग्राम पिपरी में रहता हूं, पत्नी जनपद बस्ती में है",
        "ग्राम रामपुर जनपद सिद्धार्थनगर",
        "दलित बस्ती जनपद सिद्धार्थनगर में नाली नहीं",
        "जिला अस्पताल में दवा नहीं",
    ],
)
def test_a_district_only_mentioned_is_not_outside(gazetteer: Gazetteer, text: str) -> None:
    assert not gazetteer.locate(Whereabouts(), text).outside


def test_a_place_of_ours_in_the_fields_outweighs_a_district_in_the_text(gazetteer: Gazetteer) -> None:
    text = "पुत्री का विवाह जनपद बस्ती में हुआ"
    assert gazetteer.locate(Whereabouts(), text).outside
    assert not gazetteer.locate(Whereabouts(tehsil="बांसी"), text).outside


def test_another_district_in_jodhpur(jodhpur_gazetteer: Gazetteer) -> None:
    assert jodhpur_gazetteer.locate(Whereabouts(), "मैं जिला नागौर का निवासी हूं").outside
    assert jodhpur_gazetteer.locate(Whereabouts(), "पाली जिले में नल नहीं").outside
    assert not jodhpur_gazetteer.locate(Whereabouts(), "जिला जोधपुर में नल नहीं").outside
    assert not jodhpur_gazetteer.locate(Whereabouts(), "नागौर जाने वाली सड़क टूटी है").outside
