"""The section of results.md about the sweep: SQLite and PostgreSQL side by side, each in a process of its own on one core.

Here: running and writing. Not here: what is timed (sweep.py), whether anybody is forgotten (sweep_states.py).
"""

from __future__ import annotations

from typing import Any

from benchmarks.__main__ import machine, measured, write

_WHAT = {
    "first": "a house that was never swept",
    "ordinary": "an ordinary day",
    "again": "the same day again",
    "outage": "the day after an outage of 60 days",
    "again after it": "… again",
}


def sweep_section(count: int) -> None:
    """Measure both databases and the states, and write the section."""
    where = machine()
    told = {"SQLite": measured("benchmarks.sweep", "--count", str(count), env={})}
    told["PostgreSQL"] = measured("benchmarks.sweep", "--count", str(min(count, 200_000)), "--postgres", env={})
    states = measured("benchmarks.sweep_states", "--count", str(count), env={})
    write("sweep", rows(told, states), f"{where}; all on one core, PostgreSQL without fsync")


def rows(told: dict[str, dict[str, Any]], states: dict[str, Any]) -> list[str]:
    """The lines of the section."""
    found = []
    for database, figures in told.items():
        opened = figures["ordinary"]["looked_at"]
        found.append(
            f"| {database}, {figures['cases']:,} cases, {opened:,} open: written in | {figures['fill']:.0f} s | |"
        )
        for name, what in _WHAT.items():
            one = figures[name]
            found.append(
                f"| {database}: {what}, {one['marks']:,} marks, {one['letters']:,} letters | {one['seconds']:.1f} s "
                f"(processor {one['cpu_seconds']:.1f} s), {one['rss_mb']} MB | < 60 s, < 400 MB |"
            )
        found += [
            f"| {database}: `due`, the first 50 of {figures['due']['cases']:,} | {figures['due']['seconds']:.1f} s | |",
            f"| {database}: `forecast` of {figures['forecast']['cases']:,} | {figures['forecast']['seconds']:.1f} s | |",
        ]
    found.append(
        f"| {states['cases']:,} cases in random states, {states['marks']:,} marks against one naive loop: differences "
        f"| {states['differ']} | 0 |"
    )
    return found
