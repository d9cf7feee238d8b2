"""Stores for the tests: memory, a SQLite file, a real Postgres, each new and with its tables made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.memory import MemoryStore
from storage.tables import Base
from storage.unit_of_work import SqlStore
from tests.servers import PostgresServer, S3Server, postgres_server, s3_credentials, s3_server

__all__ = ["postgres_server", "s3_credentials", "s3_server"]

Store = MemoryStore | SqlStore


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "house.db"
    store = SqlStore(f"sqlite:///{path}")
    store.upgrade()
    store.close()
    return path


@pytest.fixture(scope="session")
def postgres_house(postgres_server: PostgresServer) -> str:
    """The URL of a migrated Postgres database that tests share; each finds it empty (postgres_url)."""
    postgres_server.run("CREATE DATABASE house")
    store = SqlStore(postgres_server.url("house"))
    store.upgrade()
    store.close()
    return postgres_server.url("house")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A new SQLite database with its tables."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'house.db')}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_house: str) -> str:
    """A Postgres database with its tables, empty. (Emptying one takes a quarter of the time of making one.)"""
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    postgres_server.run(
        f"SET lock_timeout = '20s'; ALTER TABLE events DISABLE TRIGGER USER; TRUNCATE {tables} RESTART IDENTITY; "
        "ALTER TABLE events ENABLE TRIGGER USER",
        database="house",
    )
    return postgres_house


@pytest.fixture
def new_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A Postgres database without any table."""
    with postgres_server.new_database() as name:
        yield postgres_server.url(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each database in turn, as a URL: for tests that open it more than once or from other processes."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def open_store() -> Iterator[Callable[[str], SqlStore]]:
    """Opens stores that are closed after the test."""
    opened: list[SqlStore] = []

    def open_one(url: str) -> SqlStore:
        opened.append(SqlStore(url))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def sql_store(database_url: str, open_store: Callable[[str], SqlStore]) -> SqlStore:
    """Each database in turn, open."""
    return open_store(database_url)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest, open_store: Callable[[str], SqlStore]) -> Store:
    """Every kind of store in turn: what passes with all of them is the contract."""
    if request.param == "memory":
        return MemoryStore(wait_seconds=0.2)
    return open_store(str(request.getfixturevalue(f"{request.param}_url")))


@pytest.fixture
def bucket(s3_server: S3Server) -> str:
    """A new bucket."""
    return s3_server.new_bucket()
