"""Every bad file through the command line: refused by name, the good rows beside it taken, at a bounded price, in silence."""

from __future__ import annotations

import pytest

from tests.bad_input.conftest import Fed
from tests.bad_input.door import Door
from tests.bad_input.files import SECRETS
from tests.bad_input.table import ALL, RUNS, BadFile

#: A run takes one to three seconds on one busy core, nearly all of it Python starting; and 130 MB.
SECONDS, MEGABYTES = 15, 260

each_file = pytest.mark.parametrize("bad", ALL, ids=lambda bad: bad.name)
each_run = pytest.mark.parametrize("at", range(len(RUNS)), ids=lambda at: RUNS[at][0].name)


@each_run
def test_the_exit_code_says_whether_a_person_is_needed(fed: Fed, at: int) -> None:
    run, done = fed.runs[at]
    assert done.code == (1 if any(bad.refused for bad in run) else 0), done.err


@each_file
def test_what_is_refused_is_named_by_code_row_and_field(fed: Fed, bad: BadFile) -> None:
    found = [one for one in fed.rejected if one["file"] == bad.name]
    assert [(one["code"], one["row"], one["field"]) for one in found] == list(bad.refused)
    for one in found:
        assert all(one[sentence][language] for sentence in ("reason", "remedy") for language in ("hi", "en"))


@each_file
def test_the_good_rows_are_taken(fed: Fed, bad: BadFile) -> None:
    told = fed.told(bad)
    assert (told["accepted"], told["refused"], told["known"]) == (bad.taken, len(bad.refused), 0)
    if bad.notes:
        assert sorted(note["code"] for note in told["notes"]) == sorted(bad.notes)


@each_run
def test_the_price_is_bounded(fed: Fed, at: int) -> None:
    _, done = fed.runs[at]
    assert done.seconds < SECONDS
    assert done.peak_mb < MEGABYTES


@each_run
def test_nothing_of_a_citizen_is_told_and_no_traceback(fed: Fed, at: int) -> None:
    _, done = fed.runs[at]
    assert done.err == ""
    assert not [secret for secret in SECRETS if secret in done.out]


def test_nothing_is_written_outside_the_home(door: Door, fed: Fed) -> None:
    assert door.litter() == []


def test_the_house_is_whole_afterwards(door: Door, fed: Fed) -> None:
    assert door.run("verify", "--json").json["faults"] == []
    assert len(fed.cases) == sum(bad.taken for bad in ALL)


def test_the_raw_bytes_of_every_file_are_kept(door: Door, fed: Fed) -> None:
    kept = {path.name for path in (door.home / "objects").rglob("*") if path.is_file()}
    assert {fed.told(bad)["sha256"] for bad in ALL} <= kept
