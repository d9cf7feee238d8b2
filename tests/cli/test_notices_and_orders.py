"""The verbs of daily notices and of clean-up orders: once a day, once an order, told to people and to programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from nistaran.bootstrap import SystemClock
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.working_days import WorkingDays
from tests.files import many, write_csv

Run = Callable[..., tuple[int, str, str]]
TODAY = day_in_india(SystemClock().now())


@pytest.fixture
def fed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Cases that are overdue, on a day on which offices are open."""
    monkeypatch.setattr(WorkingDays, "is_working", lambda *_: True)
    rows = [one | {"received_on": f"{TODAY - timedelta(days=60):%d/%m/%Y}"} for one in many(6)]
    assert run("ingest", str(write_csv(tmp_path / "a.csv", rows)))[0] == 0
    assert run("route")[0] in (0, 1)
    return run


def test_notices_are_made_shown_and_acknowledged(fed: Run, tmp_path: Path) -> None:
    code, out, _ = fed("notice", "make", "--json")
    told = json.loads(out)
    assert (code, told["idle"], told["cases"]) == (0, False, 6)
    assert json.loads(fed("notice", "make", "--json")[1])["drawn"] == 0
    code, out, _ = fed("notice", "list", "--json")
    first = json.loads(out)["notices"][0]
    day, department = first["day"], first["department"]
    pdf = tmp_path / "notice.pdf"
    code, out, _ = fed("notice", "show", day, department, "--pdf", str(pdf))
    assert (code, pdf.read_bytes()[:4]) == (0, b"%PDF")
    assert "विलम्ब" in out
    assert "आवेदक 0" not in out
    assert fed("notice", "ack", day, department, "--by", "up.clerk1")[0] == 0
    assert fed("notice", "ack", day, "NOWHERE", "--by", "up.clerk1")[0] == 3
    assert fed("notice", "show", "2020-01-01", department)[0] == 3
    code, out, _ = fed("notice", "list")
    assert "up.clerk1" in out
    assert fed("notice", "silent", "--tell")[0] == 0
    assert fed("deliver")[0] == 0
    assert fed("verify")[0] == 0
    assert fed("doctor")[0] in (0, 1)


def test_on_a_closed_day_it_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkingDays, "is_working", lambda *_: False)
    code, out, _ = run("notice", "make")
    assert (code, "offices are closed" in out) == (0, True)


def test_an_order_is_given_listed_and_withdrawn(fed: Run) -> None:
    target = f"{TODAY + timedelta(days=2):%d.%m.%Y}"
    code, out, _ = fed(
        "orders", "give", "--defaulters", "--target", target, "--by", "up.sdr-dm", "--why", "समीक्षा बैठक", "--json"
    )
    told = json.loads(out)
    assert (code, told["cases"], told["standing"]["LEFT"]) == (0, 6, 6)
    assert fed("orders", "follow", "--json")[0] == 0
    code, out, _ = fed("orders", "show", told["id"])
    assert code == 0
    assert "शेष / left: 6" in out
    assert fed("orders", "give", "--target", target, "--by", "up.sdr-dm", "--why", "बिना चयन")[0] == 3
    assert fed("orders", "list", "--state", "LATE")[0] == 2
    assert told["id"] in fed("orders", "list")[1]
    assert fed("orders", "withdraw", told["id"], "--by", "up.sdr-dm", "--why", "भूल से")[0] == 0
    assert fed("verify")[0] == 0
