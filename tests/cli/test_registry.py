"""`nistaran registry …` through the door: tables for people, objects for programs, exit codes, acts tied to logins."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nistaran.bootstrap import project_root
from tests.files import many, write_csv

Run = Callable[..., tuple[int, str, str]]
SAMPLES = project_root() / "samples" / "registry"


@pytest.fixture
def entered(run: Run) -> Run:
    """The sample officers are in the registry."""
    code, out, err = run("registry", "import", str(SAMPLES / "officers.csv"))
    assert code == 1  # two rows were refused
    assert "entered: 11" in out
    assert "officers.csv, पंक्ति / row 13, mobile" in err
    return run


@pytest.mark.demand("S3-3")
def test_officers_are_shown_with_their_history(entered: Run) -> None:
    code, out, _ = entered("registry", "show", "--office", "sdr-sdm-bansi")
    assert code == 0
    assert "अनुराधा मिश्रा" in out
    assert "ओमप्रकाश सिंह" in out
    told = json.loads(entered("registry", "show", "--json")[1])
    assert [one["login"] for one in told["offices"]["SDR-CELL"]] == ["up.sdr-cell", "up.sdr-cell-2"]
    assert entered("registry", "show", "--office", "SDR-NOWHERE")[0] == 3


@pytest.mark.demand("S3-3")
def test_the_list_for_the_nic_is_written_once(entered: Run, tmp_path: Path) -> None:
    path = tmp_path / "nic.xlsx"
    code, out, _ = entered("registry", "lacking", "--export", str(path))
    assert (code, path.exists()) == (1, True)
    assert "posts written" in out
    assert entered("registry", "lacking", "--export", str(path))[0] == 3
    assert entered("registry", "lacking", "--export", str(tmp_path / "nic.csv"))[0] == 2
    first = json.loads(entered("registry", "lacking", "--json")[1])["lacking"][0]
    assert (first["office"], first["lacks"]) == ("SDR-REVENUE-ITWA", ["login"])
    assert "SDR-REVENUE-ITWA" in entered("registry", "lacking")[1]


@pytest.mark.demand("S3-2")
def test_logins_are_counted_by_office(entered: Run) -> None:
    code, out, err = entered("registry", "logins", str(SAMPLES / "logins.csv"))
    assert (code, "up.purana-id" in out, "row 23, at" in err) == (1, True, True)
    told = json.loads(entered("registry", "compliance", "--days", "400", "--json")[1])
    rows = {row["office"]: row for row in told["rows"]}
    assert told["strangers"] in ([], ["up.purana-id"])  # before the samples' week has come nothing is counted
    if rows:
        assert rows["SDR-DM"]["complies"]
        assert rows["SDR-SDM-BANSI"]["never"] == 2
        assert "twice" in entered("registry", "compliance", "--days", "400")[1]


def test_silence_and_rosters(entered: Run) -> None:
    code, out, _ = entered("registry", "silent")
    assert code == 0
    assert "मौन कार्यालय / silent offices: 0" in out
    assert entered("registry", "rosters", str(SAMPLES / "roster.csv"))[0] == 1
    code, out, _ = entered("registry", "roster", "--day", "16.11.2026")
    assert (code, "रमेश यादव" in out, "सोमवार / MON" in out) == (0, True, True)
    told = json.loads(entered("registry", "roster", "--day", "2026-11-17", "--village", "कनकपुरवा", "--json")[1])
    assert [one["post"] for one in told["sitting"]] == ["SECRETARY"]
    sunday = entered("registry", "roster", "--day", "22.11.2026")[1]
    assert "nobody" in sunday
    assert "offices are closed" in sunday
    assert told["offices_open"]


def test_acts_are_tied_to_logins_from_the_first_one_on(run: Run, tmp_path: Path) -> None:
    assert run("ingest", str(write_csv(tmp_path / "a.csv", many(2))))[0] == 0
    assert run("route")[0] in (0, 1)
    by = ("--department", "POLICE", "--by")
    assert "logins and offices" in run("doctor")[1]
    assert run("correct", "1", *by, "up.anybody")[0] in (0, 1)
    run("registry", "import", str(SAMPLES / "officers.csv"))
    assert "logins and offices" not in run("doctor")[1]
    code, _, err = run("correct", "2", *by, "up.anybody")
    assert (code, "NotYourOffice" in err, "nistaran registry show" in err) == (3, False, True)
    assert run("correct", "2", *by, "up.sdr-cell-2")[0] in (0, 1)


def test_a_file_that_is_none_is_refused_whole(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("क,ख\n1,2\n", encoding="utf-8")
    for verb in ("import", "logins", "rosters"):
        code, out, err = run("registry", verb, str(tmp_path / "x.csv"))
        assert (code, "rows: 0" in out) == (1, True)
        assert "x.csv" in err
