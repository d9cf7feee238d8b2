"""Bombs: what a reader without limits pays for them (the broken twins), and that nistaran does not.

The heavy ones are run by `make hostile`.
"""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from nistaran.domain.cleaning import clean
from tests.bad_input.door import CAP_MB, Door
from tests.bad_input.files import PHONE, endless_field, marks
from tests.files import many, write_csv

_CAPPED = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({CAP_MB} << 20,) * 2)\n"


def seconds_of(work: Callable[[], object], *, times: int = 3) -> float:
    """The shortest of a few runs: what the machine does beside it does not count."""
    found: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return min(found)


def twin(program: str, path: Path) -> subprocess.CompletedProcess[str]:
    """A reader that somebody might write, under the same cap."""
    command = [sys.executable, "-c", _CAPPED + program, str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)


@pytest.mark.promise("P25")
def test_marks_cost_twenty_times_as_much_without_the_cap() -> None:
    text = f"ख{marks()} टूटी है"
    guarded = seconds_of(lambda: clean(text))
    assert guarded < 0.05
    assert seconds_of(lambda: unicodedata.normalize("NFC", text), times=1) > 20 * guarded


@pytest.mark.hostile
@pytest.mark.timeout(600)
def test_a_field_of_a_gigabyte(own_door: Door, tmp_path: Path) -> None:
    path = endless_field(tmp_path / "endless.csv", size=1_000_000_000)
    done = own_door.ingest(path)
    (told,) = done.json["files"]
    assert (done.code, told["accepted"], told["refused"], done.err) == (1, 400, 1, "")
    assert [(one["code"], one["row"]) for one in own_door.rejected()] == [("FIELD_TOO_LONG", 402)]
    assert "REST_NOT_READ" in [note["code"] for note in told["notes"]]
    assert done.peak_mb < 260
    assert done.seconds < 60
    assert own_door.litter() == []
    careless = twin(
        "import csv, sys, pathlib; list(csv.reader(pathlib.Path(sys.argv[1]).read_text().splitlines()))", path
    )
    assert "MemoryError" in careless.stderr


@pytest.mark.hostile
@pytest.mark.timeout(600)
def test_a_bomb_of_a_gigabyte(own_door: Door, tmp_path: Path) -> None:
    from samples.broken import bomb

    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bomb(1200))
    assert path.stat().st_size < 1_500_000
    done = own_door.ingest(path)
    assert (done.code, done.err) == (1, "")
    assert [(one["code"], one["row"]) for one in own_door.rejected()] == [("ZIP_BOMB", None)]
    assert done.peak_mb < 260
    assert done.seconds < 20
    careless = twin("import sys, zipfile; zipfile.ZipFile(sys.argv[1]).read('xl/worksheets/sheet1.xml')", path)
    assert "MemoryError" in careless.stderr


@pytest.mark.hostile
@pytest.mark.timeout(600)
def test_one_phone_on_every_row_costs_no_more_than_phones_of_their_own(own_door: Door, tmp_path: Path) -> None:
    rows = many(1000)
    own = own_door.ingest(write_csv(tmp_path / "own.csv", rows))
    same = [{**row, "phone": PHONE, "reference": f"5{row['reference'][1:]}"} for row in rows]
    shared = own_door.ingest(write_csv(tmp_path / "shared.csv", same))
    assert shared.json["files"][0]["accepted"] == 1000
    assert shared.seconds < 2 * own.seconds + 2
