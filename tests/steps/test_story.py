"""The story of a case is masked; whoever sees the open complainant stands in the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from nistaran.domain.errors import UnknownCase
from nistaran.steps.house import House
from nistaran.steps.story import show_complainant, story_of
from tests.files import row, write_csv
from tests.taking import take


def test_the_story_is_masked_and_looking_is_written_down(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [row(name="चन्द्रावती देवी", phone="9876512345")]))
    with house.read() as work:
        number = work.cases.by_ids([1])[0].number
    assert story_of(house, number).complainant.phone == "XXXXXXXX45"
    assert show_complainant(house, number, by="clerk").phone == "9876512345"
    seen = story_of(house, number).events[-1]
    assert (seen.kind, seen.body) == ("ComplainantShown", '{"by":"clerk"}')


def test_an_unknown_number_shows_nobody(house: House) -> None:
    with pytest.raises(UnknownCase):
        show_complainant(house, "SDR-2026-0000009", by="clerk")
