"""The review file: lists to choose from, nothing of the complainant, no formula; whatever is done to its rows, an answer stays its case's."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from nistaran.bootstrap import load_tables
from nistaran.domain.complaint import Status
from nistaran.domain.correction import FOR_NONE, NONE
from nistaran.domain.wording import CORRECTION_HI
from nistaran.readers.headers import header_key
from nistaran.settings import Settings
from nistaran.steps.answers import AnswersOutcome, correct_from
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.review import look, waiting
from nistaran.steps.review_file import COLUMNS, DEPARTMENT_AT, REASON_AT, REASONS, FileStands, write_review
from nistaran.steps.review_file_words import CASE, DEPARTMENT, REASON, SHEET
from routing.pack import alias_key
from tests.files import many, row
from tests.steps.people import CLERK, SECOND, number
from tests.steps.test_review import NAME, PHONE, asking, fed
from tests.taking import take

LAST = len(COLUMNS)


@pytest.fixture
def asked(house: House, tmp_path: Path) -> House:
    """Eight cases, all of which wait for a person."""
    return fed(asking(house, words=("बिजली",)), tmp_path, *many(8))


def written(house: House, folder: Path) -> Path:
    path = folder / "review.xlsx"
    path.unlink(missing_ok=True)
    write_review(house, look(house, waiting(house)), path)
    return path


def refill(path: Path, change: Any) -> Path:
    """The same file with its rows as `change` gives them back, header left alone."""
    book = load_workbook(path)
    sheet = book[SHEET]
    rows = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=3)]
    sheet.delete_rows(3, sheet.max_row)
    for values in change(rows):
        sheet.append(values)
    book.save(path)
    return path


def taken(house: House, path: Path, by: str = CLERK) -> AnswersOutcome:
    return correct_from(house, path, by=by, number_of=lambda typed: typed)


def refused(outcome: AnswersOutcome) -> list[tuple[int | None, str, str]]:
    return [(one.row, one.field, one.code) for one in outcome.refused]


def departments_of(house: House) -> dict[str, str]:
    with house.read() as work:
        return {case.number: case.department for case in work.cases.page(after_id=0, limit=1000)}


def test_the_clerk_is_offered_every_department_and_reason_by_its_hindi_name(asked: House, tmp_path: Path) -> None:
    book = load_workbook(written(asked, tmp_path))
    sheet = book[SHEET]
    lists = book["सूची"]
    assert (book.active.title, lists.sheet_state, sheet.freeze_panes) == (SHEET, "hidden", "C3")  # type: ignore[union-attr]
    assert [cell.value for cell in sheet[2]] == [heading for heading, _ in COLUMNS]
    assert sheet.column_dimensions[sheet.cell(2, LAST).column_letter].hidden
    offers = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offers == {"L3:L10": "'सूची'!$A$1:$A$41", "M3:M10": "'सूची'!$B$1:$B$13"}
    assert [cell.value for cell in lists["A"]] == [row.name_hi for row in asked.pack.departments.values()]
    assert [cell.value for cell in lists["B"]][: len(REASONS)] == [CORRECTION_HI[one] for one in REASONS]
    assert all(sheet.cell(3, at).value is None for at in (DEPARTMENT_AT, REASON_AT))
    assert sheet.cell(3, 10).value == "1. ऊर्जा (विद्युत) — 60%\n2. गृह (पुलिस) — 30%\n3. किसी विभाग से सम्बन्धित नहीं — 5%"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert any("पीले" in str(cell.value) for cell in book.worksheets[0]["A"])


@pytest.mark.parametrize(("pack", "district"), [("up", "siddharthnagar"), ("rajasthan", "jodhpur")])
def test_what_the_lists_offer_is_what_the_packs_understand(pack: str, district: str) -> None:
    tables, _ = load_tables(Settings(pack=pack, district=district))
    for code, one in tables.departments.items():
        assert tables.department_of(one.name_hi) == code
    for field, heading in (("case", CASE), ("department", DEPARTMENT), ("reason", REASON)):
        assert heading in tables.answer_headers[field]
    # no other column of ours may be taken for one that is answered in, whatever verb reads the file
    keys = {header_key(name) for names in tables.answer_headers.values() for name in names}
    assert [heading for heading, _ in COLUMNS if header_key(heading) in keys] == [CASE, DEPARTMENT, REASON]
    assert len({alias_key(CORRECTION_HI[one]) for one in REASONS}) == len(REASONS)


@pytest.mark.promise("P27")
def test_nothing_of_the_complainant_and_no_formula_is_in_any_part_of_the_package(house: House, tmp_path: Path) -> None:
    texts = (
        f'=HYPERLINK("http://x") {NAME}',
        f"\x01=1+1 {PHONE}",
        "@SUM(A1)",
        "+91 98765 12345 बिजली",
        "-2+3 \ufffe बिजली",
    )
    rows = [row(text=text, name=NAME, phone=PHONE, village="=cmd|' /C calc'!A0") for text in texts]
    asked = fed(asking(house, words=("=1+1",)), tmp_path, *rows)
    path = written(asked, tmp_path)
    with zipfile.ZipFile(path) as package:
        whole = "".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())
    for secret in (PHONE, "98765 12345", *NAME.split()):
        assert secret not in whole
    sheet = load_workbook(path)[SHEET]
    assert sheet.max_row == 2 + len(waiting(asked))
    for cells in sheet.iter_rows():
        for cell in cells:
            assert cell.data_type != "f"
            assert not str(cell.value or "").lstrip(' "').startswith(("=", "+", "@")), cell.coordinate
    assert "<f>" not in whole


def test_a_file_that_may_hold_answers_is_not_written_over(asked: House, tmp_path: Path) -> None:
    path = written(asked, tmp_path)
    before = path.read_bytes()
    with pytest.raises(FileStands, match=path.name):
        write_review(asked, [], path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.glob("*.part")] == []


def test_a_review_file_that_strays_into_the_inbox_becomes_no_complaint(asked: House, tmp_path: Path) -> None:
    counts = take(asked, written(asked, tmp_path)).counts
    assert counts.accepted == 0
    assert len(departments_of(asked)) == 8


def test_blank_rows_wait_on_and_wrong_ones_are_named(asked: House, tmp_path: Path) -> None:
    def fill(rows: list[list[Any]]) -> list[list[Any]]:
        rows[0][DEPARTMENT_AT - 1] = "कबूतर विभाग"
        rows[1][DEPARTMENT_AT - 1] = "किसी विभाग से सम्बन्धित नहीं"
        rows[2][DEPARTMENT_AT - 1], rows[2][REASON_AT - 1] = "गृह (पुलिस)", CORRECTION_HI["THANKS"]
        rows[3][DEPARTMENT_AT - 1], rows[3][REASON_AT - 1] = "किसी विभाग से सम्बन्धित नहीं", CORRECTION_HI["THANKS"]
        rows[4][DEPARTMENT_AT - 1], rows[4][REASON_AT - 1] = "गृह (पुलिस)", CORRECTION_HI["MAIN_MATTER"]
        rows[5][REASON_AT - 1] = CORRECTION_HI["THANKS"]
        rows[6][DEPARTMENT_AT - 1], rows[6][LAST - 1] = "गृह (पुलिस)", rows[7][LAST - 1]
        return rows

    outcome = taken(asked, refill(written(asked, tmp_path), fill))
    assert (outcome.rows, outcome.changed, outcome.blank) == (8, 2, 2)
    assert refused(outcome) == [
        (3, "department", "NoSuchDepartment"),
        (4, "reason", "WrongReason"),
        (5, "reason", "WrongReason"),
        (9, "case", "MarkGone"),
    ]
    stand = departments_of(asked)
    assert [stand[number(n)] for n in range(1, 9)] == ["", "", "", NONE, "POLICE", "", "", ""]
    assert len(waiting(asked)) == 6


def test_two_clerks_with_the_same_file(asked: House, tmp_path: Path) -> None:
    path = written(asked, tmp_path)

    def say(*names: str) -> Any:
        def fill(rows: list[list[Any]]) -> list[list[Any]]:
            for values, name in zip(rows, names, strict=False):
                values[DEPARTMENT_AT - 1] = name
            return rows

        return fill

    assert taken(asked, refill(path, say("गृह (पुलिस)", "गृह (पुलिस)")), CLERK).changed == 2
    second = taken(asked, refill(path, say("गृह (पुलिस)", "राजस्व एवं आपदा", "राजस्व एवं आपदा")), SECOND)
    assert (second.changed, second.unchanged) == (1, 1)
    assert refused(second) == [(4, "case", "MovedSince")]
    assert number(2) in second.refused[0].reason
    assert list(departments_of(asked).values())[:3] == ["POLICE", "POLICE", "REVENUE"]


def test_a_case_that_moved_after_the_export_is_refused_by_name(asked: House, tmp_path: Path) -> None:
    path = written(asked, tmp_path)
    correct_case(asked, number(3), department="REVENUE", by=SECOND)

    def everything(rows: list[list[Any]]) -> list[list[Any]]:
        for values in rows:
            values[DEPARTMENT_AT - 1] = "वन एवं वन्यजीव"
        return rows

    outcome = taken(asked, refill(path, everything))
    assert (outcome.changed, refused(outcome)) == (7, [(5, "case", "MovedSince")])
    assert number(3) in outcome.refused[0].reason
    assert departments_of(asked)[number(3)] == "REVENUE"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_round_trip_through_libreoffice_does_no_harm(asked: House, tmp_path: Path) -> None:
    def fill(rows: list[list[Any]]) -> list[list[Any]]:
        for values in rows[1:]:
            values[DEPARTMENT_AT - 1] = "गृह (पुलिस)"
        return rows[::-1]

    kept = _through_libreoffice(written(asked, tmp_path), tmp_path / "once")
    again = _through_libreoffice(refill(kept, fill), tmp_path / "twice")
    sheet = load_workbook(again)[SHEET]
    assert sheet.column_dimensions["N"].hidden
    assert {str(one.sqref) for one in sheet.data_validations.dataValidation} == {"L3:L10", "M3:M10"}
    outcome = taken(asked, again)
    assert (outcome.changed, outcome.blank, outcome.refused) == (7, 1, [])


def _through_libreoffice(path: Path, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return folder / path.name


SOME = ("POLICE", "REVENUE", "ENERGY", NONE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_sorting_deleting_and_filling_in_any_order_gives_each_case_its_own_answer(
    house: House, tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever rows are left in whatever order: every filled one is taken for its own case, and no other case moves."""
    asked = fed(asking(house), tmp_path, *many(6))
    left: Sequence[int] = data.draw(st.lists(st.sampled_from(range(1, 7)), unique=True))
    said: list[str | None] = data.draw(st.lists(st.sampled_from((*SOME, None)), min_size=len(left), max_size=len(left)))

    def fill(rows: list[list[Any]]) -> list[list[Any]]:
        by_number = {values[1]: values for values in rows}
        kept = []
        for n, department in zip(left, said, strict=True):
            values = by_number[number(n)]
            values[DEPARTMENT_AT - 1] = asked.pack.departments[department].name_hi if department else None
            values[REASON_AT - 1] = CORRECTION_HI[FOR_NONE[n]] if department == NONE else None
            kept.append(values)
        return kept

    outcome = taken(asked, refill(written(asked, tmp_path), fill))
    answers = {number(n): department for n, department in zip(left, said, strict=True) if department}
    assert (outcome.changed, outcome.blank, outcome.refused) == (len(answers), len(left) - len(answers), [])
    assert departments_of(asked) == {number(n): answers.get(number(n), "") for n in range(1, 7)}
    with asked.read() as work:
        still = [case.number for case in work.cases.page(after_id=0, limit=10) if case.status is Status.AWAITING_PERSON]
    assert set(still) == {number(n) for n in range(1, 7)} - set(answers)
