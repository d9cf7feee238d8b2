"""calendar.toml and escalation.toml of the packs as they are shipped, and refused by name when they are wrong."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from nistaran.bootstrap import load_tables, packs_folder
from nistaran.domain.errors import BadTable
from nistaran.domain.working_days import sittings
from nistaran.settings import Settings
from routing.escalation import EscalationRules, load_escalation_rules

HOMES = {"up": "siddharthnagar", "rajasthan": "jodhpur"}


def rules_of(pack: str, folder: Path | None = None) -> EscalationRules:
    tables = load_tables(Settings(pack=pack, district=HOMES[pack]))
    return load_escalation_rules(folder or packs_folder() / pack, *tables)


@pytest.mark.parametrize("pack", HOMES)
def test_shipped_tables_load_and_every_office_has_its_rungs(pack: str) -> None:
    rules = rules_of(pack)
    assert rules.points.warn == (3, 1)
    assert all(min(ladder.days) >= 1 for ladder in rules.ladders.values())
    receiving = [one.code for one in rules.offices.values() if one.territory and one.code != rules.head]
    assert {rules.above(code)[-1] for code in receiving} == {rules.head}  # nobody above the district is written to
    assert rules.above(rules.head) == ()
    assert rules.above("NO-SUCH-OFFICE") == ()


def test_a_thana_climbs_to_the_head_of_police_and_the_magistrate() -> None:
    rules = rules_of("up")
    thana = next(one.code for one in rules.offices.values() if one.level == "thana")
    above = rules.above(thana)
    assert above.index("SDR-POLICE") < above.index("SDR-DM")


def test_holidays_and_the_second_saturday_are_no_working_days_in_up() -> None:
    calendar = rules_of("up").calendar
    assert [day for day in range(1, 15) if not calendar.is_working(date(2026, 11, day))] == [1, 8, 9, 11, 14]


def test_sittings_of_a_month() -> None:
    rules = rules_of("up")
    held = {
        one.channel: list(sittings(one, rules.calendar, first=date(2026, 8, 1), last=date(2026, 8, 31)))
        for one in rules.sittings
    }
    assert [day.day for day in held["SSD"]] == [1, 17]  # the third Saturday is Independence Day, and the 16th a Sunday
    assert [day.day for day in held["TSD"]] == [8, 22]


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("escalation.toml", "days = [3, 1]", "days = [1, 3]", "warn"),
        ("escalation.toml", "days = [3, 1]", "days = []", "warn"),
        ("escalation.toml", 'from = "due"\n', 'from = "never"\n', "climb"),
        ("calendar.toml", 'channel = "SSD"', 'channel = "NONE"', "SSD|NONE"),
        ("calendar.toml", "nth = [1, 3]", "nth = [0]", "nth"),
        ("calendar.toml", 'closed = ["SUN"]', 'closed = ["FUNDAY"]', "week"),
    ],
)
def test_a_wrong_table_is_refused_by_name(tmp_path: Path, file: str, old: str, new: str, named: str) -> None:
    folder = Path(shutil.copytree(packs_folder() / "up", tmp_path / "up", ignore=shutil.ignore_patterns("districts")))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadTable, match=rf"{file}.*({named})"):
        rules_of("up", folder)
