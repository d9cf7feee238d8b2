"""The command line in the tests' own process: quick, and with the exit codes of the real one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nistaran.cli import main

#: Words of the command → exit code, what was printed, what was printed as errors.
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    prepared_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command line in this process: exit code, output, errors. The home is ready."""
    monkeypatch.setenv("NISTARAN_HOME", str(shutil.copytree(prepared_home, tmp_path / "home")))
    monkeypatch.setenv("COLUMNS", "200")

    def go(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["nistaran", *words])
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        assert isinstance(code, int)
        return code, said.out, said.err

    return go
