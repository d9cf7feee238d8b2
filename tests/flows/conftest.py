"""One Prefect server for all tests of flows: it takes a quarter of a minute to start."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from prefect.settings import PREFECT_SERVER_DATABASE_CONNECTION_URL
from prefect.testing.utilities import prefect_test_harness

from nistaran.bootstrap import prepare, standing_house
from nistaran.settings import Settings


@pytest.fixture(scope="session")
def prefect_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The server, and a copy of its database as it was before any test: tables alone."""
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    fresh = tmp_path_factory.mktemp("prefect") / "prefect.db"
    with prefect_test_harness(server_startup_timeout=120):
        path = str(PREFECT_SERVER_DATABASE_CONNECTION_URL.value()).partition(":///")[2]
        with closing(sqlite3.connect(path)) as made, closing(sqlite3.connect(fresh)) as copy:
            made.backup(copy)
        yield fresh


@pytest.fixture(scope="session", autouse=True)
def _prefect(prefect_tables: Path) -> None:
    """For every test of flows."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _no_settings_from_outside: None) -> Iterator[Path]:
    """The home folder of a prepared house, named in the environment as an operator would."""
    monkeypatch.setenv("NISTARAN_HOME", str(tmp_path / "home"))
    standing_house.cache_clear()
    prepare(Settings())
    yield tmp_path / "home"
    standing_house.cache_clear()
