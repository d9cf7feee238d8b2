"""`nistaran correct`, `accept` and `corrections`: exit codes, JSON, files with bad rows, and never a citizen's word."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.cli.conftest import Run
from tests.cli.test_commands import Cli
from tests.files import many, write_csv

CLERK = ("--by", "up.clerk1")
OFFICE = ("--by", "up.office")


@dataclass
class Said:
    """What one verb printed."""

    stdout: str
    stderr: str


class Here:
    """The command line in this process, asked as the one in a process of its own (Cli)."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __call__(self, *words: str, code: int = 0) -> Said:
        found, out, err = self._run(*words)
        assert found == code, f"exit {found}\n{out}\n{err}"
        return Said(out, err)

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self(*words, "--json", code=code).stdout)
        return found


@pytest.fixture
def here(run: Run) -> Here:
    return Here(run)


@pytest.fixture
def fed(here: Here, tmp_path: Path) -> Here:
    """Six routed cases."""
    here("ingest", str(write_csv(tmp_path / "a.csv", many(6))))
    here("route")
    return here


@pytest.mark.long
def test_from_a_correction_to_what_may_teach_in_processes_of_their_own(tmp_path: Path) -> None:
    fed = Cli(tmp_path / "home")
    fed("init")
    fed("ingest", str(write_csv(tmp_path / "a.csv", many(2))))
    fed("route")
    fed("correct", "1", "--department", "PIGEON", *CLERK, code=3)
    fed("correct", *CLERK, code=2)
    done = fed.json("correct", "1", "--department", "revenue", "--reason", "MAIN_MATTER", *CLERK)
    assert (done["department"], done["changed"], done["trust"]) == ("REVENUE", True, "WAITING")
    assert done["due"] == fed.json("show", "1")["case"]["due_on"]
    again = fed.json("correct", "1", "--department", "REVENUE", *CLERK)
    assert (again["changed"], again["correction"]) == (False, None)
    taken = fed.json("accept", "१", "--office", done["office"], *OFFICE)
    assert taken == {"case": done["case"], "office": done["office"], "trusted": [done["correction"]], "changed": True}
    assert fed.json("corrections")["counts"] == [{"by": "up.clerk1", "trust": "TRUSTED", "count": 1}]
    assert [event["kind"] for event in fed.json("show", "1")["events"]][-3:] == [
        "DepartmentCorrected",
        "OfficeAnswered",
        "CorrectionTrusted",
    ]
    told = fed("show", "1").stdout
    assert "राजस्व" in told
    assert "up.office" in told
    assert fed.json("verify")["faults"] == []


def test_people_read_both_languages_and_the_old_due_date(fed: Here) -> None:
    told = fed("correct", "1", "--department", "POLICE", *CLERK).stdout
    assert "कार्यालय / office" in told
    assert "due as before" in told
    assert "nothing changed" in fed("correct", "1", "--department", "POLICE", *CLERK).stdout


REFUSED = [
    ("correct", "1", "--department", "PIGEON", *CLERK),
    ("correct", "1", "--department", "NONE", *CLERK),
    ("correct", "77", "--department", "POLICE", *CLERK),
    ("correct", "1", "--department", "POLICE", "--by", "रमेश"),
    ("accept", "1", "--office", "SDR-CELL", *OFFICE),
    ("accept", "1", "--office", "NOBODY", *OFFICE),
    ("corrections", "--release", "SDR-2026-0000001/1", *OFFICE),
]
WRONG_USE = [
    ("correct", "1", "--department", "POLICE"),
    ("correct", "1", *CLERK),
    ("correct", *CLERK),
    ("accept", "1", *OFFICE),
    ("corrections", "--release", "SDR-2026-0000001/1"),
    ("correct", "--file", "nowhere.csv", *CLERK),
]


def test_what_is_refused_and_what_is_wrong_use(fed: Here) -> None:
    for words in REFUSED:
        done = fed(*words, code=3)
        assert done.stdout == ""
        assert " / " in done.stderr
    for words in WRONG_USE:
        assert fed(*words, code=2).stdout == ""
    assert fed.json("corrections")["counts"] == []


def test_a_file_goes_on_past_bad_rows_and_names_them(fed: Here, tmp_path: Path) -> None:
    secret = "मेरा पड़ोसी मारता है"
    lines = ("1;POLICE;", "2;;", f"{secret};POLICE;", "4;कबूतर;", "5;NONE;", "6;NONE;THANKS")
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(("प्रकरण;सही विभाग;कारण", *lines)), encoding="utf-8-sig")
    done = fed.json("correct", "--file", str(path), *CLERK, code=1)
    assert {name: done[name] for name in ("rows", "changed", "unchanged", "blank")} == {
        "rows": 6, "changed": 2, "unchanged": 0, "blank": 1,
    }  # fmt: skip
    assert [(one["row"], one["field"], one["code"]) for one in done["refused"]] == [
        (4, "case", "UnknownCase"),
        (5, "department", "NoSuchDepartment"),
        (6, "reason", "WrongReason"),
    ]
    assert all(" / " in one["reason"] for one in done["refused"])
    told = fed("correct", "--file", str(path), *CLERK, code=1)  # again: harmless
    assert "as before: 2" in told.stdout
    assert secret not in told.stdout + told.stderr + str(done)
    assert fed.json("verify")["faults"] == []


def test_offices_answer_by_a_workbook(fed: Here, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["प्रकरण", "कार्यालय कूट"])  # type: ignore[union-attr]
    for n in (1, 2):
        office = fed.json("correct", str(n), "--department", "REVENUE", *CLERK)["office"]
        book.active.append([n, office])  # type: ignore[union-attr]
    book.active.append([3, "SDR-CELL"])  # type: ignore[union-attr]
    book.save(tmp_path / "accepted.xlsx")
    done = fed.json("accept", "--file", str(tmp_path / "accepted.xlsx"), *OFFICE, code=1)
    assert (done["changed"], done["trusted"]) == (2, 2)
    assert [(one["row"], one["code"]) for one in done["refused"]] == [(4, "NotOnThisDesk")]


def test_a_file_without_the_columns_says_which_are_needed(fed: Here, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "विभाग / department" in fed("correct", "--file", str(tmp_path / "a.csv"), *CLERK, code=1).stderr


def test_the_export_itself_may_be_corrected_and_fed_back(fed: Here, tmp_path: Path) -> None:
    target = tmp_path / "cases.csv"
    fed("export", str(target))
    police, revenue = "गृह (पुलिस)", "राजस्व एवं आपदा"
    text = target.read_text(encoding="utf-8-sig")
    assert text.count(police) == 1
    target.write_text(text.replace(police, revenue), encoding="utf-8-sig")
    done = fed.json("correct", "--file", str(target), *CLERK)
    assert (done["rows"], done["changed"], done["unchanged"]) == (6, 1, 5)


def test_a_mass_is_listed_with_its_reason_and_released_by_a_second_person(here: Here, tmp_path: Path) -> None:
    """The pack's own limit: more than thirty towards one department within ten minutes."""
    here("ingest", str(write_csv(tmp_path / "a.csv", many(40))))
    here("route")
    path = tmp_path / "answers.csv"
    path.write_text("case,department\n" + "".join(f"{n},MINING\n" for n in range(1, 36)), encoding="utf-8")
    done = here.json("correct", "--file", str(path), *CLERK)
    assert (done["changed"], done["held_back"]) == (35, 35)
    listed = here.json("corrections", "--quarantined", code=1)
    assert listed["counts"] == [{"by": "up.clerk1", "trust": "QUARANTINED", "count": 35}]
    assert {one["why"] for one in listed["quarantined"]} == {"TOO_MANY_ALIKE"}
    assert "मामला" not in here("corrections", "--quarantined", code=1).stdout
    one = listed["quarantined"][0]["id"]
    assert "स्वयं" in here("corrections", "--release", one, *CLERK, code=3).stderr
    freed = here.json("corrections", "--release", one, *OFFICE, code=1)
    assert [(found["id"], found["trust"]) for found in freed["released"]] == [(one, "WAITING")]
    assert here.json("verify")["faults"] == []
