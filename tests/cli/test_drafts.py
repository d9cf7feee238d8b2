"""The verbs of letters: drawn up once, signed and sent by persons, told to people and to programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from nistaran.bootstrap import SystemClock
from nistaran.domain.deadlines import day_in_india
from tests.files import many, write_csv

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def late(run: Run, tmp_path: Path) -> Run:
    """Cases that are long overdue, swept."""
    day = day_in_india(SystemClock().now()) - timedelta(days=100)
    rows = [one | {"received_on": f"{day:%d/%m/%Y}"} for one in many(6)]
    assert run("ingest", str(write_csv(tmp_path / "a.csv", rows)))[0] == 0
    assert run("route")[0] in (0, 1)
    assert run("escalate")[0] == 0
    return run


def test_a_letter_goes_its_way(late: Run, tmp_path: Path) -> None:
    code, out, _ = late("drafts", "propose", "--json")
    drawn = json.loads(out)["letters"]
    assert code == 1
    assert drawn
    assert {one["state"] for one in drawn} == {"DRAFTED"}
    first = next(one["id"] for one in drawn if one["kind"] == "EXPLANATION")
    assert late("drafts", "propose")[0] == 0
    pdf = tmp_path / "letter.pdf"
    code, out, _ = late("drafts", "show", first.lower(), "--pdf", str(pdf))
    assert code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "स्पष्टीकरण" in out
    assert "आवेदक 0" not in out
    assert late("drafts", "show", first, "--pdf", str(pdf))[0] == 3  # it is there already
    assert late("drafts", "sign", first, "--by", "up.sdr-dm")[0] == 0
    today = f"{day_in_india(SystemClock().now()):%d.%m.%Y}"
    code, out, _ = late("drafts", "sent", first, "--by", "up.clerk1", "--on", today, "--json")
    assert (code, json.loads(out)["state"]) == (0, "SENT")
    assert json.loads(out)["reply_by"] > today[6:]
    code, out, _ = late("drafts", "answered", first, "--by", "up.clerk1", "--on", today)
    assert code == 0
    code, out, _ = late("drafts", "list", "--state", "sent")
    assert code == 0
    assert first in out
    assert "प्राप्त" in out
    case = json.loads(late("drafts", "show", first, "--json")[1])["facts"]["rows"][0][1].split()[0]
    assert first in late("drafts", "list", "--case", case, "--json")[1]
    assert late("drafts", "list", "--case", "9999")[0] == 3
    assert {"id": first, "state": "SENT"} in json.loads(late("show", case, "--json")[1])["letters"]
    assert f"पत्र: {first}" in late("show", case)[1]
    assert late("drafts", "cancel", first, "--by", "up.sdr-dm", "--why", "भूल")[0] == 3  # it is gone
    assert late("verify")[0] == 0


def test_wrong_words_are_told(late: Run) -> None:
    assert late("drafts", "list", "--kind", "SALARY")[0] == 2
    assert late("drafts", "draw", "SALARY", "--by", "up.clerk1")[0] == 2
    code, _, err = late("drafts", "sign", "REMINDER-2026-27-9999", "--by", "up.clerk1")
    assert code == 3
    assert "nistaran drafts list" in err
    assert "REMINDER-2026-27-9999" in err
    assert "9876501234" not in late("drafts", "show", "9876501234")[2]
    code, _, err = late("drafts", "draw", "FORWARDING", "--by", "up.clerk1")
    assert code == 3
    assert "--cases" in err
    code, out, _ = late("drafts", "draw", "forwarding", "--office", "SDR-CDO", "--cases", "1, 2", "--by", "up.clerk1")
    assert code == 0
    assert "FORWARDING-" in out
