"""The verbs of the weekly review: files for people, objects for programs, promises beside what happened, «estimated» on every score."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from nistaran.bootstrap import SystemClock, open_house
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.promise import Counted, Promise
from nistaran.settings import load
from tests.files import many, write_csv

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def today() -> date:
    return day_in_india(SystemClock().now())


@pytest.fixture
def fed(run: Run, tmp_path: Path, today: date) -> Run:
    """Four cases of today, one of them long overdue, decided by nobody or routed."""
    rows = [one | {"received_on": f"{today:%d/%m/%Y}"} for one in many(4)]
    rows[2] |= {"received_on": f"{today - timedelta(days=100):%d/%m/%Y}"}
    assert run("ingest", str(write_csv(tmp_path / "a.csv", rows)))[0] == 0
    assert run("route")[0] in (0, 1)
    return run


@pytest.mark.demand("S1-5")
def test_paper_and_sheets_say_the_same(fed: Run, tmp_path: Path, today: date) -> None:
    line = '=HYPERLINK("http://x") 30 तक शून्य'
    code, out, err = fed(
        "weekly", "promise", "ENERGY", "--line", line, "--target", f"{today}", "--by", "up.cell1", "--number", "0"
    )
    assert (code, err) == (0, "")
    assert "दर्ज हुआ" in out
    code, out, _ = fed("weekly", "make", "--until", f"{today}", "--to", str(tmp_path / "out"), "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["received"], told["pending"], told["defaulters"], told["soon"]) == (4, 4, 1, 0)
    assert told["ages"] == [3, 0, 0, 0, 1, 0]
    assert told["pending_by_week"] == [0] * 7 + [4]
    paper, book = map(Path, told["files"])
    assert paper.name == f"weekly-SDR-{today}.pdf"
    text = "".join("".join(page.get_textpage().get_text_bounded() for page in PdfDocument(paper)).split())
    for words in ("साप्ताहिक समीक्षा", "बैठक के लिये", "अनुमानित अंक", "30 तक शून्य"):
        assert words.replace(" ", "") in text
    assert "ट्रांसफार्मर" not in text
    sheets = load_workbook(book)
    assert sheets.sheetnames[0] == "सार"
    assert len(sheets.worksheets[0]._charts) == 3
    assert "अनुमानित अंक" in sheets.sheetnames
    cells = [cell for sheet in sheets.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).endswith("30 तक शून्य") for cell in cells)
    assert not [cell for cell in cells if "ट्रांसफार्मर" in str(cell.value)]
    assert all(sheet.print_title_rows and sheet.freeze_panes for sheet in sheets.worksheets[1:])


def test_the_first_numbers_are_printed_for_people(fed: Run, today: date) -> None:
    code, out, _ = fed("weekly", "make", "--until", f"{today:%d.%m.%Y}", "--months", "2")
    assert code == 0
    assert "डिफॉल्टर" in out
    assert f"weekly-SDR-{today}.xlsx" in out.replace("\n", "")
    assert "reviews" in out


def test_a_week_to_come_is_refused(fed: Run, today: date) -> None:
    for verb in (("weekly", "make"), ("weekly", "promises"), ("rank",)):
        code, _, err = fed(*verb, "--until", f"{today + timedelta(days=1)}")
        assert code == 3
        assert "not come yet" in err


def test_the_last_sunday_is_the_week_that_is_meant(run: Run, tmp_path: Path, today: date) -> None:
    code, out, _ = run("weekly", "make", "--to", str(tmp_path / "out"), "--json")
    told = json.loads(out)
    until = date.fromisoformat(told["week"]["until"])
    assert code == 0
    assert until.isoweekday() == 7
    assert 1 <= (today - until).days <= 7
    assert (told["received"], told["pending"], told["estimated"]["of"]) == (
        0,
        0,
        110,
    )  # nobody was asked: 30 of 140 are not measured


@pytest.mark.demand("S1-5")
def test_promises_stand_beside_what_happened(fed: Run, today: date) -> None:
    assert fed("weekly", "promises") == (0, "कोई वचन दर्ज नहीं / nothing was promised\n", "")
    words = ("--line", "30 तक शून्य", "--target", f"{today}", "--by", "up.cell1")
    assert fed("weekly", "promise", "ऊर्जा (विद्युत)", *words, "--number", "0", "--of", "pending")[0] == 0
    assert fed("weekly", "promise", "ENERGY", *words, "--number", "99", "--of", "pending")[0] == 0
    assert fed("weekly", "promise", "POLICE", "--line", "दूरभाष 9876543210", *words[2:])[0] == 0
    code, out, _ = fed("weekly", "promises", "--json")
    told = json.loads(out)["promises"]
    assert [one["kept"] for one in told] == ["TIME_LEFT"] * 3  # the day is not over
    assert (told[0]["department"], told[0]["pending"]["then"]) == ("ENERGY", 0)
    assert code == 0
    code, out, _ = fed("weekly", "promises")
    assert "30 तक शून्य" in out
    assert "9876543210" not in out


def test_a_promise_that_was_not_kept_is_told(fed: Run, today: date) -> None:
    values = {"line": "शून्य", "target": today - timedelta(days=1), "counted": Counted.PENDING, "by": "up.cell1"}
    at = SystemClock().now() - timedelta(days=3)
    made = [Promise(department=one, number=n, at=at, **values) for one, n in (("ENERGY", 0), ("ENERGY", None))]
    with open_house(load()) as house, house.work() as work:
        work.promises.add([*made, dataclasses.replace(made[0], number=-1)])  # fewer than none: nobody can keep it
        work.commit()
    code, out, _ = fed("weekly", "promises", "--json")
    assert code == 1
    assert [one["kept"] for one in json.loads(out)["promises"]] == ["KEPT", "NO_NUMBER", "NOT_KEPT"]


def test_the_same_promise_twice_is_one(run: Run, today: date) -> None:
    words = ("ENERGY", "--line", "शून्य", "--target", f"{today}", "--by", "up.cell1")
    for number in ("3", "3", "4"):
        assert run("weekly", "promise", *words, "--number", number)[0] == 0
    told = json.loads(run("weekly", "promises", "--json")[1])["promises"]
    assert [one["number"] for one in told] == [3, 4]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"department": "NOWHERE"}, "departments.toml"),
        ({"--line": "  "}, "1 to 200"),
        ({"--line": "क" * 201}, "1 to 200"),
        ({"--target": "2020-01-01"}, "is over"),
        ({"--target": "2999-01-01"}, "more than a year away"),
        ({"--number": "9" * 20}, "0 to 1000000"),
        ({"--by": "9876543210"}, "login"),
    ],
)
def test_what_is_no_promise_is_refused(run: Run, today: date, changed: dict[str, str], told: str) -> None:
    given = {"department": "ENERGY", "--line": "शून्य", "--target": f"{today}", "--by": "up.cell1", **changed}
    department = given.pop("department")
    code, _, err = run("weekly", "promise", department, *(word for pair in given.items() for word in pair))
    assert code == 3
    assert told in err
    assert "क" * 201 not in err


@pytest.mark.demand("S2-5")
def test_a_score_is_always_called_estimated(fed: Run) -> None:
    code, out, _ = fed("rank", "--json")
    told = json.loads(out)
    assert (code, told["estimated"]) == (0, True)
    assert len(told["gain_most"]) == 4
    assert told["gain_most"][0]["marks"] >= told["gain_most"][-1]["marks"] >= 0
    assert sum(point["of"] for point in told["points"]) == 140
    code, out, _ = fed("rank")
    assert out.count("अनुमानित") == 2
    assert "official" in out
    assert "ट्रांसफार्मर" not in out
