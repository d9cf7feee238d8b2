"""`nistaran route --asked [REASON …]`: exit codes, JSON, and words that are no reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from nistaran.cli.again import route_asked
from tests.cli.conftest import Run
from tests.files import many, write_csv


@pytest.fixture
def without_model(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Two cases that were routed while the model's files were not there."""
    run("ingest", str(write_csv(tmp_path / "a.csv", many(2))))
    monkeypatch.setenv("NISTARAN_MODEL", str(tmp_path / "none"))
    assert json.loads(run("route", "--json")[1])["reasons"] == {"NO_MODEL": 2}
    return run


def test_after_the_model_is_back_the_cases_are_routed(without_model: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said, _ = without_model("route", "--asked", "--json")
    assert (code, json.loads(said)["unchanged"]) == (0, 2)
    assert "nistaran doctor" in without_model("route", "--asked")[1]
    monkeypatch.delenv("NISTARAN_MODEL")
    code, said, _ = without_model("route", "--asked", "no_model", "--json")
    told = json.loads(said)
    assert (code, told["unchanged"], told["touched"]) == (0, 0, 0)
    assert told["routed"] + told["asked"] == 2
    assert "पूर्व कारण" in without_model("show", "1")[1]


def test_without_asked_a_reason_is_wrong_use(run: Run) -> None:
    code, _, said = run("route", "NO_MODEL")
    assert code == 2
    assert "--asked" in said


@pytest.mark.parametrize(
    ("reasons", "asked", "lanes", "named"),
    [(["NO_MODEL"], False, None, "--asked"), (["TIRED"], True, None, "NO_OFFICE"), ([], True, ["slow"], "cm-helpline")],
)
def test_wrong_use_is_told_in_both_languages(
    run: Run, reasons: list[str], asked: bool, lanes: list[str] | None, named: str
) -> None:
    with pytest.raises(typer.BadParameter, match=named) as wrong:
        route_asked(reasons, asked=asked, lanes=lanes, as_json=False)
    assert " / " in str(wrong.value)


def test_what_came_of_it_is_told_to_people_and_programs(
    without_model: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    route_asked([], asked=True, lanes=None, as_json=False)
    assert "उत्तर वही रहा / the same answer: 2" in capsys.readouterr().out
    monkeypatch.delenv("NISTARAN_MODEL")
    route_asked(["NO_MODEL"], asked=True, lanes=["ordinary"], as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["routed"] + told["asked"] == 2
