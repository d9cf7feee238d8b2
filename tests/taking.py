"""Feeding a file to a house in tests, as the command line and the flows do."""

from __future__ import annotations

from pathlib import Path

from nistaran.steps.house import House
from nistaran.steps.ingest import FileOutcome, ingest_file
from nistaran.steps.keep import keep_file


class Silent:
    """Progress that nobody watches."""

    def start(self, title: str, total: int | None) -> None: ...
    def advance(self, done: int) -> None: ...
    def finish(self) -> None: ...


def take(house: House, path: Path) -> FileOutcome:
    kept = keep_file(house, path, name=path.name, source="test")
    return ingest_file(house, kept.sha256, Silent())
