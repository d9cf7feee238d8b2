"""CSV, TSV and TXT: encodings, separators, quotes, titles, totals, and rows that cannot be taken."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nistaran.readers.limits import Limits
from nistaran.readers.record import FIELDS
from tests.readers.support import HINDI, read_bytes

HEAD = "सन्दर्भ संख्या,प्राप्ति दिनांक,शिकायत का विवरण,आवेदक का नाम\n"
ROW = "40019923001789,12/06/2024,नाली जाम है,राम\n"

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with BOM")


def encoded(text: str, encoding: str) -> bytes:
    return ("\ufeff" + text).encode("utf-16-be") if encoding.endswith("BOM") else text.encode(encoding)


_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("कखगनमरलसहािीुेैोंँ़्।०१ ,;\t|\"'\n-/."), st.characters(codec="utf-8", categories=("L", "N", "P"))
    ),
    max_size=60,
).map(lambda t: " ".join(("बिजली", t.strip(), "नहीं")))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(_TEXT, min_size=1, max_size=6),
    order=st.permutations(["reference", "received_on", "text", "name", "phone", "village", "unknown"]),
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(ENCODINGS),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    titles=st.integers(0, 3),
)
def test_what_is_written_is_read(
    tmp_path: Path, texts: list[str], order: list[str], separator: str, encoding: str, line_end: str, titles: int
) -> None:
    rows = [
        {"reference": str(40019923000000 + at), "received_on": "12/06/2024", "text": text, "name": f"राम {at}",
         "phone": str(9415000000 + at), "village": "बड़हरा", "unknown": f"मान {at}"}
        for at, text in enumerate(texts if line_end != "\r" else [text.replace("\n", " ") for text in texts])
    ]  # fmt: skip
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end)
    for _ in range(titles):
        writer.writerow(["आईजीआरएस लम्बित सूची"])
    writer.writerow([{**HINDI, "unknown": "आख्या की दशा"}[field] for field in order])
    writer.writerows([row[field] for field in order] for row in rows)
    result = read_bytes(tmp_path, encoded(out.getvalue(), encoding))
    assert result.refusals == []
    assert result.noted("UNKNOWN_HEADER") == ["आख्या की दशा"]
    assert len(result.records) == len(rows)
    for at, (record, row) in enumerate(zip(result.records, rows, strict=True)):
        assert record.row == titles + 2 + at
        assert dict(record.extras) == {"आख्या की दशा": row.pop("unknown")}
        assert dict(record.values) == {**dict.fromkeys(FIELDS, ""), **row}
        assert record.received_on == date(2024, 6, 12)
        assert record.originals == {}


def test_a_break_of_another_kind_inside_a_field_is_a_space(tmp_path: Path) -> None:
    for end in ("\n", "\r\n"):
        result = read_bytes(tmp_path, (HEAD + ROW.replace("नाली ", "नाली\r") + ROW).replace("\n", end))
        assert [r.values["text"] for r in result.records] == ["नाली जाम है"] * 2


def test_windows_1252(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, "Complaint No,Complaint Details\n1,“Café” road – broken\n".encode("cp1252"))
    assert result.records[0].values["text"] == "“Café” road – broken"
    assert result.noted("ENCODING") == ["cp1252"]


def test_a_broken_letter_costs_its_row_only(tmp_path: Path) -> None:
    broken = HEAD.encode() + ROW.encode() + ROW.encode().replace("है".encode(), b"\xe0\xa4") + ROW.encode()
    result = read_bytes(tmp_path, broken)
    assert [r.row for r in result.records] == [2, 4]
    assert [(r.row, r.code.value) for r in result.refusals] == [(3, "NOT_DECODABLE")]


@pytest.mark.parametrize("lost", ["???? ?? ???? ???", "à¤¬à¤¿à¤œà¤²à¥€ à¤¨à¤¹à¥€à¤‚"])
def test_hindi_that_was_lost_earlier_is_refused(tmp_path: Path, lost: str) -> None:
    result = read_bytes(tmp_path, HEAD + ROW.replace("नाली जाम है", lost))
    assert [(r.row, r.field, r.code.value) for r in result.refusals] == [(2, "text", "NOT_DECODABLE")]


def test_quotes_and_line_breaks_in_fields(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, HEAD + '1,12/06/2024,"नाली, ""पुरानी""\nजाम\n\nहै", "राम"\n' + ROW)
    assert [r.values["text"] for r in result.records] == ['नाली, "पुरानी"\nजाम\n\nहै', "नाली जाम है"]
    assert result.records[0].values["name"] == "राम"
    assert [r.row for r in result.records] == [2, 3]


def test_an_unclosed_quote_costs_its_row_only(tmp_path: Path) -> None:
    bad = ROW.replace("नाली", '"नाली')
    result = read_bytes(tmp_path, HEAD + ROW + bad + ROW + ROW.replace("नाली जाम है", '"सड़क, टूटी"') + ROW)
    assert [(r.row, r.code.value) for r in result.refusals] == [(3, "UNCLOSED_QUOTE")]
    assert [r.row for r in result.records] == [2, 4, 5, 6]
    assert [r.values["text"] for r in result.records] == ["नाली जाम है", "नाली जाम है", "सड़क, टूटी", "नाली जाम है"]


def test_without_the_check_two_complaints_become_one() -> None:
    """The broken twin: what csv alone makes of an unclosed quote."""
    bad = ROW.replace("नाली", '"नाली')
    rows = list(csv.reader(io.StringIO(HEAD + bad + ROW.replace("नाली", '"नाली') + ROW)))
    assert len(rows) < 4


def test_blank_lines_titles_totals_and_repeated_headers(tmp_path: Path) -> None:
    text = f"जनपद सिद्धार्थनगर,,,\n\n{HEAD}{ROW}\n,,,\n{HEAD}{ROW}कुल योग,2,,\n"
    result = read_bytes(tmp_path, text)
    assert [r.row for r in result.records] == [4, 8]
    assert result.refusals == []
    assert result.noted("TOTAL_LINE") == ["9"]


def test_short_rows_are_filled_and_wide_rows_refused(tmp_path: Path) -> None:
    result = read_bytes(
        tmp_path, HEAD + "1,12/06/2024,नाली\n" + "2,12/06/2024,नाली, जाम, है, राम\n" + ROW.strip() + ",,,\n"
    )
    assert [r.row for r in result.records] == [2, 4]
    assert result.records[0].values["name"] == ""
    assert [(r.row, r.code.value) for r in result.refusals] == [(3, "ROW_TOO_WIDE")]


def test_several_columns_for_one_field(tmp_path: Path) -> None:
    text = "शिकायत का विवरण,समस्या,मोबाइल,फोन,स्थिति,स्थिति,\nनाली,जाम है,,05544,क,ख,ग\nनाली,नाली,94,05544,,,\n"
    result = read_bytes(tmp_path, text)
    assert [r.values["text"] for r in result.records] == ["नाली\nजाम है", "नाली"]
    assert [r.values["phone"] for r in result.records] == ["05544", "94"]
    assert dict(result.records[0].extras) == {"स्थिति": "क", "स्थिति (2)": "ख", "column 7": "ग"}
    assert dict(result.records[1].extras) == {"फोन": "05544"}
    assert sorted(result.noted("COLUMNS_JOINED")) == ["phone", "text"]


@pytest.mark.parametrize("bad", ["31/02/2024", "कल", "12/2024"])
def test_an_impossible_date_costs_its_row_only(tmp_path: Path, bad: str) -> None:
    result = read_bytes(tmp_path, HEAD + ROW.replace("12/06/2024", bad) + ROW)
    assert [(r.row, r.field, r.code.value) for r in result.refusals] == [(2, "received_on", "BAD_DATE")]
    assert [r.row for r in result.records] == [3]


def test_numbers_damaged_by_excel(tmp_path: Path) -> None:
    text = "सन्दर्भ संख्या,मोबाइल,शिकायत\n4.00199E+13,9415012345,क\n4.0019923001789E+13,9.41501E+09,ख\n४००१९९२३००१७८९,९४१५०१२३४५,ग\n"
    result = read_bytes(tmp_path, text)
    assert [(r.row, r.field, r.code.value) for r in result.refusals] == [(2, "reference", "NUMBER_DAMAGED")]
    first, second = result.records
    assert first.values["reference"] == second.values["reference"] == "40019923001789"
    assert (first.values["phone"], first.originals["phone"]) == ("", "9.41501E+09")
    assert second.values["phone"] == "9415012345"
    assert result.noted("PHONE_DAMAGED") == ["3"]


def test_nuls_and_marks_reach_the_text_guard(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, HEAD + ROW.replace("जाम", "जा\x00म") + ROW.replace("जाम", "क" + "\u0301" * 80_000))
    assert [r.row for r in result.records] == [2, 3]
    assert len(result.records[1].values["text"]) > 80_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("राम,श्याम\nमोहन,सोहन\n", "NO_HEADER"),
        ("क्र0सं0,आवेदक का नाम,जनपद\n1,राम,बस्ती\n", "NO_TEXT_COLUMN"),
        (HEAD, "NO_ROWS"),
        (HEAD + "\n,,,\n", "NO_ROWS"),
        (HEAD.strip() + "".join(f",स्तम्भ {n}" for n in range(300)) + "\n" + ROW, "TOO_MANY_COLUMNS"),
    ],
)
def test_a_file_without_use_gives_one_refusal(tmp_path: Path, text: str, code: str) -> None:
    result = read_bytes(tmp_path, text)
    assert [(r.row, r.code.value) for r in result.refusals] == [(None, code)]
    assert result.records == []


def test_a_single_column_file_is_a_table(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, "शिकायत का विवरण\nनाली जाम है\nबिजली नहीं है\n", "a.txt")
    assert [r.values["text"] for r in result.records] == ["नाली जाम है", "बिजली नहीं है"]


def test_long_fields_and_long_lines_cost_their_row_only(tmp_path: Path) -> None:
    limits = Limits(max_field_chars=1_000, max_row_chars=5_000)
    for long in ("क" * 1_001, '"' + "क\n" * 900 + '"', "क" * 6_000, "क" * 600_000):
        result = read_bytes(tmp_path, HEAD + ROW + ROW.replace("नाली जाम है", long) + ROW, limits=limits)
        assert [r.row for r in result.records] == [2, 4], len(long)
        assert [(r.row, r.code.value) for r in result.refusals] == [(3, "FIELD_TOO_LONG")]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.binary(max_size=400), st.text(alphabet='"\n\r,;\t\x00कa=', max_size=300).map(str.encode)),
    st.booleans(),
)
def test_no_bytes_raise(tmp_path: Path, content: bytes, with_header: bool) -> None:
    read_bytes(tmp_path, HEAD.encode() + content if with_header else content)


@pytest.mark.parametrize("newline_rows", [3, 400])
def test_many_unclosed_quotes_end_in_time(tmp_path: Path, newline_rows: int) -> None:
    """Each of these lines opens a quote that the next line does not close: begun again at each, it would never end."""
    result = read_bytes(tmp_path, HEAD + '1,x","b\n' * newline_rows + ROW)
    assert result.refusals
