"""Restore: a backup tried out in a temporary place, so that nobody learns on the worst day that it is none; or put back for good.

Here: the trial and its verdict. Not here: making backups (backup.py), copying a database (storage/backup.py).
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nistaran.domain.backup import Manifest
from nistaran.domain.errors import KeyGone
from nistaran.steps.backup import POOL, read_manifest, sha256_of
from nistaran.steps.house import House
from nistaran.steps.silence import Store
from nistaran.steps.verify import verify

#: How the temporary place of a trial is named, beside the backups.
TRIAL = ".trial-"
#: So many damaged objects are named; the rest are counted.
_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a trial found. No faults: it can be relied on. `age` is what would be lost if it had to be restored now."""

    folder: Path
    manifest: Manifest
    age: timedelta
    faults: list[str] = field(default_factory=list)


def must_be_new(store: Store) -> None:
    """Go on only where nothing was ever entered: there a key may be made. Raises KeyGone."""
    with store.read() as work:
        if work.ledger.head().seq:
            raise KeyGone


def files_faults(folder: Path, manifest: Manifest) -> list[str]:
    """What is wrong with the files themselves: the database, and every object that the manifest names."""
    found = []
    database = folder / manifest.database
    if not database.is_file():
        found.append("database: the file is missing")
    elif sha256_of(database) != manifest.database_sha256:
        found.append("database: the file is not what was backed up")
    pool = folder.parent / POOL
    bad = [key for key, sha256 in sorted(manifest.objects.items()) if not _is(pool / key, sha256)]
    found += [f"object {key}: missing, or not what was backed up" for key in bad[:_NAMED]]
    if len(bad) > _NAMED:
        found.append(f"objects: {len(bad) - _NAMED} more are missing or altered")
    return found


def lay_out_objects(folder: Path, manifest: Manifest, target: Path, *, link: bool) -> None:
    """The backup's objects, and no later ones, below `target`: as hard links for a trial where the disk can, else as copies."""
    pool = folder.parent / POOL
    for key in manifest.objects:
        place = target / key
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if link:
            try:
                os.link(pool / key, place)
                continue
            except OSError:  # another disk
                pass
        shutil.copy2(pool / key, place)


def drop_old_trials(place: Path, *, before: datetime) -> None:
    """Remove what trials that were killed left below `place` before that moment: purged words would live on there."""
    for left in place.glob(f"{TRIAL}*"):
        if left.is_dir() and not left.is_symlink() and left.stat().st_mtime < before.timestamp():
            shutil.rmtree(left, ignore_errors=True)


def verdict(restored: House, house: House, folder: Path) -> Tried:
    """Hold the restored house against what the backup says of itself, and verify it from the first event to the last."""
    manifest = read_manifest(house, folder)
    age, said = house.clock.now() - manifest.at, manifest.snapshot
    outcome = verify(restored)
    with restored.read() as work:
        head = work.ledger.head()
        cases = sum(work.cases.count_by_status().values())
    faults = list(outcome.faults)
    if (head.seq, head.hash) != (said.seq, said.hash):
        faults.append(f"ledger: ends at {head.seq}, the backup says {said.seq}")
    if cases != said.cases:
        faults.append(f"cases: {cases}, the backup says {said.cases}")
    if outcome.files != said.files:
        faults.append(f"files: {outcome.files}, the backup says {said.files}")
    return Tried(folder=folder, manifest=manifest, age=age, faults=faults)


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and not path.is_symlink() and sha256_of(path) == sha256
