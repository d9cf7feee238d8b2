"""What people read: settings that cannot be used, numbers typed in many ways, refusals closed, Hindi beside English."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from nistaran.bootstrap import open_house
from nistaran.cli.demo import command_line
from nistaran.domain import errors
from nistaran.domain.decision import AskReason
from nistaran.domain.events import EventKind
from nistaran.domain.wording import ASK_HI, EVENT_HI
from nistaran.settings import load
from nistaran.steps.export import export_cases
from nistaran.steps.house import House
from tests.cli.conftest import Run
from tests.files import many, row, write_csv
from tests.steps.test_verify_facts import write as write_cases


def _both_languages(text: str) -> bool:
    return bool(re.search("[\u0900-\u097f]", text) and re.search("[A-Za-z]{4}", text))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NISTARAN_BATCH", "0"),
        ("NISTARAN_BATCH", "many"),
        ("NISTARAN_COURIER", "pigeon"),
        ("NISTARAN_DATABASE", "mysql://user:geheim@db/nistaran"),
        ("NISTARAN_DATABASE", "geheim"),
        ("NISTARAN_DATABASE", "postgresql://user:geheim@db:port/nistaran"),
        ("NISTARAN_DATABASE", "sqlite://"),
        ("NISTARAN_HOME", "/dev/null/home"),
        ("NISTARAN_HOME", "/proc/home"),
        ("NISTARAN_HOEM", "x"),
        ("NISTARAN_FOO", "x"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    for verb in (["init"], ["doctor"]) if name != "NISTARAN_HOME" else (["init"],):
        code, _, said = run(*verb)
        assert code == 3
        assert name in said
        assert _both_languages(said)
        assert "geheim" not in said


def test_a_misspelt_setting_is_shown_the_right_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NISTARAN_INBXO", "x")
    assert "NISTARAN_INBOX" in run("doctor")[2]


def test_the_root_of_the_project_is_no_wrong_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NISTARAN_ROOT", "/")
    assert run("doctor")[0] == 0


@pytest.mark.parametrize("written", ["batch = 0", "flavour = 1", "not toml"])
def test_a_wrong_settings_file_is_named(run: Run, written: str) -> None:
    Path(os.environ["NISTARAN_HOME"], "nistaran.toml").write_text(written, encoding="utf-8")
    code, _, said = run("doctor")
    assert code == 3
    assert "nistaran.toml" in said or "NISTARAN_BATCH" in said


def test_an_output_that_cannot_be_written_is_exit_3(run: Run) -> None:
    code, _, said = run("export", "/dev/null/cases.csv")
    assert code == 3
    assert "/dev/null/cases.csv" in said


def test_an_unknown_lane_is_wrong_use_and_the_lanes_are_named(run: Run) -> None:
    code, _, said = run("route", "--lane", "nonsense")
    assert code == 2
    assert "cm-helpline" in said


@pytest.mark.parametrize(
    "failure",
    [
        errors.BadTable,
        errors.NotReady,
        errors.UnknownCase,
        errors.UntrustedModel,
        errors.WorldAway,
        errors.StorageFull,
        errors.LedgerBroken,
        errors.BadSetting,
        errors.UnknownRefusal,
    ],
)
def test_what_an_officer_meets_stands_in_both_languages(failure: type[errors.NistaranError]) -> None:
    hindi, slash, english = str(failure("x")).partition(" / ")
    assert slash
    assert re.search("[\u0900-\u097f]", hindi)
    assert not re.search("[\u0900-\u097f]", english)


def test_every_event_and_every_reason_has_its_words() -> None:
    assert set(EVENT_HI) == {kind.value for kind in EventKind}
    assert set(ASK_HI) == {reason.value for reason in AskReason}


def test_show_understands_a_number_as_people_type_it(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write_csv(tmp_path / "a.csv", many(2))))
    with open_house(load()) as house, house.read() as work:
        number = work.cases.page(after_id=0, limit=2)[1].number
    for typed in (number, number.lower(), f" {number} ", "2", "0000002", "२"):
        code, said, _ = run("show", typed)
        assert (code, number in said) == (0, True), typed
    assert run("show", "77")[0] == 3


def test_numbers_in_any_field_of_a_case_are_masked(run: Run, tmp_path: Path) -> None:
    phone = "9876512345"
    path = write_csv(tmp_path / "a.csv", [row(village=f"खेतपुर {phone}", tehsil=phone, category=f"बिजली {phone}")])
    run("ingest", str(path))
    target = tmp_path / "cases.csv"
    run("export", str(target))
    for said in (run("show", "1")[1], run("show", "1", "--json")[1], target.read_text(encoding="utf-8")):
        assert phone not in said
    assert "XXXXXXXX45" in target.read_text(encoding="utf-8")


def test_overdue_is_said_and_the_days_left_are_exported(run: Run, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    run(
        "ingest",
        str(write_csv(tmp_path / "a.csv", [row(received_on="12/06/2024"), row(received_on="", text="नाली जाम")])),
    )
    assert "नियत दिनांक बीत चुका है" in run("show", "1")[1]
    assert "नियत दिनांक बीत चुका है" not in run("show", "2")[1]
    run("export", str(tmp_path / "cases.xlsx"))
    lines = list(load_workbook(tmp_path / "cases.xlsx").active.iter_rows(values_only=True))  # type: ignore[union-attr]
    left = list(lines[0]).index("शेष दिन")
    assert [lines[1][left] < 0, lines[2][left] > 0] == [True, True]  # type: ignore[operator]


def test_a_cell_with_what_a_workbook_cannot_hold_is_exported_all_the_same(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write_csv(tmp_path / "a.csv", [row(tehsil="बांसी")])))
    with open_house(load()) as house:
        altered = replace(house, read=lambda: _Altered(house))  # type: ignore[arg-type, return-value]
        for name in ("cases.xlsx", "cases.csv"):
            assert export_cases(altered, tmp_path / name) == 1
    written = (tmp_path / "cases.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in written
    assert "\x00" not in written


class _Altered:
    """A unit of work whose cases hold control characters, as older databases may."""

    def __init__(self, house: House) -> None:
        self._work = house.read()

    def __enter__(self) -> _Altered:
        self._work.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._work.__exit__(None, None, None)

    @property
    def cases(self) -> _Altered:
        return self

    def page(self, *, after_id: int, limit: int) -> list[object]:
        page = self._work.cases.page(after_id=after_id, limit=limit)
        for case in page:
            case.whereabouts = replace(case.whereabouts, tehsil="\x00\x00=1+1\x0b", village="\ufffe")
            case.due_on += timedelta(days=1)
        return list(page)


def test_an_export_of_refusals_is_done_and_names_what_it_leaves_out(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write_csv(tmp_path / "a.csv", [row(channel="कबूतर", reference="40018726000001")])))
    (tmp_path / "empty.csv").write_bytes(b"")
    run("ingest", str(tmp_path / "empty.csv"))
    code, said, _ = run("rejected", "--export", str(tmp_path / "r.csv"))
    assert code == 0
    assert "1 बाहर रहीं" in said
    assert "empty.csv" in said
    refused = {one["file"]: one["id"] for one in json.loads(run("rejected", "--json")[1])["rejected"]}
    assert run("rejected", "--close", "zz")[0] == 3
    assert run("rejected", "--close", "")[0] == 3
    assert run("rejected", "--close", refused["empty.csv"][:8])[0] == 0
    code, left, _ = run("rejected", "--json")
    assert [one["file"] for one in json.loads(left)["rejected"]] == ["a.csv"]
    assert code == 1


def test_doctor_speaks_hindi_with_english_beside(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write_csv(tmp_path / "a.csv", many(2))))
    code, said, _ = run("doctor")
    assert code == 0
    for words in ("प्रकरण जो कार्यालय को नहीं सौंपे गये", "cases not routed", "ध्यान दें / warn", "चलाएँ"):
        assert words in said
    for finding in json.loads(run("doctor", "--json")[1])["findings"]:
        assert re.search("[\u0900-\u097f]", finding["subject_hi"])
        assert bool(finding["remedy"]) == bool(finding["remedy_hi"]) == (finding["state"] != "ok")


def test_verify_says_of_older_cases_what_it_could_not_compare(run: Run) -> None:
    with open_house(load()) as house:
        write_cases(house, without=("facts", "place"))
    code, said, _ = run("verify")
    assert code == 0
    assert "सब ठीक है / all is well" in said
    assert "2 older cases have no seal of reference, category and place: these were not compared" in said
    assert json.loads(run("verify", "--json")[1])["unsealed"] == 2


def test_route_says_in_hindi_why_a_person_is_asked(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write_csv(tmp_path / "a.csv", [row(text="xx")])))
    said = run("route")[1]
    assert any(words in said for words in ASK_HI.values())


def test_the_demo_names_the_program_as_it_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "a folder" / "nistaran"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(program)])
    monkeypatch.setenv("PATH", "/nowhere")
    assert shlex.split(command_line()) == [str(program)]
    monkeypatch.setenv("PATH", str(program.parent))
    assert command_line() == "nistaran"
    monkeypatch.setattr(sys, "argv", ["/x/nistaran/cli/__main__.py"])
    assert shlex.split(command_line()) == [sys.executable, "-m", "nistaran.cli"]
