"""One Prefect server for all tests of flows: it takes a quarter of a minute to start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from nistaran.bootstrap import prepare, standing_house
from nistaran.settings import Settings


@pytest.fixture(scope="session", autouse=True)
def _prefect() -> Iterator[None]:
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _no_settings_from_outside: None) -> Iterator[Path]:
    """The home folder of a prepared house, named in the environment as an operator would."""
    monkeypatch.setenv("NISTARAN_HOME", str(tmp_path / "home"))
    standing_house.cache_clear()
    prepare(Settings())
    yield tmp_path / "home"
    standing_house.cache_clear()
