"""Worlds for the tests: a house on SQLite and folders, and houses on a real Postgres and a real S3 server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage.vault import FileVault
from tests.servers import PostgresServer, S3Server, postgres_server, s3_credentials, s3_server
from tests.world.worlds import World, on_folders, on_servers

__all__ = ["postgres_server", "s3_credentials", "s3_server"]


@pytest.fixture(scope="session")
def house_key(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One house key for all worlds: the key of a complaint without a reference number hangs on it."""
    path = tmp_path_factory.mktemp("key") / "house.key"
    FileVault.create(path)
    return path.read_bytes()


@pytest.fixture
def folders(tmp_path: Path, house_key: bytes) -> World:
    """SQLite and folders."""
    return on_folders(tmp_path / "folders", house_key)


@pytest.fixture
def new_servers_world(
    tmp_path: Path, house_key: bytes, postgres_server: PostgresServer, s3_server: S3Server
) -> Iterator[Callable[[], World]]:
    """Makes a new database and a new bucket each time it is called."""
    with ExitStack() as made:

        def make() -> World:
            name = made.enter_context(postgres_server.new_database())
            return on_servers(
                tmp_path / name, house_key, postgres_server.url(name), s3_server.endpoint, s3_server.new_bucket()
            )

        yield make


@pytest.fixture
def servers(new_servers_world: Callable[[], World]) -> World:
    """Postgres and S3, empty."""
    return new_servers_world()
