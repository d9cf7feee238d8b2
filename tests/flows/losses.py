"""Flow runs as processes of their own that can be killed, and the moments at which it is worth killing them.

Not here: what must be true afterwards (test_losses.py).
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

from nistaran.bootstrap import project_root
from nistaran.cli.start import prefect_environment
from nistaran.settings import Settings

CASES = 300


def environment(**more: str) -> dict[str, str]:
    """As the command line gives it to Prefect's processes, without the Prefect that the other tests use."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with patch.dict(os.environ, outside, clear=True):
        return {**prefect_environment(Settings()), "NISTARAN_BATCH": "10", **more}


@contextmanager
def started(words: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process at the head of a group of its own; the whole group is gone on leaving."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=project_root(),
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[str]) -> None:
    """SIGKILL to the process and to all that it started in its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.stdout is not None and not process.stdout.closed:
        process.stdout.read()
        process.stdout.close()
    process.wait(timeout=30)


def day(**more: str) -> str:
    """`python -m flows.day` to its end; returns what it printed."""
    with started(["flows.day"], environment(**more)) as process:
        told = process.communicate(timeout=200)[0]
        assert process.returncode == 0, told[-3000:]
    return str(told)


def day_killed(at: Callable[[], bool], **more: str) -> None:
    """`python -m flows.day`, killed with all its processes at that moment."""
    with started(["flows.day"], environment(**more)) as process:
        wait_until(lambda: at() or process.poll() is not None)
        assert process.poll() is None, f"it was over before that moment:\n{process.communicate()[0][-3000:]}"
        kill_group(process)
        assert process.returncode == -signal.SIGKILL


def wait_until(holds: Callable[[], bool], *, seconds: float = 150, every: float = 0.002) -> None:
    """Look often, since most moments are short."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to pass in time"
        time.sleep(every)


def number(question: str) -> int:
    """What the house's database answers; 0 while it cannot."""
    path = Settings().home / "nistaran.db"
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return int(database.execute(question).fetchone()[0])
    return 0


def notices() -> list[Path]:
    """The notices that lie in the courier's folder."""
    return [path for path in (Settings().home / "notices").rglob("*.json") if not path.name.startswith(".")]


def cases_taken() -> int:
    """How many cases are numbered."""
    return number("SELECT count(*) FROM cases")


def cases_decided() -> int:
    """How many cases are routed, or lie with a person."""
    return number("SELECT count(*) FROM cases WHERE status <> 'REGISTERED'")


#: Moments in the order in which they come.
MOMENTS: dict[str, Callable[[], bool]] = {
    "Prefect begins": lambda: any((Settings().home / "prefect").glob("prefect.db")),
    "the file is kept": lambda: number("SELECT count(*) FROM files") > 0,
    "first cases": lambda: cases_taken() > 0,
    "half read": lambda: cases_taken() >= CASES // 2,
    "all read": lambda: cases_taken() == CASES,
    "first routed": lambda: cases_decided() > 0,
    "half routed": lambda: cases_decided() >= CASES // 2,
    "notices go out": lambda: len(notices()) >= CASES // 10,
}
