"""The command line as people and programs use it: a process of its own, its exit codes, its JSON."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nistaran.bootstrap import project_root
from tests.files import many, row, write_csv


class Cli:
    """`nistaran` in a subprocess with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *words: str, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "nistaran.cli", *words],
            cwd=project_root(),
            env={**os.environ, "NISTARAN_HOME": str(self.home), **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *words: str, code: int = 0) -> dict:  # type: ignore[type-arg]
        found: dict = json.loads(self(*words, "--json", code=code).stdout)  # type: ignore[type-arg]
        return found


@pytest.fixture
def cli(prepared_home: Path, tmp_path: Path) -> Cli:
    return Cli(Path(shutil.copytree(prepared_home, tmp_path / "home")))


def test_one_complaint_from_file_to_story(cli: Cli, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row(phone="9876512345", name="चन्द्रावती देवी", reference="40018726000009")])
    taken = cli.json("ingest", str(path))["files"][0]
    assert (taken["accepted"], taken["refused"]) == (1, 0)
    routed = cli.json("route")
    assert routed["routed"] + routed["asked"] == 1
    cli("deliver")
    number = re.search(r"SDR-\d{4}-\d{7}", cli("show", _first_number(cli)).stdout)
    assert number
    story = cli.json("show", number.group())
    assert [event["kind"] for event in story["events"]][:2] == [
        "Registered",
        "Routed" if routed["routed"] else "PersonAsked",
    ]
    assert story["complainant"] == {"name": "च… द…", "phone": "XXXXXXXX45", "address": ""}
    assert cli.json("verify")["faults"] == []


def _first_number(cli: Cli) -> str:
    target = cli.home / "cases.csv"
    cli("export", str(target))
    return target.read_text(encoding="utf-8-sig").splitlines()[1].split(",")[0]


def test_refused_rows_exit_1_and_are_listed(cli: Cli, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row(channel="कबूतर", reference="1"), row(reference="2")])
    assert cli.json("ingest", str(path), code=1)["files"][0]["refused"] == 1
    refused = cli.json("rejected", code=1)["rejected"]
    assert [(one["row"], one["field"], one["code"]) for one in refused] == [(2, "channel", "UNKNOWN_CHANNEL")]


def test_the_inbox_is_taken_in_and_moved_away(cli: Cli) -> None:
    write_csv(cli.home / "inbox" / "a.csv", many(3))
    assert cli.json("ingest")["files"][0]["accepted"] == 3
    assert cli.json("ingest")["files"] == []


def test_without_init_the_message_says_what_to_do(tmp_path: Path) -> None:
    done = Cli(tmp_path / "nowhere")("route", code=3)
    assert "nistaran init" in done.stderr


def test_an_unknown_district_is_refused_with_those_that_exist(cli: Cli) -> None:
    assert "siddharthnagar" in cli("route", code=3, NISTARAN_DISTRICT="atlantis").stderr


def test_an_unknown_case_is_refused(cli: Cli) -> None:
    assert "SDR-1" in cli("show", "SDR-1", code=3).stderr


def test_wrong_use_is_exit_2(cli: Cli) -> None:
    cli("export", "cases.pdf", code=2)
    cli("show", code=2)


def test_a_database_that_is_away_is_exit_4(cli: Cli) -> None:
    cli("route", code=4, NISTARAN_DATABASE="postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")


def test_tampering_is_found(cli: Cli, tmp_path: Path) -> None:
    import sqlite3

    cli("ingest", str(write_csv(tmp_path / "a.csv", many(5))))
    database = sqlite3.connect(cli.home / "nistaran.db")
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {name}")
    database.execute("UPDATE events SET body = replace(body, 'ONLINE', 'CM') WHERE seq = 3")
    database.commit()
    database.close()
    assert cli.json("verify", code=1)["faults"][0] == "ledger: the chain breaks at event 3"


def test_cutting_off_the_tail_is_found_by_the_signed_checkpoint(cli: Cli, tmp_path: Path) -> None:
    import sqlite3

    cli("ingest", str(write_csv(tmp_path / "a.csv", many(5))))
    database = sqlite3.connect(cli.home / "nistaran.db")
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {name}")
    for table, where in (("events", "seq > 3"), ("complainants", "case_id > 3"), ("cases", "id > 3")):
        database.execute(f"DELETE FROM {table} WHERE {where}")
    database.commit()
    database.close()
    assert "2 events after 3 are missing" in cli.json("verify", code=1)["faults"][0]


def test_export_writes_no_formula(cli: Cli, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    cli("ingest", str(write_csv(tmp_path / "a.csv", [row(text='=HYPERLINK("http://example.invalid") बिजली नहीं है')])))
    cli("export", str(tmp_path / "cases.xlsx"))
    cells = [cell for line in load_workbook(tmp_path / "cases.xlsx").active.iter_rows() for cell in line]  # type: ignore[union-attr]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("'=") for cell in cells)


def test_show_prints_no_control_character(cli: Cli, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row(text="बिजली \x1b[31mनहीं\x1b[0m \x07 है", name="\x1b]0;x\x07")])
    cli("ingest", str(path))
    shown = cli("show", _first_number(cli)).stdout
    assert not [letter for letter in shown if ord(letter) < 32 and letter != "\n"]


def test_doctor_names_what_waits(cli: Cli, tmp_path: Path) -> None:
    cli("ingest", str(write_csv(tmp_path / "a.csv", many(2))))
    findings = {one["subject"]: one for one in cli.json("doctor")["findings"]}
    assert findings["cases not routed"]["detail"] == "2"
    assert "nistaran route" in findings["cases not routed"]["remedy"]


def test_classify_keeps_its_contract(cli: Cli, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "गांव का ट्रांसफार्मर जल गया है बिजली विभाग सुनता नहीं"},
        {"id": 2, "text": "", "addressed_to": "जिलाधिकारी", "district": "सिद्धार्थनगर"},
        {"id": "c", "text": "rashan card se naam kat diya kotedar ne"},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows) + "\n", encoding="utf-8")
    cli("classify", "--input", str(source), "--output", str(target))
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, "c"]
    for answer in answers:
        assert set(answer) == {"id", "department", "confidence", "alternatives", "decision", "reasons", "also"}
        assert len(answer["alternatives"]) >= 5
        assert answer["alternatives"][0] == {"department": answer["department"], "confidence": answer["confidence"]}
        assert 0 <= answer["confidence"] <= 1
        assert answer["decision"] in {"assign", "ask"}
    assert answers[0]["department"] == "ENERGY"
    assert answers[1]["decision"] == "ask"
    assert answers[2]["department"] == "FOOD_CIVIL_SUPPLIES"
    assert set(answers[0]["reasons"]) <= set(rows[0]["text"].split())


def test_classify_says_which_lines_it_could_not_read(cli: Cli, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "नाली जाम है"}\nnot json\n{"id": 3, "text": 5}\n[1]\n', encoding="utf-8")
    cli("classify", "--input", str(source), "--output", str(target), code=1)
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, True, True]
    assert [answer.get("line") for answer in answers] == [None, 2, 3, 4]


def test_files_are_listed_with_what_was_noticed(cli: Cli, tmp_path: Path) -> None:
    assert cli.json("files") == {"files": []}
    assert "no file has come yet" in cli("files").stdout
    cli("ingest", str(write_csv(tmp_path / "a.csv", [{**one, "अधिकारी क्षेत्र": "x"} for one in many(2)])))
    cli("ingest", str(write_csv(tmp_path / "b.csv", many(3))))
    newest, first = cli.json("files")["files"]
    assert (newest["file"], newest["accepted"], newest["known"], newest["notes"]) == ("b.csv", 1, 2, [])
    assert [(note["code"], note["detail"]) for note in first["notes"]] == [("UNKNOWN_HEADER", "अधिकारी क्षेत्र")]
    assert "«अधिकारी क्षेत्र»" in cli("files").stdout
    assert cli.json("files", "--limit", "1")["files"] == [newest]
    again = cli.json("ingest", "--again", str(tmp_path / "b.csv"))["files"][0]
    assert (again["accepted"], again["known"], again["new"]) == (1, 2, 0)
