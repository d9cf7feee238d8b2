"""Two processes that meet at the ledger's lock and are let go together, so that a race is one every time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import psycopg

from tests.world.worlds import World, ended

#: The name under which storage/repositories/ledger.py locks the ledger on Postgres.
LEDGER_LOCK = 0x6E697374


def at_once(world: World, *words: str, module: str = "nistaran.cli", code: int = 0, **env: str) -> list[dict[str, Any]]:
    """Two processes of one verb, let go when both wait; returns what each told."""
    with psycopg.connect(world.database) as gate:
        gate.execute("SELECT pg_advisory_xact_lock(%s)", (LEDGER_LOCK,))
        processes = [world.start(*words, "--json", module=module, **env) for _ in range(2)]
        wait_until(lambda: waiting(gate) == 2 or any(process.poll() is not None for process in processes))
        together = waiting(gate)
        gate.rollback()
    told = [json.loads(ended(process, code=code)) for process in processes]
    assert together == 2, "the two did not meet: nothing was tested"
    return told


def waiting(gate: psycopg.Connection[Any]) -> int:
    """How many sessions wait for a lock, whichever."""
    row = gate.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted").fetchone()
    return int(row[0]) if row else 0


def wait_until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait for something that another process brings about."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to pass in time"
        time.sleep(0.02)
