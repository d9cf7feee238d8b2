"""The context of a case: what is personal in it stands sealed, bound to its case; the rest in the open."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nistaran.domain.complaint import Complainant
from nistaran.domain.errors import ObjectDamaged
from nistaran.steps.context import context_of, sealed_extras
from nistaran.steps.house import House
from tests.files import row, write_csv
from tests.taking import take

EXTRAS = {
    "पिता का नाम": "हरिराम",
    "firk dk uke (2)": "शिवराम",
    "Aadhaar No": "-",
    "column 9": "9876512345",
    "टिप्पणी": "तत्काल",
}
ORIGINALS = {"name": "jkenhu", "text": "ukyh tke gS", "phone": "9.41501E+09"}


def test_what_is_personal_is_sealed_and_the_rest_stands_open(house: House) -> None:
    context = context_of(house.vault, "k", originals=ORIGINALS, extras=EXTRAS)
    written = json.dumps(context, ensure_ascii=False)
    assert (context["extras"], context["originals"]) == ({"टिप्पणी": "तत्काल"}, {"text": "ukyh tke gS"})
    for hidden in ("हरिराम", "शिवराम", "9876512345", "jkenhu", "9.41501E+09", "पिता"):
        assert hidden not in written
    assert sealed_extras(house.vault, "k", context) == {key: EXTRAS[key] for key in EXTRAS if key != "टिप्पणी"}


def test_nothing_personal_costs_nothing(house: House) -> None:
    assert context_of(house.vault, "k", originals={}, extras={}) == {}
    assert context_of(house.vault, "k", originals={}, extras={"टिप्पणी": "क"}) == {"extras": {"टिप्पणी": "क"}}
    assert sealed_extras(house.vault, "k", {"file": "f", "row": 1}) == {}


@pytest.mark.promise("P30")
def test_moved_to_another_case_it_does_not_open(house: House) -> None:
    context = context_of(house.vault, "k", originals={}, extras=EXTRAS)
    with pytest.raises(ObjectDamaged):
        sealed_extras(house.vault, "another", context)


def test_it_opens_in_no_complainants_place(house: House) -> None:
    sealed = base64.b64encode(house.vault.seal(Complainant(name="क"), to="k")).decode()
    with pytest.raises(ObjectDamaged):
        sealed_extras(house.vault, "k", {"sealed": sealed})


def test_what_is_no_seal_is_said_to_be_damaged(house: House) -> None:
    with pytest.raises(ObjectDamaged):
        sealed_extras(house.vault, "k", {"sealed": "abc"})


def test_half_a_letter_in_a_cell_is_kept(house: House) -> None:
    extras = {"पिता": "क\ud800"}
    assert sealed_extras(house.vault, "k", context_of(house.vault, "k", originals={}, extras=extras)) == extras


@pytest.mark.promise("P30")
def test_no_personal_column_of_a_file_stands_readable_in_the_database(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [row(**{"पिता का नाम": "हरिरामसुत", "टिप्पणी": "तत्काल"})]))
    with closing(sqlite3.connect(house.spool.parent / "nistaran.db")) as database:
        (facts,) = database.execute("SELECT facts FROM words").fetchone()
    assert "हरिरामसुत" not in facts
    assert "तत्काल" in facts
