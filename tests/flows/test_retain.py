"""The night: counts, a backup, once a week its trial; a broken ledger fails the run and leaves the older backups alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from flows.retain import NotSound, retain
from nistaran.bootstrap import standing_house
from nistaran.settings import load
from tests.files import many, write_csv
from tests.taking import take


@pytest.fixture
def filled(home: Path, tmp_path: Path) -> Path:
    take(standing_house(load()), write_csv(tmp_path / "cases.csv", many(8)))
    return home


def sets(home: Path) -> list[str]:
    return [one.name for one in (home / "backups").iterdir() if one.name != "objects"]


def test_a_night_and_a_sunday(filled: Path) -> None:
    night = retain()
    assert (night["events"], night["faults"], night["purged"], night["orphans"]) == (8, 0, 0, 0)
    assert night["in_backup"] == night["copied"] == 2
    sunday = retain(trial=True)
    assert (sunday["faults"], sunday["copied"]) == (0, 0)
    assert len(sets(filled)) == 2
    heard = {one.name for one in _heartbeats()}
    assert {"backup", "restore-test"} <= heard


def test_a_broken_ledger_is_a_failed_run_and_no_backup(filled: Path) -> None:
    retain()
    before = sets(filled)
    with sqlite3.connect(filled / "nistaran.db") as connection:
        connection.execute("UPDATE cases SET due_on = '2030-01-01' WHERE id = 1")
    with pytest.raises(NotSound):
        retain()
    assert sets(filled) == before


def _heartbeats() -> list:
    with standing_house(load()).read() as work:
        return work.heartbeats.all()
