"""One house for all bad files: good rows must survive bad company, and starting Python is what takes long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nistaran.domain.complaint import Case
from tests.bad_input.door import Done, Door
from tests.bad_input.table import RUNS, BadFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Fed:
    """What came of feeding the bad files: the run that each was fed in, and what stood in the house after all of them."""

    runs: tuple[tuple[tuple[BadFile, ...], Done], ...]
    rejected: list[dict[str, Any]]
    cases: list[Case]

    def told(self, bad: BadFile) -> dict[str, Any]:
        """What `nistaran ingest --json` said about one file."""
        return next(one for _, done in self.runs for one in done.json["files"] if one["file"] == bad.name)


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    """A prepared house."""
    return Door(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="session")
def fed(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Fed:
    """All bad files, fed one run after the other into one house."""
    folder = tmp_path_factory.mktemp("inbox")
    runs = tuple((run, door.ingest(*(bad.make(folder / bad.name) for bad in run))) for run in RUNS)
    return Fed(runs=runs, rejected=door.rejected(), cases=door.cases())


@pytest.fixture
def own_door(tmp_path: Path) -> Door:
    """A prepared house for one test."""
    return Door(tmp_path / "house")
