"""Bombs are refused fast and in little memory: each is read in a child process whose time and memory are measured."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from tests.readers.support import ROOT

_PEAK = """
def peak():
    # not ru_maxrss, which a child has from its parent
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
"""

_READ = """
import json, sys, time
from pathlib import Path
from nistaran.readers.limits import Limits
from nistaran.readers.read import read_records
from nistaran.readers.record import Record
from tests.readers.support import aliases

names = aliases()
before = peak()
start = time.process_time()
codes, records = [], 0
for item in read_records(Path(sys.argv[1]), name=sys.argv[2], aliases=names, limits=Limits()):
    if isinstance(item, Record):
        records += 1
    elif hasattr(item, "remedy_hi"):
        codes.append([item.row, item.code])
seconds = time.process_time() - start
grown = peak() - before
print(json.dumps([codes, records, seconds, grown]))
"""

_OPENPYXL_ALONE = """
import json, sys
import openpyxl
before = peak()
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(json.dumps(peak() - before))
"""

HEAD = "सन्दर्भ संख्या,प्राप्ति दिनांक,शिकायत का विवरण\n"


class Outcome(NamedTuple):
    codes: list[list[object]]
    records: int
    seconds: float
    megabytes: float


def child(script: str, *arguments: str) -> object:
    done = subprocess.run(
        [sys.executable, "-c", _PEAK + script, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=100, check=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    return json.loads(done.stdout)


def read_in_child(path: Path) -> Outcome:
    return Outcome(*child(_READ, str(path), path.name))


@pytest.mark.parametrize(
    ("opening", "name"), [("1,12/06/2024,", "a.csv"), ('1,12/06/2024,"', "b.csv"), ('{"text": "', "c.jsonl")]
)
def test_a_field_of_one_gigabyte(tmp_path: Path, opening: str, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(
            (HEAD + "1,12/06/2024,नाली जाम है\n" if name.endswith("csv") else '{"text": "नाली"}\n').encode()
            + opening.encode()
        )
        file.truncate(1_000_000_000)  # sparse: a gigabyte of NULs without a line end
    outcome = read_in_child(path)
    assert outcome.records == 1
    assert outcome.codes == [[3 if name.endswith("csv") else 2, "FIELD_TOO_LONG"]]
    assert outcome.seconds < 2
    assert outcome.megabytes < 100


def test_a_long_quoted_field_of_many_lines_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD + '1,12/06/2024,"')
        for _ in range(100):
            file.write("नाली जाम है\n" * 5_000)
        file.write('"\n')
        file.write("2,12/06/2024,सड़क टूटी है\n")
    outcome = read_in_child(path)
    assert outcome.codes == [[2, "FIELD_TOO_LONG"]]
    assert outcome.records == 1
    assert outcome.megabytes < 100
    assert outcome.seconds < 5


def test_memory_is_flat_over_many_rows(tmp_path: Path) -> None:
    grown = []
    for rows in (10_000, 60_000):
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            file.writelines(f"{40019923000000 + at},12/06/2024,नाली जाम है {at} बार कहा\n" for at in range(rows))
        outcome = read_in_child(path)
        assert outcome.records == rows
        grown.append(outcome.megabytes)
    assert grown[1] < grown[0] + 10


_STRINGS_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def workbook(path: Path, part: str, content: bytes, times: int) -> Path:
    """A sound workbook in which one part is replaced by something long and dull."""
    book = openpyxl.Workbook()
    book.active.append(["शिकायत का विवरण"])
    book.active.append(["नाली जाम है"])
    book.save(path)
    with zipfile.ZipFile(path) as old:
        parts = {info.filename: old.read(info) for info in old.infolist() if info.filename != part}
    strings = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + _STRINGS_TYPE + b'"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", strings)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
        with new.open(part, "w") as stream:
            for _ in range(times):
                stream.write(content)
    return path


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", b" " * 1_000_000, 100)
    outcome = read_in_child(path)
    assert path.stat().st_size < 200_000
    assert outcome.codes == [[None, "ZIP_BOMB"]]
    assert outcome.seconds < 2
    assert outcome.megabytes < 60


def test_a_zip_bomb_that_declares_four_gigabytes(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "xl/big.bin", b"x" * 1_000, 1)
    data = bytearray(path.read_bytes())
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 4_000_000_000)
    path.write_bytes(data)
    assert read_in_child(path).codes == [[None, "ZIP_BOMB"]]


def test_a_zip_bomb_that_declares_too_little_gives_no_more_than_that(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "xl/big.bin", b"x" * 1_000_000, 50)
    data = bytearray(path.read_bytes())
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 1_000)
    path.write_bytes(data)
    outcome = read_in_child(path)
    assert outcome.codes == [[None, "TRUNCATED_XLSX"]]
    assert outcome.megabytes < 60


def test_openpyxl_alone_would_swallow_it(tmp_path: Path) -> None:
    """The broken twin: the same package opened without looking through it first."""
    entry = b"<si><t>" + b"x" * 20_000 + b"</t></si>"
    content = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    path = workbook(tmp_path / "a.xlsx", "xl/sharedStrings.xml", content + entry * 4_000 + b"</sst>", 1)
    outcome = read_in_child(path)
    assert outcome.codes == [[None, "ZIP_BOMB"]]
    alone = child(_OPENPYXL_ALONE, str(path))
    assert isinstance(alone, float)
    assert alone > outcome.megabytes + 50


def test_eighty_thousand_marks_and_nuls_in_a_field_are_only_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "1,12/06/2024,क" + "\u0301" * 80_000 + "\n2,12/06/2024,ना\x00ली\n", encoding="utf-8")
    outcome = read_in_child(path)
    assert (outcome.records, outcome.codes) == (2, [])
    assert outcome.seconds < 1
