"""The verb transfers: tables for people, an object for programs, exit 1 when tasks are stuck; never a citizen's word."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nistaran.bootstrap import SystemClock, open_house
from nistaran.settings import load
from nistaran.steps.office_answer import answer_case
from tests.files import TEXTS, row, write_csv

Run = Callable[..., tuple[int, str, str]]
SINCE = ("--since", "2026-11-01")
REVENUE = "खतौनी में पिता का नाम नहीं बदला गया, वरासत का आवेदन तीन माह से तहसील में लम्बित है"


@pytest.fixture
def answered(run: Run, tmp_path: Path) -> Run:
    """A house with three cases, of which an office said: not ours, it is the police's."""
    rows = [
        row(reference=f"40018726{n:06d}", text=f"{text} मामला {n}", phone=f"98{n:08d}", name=f"आवेदक {n}")
        for n, text in enumerate((TEXTS[0], TEXTS[1], REVENUE))
    ]
    assert run("ingest", str(write_csv(tmp_path / "a.csv", rows)))[0] == 0
    run("route")
    for serial in ("1", "2", "3"):
        run("correct", serial, "--department", "ENERGY", "--by", "up.cell")
    with open_house(load()) as house:
        with house.read() as work:
            case = work.cases.page(after_id=0, limit=1)[0]
        answer_case(house, case.number, office=case.office, kind="NOT_OUR_DEPARTMENT", by="up.o", department="POLICE")
    return run


def test_an_empty_house_has_no_figures(run: Run) -> None:
    code, out, _ = run("transfers")
    assert code == 0
    assert "0" in out
    assert "confusions" not in out


def test_the_tables_have_counts_and_no_word(answered: Run) -> None:
    code, out, _ = answered("transfers", *SINCE)
    assert code == 0
    assert "answers of offices" in out
    assert "कम / few" in out
    for word in ("ट्रांसफार्मर", "आवेदक 1", "9800000001"):
        assert word not in out


def test_json_has_everything_countable(answered: Run) -> None:
    code, out, _ = answered("transfers", *SINCE, "--json")
    found = json.loads(out)
    assert (code, found["cases"], found["unreadable"]) == (0, 3, 0)
    assert sum(found["known"].values()) == sum(found["first_desk"].values()) == sum(found["hops"].values()) == 3
    share = found["misrouted"]["all"]
    assert share["interval_95"][0] <= (share["share"] or 0) <= share["interval_95"][1]
    assert (share["few"], found["answers"][0]["disclaimed"]) == (True, 1)
    assert "ट्रांसफार्मर" not in out


def test_stuck_tasks_need_somebody(answered: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten days later whatever somebody owes is over its day."""
    tasks = json.loads(answered("transfers", *SINCE, "--json")[1])["tasks"]
    assert tasks, "the answer leaves a proposal with the cell"
    now = SystemClock.now
    monkeypatch.setattr(SystemClock, "now", lambda clock: now(clock).replace(year=now(clock).year + 1))
    code, out, _ = answered("transfers", *SINCE, "--json")
    assert code == 1
    assert sum(task["stuck"] for task in json.loads(out)["tasks"]) == sum(task["open"] for task in tasks)
    assert "stuck" in answered("transfers", *SINCE)[1]


def test_wrong_use_is_refused(run: Run) -> None:
    assert run("transfers", "--since", "yesterday")[0] == 2
