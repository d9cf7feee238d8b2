"""Killing a run or its worker, and losing all that Prefect knows, loses no case and doubles none."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from prefect.client.orchestration import get_client

from nistaran.bootstrap import open_house
from nistaran.settings import Settings
from nistaran.steps.deliver import LEASE_SECONDS, deliver_batch
from nistaran.steps.verify import verify
from tests.files import many, write_csv
from tests.flows.losses import CASES, MOMENTS, cases_taken, day, day_killed, environment, notices, started, wait_until
from tests.flows.serving import Served, free_port


@pytest.fixture
def inbox(home: Path) -> Path:
    """A prepared house with a file in its inbox."""
    write_csv(home / "inbox" / "a.csv", many(CASES))
    return home / "inbox"


class AfterTheLease:
    """A clock so far ahead that what a killed worker held is free again."""

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=LEASE_SECONDS + 1)


def nothing_is_lost_or_doubled() -> None:
    """Every case is there once, decided once and told once, and the house verifies."""
    with open_house(Settings()) as house:
        late = dataclasses.replace(house, clock=AfterTheLease())
        while deliver_batch(late).notices:
            pass
        with house.read() as work:
            cases = work.cases.page(after_id=0, limit=10 * CASES)
            happened = Counter((link.case, link.kind) for link in work.ledger.links())
            states = work.outbox.count_by_state()
        assert len({case.key for case in cases}) == len(cases) == CASES
        assert {case.status.value for case in cases} <= {"WITH_OFFICE", "AWAITING_PERSON"}
        assert set(happened.values()) == {1}
        assert states == {"DELIVERED": sum(case.status.value == "WITH_OFFICE" for case in cases)}
        assert len(notices()) == states["DELIVERED"]
        assert len({json.loads(path.read_text(encoding="utf-8"))["key"] for path in notices()}) == len(notices())
        assert verify(house).faults == []


def test_a_run_that_is_killed_while_reading_is_finished_by_the_next(inbox: Path) -> None:
    with get_client(sync_client=True) as client:
        server = {"PREFECT_API_URL": str(client.api_url)}
    day_killed(MOMENTS["half read"], **server)
    assert 0 < cases_taken() < CASES
    day(**server)
    nothing_is_lost_or_doubled()


@pytest.mark.storm
@pytest.mark.timeout(600)
def test_a_run_killed_with_its_server_at_every_moment_in_turn(inbox: Path) -> None:
    for moment in MOMENTS.values():
        day_killed(moment)
    day()
    nothing_is_lost_or_doubled()


@pytest.mark.storm
@pytest.mark.timeout(600)
def test_all_that_prefect_knows_is_deleted_between_two_runs(inbox: Path) -> None:
    day_killed(MOMENTS["half routed"])
    shutil.rmtree(Settings().home / "prefect")
    day()
    nothing_is_lost_or_doubled()


@pytest.mark.storm
@pytest.mark.timeout(600)
@pytest.mark.parametrize("moment", ["first cases", "first routed"])
def test_all_that_prefect_knows_is_deleted_during_a_run(inbox: Path, moment: str) -> None:
    with started(["flows.day"], environment()) as process:
        wait_until(lambda: MOMENTS[moment]() or process.poll() is not None)
        assert process.poll() is None
        shutil.rmtree(Settings().home / "prefect")
        process.communicate(timeout=300)  # that it may fail is fine: Prefect was told nothing good
    shutil.rmtree(Settings().home / "prefect", ignore_errors=True)
    day()
    nothing_is_lost_or_doubled()


@pytest.mark.storm
@pytest.mark.timeout(600)
def test_schedules_become_runs(inbox: Path) -> None:
    """Prefect's scheduler fails in silence with libraries that it does not know; then nothing is ever taken in."""
    with Served(free_port()) as served:
        wait_until(lambda: served.scheduled() > 0, seconds=120, every=1)


@pytest.mark.storm
@pytest.mark.timeout(900)
def test_a_worker_that_is_killed_is_replaced_and_its_work_goes_on(inbox: Path) -> None:
    port = free_port()
    with Served(port) as served:
        served.run("day/by-hand")
        wait_until(MOMENTS["half read"])
        killed = served.kill_the_worker()
        assert 0 < cases_taken() < CASES
        assert served.wait_for_the_end() != 0, "whoever watches over it must see a failure and start it again"
    assert killed
    assert not any(psutil.pid_exists(pid) for pid in killed)
    with Served(port) as served:
        served.run_to_its_end("day/by-hand")
    nothing_is_lost_or_doubled()
