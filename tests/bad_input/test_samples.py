"""The sample inboxes: built again they give the same records, they show what they are meant to show, and they go in."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from nistaran.bootstrap import packs_folder
from nistaran.domain.refusals import Refusal
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.limits import Limits
from nistaran.readers.read import read_records
from nistaran.readers.record import Note, Record
from routing.pack import load_pack
from samples.build import FOLDER, build
from samples.tables import complaints
from tests.bad_input.door import Door

INBOXES = {"inbox": "up", "inbox-jodhpur": "rajasthan"}
TEXTS = sorted((FOLDER / "texts").glob("*.toml"))
FILES = sorted(path for inbox in INBOXES for path in (FOLDER / inbox).iterdir())


def read(path: Path) -> list[Record | Refusal | Note]:
    """Everything that the readers say about a sample."""
    aliases = HeaderAliases(load_pack(packs_folder() / INBOXES[path.parent.name]).headers)
    return list(read_records(path, name=path.name, aliases=aliases, limits=Limits()))


def records(name: str) -> list[Record]:
    return [item for item in read(FOLDER / "inbox" / name) if isinstance(item, Record)]


def test_building_again_gives_the_same_files_and_records(tmp_path: Path) -> None:
    built = build(tmp_path)
    assert {path.relative_to(tmp_path) for path in built} == {path.relative_to(FOLDER) for path in FILES}
    for path in built:
        committed = FOLDER / path.relative_to(tmp_path)
        # a newer zlib or openpyxl may pack the same records into other bytes
        assert path.suffix == ".xlsx" or path.read_bytes() == committed.read_bytes()
        assert read(path) == read(committed)


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < 400_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_header_but_those_left_open_on_purpose_is_known(path: Path) -> None:
    unknown = {note.detail for note in read(path) if isinstance(note, Note) and note.code == "UNKNOWN_HEADER"}
    assert unknown <= {"अनुस्मारकों की संख्या", "vle_id", "संतुष्टि स्तर"}


def test_the_register_of_the_tehsil_reads_as_it_was_meant() -> None:
    meant = complaints(FOLDER / "texts" / "samadhan_divas.toml")
    found = records("samadhan_divas_bansi_07-11-2026.csv")
    assert [one.values["text"] for one in found] == [one["text"] for one in meant]
    assert [one.values["village"] for one in found] == [one["village"] for one in meant]
    assert not [one for one in found if re.search("[\u0900-\u097f]", one.originals["text"])]
    # a name of one short word can be taken for a code: at most one of twelve stays in the old font
    assert sum(one.values["name"] == two["name"] for one, two in zip(found, meant, strict=True)) >= 11


def test_the_workbook_reads_as_it_was_meant() -> None:
    meant = [one for one in complaints(FOLDER / "texts" / "cm_helpline_1076.toml") if not one.get("wrong")]
    found = records("cm_helpline_1076_16-11-2026.xlsx")
    for field in ("reference", "phone", "tehsil", "village", "text"):
        assert [one.values[field] for one in found] == [one.get(field, "") for one in meant]
    assert {one.received_on for one in found} == {date(2026, 11, day) for day in range(9, 16)}


def test_people_phones_and_days_are_invented_and_in_season() -> None:
    for path in TEXTS:
        for one in complaints(path):
            assert re.fullmatch(r"9000000\d{3}|90XXXXXX\d\d|", one.get("phone", ""))
    days = [item.received_on for path in FILES for item in read(path) if isinstance(item, Record)]
    in_season = [day for day in days if day is not None and date(2026, 10, 1) <= day <= date(2026, 11, 20)]
    assert len(days) - len(in_season) == 1, "only the row with the future date"


def test_they_are_about_many_departments() -> None:
    pack = load_pack(packs_folder() / "up")
    meant = Counter(one["meant"] for path in TEXTS for one in complaints(path))
    assert meant.keys() <= pack.departments.keys()
    assert len(meant) >= 36
    assert max(meant.values()) < 0.12 * meant.total()


def test_no_complaint_is_told_twice_but_those_meant_to_be() -> None:
    texts = Counter(one["text"] for path in TEXTS for one in complaints(path) if one["text"])
    assert [count for count in texts.values() if count > 1] == [2]


def test_the_whole_inbox_goes_in(own_door: Door) -> None:
    done = own_door.ingest(*sorted((FOLDER / "inbox").iterdir()))
    told = {one["file"]: (one["accepted"], one["known"], one["refused"]) for one in done.json["files"]}
    assert told == {
        "igrs_online_16-11-2026.csv": (35, 1, 0),
        "cm_helpline_1076_16-11-2026.xlsx": (30, 0, 1),
        "samadhan_divas_bansi_07-11-2026.csv": (12, 0, 0),
        "csc_16-11-2026.jsonl": (20, 0, 0),
        "pg_portal_13-11-2026.csv": (10, 0, 0),
        "dm_janta_darshan_13-11-2026.csv": (10, 0, 4),
        "purana_software.csv": (2, 0, 0),
        "whatsapp_se_prapt.jsonl": (3, 0, 1),
        **dict.fromkeys(
            ("खाली.csv", "aakhya_scan.csv", "cm_helpline_adhoora_download.xlsx", "igrs_lambit_suchi.xlsx",
             "sankalit_suchna_2026.xlsx"), (0, 0, 1)),
    }  # fmt: skip
    assert (done.code, done.err) == (1, "")
    cases = own_door.cases()
    by_reference = {case.reference: case for case in cases}
    linked = {
        reference: {(link.kind.value, link.other) for link in own_door.links(by_reference[reference])}
        for reference in ("40018426011417", "40018426011425", "40018426011432")
    }
    assert linked == {
        "40018426011417": {("MENTIONED", by_reference["40018426011209"].number)},
        "40018426011425": {("MENTIONED", "GOVUP/E/2026/0052417")},
        "40018426011432": {("SAME_PERSON_NEAR_TEXT", by_reference["40018426011187"].number)},
    }
    assert {case.lane for case in cases} == {"cm-cell", "vip-cell", "cm-helpline", "ordinary"}


def test_the_inbox_of_jodhpur_goes_in(tmp_path: Path) -> None:
    own_door = Door(tmp_path / "house", NISTARAN_PACK="rajasthan", NISTARAN_DISTRICT="jodhpur")
    files = sorted((FOLDER / "inbox-jodhpur").iterdir())
    done = own_door.run("ingest", *map(str, files), "--json")
    told = {one["file"]: (one["accepted"], one["known"], one["refused"]) for one in done.json["files"]}
    assert told == {
        "helpline_181_16-11-2026.xlsx": (8, 0, 0),
        "jansunwai_bawdi_12-11-2026.jsonl": (6, 0, 3),
        "sampark_16-11-2026.csv": (13, 0, 0),
    }
    by_reference = {case.reference: case for case in own_door.cases()}
    links = {(link.kind.value, link.other) for link in own_door.links(by_reference["1126127000213"])}
    assert links == {("MENTIONED", by_reference["1126127000117"].number), ("MENTIONED", "0926127000318")}
