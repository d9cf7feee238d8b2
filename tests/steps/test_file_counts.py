"""The counts of a file say what it brought in all, however often its reading was broken off (rows = accepted + known + refused)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import openpyxl
import pytest

from nistaran.domain.records import FileCounts, FileState
from nistaran.steps.batch import BatchWriter
from nistaran.steps.house import House
from nistaran.steps.ingest import ingest_file
from nistaran.steps.keep import keep_file
from tests.files import HEADERS, many, row, write_csv
from tests.taking import Silent, take


class Dies(Silent):
    """The process ends after so many batches, each of which is committed."""

    def __init__(self, after: int) -> None:
        self._left = after

    def advance(self, done: int) -> None:
        self._left -= 1
        if not self._left:
            raise KeyboardInterrupt


def read_broken_off(house: House, path: Path, *breaks: tuple[int, int]) -> tuple[FileCounts, int]:
    """The file's counts and the cases that the last reading registered, after readings that die: (batch size, batches done)."""
    kept = keep_file(house, path, name=path.name, source="test")
    for size, after in breaks:
        with pytest.raises(KeyboardInterrupt):
            ingest_file(dataclasses.replace(house, batch=size), kept.sha256, Dies(after))
        with house.read() as work:
            assert work.files.get(kept.sha256).state is FileState.KEPT
    outcome = ingest_file(dataclasses.replace(house, batch=9), kept.sha256, Silent())
    with house.read() as work:
        assert work.files.get(kept.sha256).counts == outcome.counts
    return outcome.counts, outcome.new


@pytest.fixture
def path(house: House, tmp_path: Path) -> Path:
    """46 rows: 30 complaints, 10 of them twice, 2 that another file brought, 3 alike that name nobody, 1 that is refused."""
    other = [row(reference=f"50018726000{n:03d}") for n in range(2)]
    take(house, write_csv(tmp_path / "other.csv", other))
    nameless = [row(reference="", phone="", name="")] * 3
    rows = [*many(30)[:15], *other, *nameless, row(channel="कबूतर", reference="x"), *many(10), *many(30)[15:]]
    return write_csv(tmp_path / "a.csv", rows)


IN_ALL = FileCounts(rows=46, accepted=33, known=12, refused=1)


@pytest.mark.parametrize(
    "breaks",
    [[], [(10, 1)], [(10, 3)], [(7, 2), (13, 2), (5, 7)], [(4, 11)], [(46, 1)]],
    ids=lambda breaks: "-".join(f"{size}x{after}" for size, after in breaks) or "whole",
)
def test_the_counts_are_those_of_the_whole_file(house: House, path: Path, breaks: list[tuple[int, int]]) -> None:
    counts, new = read_broken_off(house, path, *breaks)
    assert counts == IN_ALL
    assert (new == IN_ALL.accepted) is (not breaks)
    with house.read() as work:
        assert sum(work.cases.count_by_status().values()) == IN_ALL.accepted + 2


def test_counting_the_last_reading_alone_is_noticed(house: House, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: what an earlier reading brought counts as known."""
    monkeypatch.setattr(BatchWriter, "_brought_before", lambda *_: set())
    counts, _ = read_broken_off(house, path, (10, 3))
    assert counts.accepted < IN_ALL.accepted


@pytest.mark.parametrize("breaks", [[], [(4, 2), (2, 5)]], ids=["whole", "broken off"])
def test_two_sheets_have_rows_of_one_number(house: House, tmp_path: Path, breaks: list[tuple[int, int]]) -> None:
    """The like complaint in the like row of the second sheet is known, in the first reading and after a crash."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("एक", many(6)), ("दो", [*many(3), *many(9)[6:]])):
        sheet = book.create_sheet(name)
        sheet.append([HEADERS[field] for field in rows[0]])
        for values in rows:
            sheet.append(list(values.values()))
    book.save(tmp_path / "a.xlsx")
    whole = FileCounts(rows=12, accepted=9, known=3)
    assert read_broken_off(house, tmp_path / "a.xlsx", *breaks)[0] == whole
    with house.read() as work:
        sha256 = work.files.page(limit=1)[0].sha256
    again = ingest_file(dataclasses.replace(house, batch=5), sha256, Silent(), again=True)
    assert (again.counts, again.new) == (whole, 0)


def test_a_file_that_is_read_again_says_what_it_brought(house: House, path: Path) -> None:
    read_broken_off(house, path)
    kept = keep_file(house, path, name=path.name, source="test")
    outcome = ingest_file(house, kept.sha256, Silent())
    assert (outcome.already_read, outcome.counts, outcome.new) == (True, IN_ALL, 0)
    outcome = ingest_file(house, kept.sha256, Silent(), again=True)
    assert (outcome.already_read, outcome.counts, outcome.new) == (False, IN_ALL, 0)
