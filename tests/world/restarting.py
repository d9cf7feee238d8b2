"""A Postgres of the test's own that goes away and comes back with its data."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from tests.servers import PostgresServer, running_postgres


class RestartingPostgres:
    """The same cluster, by one process after another."""

    def __init__(self, server: PostgresServer) -> None:
        self._server, self._process = server, server.process
        self._data = server.sockets.parent / "data"
        # The other tests' server may forget a commit in a crash, for speed. This one must not: that is what is tested.
        self._args = [
            str(word).replace("synchronous_commit=off", "synchronous_commit=on") for word in server.process.args
        ]  # type: ignore[union-attr]

    def url(self, database: str) -> str:
        """The URL of one database."""
        return self._server.url(database)

    def run(self, statement: str, *, database: str = "postgres") -> None:
        """One statement outside any transaction."""
        self._server.run(statement, database=database)

    def value(self, statement: str, *, database: str) -> Any:
        """The first value that a query gives; None while the server or the table is not there."""
        with suppress(psycopg.Error), psycopg.connect(self.url(database), autocommit=True) as connection:
            row = connection.execute(statement).fetchone()  # type: ignore[call-overload]
            return row[0] if row else None
        return None

    def stop(self, how: signal.Signals) -> None:
        """SIGINT ends all sessions in order; SIGQUIT leaves as in a crash, so that the start recovers from the log."""
        self._process.send_signal(how)
        self._process.wait(timeout=60)

    def start(self) -> None:
        """Start it again on its data, and wait until it answers."""
        log = (self._data.parent / "log").open("ab")
        with log:
            self._process = subprocess.Popen(
                self._args,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                user=self._data.stat().st_uid if os.geteuid() == 0 else None,
            )
        until = time.monotonic() + 60
        while self.value("SELECT 1", database="postgres") is None:
            assert time.monotonic() < until, "Postgres does not come back"
            time.sleep(0.05)

    def close(self) -> None:
        """End whatever process runs now."""
        if self._process.poll() is None:
            self.stop(signal.SIGINT)


@contextmanager
def restarting_postgres() -> Iterator[RestartingPostgres]:
    """A new cluster, removed on leaving."""
    with running_postgres() as server:
        made = RestartingPostgres(server)
        try:
            made.stop(signal.SIGINT)
            made.start()
            yield made
        finally:
            made.close()
