"""Postgres stops and comes back in the middle of ingest: nothing is lost, nothing is doubled, the exit code says so (P10)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count as numbers
from pathlib import Path

import pytest

from nistaran.bootstrap import project_root
from nistaran.cli.start import prefect_environment
from tests.files import many, write_csv
from tests.servers import S3Server
from tests.world.gate import wait_until
from tests.world.restarting import RestartingPostgres, restarting_postgres
from tests.world.worlds import World, ended, on_servers

pytestmark = [pytest.mark.storm, pytest.mark.promise("P10"), pytest.mark.timeout(600)]

COMPLAINTS = int(os.environ.get("STORM_AWAY_COMPLAINTS", "5000"))
STOPS = int(os.environ.get("STORM_STOPS", "10"))
SEED = int(os.environ.get("STORM_SEED", "20261122"))
_serial = numbers(1)
CASES = "SELECT count(*) FROM cases"


@pytest.fixture(scope="module")
def postgres() -> Iterator[RestartingPostgres]:
    with restarting_postgres() as server:
        yield server


@pytest.fixture
def world(postgres: RestartingPostgres, s3_server: S3Server, house_key: bytes, tmp_path: Path) -> World:
    name = f"away-{next(_serial)}"
    postgres.run(f'CREATE DATABASE "{name}"')
    made = on_servers(tmp_path / "home", house_key, postgres.url(name), s3_server.endpoint, s3_server.new_bucket())
    made.prepare()
    made.drop_into_inbox(write_csv(tmp_path / "a.csv", many(COMPLAINTS)))
    return made


def count(postgres: RestartingPostgres, world: World) -> int:
    return postgres.value(CASES, database=world.name) or 0


def test_ingest_ends_with_4_while_it_is_away_and_goes_on_afterwards(world: World, postgres: RestartingPostgres) -> None:
    rng = random.Random(SEED)
    seen = 0
    for stop in range(STOPS):
        wanted = COMPLAINTS * (stop + 1) // (STOPS + 2)
        ingesting = world.start("ingest", NISTARAN_BATCH="25")
        wait_until(lambda: count(postgres, world) >= wanted or ingesting.poll() is not None)  # noqa: B023
        assert ingesting.poll() is None, f"seed={SEED}: over before stop {stop}: make STORM_AWAY_COMPLAINTS larger"
        postgres.stop(rng.choice([signal.SIGINT, signal.SIGQUIT]))
        _, told = ingesting.communicate(timeout=120)
        assert ingesting.returncode == 4, f"seed={SEED}\n{told}"
        assert "nothing was lost" in told
        assert "Traceback" not in told
        if stop == 0:
            for verb in (["route"], ["deliver"], ["verify"], ["doctor"], ["show", "SDR-2026-0000001"]):
                world(*verb, code=4)
        postgres.start()
        assert count(postgres, world) >= max(wanted, seen), f"seed={SEED}: committed cases are lost"
        seen = count(postgres, world)
    assert seen < COMPLAINTS
    world("ingest")
    assert world.times("Registered") == {1: COMPLAINTS}
    assert len({case.key for case in world.cases()}) == len(world.cases()) == COMPLAINTS
    assert world.verified().faults == []


def test_a_flow_waits_for_the_database_and_goes_on_without_a_person(
    world: World, postgres: RestartingPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    day = subprocess.Popen(
        [sys.executable, "-m", "flows.day"],
        cwd=project_root(),
        env={**prefect_environment(world.settings()), **world.env, "NISTARAN_BATCH": "25"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for turn in (1, 2):
        wait_until(lambda: count(postgres, world) >= turn * COMPLAINTS // 4 or day.poll() is not None)  # noqa: B023
        assert day.poll() is None, day.communicate()
        postgres.stop(signal.SIGINT)
        time.sleep(1)
        postgres.start()
    ended(day)
    assert world.times("Registered") == {1: COMPLAINTS}
    assert world.times("Routed", "PersonAsked") == {1: COMPLAINTS}
    assert world.verified().faults == []
