"""What all tests share: no setting leaks in from outside, and a house of one's own in a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from nistaran.bootstrap import open_house, prepare
from nistaran.settings import Settings
from nistaran.steps.house import House

#: Tests write into the inbox and take it in at once.
_QUIET = "NISTARAN_INBOX_QUIET_SECONDS"
os.environ[_QUIET] = "0"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("NISTARAN_") and name != _QUIET]:
        monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a new, prepared house of Siddharthnagar."""
    made = Settings(home=tmp_path / "home")
    prepare(made)
    return made


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    """An open house on SQLite."""
    with open_house(settings) as opened:
        yield opened
