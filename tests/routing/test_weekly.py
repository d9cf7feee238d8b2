"""review.toml and rank.toml of the packs as they are shipped, and refused by name when they are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nistaran.bootstrap import load_tables, packs_folder
from nistaran.domain.errors import BadTable
from nistaran.settings import Settings
from routing.weekly import WeeklyRules, load_weekly_rules

HOMES = {"up": "siddharthnagar", "rajasthan": "jodhpur"}


def rules_of(pack: str, folder: Path | None = None) -> WeeklyRules:
    tables, _ = load_tables(Settings(pack=pack, district=HOMES[pack]))
    return load_weekly_rules(folder or packs_folder() / pack, tables)


def test_shipped_tables_load() -> None:
    up, rajasthan = rules_of("up"), rules_of("rajasthan")
    assert up.rubric.total == 140  # docs/domain.md, Ranking
    assert rajasthan.rubric.total == 100
    assert [len(group.channels) for group in up.groups] == [1, 5, 1]  # as Kanpur Dehat reported: 26, 50, 29
    assert (up.words.case, rajasthan.words.case) == ("सन्दर्भ", "परिवाद")


@pytest.mark.parametrize(
    ("name", "what", "instead", "told"),
    [
        ("review.toml", '"CSC"]', '"CSX"]', "CSX is not in channels.toml"),
        ("review.toml", '"CSC"]', '"ONLINE"]', "ONLINE stands in two groups"),
        ("review.toml", 'title = "', 'titel = "', "titel"),
        ("rank.toml", 'code = "QUALITY"', 'code = "UNMARKED"', "stands twice"),
        ("rank.toml", "older_than = 60", "older_than = 61", "older_than"),
        ("rank.toml", 'measure = "CAME_BACK"', 'measure = "SATISFIED"', "QUALITY"),
        ("rank.toml", '"ONLINE", "CSC", "ABM"', '"ONLINE", "XYZ"', "XYZ is not in channels.toml"),
    ],
)
def test_a_wrong_table_is_refused_by_name(tmp_path: Path, name: str, what: str, instead: str, told: str) -> None:
    for one in ("review.toml", "rank.toml"):
        shutil.copy(packs_folder() / "up" / one, tmp_path / one)
    text = (tmp_path / name).read_text("utf-8")
    assert what in text
    (tmp_path / name).write_text(text.replace(what, instead, 1), "utf-8")
    with pytest.raises(BadTable, match=told) as refused:
        rules_of("up", tmp_path)
    assert name in str(refused.value)
