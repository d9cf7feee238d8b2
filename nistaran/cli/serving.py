"""Prefect's server, deployments and worker as child processes: started, watched and stopped together.

Not here: what the flows do. Everything listens on 127.0.0.1 only.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from nistaran.cli.output import say, say_error
from nistaran.domain.errors import NistaranError

POOL = "nistaran"
_START_SECONDS = 120
#: What is deployed of prefect.yaml; a test that needs few names them (`--name FLOW/DEPLOYMENT`).
DEPLOYED = ["--all"]


class ServerSilent(NistaranError):
    """Prefect सर्वर ने समय पर उत्तर नहीं दिया: होम फ़ोल्डर में prefect-server.log देखें, या --port से दूसरा पोर्ट चुनें / Prefect's
    server did not answer in time: look at prefect-server.log in the home folder, or choose another --port."""


class PartEnded(NistaranError):
    """Prefect का एक भाग अपने आप रुक गया, इसलिए सब रोका गया: होम फ़ोल्डर में prefect-*.log देखें और दोबारा शुरू करें / A part of
    Prefect ended by itself, so all was stopped: look at prefect-*.log in the home folder and start again."""


def serve_until_stopped(env: Mapping[str, str], *, root: Path, port: int, queues: Mapping[str, int]) -> None:
    """Start all, say the address, wait for Ctrl-C or for one of them to end, then stop what was started.

    `queues`: work queue → priority (1 first). The ingest queue comes after the last lane's.

    Raises:
        ServerSilent, PartEnded: so that whoever watches over this process sees a failure and starts it again.
    """
    home = Path(env["PREFECT_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{port}"
    env = {**env, "PREFECT_API_URL": f"{address}/api", "PREFECT_UI_API_URL": f"{address}/api"}
    signal.signal(signal.SIGTERM, _stop)
    with ExitStack() as started:
        server = _start(
            started,
            ["server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env,
            root,
            home / "prefect-server.log",
        )
        await_health(f"{address}/api/health", server)
        _prepare_pool(env, root, {**queues, "ingest": max(queues.values()) + 1})
        worker = _start(
            started,
            ["worker", "start", "--pool", POOL, "--type", "process", "--limit", "2"],
            env,
            root,
            home / "prefect-worker.log",
        )
        say(
            f"Prefect: {address}   (रोकने के लिए Ctrl-C / Ctrl-C stops all)",
            f"इनबॉक्स / inbox: {Path(env['NISTARAN_HOME']) / 'inbox'}   लॉग / logs: {home}/prefect-*.log",
        )
        try:
            while server.poll() is None and worker.poll() is None:
                time.sleep(1)
        except KeyboardInterrupt:
            say("रुक रहा है / stopping …")
            return
        raise PartEnded("server" if worker.poll() is None else "worker")


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _prefect(*words: str) -> list[str]:
    return [sys.executable, "-m", "prefect", *words]


def _start(
    started: ExitStack, words: list[str], env: Mapping[str, str], root: Path, log: Path
) -> subprocess.Popen[bytes]:
    output = started.enter_context(log.open("ab"))
    child = subprocess.Popen(
        _prefect(*words), cwd=root, env=dict(env), stdout=output, stderr=output, stdin=subprocess.DEVNULL
    )
    started.callback(end_process, child)
    return child


def end_process(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(timeout=20)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def await_health(url: str, server: subprocess.Popen[bytes]) -> None:
    import httpx

    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(url, timeout=2).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise ServerSilent(url)


def _prepare_pool(env: Mapping[str, str], root: Path, queues: Mapping[str, int]) -> None:
    """The work pool, its queues by priority, and every deployment of prefect.yaml. What is there already is left."""
    run = {"cwd": root, "env": dict(env), "stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    subprocess.run(_prefect("work-pool", "create", POOL, "--type", "process", "--overwrite"), check=False, **run)  # type: ignore[call-overload]
    for queue, priority in queues.items():
        _create_queue(f"{env['PREFECT_API_URL']}/work_pools/{POOL}/queues", queue, priority)
    done = subprocess.run(  # type: ignore[call-overload]
        _prefect("--no-prompt", "deploy", "--prefect-file", "deployments/prefect.yaml", *DEPLOYED), check=False, **run
    )
    if done.returncode:
        raise ServerSilent(f"prefect deploy: {done.stdout[-400:]}{done.stderr[-400:]}")
    try:
        prepare_automations(env, root)
    except ServerSilent as error:  # the work itself runs without them
        say_error(
            f"स्वचालित चेतावनी नहीं लगी; बाद में चलाएँ / alarms are not set up; run later: nistaran automations ({error})"
        )


def _create_queue(url: str, name: str, priority: int) -> None:
    """Over HTTP: a process of Prefect's for each queue would take seconds of a core. A queue that is there is left (409)."""
    import httpx

    for wait in (1, 2, 4, 0):  # a server that has just begun may be busy with its own tables
        try:
            made = httpx.post(url, json={"name": name, "priority": priority}, timeout=30)
        except httpx.TransportError:
            made = None
        if made is not None and (made.is_success or made.status_code == httpx.codes.CONFLICT):
            return
        time.sleep(wait)
    raise ServerSilent(f"work queue {name}")


def prepare_automations(env: Mapping[str, str], root: Path) -> dict[str, str]:
    """What the server does by itself when a run fails or is late (flows/automations.py). Returns what was done, by name.

    Raises:
        ServerSilent: when the server or the deployment alarm/alarm is not there.
    """
    done = subprocess.run(
        [sys.executable, "-m", "flows.automations"],
        cwd=root,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ServerSilent(
            f"flows.automations: {done.stderr.strip().splitlines()[-1][:400] if done.stderr.strip() else done.returncode}"
        )
    told: dict[str, str] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
