"""Which case a person means: our number, its serial, or the number that the portal gave it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nistaran.steps.find_case import full_id, full_number
from nistaran.steps.house import House
from tests.files import row, write_csv
from tests.steps.people import number
from tests.steps.transferring import with_cases
from tests.taking import take

SHARES = {"ENERGY": 0.9, "REVENUE": 0.1}


@pytest.fixture
def two(house: House, tmp_path: Path) -> House:
    return with_cases(house, tmp_path, SHARES, "खम्भा गिर गया है, तार लटक रहा है।", "मीटर जल गया है, बिल अधिक आ रहा है।")


@pytest.mark.parametrize(
    "typed", ["2", "२", " 02 ", number(2), number(2).lower(), "40018726000002", "400 187 260 000 02", "४००१८७२६०००००२"]
)
def test_one_case_is_meant(two: House, typed: str) -> None:
    assert full_number(two, typed) == number(2)
    assert full_id(two, f"{typed}/R1") == f"{number(2)}/r1"


def test_a_number_that_two_cases_carry_is_left_to_the_person(two: House, tmp_path: Path) -> None:
    rows = [row(text="अन्य गांव के खड़ंजे की मरम्मत नहीं हो रही।", reference="40018726000002", phone="", name="अन्य")]
    take(two, write_csv(tmp_path / "again.csv", rows))
    with two.read() as work:
        carriers = {one for _, _, one in work.cases.by_references(["40018726000002"])}
    assert len(carriers) == 2
    assert full_number(two, "40018726000002") == "40018726000002"


def test_what_is_no_case_stays_as_typed(two: House) -> None:
    assert full_number(two, "92217700016606") == "92217700016606"
    assert full_number(two, "PMOPG/E/2022/0249558") == "PMOPG/E/2022/0249558"
