"""Two processes on one Postgres and one bucket do each thing once (P4, P6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files import many, write_csv
from tests.world.gate import at_once
from tests.world.worlds import World

ROWS = 120
BATCH = {"NISTARAN_BATCH": "15"}


def filled(world: World, tmp_path: Path) -> World:
    """The same complaints twice, in two orders, in the inbox."""
    world.prepare()
    rows = many(ROWS)
    world.drop_into_inbox(write_csv(tmp_path / "a.csv", rows), write_csv(tmp_path / "b.csv", rows[::-1]))
    return world


@pytest.mark.promise("P4")
@pytest.mark.promise("P6")
def test_two_ingests_and_two_routes_at_once_do_each_thing_once(servers: World, tmp_path: Path) -> None:
    filled(servers, tmp_path)
    taken_in = at_once(servers, "ingest", **BATCH)
    assert sum(file["new"] for told in taken_in for file in told["files"]) == ROWS
    assert servers.times("Registered") == {1: ROWS}

    routed = [told["routed"] + told["asked"] for told in at_once(servers, "route", **BATCH)]
    assert all(routed), "one process had nothing to route: nothing was tested"
    assert sum(routed) == ROWS
    assert servers.times("Routed", "PersonAsked") == {1: ROWS}
    assert servers.decisions() == {1: ROWS}
    assert len({case.key for case in servers.cases()}) == len(servers.cases()) == ROWS
    assert servers.verified().faults == []


@pytest.mark.storm
def test_the_twin_that_does_not_hold_its_cases_is_caught(servers: World, tmp_path: Path) -> None:
    filled(servers, tmp_path)("ingest")
    routed = [
        told["routed"] + told["asked"]
        for told in at_once(servers, "route", module="tests.world.careless_route", **BATCH)
    ]
    assert sum(routed) > ROWS
    assert servers.decisions() != {1: ROWS}
    assert servers.times("Routed", "PersonAsked") != {1: ROWS}
