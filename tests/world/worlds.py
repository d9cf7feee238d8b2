"""A house somewhere, reached only by the command line in processes of its own, and what stands in it afterwards.

Not here: starting the servers (tests/servers.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url
from typer.testing import CliRunner

from nistaran.bootstrap import open_house, prepare, project_root
from nistaran.cli import app
from nistaran.domain.complaint import Case
from nistaran.settings import Settings
from nistaran.steps.verify import VerifyOutcome, verify
from storage.objects import FolderObjects, S3Objects
from storage.unit_of_work import SqlStore
from tests.servers import s3


@dataclass(frozen=True, slots=True)
class World:
    """The environment that an operator would set."""

    home: Path
    database: str
    objects: FolderObjects | S3Objects
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the Postgres database."""
        return str(make_url(self.database).database)

    def start(self, *words: str, module: str = "nistaran.cli", **env: str) -> subprocess.Popen[str]:
        """`nistaran …` in a process of its own, running."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=project_root(),
            env={**os.environ, "NISTARAN_HOME": str(self.home), **self.env, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *words: str, code: int = 0, **env: str) -> str:
        """`nistaran …` until it ends with this exit code; returns what it printed."""
        return ended(self.start(*words, **env), code=code)

    def here(self, *words: str, code: int = 0) -> str:
        """The same command in this process, which spares the start of another."""
        done = CliRunner().invoke(app, words, env={"NISTARAN_HOME": str(self.home), **self.env})
        assert done.exit_code == code, f"exit {done.exit_code}\n{done.output}"
        return done.stdout

    def settings(self) -> Settings:
        """The same settings, for looking at the house from this process."""
        named = {name.removeprefix("NISTARAN_").lower(): value for name, value in self.env.items()}
        return Settings(home=self.home, **named)  # type: ignore[arg-type]

    def prepare(self) -> None:
        """As `nistaran init`, in this process."""
        prepare(self.settings())

    def verified(self) -> VerifyOutcome:
        """As `nistaran verify`, in this process."""
        with open_house(self.settings()) as house:
            return verify(house)

    def drop_into_inbox(self, *paths: Path, folder: str = "") -> None:
        """Put files where they arrive, or into a folder there."""
        place = self.env.get("NISTARAN_INBOX", "")
        for name, data in {f"{folder}/{path.name}".lstrip("/"): path.read_bytes() for path in paths}.items():
            if place:
                bucket, _, prefix = place.removeprefix("s3://").partition("/")
                s3(self.env["NISTARAN_S3_ENDPOINT"]).put_object(Bucket=bucket, Key=f"{prefix}/{name}", Body=data)
            else:
                (self.home / "inbox" / folder).mkdir(exist_ok=True)
                (self.home / "inbox" / name).write_bytes(data)

    def cases(self) -> list[Case]:
        """All cases, by number."""
        store = SqlStore(self.database)
        try:
            with store.read() as work:
                return work.cases.page(after_id=0, limit=100_000)
        finally:
            store.close()

    def times(self, *kinds: str) -> Counter[int]:
        """How often one of these events happened to a case, counted: {1: 40} is «once to each of 40 cases»."""
        store = SqlStore(self.database)
        try:
            with store.read() as work:
                happened = Counter(link.case for link in work.ledger.links() if link.kind in kinds)
        finally:
            store.close()
        return Counter(happened.values())

    def decisions(self) -> Counter[int]:
        """How many cases have how many decisions."""
        store = SqlStore(self.database)
        try:
            with store.read() as work:
                cases = work.cases.page(after_id=0, limit=100_000)
                return Counter(len(work.decisions.of(case.id)) for case in cases)
        finally:
            store.close()


def ended(process: subprocess.Popen[str], *, code: int = 0) -> str:
    """Wait for a process to end with this exit code; returns what it printed."""
    out, err = process.communicate(timeout=180)
    assert process.returncode == code, f"exit {process.returncode}\n{out}\n{err}"
    return out


def on_folders(home: Path, key: bytes) -> World:
    """SQLite and folders, with this house key and otherwise not prepared."""
    world = World(home, f"sqlite:///{home / 'nistaran.db'}", FolderObjects(home / "objects"))
    return _keyed(world, key)


def on_servers(home: Path, key: bytes, database: str, endpoint: str, bucket: str) -> World:
    """Postgres and S3, with this house key: the inbox is the bucket's prefix `arrived/today`; not prepared."""
    env = {
        "NISTARAN_DATABASE": database,
        "NISTARAN_OBJECTS": f"s3://{bucket}/kept/house",
        "NISTARAN_INBOX": f"s3://{bucket}/arrived/today",
        "NISTARAN_S3_ENDPOINT": endpoint,
    }
    world = World(home, database, S3Objects(bucket=bucket, prefix="kept/house", endpoint=endpoint), env)
    return _keyed(world, key)


def _keyed(world: World, key: bytes) -> World:
    world.home.mkdir(parents=True)
    (world.home / "house.key").write_bytes(key)
    (world.home / "house.key").chmod(0o600)
    return world
