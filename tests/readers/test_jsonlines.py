"""JSON Lines and JSON arrays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nistaran.readers.limits import Limits
from nistaran.readers.record import FIELDS
from tests.readers.support import HINDI, read_bytes

GOOD = {"सन्दर्भ संख्या": 40019923001789, "text": "नाली जाम है", "received_on": "2024-06-12", "mobile": 9415012345.0}


def line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries({"text": st.text(min_size=1, max_size=50), "unknown": st.text(max_size=10)}),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
def test_what_is_written_is_read(
    tmp_path: Path, rows: list[dict[str, str]], hindi: bool, encoding: str, as_array: bool
) -> None:
    keys = HINDI if hindi else {}
    objects = [{keys.get("text", "text"): "बिजली " + row["text"] + " ।", "दशा": row["unknown"]} for row in rows]
    content = json.dumps(objects) if as_array else "".join(json.dumps(o) + "\n" for o in objects)
    result = read_bytes(tmp_path, content.encode(encoding), "a.json" if as_array else "a.jsonl")
    assert result.refusals == []
    assert [r.values["text"] for r in result.records] == ["बिजली " + row["text"] + " ।" for row in rows]
    assert [r.extras.get("दशा", "") for r in result.records] == [row["unknown"].strip() for row in rows]


def test_numbers_keep_their_digits_and_keys_are_headers(tmp_path: Path) -> None:
    (record,) = read_bytes(tmp_path, line(GOOD), "a.jsonl").records
    assert record.row == 1
    assert record.received_on == date(2024, 6, 12)
    expected = {"reference": "40019923001789", "text": "नाली जाम है", "received_on": "2024-06-12", "phone": "9415012345"}
    assert dict(record.values) == {**dict.fromkeys(FIELDS, ""), **expected}


@pytest.mark.parametrize(
    ("bad", "code", "field"),
    [
        ("{", "BAD_JSON", None),
        ("नाली", "BAD_JSON", None),
        ("[1, 2]", "BAD_JSON", None),
        ('{"text": NaN}', "BAD_JSON", None),
        ("[" * 100_000, "BAD_JSON", None),
        ('{"text": ' + "[" * 5_000 + "]" * 5_000 + "}", "BAD_JSON", None),
        ('{"text": {"hi": "नाली"}}', "NESTED_VALUE", "text"),
        ('{"text": "नाली", "phone": ["94"]}', "NESTED_VALUE", "phone"),
        ('{"text": "नाली", "received_on": "31/02/2024"}', "BAD_DATE", "received_on"),
        ('{"text": "' + "क" * 100_001 + '"}', "FIELD_TOO_LONG", "text"),
        ('{"text": "' + "क" * 1_100_000 + '"}', "FIELD_TOO_LONG", None),
        (json.dumps({f"k{n}": n for n in range(300)}), "ROW_TOO_WIDE", None),
    ],
)
def test_a_bad_line_costs_itself_only(tmp_path: Path, bad: str, code: str, field: str | None) -> None:
    result = read_bytes(tmp_path, line(GOOD) + bad + "\n\n" + line(GOOD), "a.jsonl")
    if code == "BAD_JSON" and result.refusals[0].code.value == "NESTED_VALUE":
        code, field = "NESTED_VALUE", "text"  # deep nesting that this Python's json can still read
    assert [(r.row, r.code.value, r.field) for r in result.refusals] == [(2, code, field)]
    assert [r.row for r in result.records] == [1, 4]


def test_values_under_unknown_keys_are_kept(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, line({**GOOD, "दशा": {"a": [1, None]}, "ठीक": True, "x": None}), "a.jsonl")
    assert dict(result.records[0].extras) == {"दशा": '{"a": ["1", null]}', "ठीक": "true"}
    assert result.noted("UNKNOWN_HEADER") == ["दशा", "ठीक", "x"]


def test_rows_with_other_keys_are_read_too(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, line(GOOD) + line({"शिकायत": "क", "समस्या": "ख"}) + line({}), "a.ndjson")
    assert [r.values["text"] for r in result.records] == ["नाली जाम है", "क\nख", ""]


def test_arrays(tmp_path: Path) -> None:
    assert len(read_bytes(tmp_path, json.dumps([GOOD, GOOD]), "a.json").records) == 2
    assert read_bytes(tmp_path, json.dumps([GOOD, 1]), "a.json").codes == ["BAD_JSON"]
    assert read_bytes(tmp_path, json.dumps([GOOD])[:-1], "a.json").codes == ["BAD_JSON"]
    assert read_bytes(tmp_path, "[]", "a.json").codes == ["NO_ROWS"]
    assert read_bytes(tmp_path, json.dumps([GOOD] * 50), "a.json", limits=Limits(max_json_array_bytes=1_000)).codes == [
        "JSON_TOO_LARGE"
    ]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.text(alphabet='{}[]":,\\ud8a0\n', max_size=200).map(str.encode)))
def test_no_bytes_raise(tmp_path: Path, content: bytes) -> None:
    for name in ("a.jsonl", "a.json"):
        read_bytes(tmp_path, content, name)
        read_bytes(tmp_path, b'{"text": "a"}\n' + content, name)
