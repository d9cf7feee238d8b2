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


def test_an_office_that_is_none_is_wrong_use(fed: Run) -> None:
    code, _, err = fed("due", "--office", "SDR-NOWHERE")
    assert code == 2
    assert "SDR-NOWHERE" in err


def test_nothing_due_is_said(run: Run) -> None:
    assert run("due") == (0, "अगले 3 दिन में कुछ नियत नहीं / nothing falls due within 3 days\n", "")


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
    assert "पहली चेतावनी" not in out
