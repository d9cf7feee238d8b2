"""What all tests share: no setting leaks in from outside, and a house of one's own in a temporary folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from nistaran import bootstrap
from nistaran.bootstrap import open_house, prepare
from nistaran.settings import Settings
from nistaran.steps.house import House
from routing.district import District
from routing.pack import Pack

#: Tests write into the inbox and take it in at once.
_QUIET = "NISTARAN_INBOX_QUIET_SECONDS"
#: Folders whose tests share something that takes long to make: a house full of bad files, a Prefect server, a trained model.
_TOGETHER = ("bad_input", "flows", "models")
#: Folders and files that `make test` leaves to `make long`: whole worlds in processes of their own, and training.
_LONG = (
    *(
        "bad_input",
        "world",
        "test_people_decide.py",
        "test_losses.py",
        "test_alarms.py",
        "test_challenger.py",
        "test_train.py",
    ),
    *("test_report_labels.py", "test_review.py", "test_life.py", "test_commands.py", "test_webhook.py"),
)
os.environ[_QUIET] = "0"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("NISTARAN_") and name != _QUIET]:
        monkeypatch.delenv(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist loadgroup` one worker runs all tests of a file, or of a folder that shares."""
    for item in items:
        folder = item.path.parent
        group = folder.name if folder.name in _TOGETHER else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
        if folder.name in _LONG or item.path.name in _LONG:
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session", autouse=True)
def _tables_are_read_once() -> Iterator[None]:
    """The shipped tables never change while tests run, and reading them is most of the time that opening a house takes."""
    read = bootstrap.load_tables

    @cache
    def shipped(pack: str, district: str) -> tuple[Pack, District]:
        return read(Settings(pack=pack, district=district))

    def load_tables(settings: Settings) -> tuple[Pack, District]:
        named = Path(settings.pack).name == settings.pack and Path(settings.district).name == settings.district
        return shipped(settings.pack, settings.district) if named else read(settings)

    bootstrap.load_tables = load_tables
    yield
    bootstrap.load_tables = read


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared home of Siddharthnagar, to be copied: making one takes a hundred times as long."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    prepare(Settings(home=home))
    return home


@pytest.fixture
def settings(prepared_home: Path, tmp_path: Path) -> Settings:
    """Settings of a new, prepared house of Siddharthnagar."""
    return Settings(home=Path(shutil.copytree(prepared_home, tmp_path / "home")))


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    """An open house on SQLite."""
    with open_house(settings) as opened:
        yield opened
