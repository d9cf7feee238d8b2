"""Sheets are read with provenance, bad lines are refused by place, and no test text repeats a training text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.corpus.descriptions import read_descriptions
from models.corpus.overlap import duplicate_groups, leaks
from models.corpus.reader import BadSheet, Row, read_sheets
from models.text import tokens
from models.train import training_rows

GOOD = "ENERGY | oneline | hard | up | town | 25,8 | URBAN_DEV | जिलाधिकारी | लाइट खराब है\\nवार्ड 3"


def sheet(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_line_becomes_a_row(tmp_path: Path) -> None:
    (row,) = read_sheets(sheet(tmp_path, "t2-7.txt", "", GOOD))
    assert (row.id, row.hand, row.is_test) == ("t2-7:2", "t2", True)
    assert (row.department, row.rules, row.secondary) == ("ENERGY", (25, 8), ("URBAN_DEV",))
    assert (row.addressed_to, row.text) == ("जिलाधिकारी", "लाइट खराब है\nवार्ड 3")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (GOOD.replace("oneline", "haiku"), "style"),
        (GOOD.replace("hard", "harder"), "difficulty"),
        (GOOD.replace("| up |", "| bihar |"), "state"),
        (GOOD.replace("town", "city"), "area"),
        (GOOD.replace("25,8", "x"), "rule"),
        (GOOD.replace("ENERGY", "ELEC"), "department"),
        (GOOD.replace("URBAN_DEV", "ELEC"), "secondary"),
        ("ENERGY | oneline", "2 fields"),
    ],
)
def test_a_bad_line_is_refused_by_place(tmp_path: Path, line: str, field: str) -> None:
    with pytest.raises(BadSheet, match=f"h1-1:2: .*{field}"):
        read_sheets(sheet(tmp_path, "h1-1.txt", GOOD, line), departments=frozenset({"ENERGY", "URBAN_DEV"}))


@pytest.mark.parametrize("name", ["notes.txt", "x1-1.txt", "h1-a.txt", "h-1.txt"])
def test_a_sheet_of_no_hand_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSheet, match=name):
        read_sheets(sheet(tmp_path, name, GOOD))


def _row(text: str, hand: str) -> Row:
    return Row(
        id=f"{hand}-1:1", hand=hand, department="ENERGY", style="oneline", difficulty="easy", state="up", area="town",
        rules=(), secondary=(), addressed_to=None, text=text,
    )  # fmt: skip


TOLD = "हमारे मोहल्ले का ट्रांसफार्मर पांच दिन से जला है और कोई सुनवाई नहीं हो रही कृपया बदलवा दें"


@pytest.mark.parametrize(
    "retold",
    [TOLD, TOLD.replace("पांच", "पाँच") + "।", TOLD.replace("जला", "फुंका"), "बदलवा दें कृपया " + TOLD[:-14]],
)
def test_a_leak_between_hands_is_found(retold: str) -> None:
    assert leaks([_row(TOLD, "h1"), _row(retold, "t1")]) == [("t1-1:1", "h1-1:1")]
    assert leaks([_row(TOLD, "h1"), _row(retold, "h2")]) == []


def test_two_cases_of_one_kind_are_no_leak() -> None:
    other = "हमारे गांव का ट्रांसफार्मर दो महीने में तीन बार जला लाइनमैन हर बार चंदा मांगता है बड़ा लगवाया जाए"
    assert leaks([_row(TOLD, "h1"), _row(other, "t1")]) == []


def test_near_duplicates_share_a_group() -> None:
    groups = duplicate_groups([tokens(TOLD), tokens("राशन नहीं मिला"), tokens(TOLD.replace("जला", "फुंका"))])
    assert groups[0] == groups[2] != groups[1]


def test_no_test_text_repeats_a_training_text() -> None:
    tested = [row for row in read_sheets() if row.is_test]
    assert tested
    assert leaks([*training_rows(), *tested]) == []


def test_hardly_a_training_text_is_lost_to_that() -> None:
    written = [row for row in read_sheets() if not row.is_test]
    assert len(written) - len(training_rows()) < 0.005 * len(written), "short lines may be alike; more would be copying"


def test_the_check_sees_a_planted_leak() -> None:
    rows = read_sheets()
    stolen = next(row for row in rows if not row.is_test and len(row.text) > 80)
    planted = replace(stolen, id="t9-1:1", hand="t9", text=stolen.text + " धन्यवाद")
    assert ("t9-1:1", stolen.id) in leaks([*rows, planted])


def test_descriptions_speak_of_departments_that_the_sheets_know() -> None:
    assert {phrase.department for phrase in read_descriptions()} == {row.department for row in read_sheets()}
