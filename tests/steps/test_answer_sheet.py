"""The sheet that an office fills comes back as answers, holds no complainant and no formula, and offers what may be said."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from nistaran.domain.correction_refused import NoSuchOffice
from nistaran.domain.transfer_sentences import ANSWER_CHOICE_HI
from nistaran.steps.answer_sheet import ANSWER, CASE, COLUMNS, DEPARTMENT, write_answer_sheet
from nistaran.steps.answers import answer_from
from nistaran.steps.find_case import full_number
from nistaran.steps.house import House
from nistaran.steps.review_file import FileStands
from nistaran.steps.sheet_look import HEAD_ROW
from tests.steps.people import number
from tests.steps.transferring import OFFICE, case_of, say, with_cases

SHARES = {"ENERGY": 0.5, "POLICE": 0.49, "REVENUE": 0.01}
PHONE, NAME = "9876512345", "चन्द्रावती देवी"
AT = {heading: at for at, (heading, _) in enumerate(COLUMNS, start=1)}


@pytest.fixture
def held(house: House, tmp_path: Path) -> House:
    texts = (
        f"मैं {NAME}, ट्रांसफार्मर जला है। मोबाइल {PHONE}",
        "=HYPERLINK(1) बिजली का बिल गलत है।",
        "तीसरा: तार टूटा पड़ा है गांव में।",
    )
    return with_cases(house, tmp_path, SHARES, *texts, name=NAME, phone=PHONE)


def test_filled_it_comes_back_as_answers(held: House, tmp_path: Path) -> None:
    path = tmp_path / "desk.xlsx"
    assert write_answer_sheet(held, case_of(held).office.lower(), path) == 3
    book = openpyxl.load_workbook(path)
    sheet = book["प्रकरण"]
    rows = {sheet.cell(row, AT[CASE]).value: row for row in range(HEAD_ROW + 1, sheet.max_row + 1)}
    sheet.cell(rows[number(1)], AT[ANSWER]).value = ANSWER_CHOICE_HI["NOT_OUR_DEPARTMENT"]
    sheet.cell(rows[number(1)], AT[DEPARTMENT]).value = held.pack.departments["POLICE"].name_hi
    sheet.cell(rows[number(2)], AT[ANSWER]).value = ANSWER_CHOICE_HI["COURT_MATTER"]
    book.save(path)

    told = answer_from(held, path, office="", by=OFFICE, number_of=lambda typed: full_number(held, typed))
    assert (told.changed, told.blank, told.refused) == (2, 1, [])
    assert case_of(held).department == "POLICE"


def test_it_offers_the_lists_and_hides_the_complainant(held: House, tmp_path: Path) -> None:
    path = tmp_path / "desk.xlsx"
    write_answer_sheet(held, case_of(held).office, path)
    with ZipFile(path) as package:
        whole = " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert PHONE not in whole
    assert NAME not in whole
    assert "<f>" not in whole
    sheet = openpyxl.load_workbook(path)["प्रकरण"]
    assert {one.formula1 for one in sheet.data_validations.dataValidation} == {
        f"'सूची'!$A$1:$A${len(ANSWER_CHOICE_HI)}",
        f"'सूची'!$B$1:$B${len(held.pack.departments) - 1}",
    }


def test_what_was_answered_is_not_asked_again(held: House, tmp_path: Path) -> None:
    say(held, "ACCEPTED", 1)
    say(held, "COURT_MATTER", 2)
    assert write_answer_sheet(held, case_of(held).office, tmp_path / "desk.xlsx") == 1


def test_never_over_a_file_that_stands_and_only_for_an_office(held: House, tmp_path: Path) -> None:
    path = tmp_path / "desk.xlsx"
    with pytest.raises(NoSuchOffice):
        write_answer_sheet(held, "SDR-NONE", path)
    path.write_text("filled", encoding="utf-8")
    with pytest.raises(FileStands):
        write_answer_sheet(held, case_of(held).office, path)
    assert path.read_text(encoding="utf-8") == "filled"
