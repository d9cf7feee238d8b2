"""retention.toml is read whole or refused, naming what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from nistaran.bootstrap import packs_folder
from nistaran.domain.errors import BadTable
from routing.retention import load_retention_rules

SHIPPED = (packs_folder() / "up" / "retention.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("pack", ["up", "rajasthan"])
def test_the_shipped_tables_are_read_and_wait_to_be_confirmed(pack: str) -> None:
    rules = load_retention_rules(packs_folder() / pack / "retention.toml")
    assert rules.periods.mask < rules.periods.words
    assert rules.unconfirmed == 7
    assert rules.holds == frozenset()
    assert rules.court == {"SUB_JUDICE"}


def test_a_hold_is_read(tmp_path: Path) -> None:
    held = '\n[[hold]]\nnumber = "SDR-2026-0000042"\nnote = "High Court, writ 12 of 2026"\n'
    (tmp_path / "retention.toml").write_text(SHIPPED.replace("[court]", held + "[court]"), encoding="utf-8")
    assert load_retention_rules(tmp_path / "retention.toml").holds == {"SDR-2026-0000042"}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("days = 1095", "days = 100", "mask"),
        ("days = 1095", "days = 0", r"period\]\] 2"),
        ("days = 1095", 'days = "three years"', r"period\]\] 2"),
        ('kind = "raw"\ndays = 365', 'kind = "raw"\ndays = 2000', "raw"),
        ('kind = "logins"\ndays', 'kind = "loginz"\ndays', "period"),
        ('kind = "logins"\ndays', 'kind = "raw"\ndays', "twice"),
        ('[[period]]\nkind = "logins"\ndays = 730', "[[other]]", "logins"),
        ('note = "our', 'nota = "our', "nota"),
    ],
)
def test_a_wrong_table_is_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in SHIPPED
    (tmp_path / "retention.toml").write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadTable, match=named):
        load_retention_rules(tmp_path / "retention.toml")
