"""Retain killed at any of its points goes on where it stopped: in the end all is gone once, and the ledger verifies."""

from __future__ import annotations

from pathlib import Path

import pytest

from nistaran.bootstrap import open_house
from nistaran.bootstrap_retain import retain_all
from nistaran.settings import Settings
from nistaran.steps.fault import arm
from nistaran.steps.verify import verify
from tests.steps.people import number
from tests.steps.retaining import finished, found_in, on, set_back
from tests.storm.test_kill_ingest import in_child

POINTS = ["before_retain_commit", "after_retain_commit", "before_objects_go", "between_objects"]
WORDS = 1095


@pytest.mark.storm
@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_is_taken_up_where_it_stopped(settings: Settings, tmp_path: Path, point: str) -> None:
    (tmp_path / "in").mkdir()
    with open_house(settings) as house:
        finished(house, tmp_path / "in")
    set_back(settings)

    def killed(_: int) -> None:
        with open_house(settings) as house:
            arm(point)
            retain_all(settings, on(house, WORDS))

    assert in_child(killed, kill_after=None)[0] == 9
    assert found_in(settings.home) != {}
    with open_house(settings) as house:
        retain_all(settings, on(house, WORDS))
        retain_all(settings, on(house, WORDS))
        assert verify(house).faults == []
        with house.read() as work:
            assert [one.kind for one in work.ledger.of(number(1))].count("Purged") == 1
            assert work.erasures.given_up(done=False) == []
    assert found_in(settings.home) == {}
