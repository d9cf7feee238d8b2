"""The verb petitions: a table for people, an object for programs, wrong use refused; never a citizen's word."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files import TEXTS, row, write_csv

Run = Callable[..., tuple[int, str, str]]
SINCE = ("--since", "2026-11-01")


@pytest.fixture
def told(run: Run, tmp_path: Path) -> Run:
    """A house to which seven people told the same matter."""
    rows = [
        row(
            reference=f"40018726{n:06d}",
            text=f"{TEXTS[0]} ग्राम बेलवा खुर्द पूरब टोला",
            phone=f"98{n:08d}",
            name=f"आवेदक {n}",
        )
        for n in range(7)
    ]
    assert run("ingest", str(write_csv(tmp_path / "a.csv", rows)))[0] == 0
    return run


def test_the_table_has_counts_and_numbers_and_no_word(told: Run) -> None:
    code, out, _ = told("petitions", *SINCE)
    assert code == 0
    assert "SDR-2026-0000001" in out
    assert "… + 2" in out
    assert "ट्रांसफार्मर" not in out


def test_json_has_everything_countable(told: Run) -> None:
    code, out, _ = told("petitions", *SINCE, "--min", "7", "--json")
    found = json.loads(out)
    assert (code, found["cases"], found["groups"], found["grouped"], found["linked"]) == (0, 7, 1, 7, 6)
    (petition,) = found["petitions"]
    assert (petition["cases"], petition["people"], petition["unknown"], petition["days"]) == (7, 7, 0, 0)
    assert len(petition["numbers"]) == 7
    assert "ट्रांसफार्मर" not in out


def test_nobody_petitioned(told: Run) -> None:
    assert "सामूहिक शिकायत नहीं मिली" in told("petitions", *SINCE, "--min", "8")[1]


def test_the_link_stands_in_the_story(told: Run) -> None:
    told("petitions", *SINCE)
    assert "वही विषय" in told("show", "7")[1]


@pytest.mark.parametrize("words", [("--since", "yesterday"), ("--min", "1")])
def test_wrong_use_is_refused(run: Run, words: tuple[str, str]) -> None:
    assert run("petitions", *words)[0] == 2
