"""A house somewhere, reached only by the command line in processes of its own, and what stands in it afterwards.

Not here: starting the servers (tests/servers.py).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nistaran.bootstrap import project_root
from nistaran.domain.complaint import Case
from storage.inbox.folder import TAKEN
from storage.objects import FolderObjects, S3Objects
from storage.unit_of_work import SqlStore

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """The environment that an operator would set."""

    home: Path
    database: str
    objects: FolderObjects | S3Objects
    env: Mapping[str, str] = field(default_factory=dict)

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        """`nistaran …` in a process of its own, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "nistaran.cli", *words],
            cwd=project_root(),
            env={**os.environ, "NISTARAN_HOME": str(self.home), **self.env, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *words: str, code: int = 0, **env: str) -> str:
        """`nistaran …` until it ends with this exit code; returns what it printed."""
        return ended(self.start(*words, **env), code=code)

    def json(self, *words: str, code: int = 0, **env: str) -> Json:
        """`nistaran … --json`, read."""
        found: Json = json.loads(self(*words, "--json", code=code, **env))
        return found

    def drop_into_inbox(self, *paths: Path) -> None:
        """Put files where they arrive."""
        place = self.env.get("NISTARAN_INBOX", "")
        for path in paths:
            if place:
                bucket, _, prefix = place.removeprefix("s3://").partition("/")
                s3(self.env["NISTARAN_S3_ENDPOINT"]).upload_file(str(path), bucket, f"{prefix}/{path.name}")
            else:
                (self.home / "inbox" / path.name).write_bytes(path.read_bytes())

    def cases(self) -> list[Case]:
        """All cases, by number."""
        store = SqlStore(self.database)
        try:
            with store.read() as work:
                return work.cases.page(after_id=0, limit=100_000)
        finally:
            store.close()

    def times(self, kind: str) -> Counter[int]:
        """How often an event of this kind happened, by how many cases it happened to so often: {1: 40} is «once to each of 40»."""
        store = SqlStore(self.database)
        try:
            with store.read() as work:
                happened = Counter(link.case for link in work.ledger.links() if link.kind == kind)
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
    """SQLite and folders, prepared."""
    world = World(home, f"sqlite:///{home / 'nistaran.db'}", FolderObjects(home / "objects"))
    return _prepared(world, key)


def on_servers(home: Path, key: bytes, database: str, endpoint: str, bucket: str) -> World:
    """Postgres and S3, prepared: the bucket is made, the inbox is its prefix `arrived/today`."""
    s3(endpoint).create_bucket(Bucket=bucket)
    env = {
        "NISTARAN_DATABASE": database,
        "NISTARAN_OBJECTS": f"s3://{bucket}/kept/house",
        "NISTARAN_INBOX": f"s3://{bucket}/arrived/today",
        "NISTARAN_S3_ENDPOINT": endpoint,
    }
    world = World(home, database, S3Objects(bucket=bucket, prefix="kept/house", endpoint=endpoint), env)
    return _prepared(world, key)


def _prepared(world: World, key: bytes) -> World:
    world.home.mkdir(parents=True)
    (world.home / "house.key").write_bytes(key)
    (world.home / "house.key").chmod(0o600)
    world("init")
    return world


def s3(endpoint: str) -> Any:
    """A client of the S3 server."""
    import boto3

    return boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")


def taken(world: World) -> list[str]:
    """What was moved away inside a folder inbox."""
    return sorted(path.name for path in (world.home / "inbox" / TAKEN).iterdir())
