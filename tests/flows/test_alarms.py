"""On a real server with a worker: a run that fails, one that does not begin, and drift each start the alarm, and the cell has its letter."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prefect.client.orchestration import get_client
from prefect.events import Event
from prefect.events.clients import PrefectEventsClient
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.alarm import alarm
from flows.automations import DRIFTED, create_or_update
from nistaran.bootstrap import standing_house
from nistaran.settings import load
from tests.files import many, write_csv
from tests.flows.serving import Served, free_port
from tests.taking import take

#: No run but those that are asked for: else the worker, which has two places, is busy with the schedules' own runs, a process each, and an
#: alarm waits until one of them is over. An alarm that must wait for the one before looks again after two seconds, not thirty.
#: Not faster yet: a server on SQLite that is asked for several things at once may stand still for a minute (its busy timeout).
CALM = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
    "PREFECT_WORKER_QUERY_SECONDS": "4",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "5",
}


def late_sooner(api: str) -> None:
    """A run is told of after ten seconds, the fewest that Prefect knows. Made anew, not updated: a server that has once waited for half
    an hour does not look sooner."""
    with temporary_settings({PREFECT_API_URL: api}):
        with get_client(sync_client=True) as client:
            client.delete_automation(client.read_automations_by_name("nistaran-late-run")[0].id)
        assert create_or_update(late_after=timedelta(seconds=10))["nistaran-late-run"] == "created"


async def drifts(api: str) -> None:
    """What flows/drift.py says when the model drifts."""
    async with PrefectEventsClient(api_url=api) as client:
        await client.emit(Event(event=DRIFTED, resource={"prefect.resource.id": "nistaran.model"}))


def persist(ask: Callable[[], object]) -> None:
    """A server whose database is busy for the moment is asked again."""
    for _ in range(20):
        try:
            ask()
        except httpx.HTTPStatusError:
            time.sleep(3)
        else:
            return
    raise AssertionError("the server does not answer")


def pause(api: str, queue: str) -> None:
    """No worker takes anything from this queue any more."""
    path = f"{api}/work_pools/nistaran/queues/{queue}"
    httpx.patch(path, json={"is_paused": True}, timeout=30).raise_for_status()


@pytest.mark.timeout(900)
def test_the_cell_is_told_of_a_failed_run_a_late_run_and_drift(
    home: Path, tmp_path: Path, prefect_tables: Path
) -> None:
    (home / "prefect").mkdir()
    # making its tables takes a server eight seconds of a core
    shutil.copy(prefect_tables, home / "prefect" / "prefect.db")
    take(standing_house(load()), write_csv(tmp_path / "cases.csv", many(4)))
    with sqlite3.connect(home / "nistaran.db") as connection:
        connection.execute("UPDATE cases SET due_on = '2030-01-01' WHERE id = 1")
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    with Served(port, "retain/nightly", "forward/answers", "alarm/alarm", **CALM) as served:
        persist(lambda: pause(api, "ordinary"))
        late_sooner(api)
        persist(lambda: served.run("retain/nightly"))
        until(lambda: ("FAILED", "retain/nightly") in alarms(api))
        persist(lambda: served.run("forward/answers"))  # it waits in the paused queue
        asyncio.run(drifts(api))
        told = {("FAILED", "retain/nightly"), ("LATE", "forward/answers"), ("DRIFT", "drift/daily")}
        until(lambda: told <= alarms(api))
        until(lambda: bool(list((home / "notices").rglob("ALARM-*-FAILED-retain-nightly-*.json"))))


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds."""
    end = time.monotonic() + 400
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.5)


def alarms(api: str) -> set[tuple[str, str]]:
    """What the server started the alarm with, each as the flow takes it; what it then writes is shown by test_automations.py."""
    asked = {"deployments": {"name": {"any_": ["alarm"]}}}
    found = httpx.post(f"{api}/flow_runs/filter", json=asked, timeout=30)
    if not found.is_success:  # busy for the moment
        return set()
    told = [alarm.validate_parameters(one["parameters"]) for one in found.json()]
    return {(one["kind"].value, one["name"]) for one in told}
