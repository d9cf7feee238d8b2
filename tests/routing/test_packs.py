"""The shipped tables are whole, and a table that is not is refused with file, row and reason."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from nistaran.bootstrap import packs_folder
from nistaran.domain.deadlines import due_on
from nistaran.domain.errors import BadTable
from nistaran.readers.headers import HeaderAliases
from routing.district import load_district
from routing.pack import NONE, alias_key, load_pack

PACKS = {"up": "siddharthnagar", "rajasthan": "jodhpur"}


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.demand("S0-1")
def test_shipped_packs_load_and_every_channel_has_a_limit_today(name: str) -> None:
    pack = load_pack(packs_folder() / name)
    assert len(pack.departments) == 41
    for channel in pack.channels:
        for day in (date(2026, 1, 1), date(2026, 11, 22), date(2030, 1, 1)):
            assert due_on(pack.limits, channel=channel, received_on=day) > day


@pytest.mark.parametrize("name", PACKS)
def test_every_department_has_an_office_at_every_level_it_receives_on(name: str) -> None:
    pack = load_pack(packs_folder() / name)
    district = load_district(packs_folder() / name / "districts" / PACKS[name], pack)
    for code, department in pack.departments.items():
        if code == NONE:
            continue
        assert district.district_office(code) is not None
        for level in {*department.receives_rural, *department.receives_town}:
            assert district.desks.get((code, level)), f"{code} has no office on level {level}"


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.demand("S3-1")
def test_every_ladder_has_four_levels(name: str) -> None:
    pack = load_pack(packs_folder() / name)
    for ladder in {rung.ladder for rung in pack.rungs}:
        assert [rung.level for rung in pack.rungs if rung.ladder == ladder] == ["L1", "L2", "L3", "L4"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("सीएम हेल्पलाइन", "CMHELP"),
        ("CM Helpline", "CMHELP"),
        ("आनलाइन", "ONLINE"),
        ("सम्पूर्ण समाधान दिवस", "SSD"),
        ("पीजी पोर्टल", "PGP"),
        ("मुख्यमंत्री सन्दर्भ", "CM"),
        ("", "ONLINE"),
        ("कबूतर डाक", None),
    ],
)
def test_channels_are_known_by_any_spelling(written: str, code: str | None) -> None:
    channel = load_pack(packs_folder() / "up").channel_of(written)
    assert (channel.code if channel else None) == code


def test_alias_key_ignores_points_zeros_and_case() -> None:
    assert alias_key("सी0एम0 हेल्पलाइन") == alias_key("सी.एम. हेल्पलाइन") == alias_key("सी०एम० हेल्पलाइन")


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("channels.toml", 'lane = "ordinary"', 'lane = "slow"', "slow"),
        ("pack.toml", "hop_cap = 3", "hop_cap = 0", "hop_cap"),
        ("pack.toml", "hop_cap", "hop_kap", "hop_kap"),
        ("pack.toml", 'place_unknown = "district"', 'place_unknown = "guess"', "place_unknown"),
        ("districts.toml", 'aliases = ["Agra"]', 'aliases = ["Agra", "Basti"]', "Basti"),
        ("lanes.toml", "[[lane]]", "[[lane]", "TOML"),
        ("departments.toml", 'code = "NONE"', 'code = "OTHER"', "NONE"),
    ],
)
def test_a_wrong_table_is_refused_by_name(tmp_path: Path, file: str, old: str, new: str, named: str) -> None:
    folder = tmp_path / "up"
    shutil.copytree(packs_folder() / "up", folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadTable) as refused:
        load_pack(folder)
    assert file in str(refused.value)
    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("offices.toml", 'superior = "SDR-DM"', 'superior = "SDR-NOBODY"'),
        ("offices.toml", 'department = "REVENUE"', 'department = "MAGIC"'),
        ("places.toml", 'within = ["SDR"]', 'within = ["XYZ"]'),
    ],
)
def test_a_wrong_district_is_refused(tmp_path: Path, file: str, old: str, new: str) -> None:
    folder = tmp_path / "siddharthnagar"
    shutil.copytree(packs_folder() / "up" / "districts" / "siddharthnagar", folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadTable, match=file):
        load_district(folder, load_pack(packs_folder() / "up"))


def _with_first_office_code(tmp_path: Path, code: str) -> Path:
    folder = tmp_path / "siddharthnagar"
    shutil.copytree(packs_folder() / "up" / "districts" / "siddharthnagar", folder)
    text = (folder / "offices.toml").read_text(encoding="utf-8")
    (folder / "offices.toml").write_text(text.replace('code = "SDR-CDO"', f"code = {code!r}"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "code",
    ["", " ", "../x", "a/b", "SDR CDO", "sdr-cdo", ".CDO", "SDR-", "SDR--CDO", "सीडीओ", "SDR.CDO", "१२", "A" * 65],
)
def test_an_office_code_that_is_none_is_refused_with_its_row(tmp_path: Path, code: str) -> None:
    """It names a folder of the courier's, and stands in the ledger and in artifacts."""
    folder = _with_first_office_code(tmp_path, code)
    with pytest.raises(BadTable, match=r"offices.toml, \[\[office\]\] 2 .*«code»: कोड .* / a code has only") as refused:
        load_district(folder, load_pack(packs_folder() / "up"))
    assert re.search("[\u0900-\u097f]", str(refused.value))


def test_an_office_code_that_stands_twice_is_refused_with_both_rows(tmp_path: Path) -> None:
    folder = _with_first_office_code(tmp_path, "SDR-DM")
    with pytest.raises(BadTable, match=r"offices.toml, \[\[office\]\] 2: «code»: SDR-DM .* stands in \[\[office\]\] 1"):
        load_district(folder, load_pack(packs_folder() / "up"))


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("key", ["lane", "channel", "department"])
def test_a_code_of_the_pack_that_stands_twice_is_refused_with_both_rows(tmp_path: Path, name: str, key: str) -> None:
    """The third row takes the code of the first: it would have overwritten it in silence."""
    folder = tmp_path / name
    shutil.copytree(packs_folder() / name, folder)
    path = folder / f"{key}s.toml"
    parts = path.read_text(encoding="utf-8").split(f"\n[[{key}]]\n")
    first = re.search(r'^code = "(.+)"', parts[1], re.MULTILINE)
    assert first is not None
    parts[3] = re.sub(r'^code = ".+"', first.group(), parts[3], count=1, flags=re.MULTILINE)
    path.write_text(f"\n[[{key}]]\n".join(parts), encoding="utf-8")
    said = rf"{key}s.toml, \[\[{key}\]\] 3: «code»: {first[1]} पहले \[\[{key}\]\] 1 में .* / already stands in \[\[{key}\]\] 1"
    with pytest.raises(BadTable, match=said):
        load_pack(folder)


def test_limits_leave_no_day_without_one() -> None:
    pack = load_pack(packs_folder() / "up")
    day = date(2020, 1, 1)
    while day < date(2027, 1, 1):
        for channel in ("PGP", "CMHELP", "ONLINE"):
            assert due_on(pack.limits, channel=channel, received_on=day) > day
        day += timedelta(days=30)


@pytest.mark.parametrize(("name", "count"), [("up", 75), ("rajasthan", 41)])
def test_every_district_of_the_state_is_named_once_and_ours_is_among_them(name: str, count: int) -> None:
    pack = load_pack(packs_folder() / name)
    own = load_district(packs_folder() / name / "districts" / PACKS[name], pack).facts
    assert len({row.name for row in pack.districts}) == len(pack.districts) == count
    assert sum(row.name == own.name_hi and own.name_en in row.aliases for row in pack.districts) == 1


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("प्राप्ति दि0", "received_on"),
        ("दि0", "received_on"),
        ("क्रं0", "serial"),
        ("किस अधिकारी को", "addressed_to"),
        ("प्रार्थना-पत्र का संक्षिप्त सार", "text"),
        ("संक्षिप्त सार", "text"),
    ],
)
def test_headers_of_office_registers_are_known(name: str, header: str, field: str) -> None:
    assert HeaderAliases(load_pack(packs_folder() / name).headers).field_of(header) == field
