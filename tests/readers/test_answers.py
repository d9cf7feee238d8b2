"""Files of answers: whatever Excel and people make of them, each row comes out or is refused, and nothing raises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from nistaran.bootstrap import packs_folder
from nistaran.domain.refusals import Refusal
from nistaran.readers.answers import AnswerRow, read_answers
from routing.pack import load_pack

HEADINGS = load_pack(packs_folder() / "up").answer_headers


def read(path: Path, *needed: str) -> list[AnswerRow | Refusal]:
    return list(read_answers(path, headings=HEADINGS, needed=needed or ("case", "department")))


def values(found: list[AnswerRow | Refusal]) -> list[tuple[int, str, str]]:
    assert all(isinstance(one, AnswerRow) for one in found), found
    return [(one.row, one.values["case"], one.values["department"]) for one in found if isinstance(one, AnswerRow)]


TABLE = "प्रकरण{0}विभाग\nSDR-2026-0000001{0}POLICE\n\n2{0}\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_as_offices_save_them(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE.format(separator), encoding=encoding)
    assert values(read(path)) == [(2, "SDR-2026-0000001", "POLICE"), (4, "2", "")]


def test_title_lines_stand_above_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("जनपद सिद्धार्थनगर\nदिनांक 22.11.2026\nCase No.,Department,टिप्पणी\n7,HEALTH,x\n", encoding="utf-8")
    assert values(read(path)) == [(4, "7", "HEALTH")]


def test_the_clerks_own_column_goes_before_the_machines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("विभाग,प्रकरण संख्या,सही विभाग,कारण\nENERGY,7,POLICE,PAIR_RULE\n", encoding="utf-8")
    (row,) = read(path)
    assert isinstance(row, AnswerRow)
    assert row.values == {"case": "7", "department": "POLICE", "reason": "PAIR_RULE"}


def test_a_workbook_is_read_from_the_first_sheet_that_has_the_columns(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["कैसे भरें", "सूची से विभाग चुनें"])  # type: ignore[union-attr]
    sheet = book.create_sheet("उत्तर")
    for line in (["प्रकरण", "विभाग"], [42, "POLICE"], [None, None], ["SDR-2026-0000007", "NONE"]):
        sheet.append(line)
    book.save(tmp_path / "a.xlsx")
    assert values(read(tmp_path / "a.xlsx")) == [(2, "42", "POLICE"), (4, "SDR-2026-0000007", "NONE")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"a,b\n1,2\n", "NO_HEADER"),
        ("प्रकरण\n7\n".encode(), "NO_HEADER"),
        (b"<html><table>", "HTML_TABLE"),
        (b"PK\x03\x04broken", "TRUNCATED_XLSX"),
        (b"%PDF-1.4", "UNSUPPORTED_FILE"),
        (b'{"case": 1}', "UNSUPPORTED_FILE"),
    ],
)
def test_what_is_no_such_file_is_one_refusal(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    (refused,) = read(tmp_path / "a.csv")
    assert isinstance(refused, Refusal)
    assert (refused.code.value, refused.row) == (code, None)


def test_nothing_unseen_comes_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("प्रकरण,विभाग\n7\x07,PO\u200dLICE\u00a0x\n8,\x1b[31m".encode() + b"\xff\xfe\n")
    for row in read(path):
        assert isinstance(row, AnswerRow)
        assert all(value.isprintable() for value in row.values.values())
    assert values(read(path))[0] == (2, "7", "POLICE x")


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(lambda text: ("प्रकरण,विभाग\n" + text).encode("utf-8", "replace"))
)
def test_no_bytes_make_it_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    for one in read(path):
        assert isinstance(one, AnswerRow | Refusal)
