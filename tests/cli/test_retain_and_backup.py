"""The verbs of keeping the house in order, through the door: what they say, and exit codes that say whether a person is needed."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files import many, write_csv

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def fed(run: Run, tmp_path: Path) -> Run:
    assert run("ingest", str(write_csv(tmp_path / "a.csv", many(3))))[0] == 0
    return run


def test_retain_says_that_nothing_is_over(fed: Run) -> None:
    code, out, _ = fed("retain")
    assert code == 0
    assert "nothing's time is over today" in out
    assert json.loads(fed("retain", "--json")[1]) == {"went": {}, "kept": {}, "orphans": []}


def test_retain_lists_what_no_row_names(fed: Run) -> None:
    lost = Path(os.environ["NISTARAN_HOME"], "objects", "attachments", "ab", "ab" * 32)
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"nobody names me")
    os.utime(lost, (1_700_000_000, 1_700_000_000))
    code, out, _ = fed("retain")
    assert code == 1
    assert f"attachments/ab/{'ab' * 32}" in out


def test_backup_trial_and_restore(fed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = fed("backup", "--to", str(tmp_path / "other disk"), "--json")
    made = json.loads(out)
    assert (code, made["cases"], made["events"], made["objects"]) == (0, 3, 3, 2)
    code, out, _ = fed("restore-test", made["folder"])
    assert code == 0
    assert "परीक्षण सफल" in out
    key = Path(os.environ["NISTARAN_HOME"]) / "house.key"
    code, out, _ = fed("restore", made["folder"], "--home", str(tmp_path / "new"), "--key", str(key))
    assert code == 0
    assert "the ledger and all counts hold" in out
    monkeypatch.setenv("NISTARAN_HOME", str(tmp_path / "new"))
    assert fed("verify")[0] == 0


def test_a_backup_that_cannot_be_relied_on_is_exit_1_and_none_is_3(fed: Run) -> None:
    code, _, err = fed("restore-test")
    assert code == 3
    assert "there is no backup" in err
    made = json.loads(fed("backup", "--json")[1])
    (Path(made["folder"]) / "house.db").write_bytes(b"")
    code, out, _ = fed("restore-test", "--json")
    assert code == 1
    assert json.loads(out)["faults"] == ["database: the file is not what was backed up"]
    assert "भरोसा न करें" in fed("restore-test")[1]


def test_the_key_and_the_backup_do_not_lie_together(fed: Run) -> None:
    code, _, err = fed("backup", "--to", os.environ["NISTARAN_HOME"])
    assert code == 3
    assert "stolen together" in err


def test_doctor_exits_1_and_names_what_is_silent(fed: Run) -> None:
    assert "flows on schedule" in fed("doctor")[1]
    with sqlite3.connect(Path(os.environ["NISTARAN_HOME"], "nistaran.db")) as house:
        house.execute("UPDATE heartbeats SET since = '2026-01-01T00:00:00.000000+00:00'")
        ended = "UPDATE heartbeats SET at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000+00:00' WHERE name <> 'ingest/inbox'"
        house.execute(ended)
    code, out, _ = fed("doctor", "--json")
    bad = [one["subject"] for one in json.loads(out)["findings"] if one["state"] == "bad" and "flow" in one["subject"]]
    assert (code, bad) == (1, ["flow ingest/inbox"])
