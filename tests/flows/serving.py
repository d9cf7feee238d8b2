"""`nistaran serve` in a process of its own: its server is asked over HTTP, its worker can be killed.

Not here: single runs without a worker (losses.py).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import httpx
import psutil

from nistaran.bootstrap import project_root
from tests.flows.losses import environment

ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """Server, deployments and worker, up and stopped together."""

    def __init__(self, port: int, *names: str, **more: str) -> None:
        """`names` are the deployments, all when none is named: each takes a second of a core. `more` stands in the environment of all."""
        self._more = more
        few = [word for name in names for word in ("--name", name)]
        self._api = f"http://127.0.0.1:{port}/api"
        door = ["-c", f"from nistaran.cli import main, serving; serving.DEPLOYED[:] = {few}; main()"]
        self._words = [sys.executable, *(door if few else ["-m", "nistaran.cli"]), "serve", "--port", str(port)]
        self._log = Path(environment()["NISTARAN_HOME"]) / "serve.log"

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._words,
                cwd=project_root(),
                env=environment(**self._more),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + 240
        while "prefect-*.log" not in self.told():
            assert self._process.poll() is None, self.told()
            assert time.monotonic() < until, self.told()
            time.sleep(0.5)
        return self

    def __exit__(self, *error: object) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=60)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def told(self) -> str:
        """What it printed."""
        return self._log.read_text(errors="replace")

    def run(self, deployment: str) -> str:
        """Ask for a run of a deployment; returns the run's id."""
        found = httpx.get(f"{self._api}/deployments/name/{deployment}", timeout=30).raise_for_status().json()
        made = httpx.post(
            f"{self._api}/deployments/{found['id']}/create_flow_run",
            json={"state": {"type": "SCHEDULED"}},
            timeout=30,
        )
        return str(made.raise_for_status().json()["id"])

    def run_to_its_end(self, deployment: str) -> None:
        """The same, until a run completes; one that is refused because another still counts as running is asked for again."""
        until = time.monotonic() + 600
        while time.monotonic() < until:
            state = self._state_at_the_end(self.run(deployment), until)
            if state["type"] == "COMPLETED":
                return
            assert state["type"] == "CANCELLED", state
            time.sleep(5)
        raise AssertionError("no run completed")

    def _state_at_the_end(self, run: str, until: float) -> dict[str, Any]:
        while time.monotonic() < until:
            state: dict[str, Any] = httpx.get(f"{self._api}/flow_runs/{run}", timeout=30).json()["state"]
            if state["type"] in ENDED:
                return state
            time.sleep(0.5)
        raise AssertionError(f"the run does not end: {state}")

    def kill_the_worker(self) -> list[int]:
        """SIGKILL to the worker and to the flow runs that it started; returns their ids."""
        worker = next(
            child
            for child in psutil.Process(self._process.pid).children(recursive=True)
            if {"worker", "start"} <= set(child.cmdline())
        )
        ended = [worker, *worker.children(recursive=True)]
        for process in ended:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(ended, timeout=30)
        return [process.pid for process in ended]

    def wait_for_the_end(self) -> int:
        """It notices that its worker is gone, and stops what it started. Returns its exit code."""
        return self._process.wait(timeout=90)

    def scheduled(self) -> int:
        """How many runs Prefect has planned by the deployments' schedules."""
        asked = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}, "tags": {"all_": ["auto-scheduled"]}}}
        return int(httpx.post(f"{self._api}/flow_runs/count", json=asked, timeout=30).raise_for_status().json())
