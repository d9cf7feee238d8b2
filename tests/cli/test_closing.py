"""`nistaran report`, `reports`, `overrule`, `recall`, `approve`, `feedback`, `calls`, `sample`, `relief`: codes, JSON, no citizen's word."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from tests.cli.test_correct import Here, here
from tests.cli.test_transfer import PHONE, fed, office
from tests.steps.reporting import BETTER, FILLER, GOOD

__all__ = ["fed", "here"]


def report(fed: Here, tmp_path: Path, text: str, *more: str, n: str = "1", code: int = 0) -> dict:  # type: ignore[type-arg]
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    own = str(fed.json("show", n)["case"]["office"])
    return fed.json("report", n, "--office", own, "--by", "up.xen", "--text", str(path), *more, code=code)


def test_from_a_filler_to_a_satisfied_complainant(fed: Here, tmp_path: Path) -> None:
    back = report(fed, tmp_path, FILLER, code=1)
    assert (back["state"], "BOILERPLATE" in back["reasons"]) == ("REJECTED", True)
    done = report(fed, tmp_path, GOOD, "--fact", "officer=श्री रमेश", "--fact", "visited_on=20.11.2026")
    assert done["state"] == "ACCEPTED"
    assert [one["case"] for one in fed.json("calls", "--office", office(fed))["calls"]] == [done["case"]]
    assert fed.json("feedback", "1", "--outcome", "DISSATISFIED", "--by", "up.cell", code=1)["reopened"] is True
    assert report(fed, tmp_path, GOOD, code=1)["reasons"] == ["SAME_AS_REFUSED"]
    assert report(fed, tmp_path, BETTER)["state"] == "ACCEPTED"
    assert fed.json("feedback", "1", "--outcome", "satisfied", "--relief", "given", "--by", "up.cell")["round"] == 2
    (group,) = fed.json("relief")["groups"]
    assert (group["first"]["part"], group["final"]["part"]) == (0, 1)
    told = fed("show", "1").stdout
    assert "आख्या वापस" in told
    assert PHONE not in told
    assert fed.json("verify")["faults"] == []


def test_people_decide_on_reports(fed: Here, tmp_path: Path) -> None:
    first = report(fed, tmp_path, FILLER, code=1)["report"]
    fed("overrule", first, "--by", "up.cell", "--why", "NOTHING", code=3)
    assert fed.json("overrule", first, "--by", "up.cell", "--why", "TRUE_ON_FACTS")["state"] == "OVERRULED"
    assert fed.json("sample", "--count", "3", "--by", "up.cell")["tasks"][0]["kind"] == "FIELD"
    assert fed.json("recall", first, "--by", "up.adm", "--why", "FALSE_REPORT")["state"] == "RECALLED"
    assert [one["state"] for one in fed.json("reports", "1")["reports"]] == ["RECALLED"]
    assert fed.json("verify")["faults"] == []


def test_a_special_close_waits_for_the_level_above(fed: Here, tmp_path: Path) -> None:
    fed("report", "1", "--office", office(fed), "--by", "up.x", "--text", "-", "--special", "X", code=3)
    evidence = "सुझाव अधीक्षण अभियन्ता को पत्र 214 से भेजा गया"
    done = report(fed, tmp_path, GOOD, "--special", "SUGGESTION", "--evidence", evidence)
    assert done["state"] == "WAITING"
    assert [one["report"] for one in fed.json("reports", "--waiting", code=1)["reports"]] == [done["report"]]
    fed("approve", done["report"], "--by", "up.se")
    assert fed.json("show", "1")["case"]["status"] == "SPECIAL_CLOSED"


def test_attachments_are_kept_and_looked_at(fed: Here, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    Image.effect_noise((640, 480), 80).save(photo)
    report(fed, tmp_path, GOOD, "--attach", str(photo))
    assert fed.json("verify")["faults"] == []


def test_a_file_of_reports_and_one_of_feedback(fed: Here, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"प्रकरण संख्या,कार्यालय कूट,आख्या\n1,{office(fed)},{GOOD}\n9999,X,{GOOD}\n", encoding="utf-8")
    told = fed.json("report", "--file", str(path), "--by", "up.xen", code=1)
    assert (told["followed"], [one["field"] for one in told["refused"]]) == ({"ACCEPTED": 1}, ["office"])
    path.write_text("प्रकरण संख्या,फीडबैक\n1,SATISFIED\n", encoding="utf-8")
    assert fed.json("feedback", "--file", str(path), "--by", "up.cell")["followed"] == {"SATISFIED": 1}


def test_the_call_sheet_is_open_for_who_rings_and_comes_back_filled(fed: Here, tmp_path: Path) -> None:
    report(fed, tmp_path, GOOD)
    sheet = tmp_path / "calls.xlsx"
    fed("calls", "--export", str(sheet), code=2)
    given = ("--by", "सुनीता, सहायक", "--reason", "निस्तारण के बाद सम्पर्क")
    assert fed.json("calls", "--export", str(sheet), *given)["calls"] == 1
    assert sheet.stat().st_mode & 0o077 == 0
    assert [one["kind"] for one in fed.json("show", "1")["events"]][-1] == "ComplainantShown"
    book = openpyxl.load_workbook(sheet)
    work = book["सम्पर्क"]
    headings = {cell.value: cell.column for cell in work[2]}
    assert str(work.cell(3, headings["मोबाइल"]).value) == PHONE
    work.cell(3, headings["फीडबैक"]).value = "असंतुष्ट"
    work.cell(3, headings["राहत"]).value = "नहीं मिली"
    book.save(sheet)
    told = fed.json("feedback", "--file", str(sheet), "--by", "up.cell", code=1)
    assert told["followed"] == {"DISSATISFIED": 1, "REOPENED": 1}


@pytest.mark.parametrize(
    "words",
    [
        ["report", "--by", "up.x"],
        ["report", "1", "--by", "up.x", "--office", "X"],
        ["report", "1", "--by", "up.x", "--office", "X", "--text", "-", "--interim", "--special", "FAKE"],
        ["report", "1", "--by", "up.x", "--office", "X", "--text", "-", "--fact", "pigeon=1"],
        ["reports"],
        ["feedback", "1", "--by", "up.x"],
        ["relief", "--by", "pigeon"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_2(fed: Here, words: list[str]) -> None:
    fed(*words, code=2)
