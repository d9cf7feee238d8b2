"""`classify` as other programs feed it: broken bytes, half letters, strange ids; every line of the input is answered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nistaran.bootstrap import project_root
from nistaran.cli import main

GOOD = {"id": "g", "text": "गांव का ट्रांसफार्मर जल गया है बिजली विभाग सुनता नहीं"}


def classified(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes) -> tuple[object, list[Any]]:
    """Exit code and answers. The output's folder is not there before."""
    source, target = tmp_path / "in.jsonl", tmp_path / "new" / "folder" / "out.jsonl"
    source.write_bytes(content)
    monkeypatch.setattr(sys, "argv", ["nistaran", "classify", "--input", str(source), "--output", str(target)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert [path.name for path in target.parent.iterdir()] == ["out.jsonl"]
    return ended.value.code or 0, [json.loads(line) for line in target.read_text(encoding="utf-8").split("\n")[:-1]]


def _line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def test_every_line_is_answered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content = (
        b'{"id": 1, "text": "bijli \xff nahi hai gaon me transformer jala"}\n'
        b"\n"
        + _line(id="\ud800", text="नाली \udc00 जाम है")
        + _line(**GOOD, error="theirs", district="Jodhpur", addressed_to=["x"])
        + _line(id=[1], text="x")
        + b'{"id": NaN, "text": "x"}\n{"id": 1e999, "text": "x"}\n'
        + b'{"id": 8, "text": "'
        + "पानी नहीं".encode()
        + b'"}'
    )
    code, answers = classified(monkeypatch, tmp_path, content)
    assert code == 1
    assert [answer["id"] for answer in answers] == [1, None, "\ud800", "g", None, None, None, 8]
    assert ["error" in answer for answer in answers] == [False, True, False, False, True, True, True, False]
    assert [answer["line"] for answer in answers if "error" in answer] == [2, 5, 6, 7]
    assert answers[3]["department"] == "ENERGY"


def test_a_text_of_two_matters_names_the_other_department_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    two = (
        "गांव का ट्रांसफार्मर पन्द्रह दिन से जला पड़ा है, बिजली नहीं आती, जेई फोन नहीं उठाते, मीटर भी बन्द है। "
        "कोटेदार तीन महीने से राशन नहीं देता, यूनिट कम दर्ज है, अंगूठा लगवाकर गेहूं चावल रख लेता है।"
    )
    thanks = "महोदय, बिजली विभाग के सहयोग हेतु बहुत बहुत धन्यवाद, समस्या का समाधान हो गया है, आपका आभार।"
    content = _line(id=1, text=two) + _line(**GOOD) + _line(id=3, text=thanks)
    _, answers = classified(monkeypatch, tmp_path, content)
    assert {answers[0]["department"], *answers[0]["also"]} == {"ENERGY", "FOOD_CIVIL_SUPPLIES"}
    assert (answers[1]["also"], answers[2]["also"]) == ([], [])
    assert list(answers[0]) == ["id", "department", "confidence", "alternatives", "decision", "reasons", "also"]


def test_district_and_addressee_change_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content = _line(**GOOD) + _line(**GOOD, district="Atlantis") + _line(**GOOD, district=7, addressed_to="जलदाय विभाग")
    code, answers = classified(monkeypatch, tmp_path, content)
    assert code == 0
    assert answers[0] == answers[1] == answers[2]


def test_help_starts_without_the_house() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nistaran.cli", "--help"],
        cwd=project_root(),
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    for heavy in ("numpy", "scipy", "sqlalchemy", "pydantic", "openpyxl", "httpx", "nistaran.bootstrap"):
        assert f" {heavy}\n" not in told, heavy
