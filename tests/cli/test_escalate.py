"""The verbs of time: tables for people, objects for programs, exit codes that say whether a person is needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from nistaran.bootstrap import SystemClock
from nistaran.domain.deadlines import day_in_india
from tests.files import many, write_csv

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def fed(run: Run, tmp_path: Path) -> Run:
    """Cases that came today, one of them the Chief Minister's and one that is long overdue."""
    today = day_in_india(SystemClock().now())
    rows = [one | {"received_on": f"{today:%d/%m/%Y}"} for one in many(4)]
    rows[2] |= {"received_on": f"{today - timedelta(days=100):%d/%m/%Y}"}
    rows[3] |= {"channel": "मुख्यमंत्री सन्दर्भ"}
    assert run("ingest", str(write_csv(tmp_path / "a.csv", rows)))[0] == 0
    assert run("route")[0] in (0, 1)
    return run


@pytest.mark.demand("S3-4")
def test_what_is_due_says_why_it_stands_where_it_stands(fed: Run) -> None:
    code, out, _ = fed("due", "--days", "40", "--json")
    told = json.loads(out)
    assert code == 1  # one is overdue
    assert [one["case"][-1] for one in told["due"]] == ["4", "3", "1", "2"]  # the CM's first, then the overdue one
    first, late = told["due"][:2]
    assert (first["lane"], first["level"], first["round"]) == ("cm-cell", "L1", 0)
    assert late["days"] < 0 < late["working_days"] + 400
    assert "overdue" in late["why"]["en"]
    assert "विलम्ब" in late["why"]["hi"]
    assert sum(one["cases"] for one in told["forecast"]) == 4
    assert date.fromisoformat(late["defaults_on"]) == date.fromisoformat(late["due_on"]) + timedelta(days=1)


def test_a_table_for_people_without_a_citizens_word(fed: Run) -> None:
    code, out, _ = fed("due")
    assert code == 1
    assert "SDR-2026-" in out or "-000000" in out
    assert "विलम्ब" in out
    assert "ट्रांसफार्मर" not in out


def test_a_limit_cuts_the_list_and_no_count(fed: Run) -> None:
    told = json.loads(fed("due", "--days", "40", "--limit", "2", "--json")[1])
    assert (len(told["due"]), told["total"], told["overdue"]) == (2, 4, 1)
    code, out, _ = fed("due", "--days", "40", "--limit", "1")
    assert code == 1
    assert "3 more" in out


def test_what_will_default_when(fed: Run, tmp_path: Path) -> None:
    until = day_in_india(SystemClock().now()) + timedelta(days=40)
    code, out, _ = fed("forecast", "--until", f"{until}", "--json")
    told = json.loads(out)
    assert code == 1
    assert (told["total"], sum(told["already"].values()), len(told["cases"])) == (3, 1, 3)
    assert sum(one["cases"] for one in told["forecast"]) == 3
    code, out, _ = fed("forecast", "--until", f"{until}", "--limit", "1")
    assert "will default by" in out
    assert "defaults on" in out
    assert "ट्रांसफार्मर" not in out
    sheet = tmp_path / "f.xlsx"
    assert fed("forecast", "--until", f"{until}", "--export", str(sheet))[0] == 1
    assert sheet.exists()
    assert fed("forecast", "--until", f"{until}", "--export", str(sheet))[0] == 3
    assert fed("forecast", "--office", "SDR-NOWHERE")[0] == 2
    for day in ("0001-01-01", f"{until - timedelta(days=41)}"):
        assert fed("forecast", "--until", day)[0] == 2


def test_a_risk_that_was_never_learned_is_said(fed: Run) -> None:
    assert json.loads(fed("risk", "show", "--json")[1])["why_days_left"] == "NEVER_TRAINED"
    code, out, _ = fed("due", "--by", "risk", "--days", "40")
    assert code == 1
    assert "nistaran risk train" in out
    code, out, _ = fed("risk", "train")
    assert code == 1
    assert "too small" in out
    told = json.loads(fed("due", "--by", "risk", "--days", "40", "--json")[1])
    assert told["by"]["days_left_because"] == "TOO_SMALL"
    assert told["due"] == json.loads(fed("due", "--days", "40", "--json")[1])["due"]
    assert fed("due", "--by", "luck")[0] == 2


def test_an_office_that_is_none_is_wrong_use(fed: Run) -> None:
    code, _, err = fed("due", "--office", "SDR-NOWHERE")
    assert code == 2
    assert "SDR-NOWHERE" in err


def test_nothing_due_is_said(run: Run) -> None:
    assert run("due") == (0, "अगले 3 दिन में कुछ नियत नहीं / nothing falls due within 3 days\n", "")


def told_of_late(fed: Run) -> str:
    """The number of the case that is long overdue."""
    return str(json.loads(fed("due", "--json")[1])["due"][0]["case"])


def test_a_sweep_marks_once(fed: Run) -> None:
    code, out, _ = fed("escalate", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["looked_at"], told["handled"], told["skipped"]) == (4, 4, {})
    assert told["marked"] == {"WARNING_1": 1, "WARNING_2": 1, "DEFAULTER": 1, "L2": 1, "L3": 1, "L4": 1}
    code, out, _ = fed("escalate")
    assert code == 0
    assert "0 marks made" in out
    assert fed("verify")[0] == 0
    story = fed("show", told_of_late(fed))[1]
    assert all(said in story for said in ("पहली चेतावनी", "डिफॉल्टर", "(L4)", "पत्र:"))
    assert "पहली चेतावनी" not in out
