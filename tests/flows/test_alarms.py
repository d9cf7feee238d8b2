"""On a real server with a worker: a run that fails, one that does not begin, and drift each start the alarm, and the cell has its letter."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from nistaran.bootstrap import project_root, standing_house
from nistaran.settings import load
from tests.files import many, write_csv
from tests.flows.losses import environment
from tests.flows.serving import Served, free_port
from tests.taking import take

#: Made anew, not updated: a server that has once waited for half an hour does not look sooner.
SOONER = """
from datetime import timedelta
from prefect.client.orchestration import get_client
from flows.automations import create_or_update
with get_client(sync_client=True) as client:
    client.delete_automation(client.read_automations_by_name("nistaran-late-run")[0].id)
assert create_or_update(late_after=timedelta(seconds=15))["nistaran-late-run"] == "created"
"""
DRIFT = "from prefect.events import emit_event; from flows.automations import DRIFTED; emit_event(DRIFTED, resource={'prefect.resource.id': 'x'})"


def said(api: str, code: str) -> None:
    """Run a line of Python as a client of this server."""
    env = {**environment(), "PREFECT_API_URL": api}
    subprocess.run([sys.executable, "-c", code], cwd=project_root(), env=env, check=True, timeout=120)


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
def test_the_cell_is_told_of_a_failed_run_a_late_run_and_drift(home: Path, tmp_path: Path) -> None:
    take(standing_house(load()), write_csv(tmp_path / "cases.csv", many(4)))
    with sqlite3.connect(home / "nistaran.db") as connection:
        connection.execute("UPDATE cases SET due_on = '2030-01-01' WHERE id = 1")
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    with Served(port) as served:
        said(api, SOONER)
        persist(lambda: pause(api, "ordinary"))
        persist(lambda: served.run("retain/nightly"))
        persist(lambda: served.run("forward/answers"))  # it waits in the paused queue, or another run of it does
        said(api, DRIFT)
        until = time.monotonic() + 400
        while not {"FAILED", "LATE", "DRIFT"} <= letters(home):
            assert time.monotonic() < until, letters(home)
            time.sleep(1)
    assert len(list((home / "notices").rglob("ALARM-*-FAILED-retain-nightly-*.json"))) == 1


def letters(home: Path) -> set[str]:
    """What the cell's letters are about: ALARM-20261122-FAILED-retain-nightly-1a2b3c4d.json."""
    return {one.stem.split("-")[2] for one in (home / "notices").rglob("ALARM-*.json")}
