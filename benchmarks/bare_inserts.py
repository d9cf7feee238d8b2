"""The floor: the very rows of a finished run, put into a fresh database by bare sqlite3 executemany, in the same batches.

`python -m benchmarks.bare_inserts HOME BATCH` prints the seconds as JSON. Same schema, indexes, triggers and pragmas.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path

from nistaran.bootstrap import prepare
from nistaran.settings import Settings

TABLES = ("cases", "words", "complainants", "links", "decisions", "desks", "events", "outbox")


def rows_of(source: sqlite3.Connection, table: str) -> tuple[str, list[tuple[object, ...]]]:
    """The insert statement of a table, and all its rows in the order in which they came."""
    found = source.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
    names = [column[1] for column in source.execute(f"PRAGMA table_info({table})")]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", found


def main() -> None:
    """Copy the rows and tell how long it took."""
    home, batch = Path(sys.argv[1]), int(sys.argv[2])
    source = sqlite3.connect(home / "nistaran.db")
    tables = [rows_of(source, table) for table in TABLES]
    fresh = Settings(home=home.parent / "bare")
    prepare(fresh)
    target = sqlite3.connect(fresh.home / "nistaran.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):  # foreign keys off: in the floor's favour
        target.execute(f"PRAGMA {pragma}")
    cases = len(tables[0][1])
    batches = max(cases // batch, 1)
    start = time.perf_counter()
    for at in range(batches):
        target.execute("BEGIN IMMEDIATE")
        for statement, rows in tables:
            target.executemany(statement, rows[at * len(rows) // batches : (at + 1) * len(rows) // batches])
        target.execute("COMMIT")
    seconds = time.perf_counter() - start
    copied = {table: target.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
    sys.stdout.write(json.dumps({"bare_s": seconds, "cases": cases, "copied": copied}) + "\n")


if __name__ == "__main__":
    main()
