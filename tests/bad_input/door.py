"""`nistaran` as a cell uses it, in a sandbox that shows whatever it writes outside its home.

Here: running it and reading what it says. Not here: bad files (files.py), what must become of them (the tests).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nistaran.bootstrap import open_house, project_root
from nistaran.domain.complaint import Case, Link
from nistaran.settings import Settings

#: Address space in MB: far below what a bomb or a field of 1 GB needs, enough for Python with numpy and openpyxl.
CAP_MB = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a run of nistaran ended."""

    code: int
    out: str
    err: str
    seconds: float
    peak_mb: int

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


class Door:
    """A house of its own, with a working folder, a user's home and a place for temporary files beside it."""

    def __init__(self, sandbox: Path, **env: str) -> None:
        self._env = env
        self.home = sandbox / "home"
        self.outside = [sandbox / name for name in ("cwd", "user", "tmp")]
        self._report = sandbox / "peak.txt"
        for folder in self.outside:
            folder.mkdir(parents=True)
        self.run("init")

    def run(self, *words: str, **env: str) -> Done:
        cwd, user, tmp = self.outside
        clean = {name: value for name, value in os.environ.items() if not name.startswith("NISTARAN_")}
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("bounded.py")), str(CAP_MB), str(self._report), *words],
            cwd=cwd,
            env={
                **clean, "NISTARAN_INBOX_QUIET_SECONDS": "0", "NISTARAN_HOME": str(self.home), "HOME": str(user), "TMPDIR": str(tmp),
                "PYTHONPATH": str(project_root()), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1",
                **self._env, **env,
            },
            capture_output=True,
            text=True,
            timeout=220,
            check=False,
        )  # fmt: skip
        seconds = time.monotonic() - started
        peak = int(self._report.read_text(encoding="ascii"))
        return Done(code=done.returncode, out=done.stdout, err=done.stderr, seconds=seconds, peak_mb=peak)

    def ingest(self, *paths: Path) -> Done:
        return self.run("ingest", *map(str, paths), "--json")

    def rejected(self) -> list[dict[str, Any]]:
        """What `nistaran rejected --json` lists."""
        found: list[dict[str, Any]] = self.run("rejected", "--json").json["rejected"]
        return found

    def _settings(self) -> Settings:
        named = {name.removeprefix("NISTARAN_").lower(): value for name, value in self._env.items()}
        return Settings.model_validate({"home": self.home, **named})

    def cases(self) -> list[Case]:
        """All cases that the house holds now."""
        with open_house(self._settings()) as house, house.read() as work:
            return list(work.cases.page(after_id=0, limit=10_000))

    def links(self, case: Case) -> list[Link]:
        with open_house(self._settings()) as house, house.read() as work:
            return list(work.links.of(case.id))

    def litter(self) -> list[str]:
        """Files that were written outside the home folder or left in the spool."""
        places = [*self.outside, self.home / "spool"]
        return [str(path) for place in places for path in place.rglob("*") if path.is_file()]
