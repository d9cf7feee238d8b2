"""`nistaran show NUMBER --open`: the complainant for whoever says who looks and why; nobody else sees anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nistaran.bootstrap import open_house
from nistaran.settings import load
from nistaran.steps.verify import verify
from tests.cli.conftest import Run
from tests.files import row, write_csv

PHONE = "9876512345"
WHO = ("--open", "--by", "रमेश, पटल लिपिक", "--reason", "आख्या पर फ़ोन से पुष्टि")


@pytest.fixture
def fed(run: Run, tmp_path: Path) -> Run:
    """A house with one case."""
    run("ingest", str(write_csv(tmp_path / "a.csv", [row(name="चन्द्रावती देवी", phone=PHONE, address="ग्राम खेतपुर")])))
    return run


def test_the_complainant_is_shown_and_the_story_says_who_looked(fed: Run) -> None:
    code, said, _ = fed("show", "1", *WHO)
    assert code == 0
    assert all(value in said for value in ("चन्द्रावती देवी", PHONE, "ग्राम खेतपुर", "रमेश, पटल लिपिक"))
    _, story, _ = fed("show", "1")
    assert "रमेश, पटल लिपिक — आख्या पर फ़ोन से पुष्टि" in story
    assert PHONE not in story
    assert "चन्द्रावती" not in story


def test_as_json_it_is_one_object(fed: Run) -> None:
    code, said, _ = fed("show", "1", *WHO, "--json")
    assert code == 0
    assert json.loads(said)["complainant"] == {"name": "चन्द्रावती देवी", "phone": PHONE, "address": "ग्राम खेतपुर"}


@pytest.mark.parametrize("left_out", [0, 1, 3])
def test_without_open_who_or_why_it_is_wrong_use_and_nothing_is_seen(fed: Run, left_out: int) -> None:
    words = list(WHO)
    del words[left_out : left_out + (1 if left_out == 0 else 2)]
    code, said, error = fed("show", "1", *words)
    assert code == 2
    assert PHONE not in said + error
    assert "--reason" in error
    assert "ComplainantShown" not in fed("show", "1", "--json")[1]


def test_a_reason_that_is_none_is_refused_with_what_to_do(fed: Run) -> None:
    code, said, error = fed("show", "1", "--open", "--by", "रमेश", "--reason", "...")
    assert (code, said) == (3, "")
    assert "क्यों" in error or "कारण" in error
    assert "why" in error


def test_an_unknown_number_is_refused(fed: Run) -> None:
    assert fed("show", "77", *WHO)[0] == 3


def test_the_look_is_covered_by_a_signed_checkpoint(fed: Run) -> None:
    fed("show", "1", *WHO)
    with open_house(load()) as house:
        outcome = verify(house)
    assert (outcome.faults, outcome.checkpoint) == ([], outcome.events)


def test_no_control_character_of_a_name_reaches_the_terminal(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write_csv(tmp_path / "a.csv", [row(name="\x1b]0;x\x07राम", address="\x1b[31mलाल")])))
    said = run("show", "1", *WHO)[1]
    assert not [letter for letter in said if ord(letter) < 32 and letter != "\n"]
