"""Files of the registry, and what it says: officers, what is lacking, two logins a day, silent offices, rosters."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from nistaran.bootstrap import project_root
from nistaran.domain.registry_refused import NoOfficeOfThisName
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.house import House
from nistaran.steps.registry import compliance, has_logins, incomplete_offices, lacking, officers_now, silence
from nistaran.steps.registry_files import logins_from, officers_from
from nistaran.steps.registry_rosters import roster, rosters_from
from nistaran.steps.registry_sheet import LIST_COLUMNS, write_compliance_sheet, write_lacking_sheet
from nistaran.steps.review_file import FileStands
from tests.steps.people import in_memory
from tests.steps.sweeping import later
from tests.steps.transferring import say, with_cases

SAMPLES = project_root() / "samples" / "registry"
HEAD = "कार्यालय कूट,अधिकारी का नाम,पदनाम,मोबाइल,ई-मेल,लॉगिन,कब से,कब तक"


@pytest.fixture
def held(house: House) -> House:
    """The tables of Siddharthnagar over an empty store; it is Sunday, 22 November 2026."""
    return in_memory(house)


def write(folder: Path, *rows: str, head: str = HEAD) -> Path:
    """A file of these rows."""
    path = folder / "rows.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def test_the_sample_files_are_entered_once_and_bad_rows_are_named(held: House) -> None:
    assert not has_logins(held)
    done = officers_from(held, SAMPLES / "officers.csv")
    assert (done.rows, done.changed, done.unchanged) == (13, 11, 0)
    assert [(one.row, one.field, one.code) for one in done.refused] == [
        (13, "mobile", "WrongMobile"),
        (14, "office", "NoOfficeOfThisName"),
    ]
    assert all(" / " in one.reason for one in done.refused)
    again = officers_from(held, SAMPLES / "officers.csv")
    assert (again.changed, again.unchanged) == (0, 11)
    assert has_logins(held)
    (now,) = officers_now(held)["SDR-SDM-BANSI"]
    assert (now.name, now.mobile, now.email) == ("अनुराधा मिश्रा", "9000000906", "sdr-sdm-bansi@example.invalid")
    assert [one.login for one in officers_now(held)["SDR-CELL"]] == ["up.sdr-cell", "up.sdr-cell-2"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("SDR-DM,क,,,,नाम,,", "login"),
        ("SDR-DM,क,,,x@y,,,", "email"),
        ("SDR-DM,क,,,,,32.01.2026,", "since"),
        ("SDR-DM,क,,,,,05.01.2026,04.01.2026", "until"),
        ("SDR-DM,क,,,,,05.01.2026,31.02.2026", "until"),
        ("कहीं नहीं,क,,,,,,", "office"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_go_on(held: House, tmp_path: Path, row: str, field: str) -> None:
    done = officers_from(held, write(tmp_path, row, "SDR-CDO,ख,,,,,,"))
    assert [(one.row, one.field) for one in done.refused] == [(2, field)]
    assert (done.changed, officers_now(held)["SDR-CDO"][0].name) == (1, "ख")


def test_two_persons_on_one_post_are_not_guessed_at(held: House, tmp_path: Path) -> None:
    done = officers_from(held, write(tmp_path, "SDR-DM,क,ऑपरेटर,,,,,", "SDR-DM,ख,ऑपरेटर,,,,,", "SDR-DM,ग,ऑपरेटर-2,,,,,"))
    assert (done.changed, [one.code for one in done.refused]) == (2, ["TwoOnOnePost"])


def test_an_office_may_be_named_by_its_name(held: House, tmp_path: Path) -> None:
    name = held.district.offices["SDR-SDM-ITWA"].name_hi
    assert officers_from(held, write(tmp_path, f'"{name}",क,,,,up.new,,')).changed == 1
    assert officers_now(held)["SDR-SDM-ITWA"][0].designation == "उप जिलाधिकारी"


@pytest.mark.demand("S3-3")
def test_the_list_for_the_nic_comes_back_filled(held: House, tmp_path: Path) -> None:
    before = lacking(held)
    assert "login" in before[0].lacks
    offices = [one.officer.office for one in before if "login" in one.lacks]
    assert offices == [code for code, row in held.district.offices.items() if not row.login]
    assert incomplete_offices(held)["login"] == offices
    path = tmp_path / "nic.xlsx"
    assert write_lacking_sheet(held, path) == len(before)
    with pytest.raises(FileStands):
        write_lacking_sheet(held, path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    at = {heading: place for place, (heading, _) in enumerate(LIST_COLUMNS, start=1)}
    assert sheet.cell(3, at["मोबाइल"]).value is None  # a number with X in it is none
    sheet.cell(3, at["मोबाइल"], "9000000999")
    sheet.cell(3, at["लॉगिन"], "up.neya")
    book.save(path)
    done = officers_from(held, path)
    assert (done.refused, done.rows) == ([], len(before))
    now = officers_now(held)[before[0].officer.office][0]
    assert (now.login, now.mobile) == ("up.neya", "9000000999")
    assert before[0].officer.office not in incomplete_offices(held)["login"]


def test_no_cell_of_the_list_is_a_formula(held: House, tmp_path: Path) -> None:
    words = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\tx", "\r=1"]
    officers_from(held, write(tmp_path, *(f'SDR-BEO-LOTAN,"{word}",पद-{n},,,,,' for n, word in enumerate(words))))
    write_lacking_sheet(held, tmp_path / "out.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows(max_row=60)
    cells = [cell for row in rows for cell in row]
    assert sum("SUM(1)" in str(cell.value) for cell in cells) == 1
    assert all(cell.data_type != "f" and not str(cell.value or "").startswith(("=", "+", "@", "-")) for cell in cells)


@pytest.mark.demand("S3-2")
def test_two_logins_a_day_over_days_that_are_known(held: House, tmp_path: Path) -> None:
    officers_from(held, SAMPLES / "officers.csv")
    done, strangers = logins_from(held, SAMPLES / "logins.csv")
    assert (done.rows, done.changed, len(done.refused), strangers) == (22, 21, 1, ["up.purana-id"])
    assert logins_from(held, SAMPLES / "logins.csv")[0].changed == 0
    told = compliance(held, days=7)
    assert (len(told.days), told.unknown, told.strangers) == (5, (date(2026, 11, 21),), ("up.purana-id",))
    rows = {row.office: row for row in told.rows}
    assert rows["SDR-DM"].complies
    bansi = rows["SDR-SDM-BANSI"]
    assert (bansi.twice, bansi.once, bansi.never, bansi.silence) == (1, 2, 2, 2)
    assert rows["SDR-CELL"].twice == 1  # its two logins together
    assert "SDR-REVENUE-ITWA" not in rows  # it has none
    by_login = {row.logins[0]: row for row in compliance(held, days=7, by_login=True).rows}
    assert (by_login["up.sdr-cell-2"].once, by_login["up.sdr-cell-2"].twice) == (1, 0)
    assert write_compliance_sheet(held, told, tmp_path / "days.xlsx") == len(told.rows)


def test_without_records_nothing_is_said_of_anybody(held: House) -> None:
    told = compliance(held, days=7)
    assert (told.days, told.rows, len(told.unknown)) == ((), (), 6)


def test_an_office_that_got_a_case_and_was_never_heard_is_silent(house: House, tmp_path: Path) -> None:
    made = with_cases(house, tmp_path, {"ENERGY": 1.0}, "बिजली नहीं है।", "ट्रांसफार्मर जला है।")
    office = "SDR-ENERGY-BANSI"
    assert silence(made).silent == ()  # it came today
    tomorrow = later(made, days=2)
    (one,) = silence(tomorrow).silent
    assert (one.office, one.untouched, one.arrivals.cases if one.arrivals else 0) == (office, 2, 2)
    assert not silence(tomorrow).logins_known
    head = "लॉगिन,दिनांक,समय"
    logins_from(tomorrow, write(tmp_path, "up.sdr-energy-bansi,23.11.2026,10:00", head=head))
    told = silence(tomorrow)
    assert (told.silent, [one.untouched for one in told.heard], told.logins_known) == ((), [2], True)
    say(tomorrow, "ACCEPTED", 1)
    assert [one.untouched for one in silence(tomorrow).heard] == [1]
    assert silence(tomorrow).heard[0].act is not None


@pytest.mark.demand("S1-3")
def test_rosters_by_day_village_and_office(held: House, tmp_path: Path) -> None:
    done = rosters_from(held, SAMPLES / "roster.csv")
    assert (done.changed, [(one.row, one.field) for one in done.refused]) == (5, [(7, "post")])
    assert rosters_from(held, SAMPLES / "roster.csv").changed == 0
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)
    assert [one.village for one in roster(held, day=monday)] == ["कनकपुरवा", "सेमरी टोला"]
    assert [one.name for one in roster(held, day=tuesday, village="कनकपुरवा")] == ["सुनीता गुप्ता"]
    assert [one.name for one in roster(held, day=tuesday, village="sdr-v-kanakpurwa")] == ["सुनीता गुप्ता"]
    assert [one.village for one in roster(held, day=monday, office="SDR-RD-NAUGARH")] == ["कनकपुरवा", "सेमरी टोला"]
    assert roster(held, day=monday, office="SDR-RD-BANSI") == []
    with pytest.raises(NoOfficeOfThisName):
        roster(held, day=monday, office="कहीं नहीं")


def test_a_weekday_a_row_is_one_entry(held: House, tmp_path: Path) -> None:
    rows = ["कनकपुरवा,लेखपाल,क,सोम,", "कनकपुरवा,लेखपाल,क,गुरु,", "कनकपुरवा,लेखपाल,ख,शुक्र,"]
    path = write(tmp_path, *rows, head="ग्राम,पद,नाम,दिवस,स्थान")
    done = rosters_from(held, path)
    assert (done.changed, done.unchanged, [one.code for one in done.refused]) == (1, 1, ["TwoOnOnePost"])
    assert [len(roster(held, day=date(2026, 11, day))) for day in (16, 17, 19, 20)] == [1, 0, 1, 0]
    assert rosters_from(held, path).changed == 0


def test_a_name_that_several_villages_have_needs_more(held: House, tmp_path: Path) -> None:
    head = "ग्राम,पद,नाम,दिवस,कार्यालय कूट"
    done = rosters_from(
        held,
        write(
            tmp_path, "रामपुर,लेखपाल,क,सोम,", "रामपुर,लेखपाल,ख,सोम,SDR-REVENUE-NAUGARH", "रामपुर,लेखपाल,ग,परसों,", head=head
        ),
    )
    assert [one.code for one in done.refused] == ["SeveralVillages", "WrongWeekday"]
    assert [one.place for one in roster(held, day=date(2026, 11, 16))] == ["SDR-V-RAMPUR-NAUGARH"]


def test_moments_of_the_future_are_refused(held: House, tmp_path: Path) -> None:
    done, _ = logins_from(held, write(tmp_path, "up.x,23.11.2026,00:00", "up.x,,", head="लॉगिन,दिनांक,समय"))
    assert [(one.row, one.field) for one in done.refused] == [(2, "at"), (3, "at")]
    with held.read() as work:
        assert (
            list(work.registry.logins(since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2030, 1, 1, tzinfo=UTC)))
            == []
        )


def test_letters_go_where_the_registry_says(house: House, tmp_path: Path) -> None:
    made = with_cases(house, tmp_path, {"ENERGY": 1.0}, "बिजली नहीं है।")
    officers_from(made, write(tmp_path, "SDR-ENERGY-BANSI,क,,,naya@example.invalid,,,"))
    sent: list[str] = []

    class Postman:
        def deliver(self, *, key: str, office: Mapping[str, str], message: Mapping[str, object]) -> str:
            sent.append(office["email"])
            return key

    assert deliver_batch(dataclasses.replace(made, courier=Postman())).delivered == 1
    assert sent == ["naya@example.invalid"]
