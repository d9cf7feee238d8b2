"""`nistaran answer`, `forwards`, `rule`, `brief`, `tasks`, `second-look`: exit codes, JSON, both languages, never a citizen's word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_correct import Here, here
from tests.files import many, row, write_csv

__all__ = ["here"]
PHONE = "9876512345"
TEXT = "हमारे गांव का ट्रांसफार्मर जला पड़ा है, बिजली नहीं है। मोबाइल 9876512345"


@pytest.fixture
def fed(here: Here, tmp_path: Path) -> Here:
    """Case 1 with the electricity's office, and a few others."""
    rows = [row(text=TEXT, phone=PHONE, reference="40018726000001"), *many(3)]
    here("ingest", str(write_csv(tmp_path / "a.csv", rows)))
    here("route")
    return here


def office(fed: Here) -> str:
    return str(fed.json("show", "1")["case"]["office"])


def test_from_a_disclaimer_to_the_ruling(fed: Here) -> None:
    first = office(fed)
    words = ("--kind", "NOT_OUR_DEPARTMENT", "--office", first, "--by", "up.xen")
    done = fed.json("answer", "1", *words, code=1)
    assert (done["changed"], done["following"]["kind"]) == (True, "AskCell")
    fed("forwards", "--keep", done["task"], "--by", "up.cell")
    assert fed.json("answer", "1", *words)["following"]["kind"] == "Freeze"
    assert fed.json("tasks", "--kind", "ruling")["tasks"][0]["task"].endswith("/t2")
    page = fed.json("brief", "1")
    assert "टिप्पणी" in page["brief"]
    assert PHONE not in page["text"]
    ruled = fed.json("rule", "1", "--department", "REVENUE", "--by", "up.adm")
    assert ruled["department"] == "REVENUE"
    said = fed("answer", "1", "--kind", "NOT_OUR_DEPARTMENT", "--office", ruled["office"], "--by", "up.sdm").stdout
    assert "बाध्यकारी" in said
    told = fed("show", "1").stdout
    assert "निर्णायक अधिकारी का निर्णय" in told
    assert "up.adm" in told
    assert fed.json("verify")["faults"] == []


def test_a_forward_waits_for_the_cell_and_is_released(fed: Here) -> None:
    first = office(fed)
    words = ("--kind", "not_our_department", "--office", first, "--department", "POLICE", "--by", "up.xen")
    done = fed.json("answer", "1", *words, code=1)
    waiting = fed.json("forwards", code=1)["waiting"]
    assert [one["task"] for one in waiting] == [done["task"]]
    assert "POLICE" not in fed("forwards", code=1).stderr
    fed("forwards", "--release", done["task"], "--by", "up.xen", code=3)
    decided = fed.json("forwards", "--release", done["task"], "--by", "up.cell")["decided"]
    assert decided[0]["office"] == office(fed) != first
    assert fed.json("show", "1")["case"]["department"] == "POLICE"
    fed("forwards", "--release", done["task"], "--by", "up.cell", code=3)
    assert fed.json("verify")["faults"] == []


def test_a_file_of_answers_goes_on_past_bad_rows(fed: Here, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(
        f"प्रकरण,कार्यालय कूट,उत्तर\n1,{office(fed)},COURT_MATTER\n2,{office(fed)},कबूतर\n9999,X,ACCEPTED\n",
        encoding="utf-8",
    )
    told = fed.json("answer", "--file", str(path), "--by", "up.xen", code=1)
    assert (told["rows"], told["changed"], [one["field"] for one in told["refused"]]) == (3, 1, ["answer", "office"])
    people = fed("answer", "--file", str(path), "--by", "up.xen", code=1)
    assert "पंक्ति / row 3, answer" in people.stderr


def test_the_sheet_of_a_desk_is_written_for_its_office(fed: Here, tmp_path: Path) -> None:
    target = tmp_path / "desk.xlsx"
    assert fed.json("answer", "--export", str(target), "--office", office(fed))["cases"] >= 1
    fed("answer", "--export", str(target), "--office", office(fed), code=3)
    fed("answer", "--export", str(tmp_path / "desk.pdf"), "--office", office(fed), code=2)
    told = fed.json("answer", "--file", str(target), "--by", "up.xen")
    assert (told["changed"], told["refused"]) == (0, [])


def test_a_part_is_done_by_hand(fed: Here) -> None:
    words = ("--kind", "NEEDS_ANOTHER_DEPARTMENT_TOO", "--office", office(fed), "--department", "POLICE")
    task = fed.json("answer", "1", *words, "--by", "up.xen")["task"]
    assert "सहयोगी" in fed("tasks").stdout
    fed("tasks", "--done", task, "--by", "up.sho")
    assert fed.json("tasks")["tasks"] == []
    fed("tasks", "--done", task, "--by", "up.sho", code=3)


@pytest.mark.parametrize(
    "words",
    [
        ["answer", "--by", "up.x"],
        ["answer", "1", "--by", "up.x"],
        ["answer", "1", "--kind", "ACCEPTED", "--by", "up.x"],
        ["forwards", "--release", "x"],
        ["forwards", "--by", "up.x"],
        ["tasks", "--kind", "PIGEON"],
        ["tasks", "--done", "x"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_2(fed: Here, words: list[str]) -> None:
    fed(*words, code=2)


def test_a_clerk_who_overruled_the_machine_is_not_overruled_by_it(fed: Here) -> None:
    assert fed.json("second-look") == {"looked_at": 0, "doubted": 0, "proposed": 0, "barred": 0}
    fed("correct", "1", "--department", "POLICE", "--by", "up.cell1")
    assert fed.json("second-look") == {"looked_at": 1, "doubted": 1, "proposed": 0, "barred": 1}
    assert fed.json("forwards")["waiting"] == []
