"""Who is complained of is found and passed by; who is only mentioned is not; wrong tables are refused by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nistaran.bootstrap import packs_folder
from nistaran.domain.errors import BadTable
from routing.pack import load_pack
from routing.pairs import load_pairs
from routing.respondents import load_respondents
from tests.routing.transfers import rules_of


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("हल्का लेखपाल रामकुमार ने पैमाइश के लिए पैसे मांगे", ("LEKHPAL",)),
        ("ग्राम सचिव व प्रधान की मिलीभगत से शौचालय का पैसा निकाल लिया गया", ("SACHIV", "PRADHAN")),
        ("कोटेदार घटतौली करता है और राशन कम देता है", ("KOTEDAR",)),
        ("थानाध्यक्ष द्वारा प्राथमिकी दर्ज नहीं की जा रही", ("THANADHYAKSH",)),
        ("kotedar ne rashan nahi diya", ("KOTEDAR",)),
        ("लेखपाल को भेजकर पैमाइश करा दी जाए", ()),
        ("हल्का लेखपाल ने रिश्वत मांगी। कोटेदार के पास कार्ड जमा है", ("LEKHPAL",)),
        ("प्रधानाचार्य ने प्रवेश नहीं दिया", ()),
        ("", ()),
    ],
)
def test_complained_of_is_more_than_mentioned(text: str, posts: tuple[str, ...]) -> None:
    assert rules_of().respondents.complained_of(text) == posts


@pytest.mark.parametrize(
    ("office", "posts", "goes_to"),
    [
        ("SDR-REVENUE-BANSI", ("LEKHPAL",), "SDR-SDM-BANSI"),
        ("SDR-REVENUE-BANSI", ("LEKHPAL", "SDM"), "SDR-REVENUE"),
        ("SDR-POLICE-BANSI", ("THANADHYAKSH",), "SDR-CO-BANSI"),
        ("SDR-PR-BANSI", ("SACHIV",), "SDR-PANCHAYATI_RAJ"),
        ("SDR-RD-BANSI", ("SACHIV",), "SDR-RURAL_DEV"),
        ("SDR-FOOD-BANSI", ("KOTEDAR",), "SDR-FOOD_CIVIL_SUPPLIES"),
        ("SDR-POLICE-BANSI", ("LEKHPAL",), "SDR-POLICE-BANSI"),
    ],
)
def test_the_case_goes_one_level_above_the_respondent(office: str, posts: tuple[str, ...], goes_to: str) -> None:
    found, because = rules_of().raised(office, posts)
    assert found == goes_to
    assert bool(because) == (office != goes_to)


def test_no_office_can_inquire_into_a_post_that_sits_there() -> None:
    for rules in (rules_of(), rules_of("rajasthan", "jodhpur")):
        for post in rules.respondents.rows:
            for office in rules.offices:
                found, _ = rules.raised(office, (post,))
                assert not found or not rules.respondents.sits_at(post, rules.offices[found])


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("respondents.toml", 'desks = ["POLICE/thana"]', 'desks = ["PIGEONS/thana"]', "PIGEONS"),
        ("respondents.toml", 'code = "KANUNGO"', 'code = "LEKHPAL"', "LEKHPAL"),
        ("respondents.toml", '"कानूनगो"', '"लेखपाल"', "लेखपाल"),
        ("respondents.toml", "near = 8", "near = 0", "near"),
        ("pairs.toml", 'b = "POLICE"', 'b = "PIGEONS"', "PIGEONS"),
        ("pairs.toml", 'b = "POLICE"', 'b = "REVENUE"', "REVENUE"),
        ("pairs.toml", 'b = "POLICE"', 'b = "CHAKBANDI"', "twice"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, file: str, old: str, new: str, named: str) -> None:
    folder = tmp_path / "up"
    shutil.copytree(packs_folder() / "up", folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    departments = load_pack(folder).departments
    with pytest.raises(BadTable) as refused:
        (load_respondents if file == "respondents.toml" else load_pairs)(folder / file, departments)
    assert file in str(refused.value)
    assert named in str(refused.value)


def test_a_pair_rule_names_a_side_only_on_one_sided_signs() -> None:
    pairs = rules_of().pairs
    others = ("POLICE", "STAMP_REG")
    assert pairs.leans("REVENUE", others, "दबंगों ने मारपीट की और जान से मारने की धमकी दी") == "POLICE"
    assert pairs.leans("REVENUE", others, "पैमाइश के समय मारपीट हुई") == ""
    assert pairs.leans("REVENUE", others, "कृपया सहायता करें") == ""
