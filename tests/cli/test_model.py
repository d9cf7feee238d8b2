"""`nistaran model …`: exit codes, JSON, both languages, and never a citizen's word."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_correct import Here
from tests.files import many, write_csv
from tests.models.quick import open_quick

CLERK, SECOND = ("--by", "up.clerk1"), ("--by", "up.clerk2")


@pytest.fixture
def here(run: Run, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setattr(
        "nistaran.bootstrap_model.open_models", partial(open_quick, refuses=frozenset({"departments-2"}))
    )
    return Here(run)


def live(here: Here) -> str:
    return str(here.json("model", "list")["live"])


def test_from_training_to_live_and_back(here: Here) -> None:
    assert live(here) == "departments-shipped"
    done = here.json("model", "retrain", "--force", *CLERK)
    assert (done["state"], done["proposal"]["version"], done["promotion"]) == ("PROPOSED", "departments-1", None)
    assert live(here) == "departments-shipped"
    promoted = here.json("model", "promote", "departments-1", *SECOND)
    assert promoted["live"]["people"] == ["up.clerk1", "up.clerk2"]
    assert live(here) == "departments-1"
    assert here.json("model", "rollback", *CLERK)["live"]["version"] == "departments-shipped"
    assert [one["move"] for one in here.json("model", "list")["promotions"]] == ["PROMOTED", "ROLLED_BACK"]


def test_without_enough_new_corrections_nothing_is_trained(here: Here) -> None:
    done = here.json("model", "retrain", *CLERK)
    assert (done["state"], done["new"], done["enough"], done["proposal"]) == ("TOO_FEW", 0, 200, None)
    assert "--force" in here("model", "retrain", *CLERK).stdout


def test_a_refused_challenger_tells_why_in_both_languages_and_never_goes_live(here: Here) -> None:
    here("model", "retrain", "--force", *CLERK)
    said = here("model", "retrain", "--force", *CLERK, code=1).stdout
    assert "CANARY_FELL: पहरे के पाठ ENERGY/bill" in said
    assert "canary texts ENERGY/bill: from 100.0 % down to 75.0 %" in said
    assert "लगभग वही पाठ दोबारा" in said
    assert "GateRefused" not in here("model", "promote", "departments-2", *CLERK, code=3).stderr
    card = here("model", "show").stdout
    assert "# departments-2" in card
    assert "अस्वीकृत / refused" in card
    reasons = here.json("model", "show", "departments-2")["verdict"]["reasons"]
    assert reasons[0]["hi"].startswith("पहरे")


def test_before_anything_was_trained_the_live_models_card_is_shown(here: Here) -> None:
    assert "shipped" in here.json("model", "show")["version"]
    assert here.json("model", "show", "departments-shipped")["live"] is True
    said = here("model", "show").stdout
    assert "मूल मॉडल" in said
    assert "लागू है / live" in said
    assert "none was trained yet" in here("model", "list").stdout


def test_the_card_says_who_agreed_and_whether_it_is_live(here: Here) -> None:
    here("model", "retrain", "--force", *CLERK)
    assert "लागू नहीं / not live" in here("model", "show").stdout
    here("model", "promote", "departments-1", *SECOND)
    said = here("model", "show").stdout
    assert "सहमति / agreed: up.clerk1, up.clerk2" in said
    assert "अभी / now: लागू है / live" in said
    assert "live already" in here("model", "promote", "departments-1", *SECOND, code=3).stderr


def test_audited_cases_come_before_training(here: Here, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.models.quick.Quick.needs", 2)
    here("ingest", str(write_csv(tmp_path / "a.csv", many(4))))
    here("route")
    said = here("model", "retrain", "--force", *CLERK, code=1).stdout
    assert "too few cases were audited" in said
    assert "पर्याप्त नहीं" in said
    assert here.json("model", "audit", code=1)["needed"] == 2
    sheet = tmp_path / "audit.csv"
    assert here.json("model", "audit", "--export", str(sheet), "--count", "3", *SECOND)["given_out"] == 3
    assert "पहले से है" in here("model", "audit", "--export", str(sheet), *SECOND, code=3).stderr
    head, *rows = sheet.read_text(encoding="utf-8-sig").splitlines()
    sheet.write_text("\n".join([head, *(row + "ENERGY" for row in rows)]), encoding="utf-8")
    told = here.json("model", "audit", "--file", str(sheet), *SECOND)
    assert (told["changed"], told["counted"], told["refused"]) == (3, 3, [])
    sheet.write_text(f"{head}\n1,,x,nowhere\n99,,x,ENERGY\n", encoding="utf-8")
    refused = here("model", "audit", "--file", str(sheet), *SECOND, code=1)
    assert "row 3" in refused.stderr
    assert here.json("model", "retrain", "--force", *CLERK)["state"] == "PROPOSED"


@pytest.mark.parametrize(
    "words", [("--export", "x.csv"), ("--by", "up.a"), ("--export", "x.csv", "--file", __file__, "--by", "up.a")]
)
def test_an_audit_names_who_does_it(here: Here, words: tuple[str, ...]) -> None:
    here("model", "audit", *words, code=2)


def test_two_persons_where_the_setting_wants_two(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NISTARAN_PROMOTE", "two")
    here("model", "retrain", "--force", *CLERK)
    assert "दूसरे अधिकारी" in here("model", "promote", "departments-1", *CLERK, code=1).stdout
    assert live(here) == "departments-shipped"
    here("model", "promote", "departments-1", *SECOND)
    assert live(here) == "departments-1"


def test_auto_makes_it_live_at_once(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NISTARAN_PROMOTE", "auto")
    assert here.json("model", "retrain", "--force", *CLERK)["state"] == "PROMOTED"
    assert live(here) == "departments-1"


@pytest.mark.parametrize(
    "words",
    [
        ("model", "promote", "departments-9", *CLERK),
        ("model", "show", "departments-9"),
        ("model", "rollback", *CLERK),
        ("model", "rollback", "--by", "9876501234"),
    ],
)
def test_what_cannot_be_done_is_said_in_both_languages(here: Here, words: tuple[str, ...]) -> None:
    said = here(*words, code=3).stderr
    assert any("\u0900" <= letter <= "\u097f" for letter in said)
    assert " / " in said


def test_a_named_folder_of_the_settings_cannot_be_replaced(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    here("model", "list")
    import os

    monkeypatch.setenv("NISTARAN_MODEL", str(Path(os.environ["NISTARAN_HOME"]) / "shipped" / "departments-shipped"))
    assert "NISTARAN_MODEL" in here("model", "rollback", *CLERK, code=3).stderr
    assert live(here) == "departments-shipped"


def test_the_drift_watch_shows_looks_and_clears(here: Here, tmp_path: Path) -> None:
    told = here.json("model", "drift")
    assert (told["alarms"], told["has_reference"]) == ([], False)
    assert here.json("model", "drift", "--look")["state"] == "TOO_FEW"
    _alarm()
    said = here("model", "drift", code=1).stdout
    assert "इस विभाग पर विश्वास घटा" in said
    assert "POLICE" in said
    assert here.json("model", "drift", code=1)["departments"] == ["POLICE"]
    assert "--asked DRIFT" in here("model", "drift", "--clear", *CLERK).stdout
    assert here.json("model", "drift")["cleared_by"] == "up.clerk1"


def _alarm() -> None:
    from nistaran.domain.drift import Alarm, Sign
    from nistaran.settings import load
    from tests.models.tiny import NOW

    alarm = Alarm(sign=Sign.DEPARTMENT_UNSURE, department="POLICE", was=0.9, now=0.6)
    open_quick(load()).keep_alarms("departments-shipped", [alarm], at=NOW)


@pytest.mark.parametrize("words", [("--clear",), ("--by", "up.clerk1"), ("--clear", "--look", "--by", "up.clerk1")])
def test_clearing_names_who_has_looked(here: Here, words: tuple[str, ...]) -> None:
    here("model", "drift", *words, code=2)


def test_the_live_model_of_the_house_classifies_and_routes(here: Here, tmp_path: Path) -> None:
    here("model", "retrain", "--force", *CLERK)
    here("model", "promote", "departments-1", *CLERK)
    texts = tmp_path / "in.jsonl"
    texts.write_text(json.dumps({"id": 1, "text": "थाना चोरी"}) + "\n", encoding="utf-8")
    here("classify", "--input", str(texts), "--output", str(tmp_path / "out.jsonl"))
    here("ingest", str(write_csv(tmp_path / "a.csv", many(3))))
    here("route")
    told: dict[str, Any] = here.json("show", "1")
    assert "departments-1" in json.dumps(told)
