"""XLSX as portals export it."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from nistaran.readers.record import FIELDS
from tests.readers.support import HINDI, read
from tests.readers.workbooks import HEAD, ROW, SHEET, made, read_rows, rewritten


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=40), min_size=1, max_size=5
    ),
    order=st.permutations(["reference", "received_on", "text", "phone", "unknown"]),
    titles=st.integers(0, 3),
    number=st.sampled_from([int, float, str]),
    day=st.sampled_from([date(2024, 6, 12), datetime(2024, 6, 12), 45455, "12-06-24", "१२.०६.२०२४"]),  # noqa: DTZ001 - as Excel has it
)
def test_what_is_written_is_read(
    tmp_path: Path, texts: list[str], order: list[str], titles: int, number: type, day: object
) -> None:
    rows = [
        {"reference": number(40019923000000 + at), "received_on": day, "text": f"नाली {text} है", "phone": number(9415000000 + at),
         "unknown": f"क{at}"}
        for at, text in enumerate(texts)
    ]  # fmt: skip
    head = {**HINDI, "unknown": "आख्या"}
    result = read_rows(
        tmp_path, *[["सूची", None]] * titles, [head[f] for f in order], *[[row[f] for f in order] for row in rows]
    )
    assert result.refusals == []
    assert result.noted("UNKNOWN_HEADER") == ["आख्या"]
    for at, (record, row) in enumerate(zip(result.records, rows, strict=True)):
        assert record.row == titles + 2 + at
        assert record.received_on == date(2024, 6, 12)
        assert record.values["text"] == row["text"]
        assert record.values["reference"] == str(40019923000000 + at)
        assert record.values["phone"] == str(9415000000 + at)
        assert dict(record.extras) == {"आख्या": f"क{at}"}
        assert set(record.values) == set(FIELDS)


def test_title_rows_merged_across_and_a_header_of_two_rows(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "जनपद सिद्धार्थनगर – आईजीआरएस"
        sheet.merge_cells("A1:E1")
        for column, header in zip("ABCD", ["क्र0सं0", "सन्दर्भ संख्या", "शिकायत का विवरण", "आवेदक"], strict=True):
            sheet[f"{column}3"] = header
        for column in "ABC":
            sheet.merge_cells(f"{column}3:{column}4")
        sheet.merge_cells("D3:E3")
        sheet["D4"], sheet["E4"] = "आवेदक का नाम", "मोबाइल"
        sheet.append([1, 40019923001789, "नाली", "राम", 9415012345])

    result = read(made(tmp_path, fill))
    assert result.refusals == []
    (record,) = result.records
    assert (record.row, record.values["name"], record.values["phone"], record.values["text"]) == (
        5,
        "राम",
        "9415012345",
        "नाली",
    )
    assert result.noted("UNKNOWN_HEADER") == []


def test_vertical_merges_are_filled_down_and_empty_rows_stay_empty(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["तहसील", "शिकायत का विवरण"])
        for at, text in enumerate(["एक", "दो", None, "तीन", "चार"]):
            sheet.append(["नौगढ़" if at == 0 else None, text])
        sheet.merge_cells("A2:A5")

    result = read(made(tmp_path, fill))
    assert [(r.row, r.values["tehsil"], r.values["text"]) for r in result.records] == [
        (2, "नौगढ़", "एक"), (3, "नौगढ़", "दो"), (5, "नौगढ़", "तीन"), (6, "", "चार")]  # fmt: skip
    assert result.refusals == []


def test_leading_zeros_that_only_the_format_shows(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["परिवाद संख्या", "विवरण"])
        sheet.append([315127000636, "नाली"])
        sheet["A2"].number_format = "0000000000000"

    assert read(made(tmp_path, fill)).records[0].values["reference"] == "0315127000636"


def test_several_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "नौगढ़"
    book.active.append(HEAD)
    book.active.append(ROW)
    second = book.create_sheet("बांसी")
    second.append(HEAD)
    second.append([*ROW[:3], None, ROW[4]])
    second.append([*ROW[:2], "31/02/2024", "क", ROW[4]])
    book.create_sheet("सारांश").append(["कुल", 2])
    book.create_sheet("रिक्त")
    book.save(tmp_path / "a.xlsx")
    result = read(tmp_path / "a.xlsx")
    assert [(r.sheet, r.row) for r in result.records] == [("नौगढ़", 2), ("बांसी", 2)]
    assert [(r.file, r.row, r.code.value) for r in result.refusals] == [("a.xlsx › बांसी", 3, "BAD_DATE")]
    assert result.noted("SHEET_SKIPPED") == ["सारांश", "रिक्त"]


def test_totals_headers_printed_again_and_columns_without_header(tmp_path: Path) -> None:
    result = read_rows(tmp_path, HEAD, [*ROW, "दूर"], HEAD, ROW, ["कुल योग", 2])
    assert [r.row for r in result.records] == [2, 4]
    assert dict(result.records[0].extras) == {"column 6": "दूर"}
    assert result.noted("TOTAL_LINE") == ["5"]
    assert result.refusals == []


# Formulas ---------------------------------------------------------------------------------------------------------------


def with_cached_values(path: Path, values: dict[str, str]) -> Path:
    """openpyxl writes formulas without values; Excel writes both."""

    def change(xml: str) -> str:
        for cell, value in values.items():
            xml = re.sub(
                rf'<c r="{cell}"([^>]*)><f>(.*?)</f><v ?/?>(</v>)?</c>',
                rf'<c r="{cell}" t="str"><f>\2</f><v>{value}</v></c>',
                xml,
            )
        return xml

    return rewritten(path, SHEET, change)


def test_formulas(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(HEAD)
        sheet.append(["=ROW()", 1, "12/06/2024", '="नाली"&"है"', 94])
        sheet.append(["=ROW()", 2, "12/06/2024", '="नाली"&"है"', 94])
        sheet.append([3, 3, "12/06/2024", "सड़क", "=A1"])
        sheet.append([4, 4, "=TODAY()", "सड़क", 94])
        sheet.append([5, 5, "12/06/2024", "placeholder", 94])
        sheet["D6"].value = "=हमें पानी चाहिए"
        sheet["D6"].data_type = "s"

    path = with_cached_values(made(tmp_path, fill), {"D2": "नाली है"})
    result = read(path)
    assert [(r.row, r.values["text"], r.values["phone"]) for r in result.records] == [
        (2, "नाली है", "94"), (4, "सड़क", ""), (6, "=हमें पानी चाहिए", "94")]  # fmt: skip
    assert [(r.row, r.field, r.code.value) for r in result.refusals] == [
        (3, "text", "FORMULA_CELL"), (5, "received_on", "FORMULA_CELL")]  # fmt: skip
    assert result.noted("EMPTY_FORMULA") == ["phone"]


def test_errors_in_cells_count_as_empty(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(HEAD)
        sheet.append(ROW)
        sheet["E2"] = "#N/A"
        sheet["E2"].data_type = "e"

    assert read(made(tmp_path, fill)).records[0].values["phone"] == ""
