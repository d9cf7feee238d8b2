"""Finding a department by what a clerk types: code, Hindi, English, words people use, Hindi in Latin letters, slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.bootstrap import load_tables
from nistaran.settings import Settings
from nistaran.steps.review_search import MOST, DepartmentSearch, sounds_of

TYPED = [
    ("bijli", "ENERGY"), ("bijlee", "ENERGY"), ("बिजली", "ENERGY"), ("urja", "ENERGY"), ("ऊर्जा", "ENERGY"), ("energy", "ENERGY"),
    ("police", "POLICE"), ("पुलिस", "POLICE"), ("pulis", "POLICE"), ("thana", "POLICE"), ("rajasv", "REVENUE"), ("rajaswa", "REVENUE"),
    ("lekhpal", "REVENUE"), ("kotedar", "FOOD_CIVIL_SUPPLIES"), ("राशन", "FOOD_CIVIL_SUPPLIES"), ("chakbandi", "CHAKBANDI"),
    ("चकबंदी", "CHAKBANDI"), ("pwd", "PWD"), ("swasthya", "HEALTH"), ("shiksha", "BASIC_EDU"), ("shiksha", "SECONDARY_EDU"),
    ("samaj kalyan", "SOCIAL_WELFARE"), ("sharab", "EXCISE"), ("jal nigam", "RURAL_WATER"), ("lok nirman", "PWD"), ("कृषी", "AGRICULTURE"),
    ("abkari", "EXCISE"), ("pashupaln", "ANIMAL_HUSBANDRY"),
]  # fmt: skip


@pytest.fixture(scope="module", params=[("up", "siddharthnagar"), ("rajasthan", "jodhpur")], ids=["up", "rajasthan"])
def search(request: pytest.FixtureRequest) -> DepartmentSearch:
    pack, district = request.param
    return DepartmentSearch(load_tables(Settings(pack=pack, district=district))[0].departments)


@pytest.mark.parametrize(("typed", "department"), TYPED)
def test_what_people_type(typed: str, department: str) -> None:
    found = DepartmentSearch(load_tables(Settings())[0].departments).find(typed)
    assert department in found[:4], found


def test_every_department_is_first_by_its_code_and_its_full_names() -> None:
    departments = load_tables(Settings())[0].departments
    search = DepartmentSearch(departments)
    for code, row in departments.items():
        for name in (code, row.name_hi, row.name_en):
            assert search.find(name)[0] == code, name


def test_what_fits_nothing_finds_nothing(search: DepartmentSearch) -> None:
    for typed in ("", "/", "क", "xyzzyq", "१२३४५६"):
        assert search.find(typed) == []


@given(typed=st.text(max_size=60))
def test_whatever_is_typed_there_is_an_answer_of_at_most_nine(search: DepartmentSearch, typed: str) -> None:
    found = search.find(typed)
    assert len(found) == len(set(found)) <= MOST


@pytest.mark.parametrize(("hindi", "latin"), [("बिजली", "bijlee"), ("राजस्व", "rajaswa"), ("छात्रवृत्ति", "chhatravritti"),
                                              ("शिक्षा", "shiksha"), ("स्कूल", "school"), ("पुलिस", "police"), ("सड़क", "sadak")])  # fmt: skip
def test_one_word_in_two_scripts_sounds_alike(hindi: str, latin: str) -> None:
    assert sounds_of(hindi) == sounds_of(latin) != ""
