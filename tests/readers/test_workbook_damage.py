"""Workbooks that portals bend and that break on the way: wrong dimensions, shared strings, truncation, nonsense, entities."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from nistaran.readers.limits import Limits
from tests.readers.support import read, read_bytes
from tests.readers.workbooks import HEAD, ROW, SHEET, made_of, read_rows, rewritten


def test_a_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    path = made_of(tmp_path, HEAD, ROW)
    rewritten(path, SHEET, lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml))
    assert [r.values["text"] for r in read(path).records] == ["नाली जाम है"]


def test_shared_strings_and_escaped_characters(tmp_path: Path) -> None:
    """As Excel writes them; openpyxl writes its strings inline."""
    path = made_of(tmp_path, ["शिकायत का विवरण", "मोबाइल"], ["X", 94])
    rewritten(path, SHEET, lambda xml: re.sub(r't="inlineStr"><is><t>X</t></is>', 't="s"><v>0</v>', xml))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    rewritten(path, "[Content_Types].xml", lambda xml: xml.replace("</Types>", override))
    with zipfile.ZipFile(path, "a") as package:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        package.writestr(
            "xl/sharedStrings.xml", f'<sst xmlns="{space}"><si><r><t>नाली </t></r><r><t>जाम_x0007_ है</t></r></si></sst>'
        )
    assert [r.values["text"] for r in read(path).records] == ["नाली जाम\x07 है"]


def test_krutidev_in_a_workbook(tmp_path: Path) -> None:
    result = read_rows(tmp_path, HEAD, [1, 1, "12/06/2024", "esjs xkao esa fctyh ugha vk jgh gSA", 94])
    assert result.records[0].values["text"] == "मेरे गांव में बिजली नहीं आ रही है।"
    assert result.records[0].originals["text"] == "esjs xkao esa fctyh ugha vk jgh gSA"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "EMPTY_FILE"),
        ([["राम", "श्याम"], ["क", "ख"]], "NO_HEADER"),
        ([["क्र0सं0", "जनपद", "नाम"], [1, "बस्ती", "राम"]], "NO_TEXT_COLUMN"),
        ([HEAD], "NO_ROWS"),
        ([[*HEAD, *[f"स्तम्भ {n}" for n in range(250)]], ROW], "TOO_MANY_COLUMNS"),
    ],
)
def test_a_workbook_without_use_gives_one_refusal(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    result = read_rows(tmp_path, *rows)
    assert [(r.row, r.code.value) for r in result.refusals] == [(None, code)]
    assert result.records == []


def test_long_cells_cost_their_row_only(tmp_path: Path) -> None:
    path = made_of(tmp_path, HEAD, [*ROW[:3], "क" * 2_000, 94], ROW)
    result = read(path, limits=Limits(max_field_chars=1_000))
    assert [(r.row, r.field, r.code.value) for r in result.refusals] == [(2, "text", "FIELD_TOO_LONG")]
    assert [r.row for r in result.records] == [3]


def sound(folder: Path) -> Path:
    return made_of(folder, HEAD, *[ROW] * 50)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(tmp_path: Path, share: float) -> None:
    whole = sound(tmp_path).read_bytes()
    result = read_bytes(tmp_path, whole[: int(len(whole) * share)], "b.xlsx")
    assert [(r.row, r.code.value) for r in result.refusals] == [(None, "TRUNCATED_XLSX")]
    assert result.records == []


def test_flipped_bytes_never_raise(tmp_path: Path) -> None:
    whole = sound(tmp_path).read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 120)):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        read_bytes(tmp_path, bytes(damaged), "b.xlsx")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, "<sheetData>", "<sheetData><row r='x'><c r='ZZZZZ9'><v>1</v></c></row>"),
        (SHEET, 't="inlineStr"', 't="s" s="999"'),
        (SHEET, "<v>", "<v>9999"),
        (SHEET, "</sheetData>", ""),
        ("xl/workbook.xml", "<sheets>", "<sheets><sheet/>"),
        ("[Content_Types].xml", "spreadsheetml.sheet.main", "nothing"),
        ("xl/styles.xml", "<cellXfs", "<cellXf"),
    ],
)
def test_nonsense_inside_a_whole_package_never_raises(tmp_path: Path, part: str, old: str, new: str) -> None:
    path = rewritten(sound(tmp_path), part, lambda xml: xml.replace(old, new))
    result = read(path)
    assert all(r.code.value in ("DAMAGED_XLSX", "EMPTY_FILE", "NO_HEADER") for r in result.refusals)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_any_xml_is_parsed(tmp_path: Path, encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    path = sound(tmp_path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/evil.xml", bomb.encode(encoding))
    assert read(path).codes == ["UNSAFE_XML"]


def test_other_packages_are_named(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", "<x/>")
    result = read_bytes(tmp_path, out.getvalue(), "a.xlsx")
    assert result.codes == ["UNSUPPORTED_FILE"]
    assert "DOCX" in result.refusals[0].reason_en


def test_too_many_parts_and_the_same_part_twice(tmp_path: Path) -> None:
    path = sound(tmp_path)
    assert read(path, limits=Limits(max_parts=3)).codes == ["ZIP_BOMB"]
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as package:
        package.writestr(SHEET, "<x/>")
    assert read(path).codes == ["ZIP_BOMB"]
