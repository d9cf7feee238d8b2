"""The story of a case is masked; whoever sees the open complainant stands in the ledger with the reason, never with the value."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from nistaran.domain.errors import ObjectDamaged, UnknownCase, WorldAway
from nistaran.steps.context import context_of
from nistaran.steps.house import House
from nistaran.steps.story import WhoAndWhy, also_concerns, show_complainant, story_of
from nistaran.steps.verify import verify
from tests.files import row, write_csv
from tests.taking import take

WHO = {"by": "रमेश, पटल लिपिक", "why": "आख्या पर फ़ोन से पुष्टि"}


@pytest.fixture
def number(house: House, tmp_path: Path) -> str:
    take(house, write_csv(tmp_path / "a.csv", [row(name="चन्द्रावती देवी", phone="9876512345", address="ग्राम खेतपुर")]))
    with house.read() as work:
        return work.cases.by_ids([1])[0].number


def test_the_story_is_masked_and_looking_is_written_down(house: House, number: str) -> None:
    assert story_of(house, number).complainant.phone == "XXXXXXXX45"
    shown = show_complainant(house, number, **WHO)
    seen = shown.complainant
    assert (seen.name, seen.phone, seen.address) == ("चन्द्रावती देवी", "9876512345", "ग्राम खेतपुर")
    event = story_of(house, number).events[-1]
    assert (event.kind, json.loads(event.body)) == ("ComplainantShown", WHO)
    assert verify(house).faults == []


class Naming:
    """A model that names two matters."""

    version = "naming"

    def classify(self, texts: Sequence[str], addressed_to: object = None) -> list[object]:
        raise AssertionError("a story decides nothing")

    def also(self, texts: Sequence[str], responsible: Sequence[str]) -> list[tuple[str, ...]]:
        assert responsible == ["ENERGY"]
        return [("PWD",)]


def away() -> None:
    raise WorldAway


def test_other_departments_are_named_as_the_live_model_sees_them_and_not_kept(house: House, number: str) -> None:
    story = story_of(house, number)
    assert also_concerns(replace(house, classifier=Naming), story) == ()  # nobody named a department yet
    decided = replace(story, case=replace(story.case, department="ENERGY"))
    assert also_concerns(replace(house, classifier=Naming), decided) == ("PWD",)
    for none in (lambda: None, away, object):
        assert also_concerns(replace(house, classifier=none), decided) == ()
    for code in ("NONE", ""):
        assert (
            also_concerns(replace(house, classifier=Naming), replace(story, case=replace(story.case, department=code)))
            == ()
        )
    assert story_of(house, number) == story


@pytest.mark.promise("P30")
def test_the_ledger_never_holds_what_was_seen(house: House, number: str) -> None:
    show_complainant(
        house,
        number,
        by="चन्द्रावती के पटल से, 98765-12345",
        why="देवी जी, ग्राम खेतपुर, फ़ोन 9876512345, ९८७६५ १२३४५ और 512345",
    )
    body = story_of(house, number).events[-1].body
    for value in ("चन्द्रावती", "देवी", "9876512345", "98765", "९८७६५", "512345", "ग्राम खेतपुर"):
        assert value not in body
    assert "के पटल से" in body


@pytest.mark.parametrize("given", [{"by": " "}, {"why": "\t"}, {"by": "123"}, {"why": "…"}, {"why": "क" * 301}])
def test_without_who_and_why_nothing_is_shown_or_written(house: House, number: str, given: dict[str, str]) -> None:
    before = len(story_of(house, number).events)
    with pytest.raises(WhoAndWhy):
        show_complainant(house, number, **{**WHO, **given})
    assert len(story_of(house, number).events) == before


def test_nothing_is_shown_when_it_cannot_be_written_down(
    house: House, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError

    with house.work() as work:
        monkeypatch.setattr(type(work.ledger), "append", full)
    with pytest.raises(OSError):  # noqa: PT011 - what the ledger raised, whatever it is
        show_complainant(house, number, **WHO)


def test_personal_columns_of_the_file_are_shown_beside(house: House, number: str) -> None:
    with house.read() as work:
        key = work.cases.by_ids([1])[0].key
    context = context_of(house.vault, key, originals={}, extras={"पिता का नाम": "हरिराम", "टिप्पणी": "तत्काल"})
    _write_context(house, context)
    assert show_complainant(house, number, **WHO).beside == {"पिता का नाम": "हरिराम"}
    _write_context(house, context_of(house.vault, "another", originals={}, extras={"पिता का नाम": "हरिराम"}))
    with pytest.raises(ObjectDamaged):
        show_complainant(house, number, **WHO)


def _write_context(house: House, context: dict[str, object]) -> None:
    with closing(sqlite3.connect(house.spool.parent / "nistaran.db")) as database:
        database.execute("UPDATE words SET facts = ? WHERE case_id = 1", [json.dumps(context)])
        database.commit()


def test_an_unknown_number_shows_nobody(house: House) -> None:
    with pytest.raises(UnknownCase):
        show_complainant(house, "SDR-2026-0000009", **WHO)
