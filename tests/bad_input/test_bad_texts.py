"""Texts that are taken although something is wrong with them: what stands in the case, what is linked, who decides."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from nistaran.domain.cleaning import MAX_MARKS
from nistaran.domain.complaint import Case, LinkKind
from tests.bad_input.conftest import Fed
from tests.bad_input.door import Door
from tests.bad_input.files import GOOD, around, csv_of, lines
from tests.files import HEADERS

Cases = dict[str, Case]


@pytest.fixture
def cases(fed: Fed) -> Cases:
    """The cases of all files that have references."""
    return {case.reference: case for case in fed.cases if case.reference}


def test_a_formula_in_a_csv_is_text_and_goes_out_as_text(door: Door, cases: Cases, tmp_path: Path) -> None:
    assert cases["00000000001301"].text.startswith("=HYPERLINK")
    target = tmp_path / "cases.csv"
    door.run("export", str(target))
    assert "'=HYPERLINK" in target.read_text(encoding="utf-8-sig")


def test_no_nul_reaches_a_case(fed: Fed, cases: Cases) -> None:
    assert not [case for case in fed.cases if "\0" in case.text]
    assert cases["00000000001311"].text == GOOD


@pytest.mark.parametrize("reference", ["00000000001321", "1332"])
def test_a_heap_of_marks_is_cut_and_the_words_stay(cases: Cases, reference: str) -> None:
    text = cases[reference].text
    assert "ट्रांसफार्मर" in text
    assert sum(unicodedata.category(letter) == "Mn" and letter < "\u0900" for letter in text) <= MAX_MARKS


def test_a_number_in_devanagari_digits_is_linked_to_the_earlier_case(door: Door, cases: Cases) -> None:
    links = door.links(cases["00000000001341"])
    found = [(link.kind, link.other) for link in links if link.kind is LinkKind.MENTIONED]
    assert found == [(LinkKind.MENTIONED, cases["40018426001340"].number)]


def test_only_the_text_out_of_a_pdf_counts_as_damaged(fed: Fed) -> None:
    assert [case.reference for case in fed.cases if case.damaged] == ["00000000001351"]


def test_the_text_out_of_a_pdf_goes_to_a_person(door: Door, cases: Cases) -> None:
    assert door.run("route", "--json").code == 0
    story = door.run("show", cases["00000000001351"].number, "--json").json
    assert [(decision["outcome"], decision["reason"]) for decision in story["decisions"]] == [("ask", "DAMAGED_TEXT")]


def test_where_columns_are_missing_the_pack_fills_in(fed: Fed) -> None:
    found = [case for case in fed.cases if not case.reference]
    assert [case.channel for case in found] == ["ONLINE", "ONLINE"]
    assert all(case.received_on for case in found)


def test_two_columns_of_text_are_one_text(cases: Cases) -> None:
    assert cases["1360"].text == f"{GOOD}\nदूसरा भाग"


@pytest.mark.parametrize(
    ("wrong", "right", "values"),
    [
        ("कबूतर डाक", "डीएम", {"channel": "कबूतर डाक"}),
        ("31/02/2026", "28/02/2026", {"received_on": "31/02/2026"}),
    ],
    ids=["refused by the step", "refused by the reader"],
)
def test_a_row_is_mended_and_fed_back(
    own_door: Door, tmp_path: Path, wrong: str, right: str, values: dict[str, str]
) -> None:
    own_door.ingest(csv_of(around(1400, **values))(tmp_path / "to-mend.csv"))
    target = tmp_path / "mend.csv"
    own_door.run("rejected", "--export", str(target))
    exported = target.read_text(encoding="utf-8-sig")
    assert wrong in exported
    target.write_text(exported.replace(wrong, right), encoding="utf-8-sig")
    (told,) = own_door.ingest(target).json["files"]
    assert (told["accepted"], told["refused"]) == (1, 0)
    assert own_door.rejected() == []


def test_a_file_given_its_right_name_is_read(own_door: Door, tmp_path: Path) -> None:
    make = lines((HEADERS["text"],), GOOD)
    assert own_door.ingest(make(tmp_path / "list.xlsx")).code == 1
    (told,) = own_door.ingest(make(tmp_path / "list.csv")).json["files"]
    assert told["accepted"] == 1


def test_a_row_fed_back_unmended_is_listed_once(own_door: Door, tmp_path: Path) -> None:
    own_door.ingest(csv_of(around(1420, text=""))(tmp_path / "to-mend.csv"))
    target = tmp_path / "mend.csv"
    own_door.run("rejected", "--export", str(target))
    own_door.ingest(target)
    assert len(own_door.rejected()) == 1


def test_a_file_with_an_endless_name_does_not_stop_the_inbox(own_door: Door) -> None:
    inbox = own_door.home / "inbox"
    (inbox / f"a.{'x' * 250}").write_text("x\n", encoding="utf-8")
    csv_of(around(1430))(inbox / "b.csv")
    own_door.run("ingest", "--json")
    assert len(own_door.cases()) == 3
