"""What a reader noticed is kept with the file until it is read whole once more, and told to the clerk in both languages."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from nistaran.domain.records import FileNote
from nistaran.domain.wording import NOTE_HI
from nistaran.readers import notes as catalogue
from nistaran.readers.notes import note
from nistaran.steps.house import House
from nistaran.steps.ingest import ingest_file
from nistaran.steps.remarks import count_notes, newest_files, notes_to_keep
from tests.files import many, row, write_csv
from tests.taking import Silent, take


def noticed(house: House) -> list[tuple[str, str]]:
    return [(one.code, one.detail) for one in newest_files(house, limit=1)[0].notes]


def test_the_clerk_finds_the_columns_that_were_not_known(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [{**one, "अधिकारी क्षेत्र": "x"} for one in many(2)]))
    [told] = newest_files(house, limit=5)
    assert (told.file.name, told.file.counts.accepted) == ("a.csv", 2)
    [unknown] = told.notes
    assert (unknown.code, unknown.detail, unknown.file) == ("UNKNOWN_HEADER", "अधिकारी क्षेत्र", "a.csv")
    assert "«अधिकारी क्षेत्र»" in unknown.message_hi
    assert "“अधिकारी क्षेत्र”" in unknown.message_en


def test_once_the_table_is_mended_it_is_no_longer_told(house: House, tmp_path: Path) -> None:
    outcome = take(house, write_csv(tmp_path / "a.csv", [{**row(), "अधिकारी क्षेत्र": "x"}]))
    headers = {**house.pack.headers, "category": [*house.pack.headers["category"], "अधिकारी क्षेत्र"]}
    mended = dataclasses.replace(house, pack=dataclasses.replace(house.pack, headers=headers))
    assert noticed(house) == [("UNKNOWN_HEADER", "अधिकारी क्षेत्र")]
    ingest_file(mended, outcome.sha256, Silent(), again=True)
    assert noticed(house) == []


def test_nothing_of_a_person_nor_what_cannot_be_written_is_kept(house: House, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "नाली जाम है", "मो 9876512345\\ud800\\u0000": "x"}\n', encoding="utf-8")
    take(house, path)
    [(_, header)] = noticed(house)
    assert header == "मो XXXXXXXX45"
    assert b"9876512345" not in (house.spool.parent / "nistaran.db-wal").read_bytes()


def test_a_flood_of_notes_is_counted_not_kept() -> None:
    many_notes = [note("TOTAL_LINE", file="a", detail=str(n)) for n in range(1000)]
    kept = notes_to_keep(many_notes)
    assert len(kept) == 201
    assert kept[199:] == (FileNote(code="TOTAL_LINE", detail="199"), FileNote(code="MORE_NOTES", detail="800"))
    assert notes_to_keep(many_notes[:200]) == kept[:200]
    assert count_notes(many_notes) == {"TOTAL_LINE": 1000}


def test_every_note_has_a_name_for_the_artifact() -> None:
    assert set(NOTE_HI) == set(catalogue._SENTENCES)
