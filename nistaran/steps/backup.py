"""Backup: the database at one moment, the objects that are new since the last one, the ledger's signed end, a signed manifest.

Here: making and thinning backups in a folder. Never the key: without it a stolen backup opens nobody's name. Not here: restoring
(restore.py), copying a database (storage/backup.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nistaran.domain.backup import Manifest, Snapshot, kept_backups, manifest_of
from nistaran.domain.errors import NistaranError, ObjectMissing
from nistaran.steps.fault import fault
from nistaran.steps.house import House

MANIFEST, SIGNATURE, POOL = "manifest.json", "manifest.sig", "objects"
_NAME = "%Y%m%dT%H%M%S%fZ"
_CHECKPOINTS = "checkpoints/"
_HASH_LETTERS = 64


class NotABackup(NistaranError):
    """यह पूर्ण बैकअप नहीं है या बदला गया है: दूसरा बैकअप चुनें / This is no whole backup of this house, or it was altered: choose another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was made: its folder, what it says of itself, how many objects were new, how many older backups went."""

    folder: Path
    manifest: Manifest
    copied: int
    thinned: int


def back_up(house: House, place: Path, *, copy: Callable[[Path], Snapshot], kind: str, days: int) -> BackedUp:
    """Make a backup below `place`, then thin the older ones: none older than `days` stays. `copy` copies the database into a file.

    Raises:
        WorldAway, StorageFull: nothing half-made is ever taken for a backup, for the manifest is written last.
    """
    now = house.clock.now()
    folder = place / now.astimezone(UTC).strftime(_NAME)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(mode=0o700)
    name = "house.db" if kind == "sqlite" else "house.dump"
    snapshot = copy(folder / name)  # before the objects: every row that it holds has its object already
    fault("before_backup_objects")
    objects, copied = _copy_objects(house, place, snapshot)
    manifest = Manifest(
        made_at=now.isoformat(),
        district=house.district.facts.code,
        kind=kind,
        database=name,
        database_sha256=sha256_of(folder / name),
        snapshot=snapshot,
        objects=objects,
    )
    fault("before_backup_manifest")
    text = manifest.to_json()
    _write(folder / SIGNATURE, house.vault.sign(text.encode()))
    _write(folder / MANIFEST, text)
    return BackedUp(folder=folder, manifest=manifest, copied=copied, thinned=thin(place, now=now, days=days))


def read_manifest(house: House, folder: Path) -> Manifest:
    """What the backup in this folder says of itself. Raises NotABackup when it is none, was altered, or is of another house."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        signature = (folder / SIGNATURE).read_text(encoding="utf-8").strip()
        found = manifest_of(text)
    except (OSError, ValueError, KeyError, TypeError):
        raise NotABackup(folder.name) from None
    if house.vault.sign(text.encode()) != signature or found.district != house.district.facts.code:
        raise NotABackup(f"{folder.name}: the signature is not this house's")
    return found


def backups(place: Path) -> dict[datetime, Path]:
    """The whole backups below `place` by when they were made, oldest first."""
    return {at: folder for at, folder in _sets(place) if (folder / MANIFEST).exists()}


def thin(place: Path, *, now: datetime, days: int) -> int:
    """Remove the backups that are not to stay, half-made ones of earlier, and objects that no backup names. Returns how many went."""
    whole = backups(place)
    kept = kept_backups(whole, now=now, days=days)
    gone = [folder for at, folder in _sets(place) if at not in kept and (at in whole or at < now)]
    for folder in gone:
        shutil.rmtree(folder)
    if gone:
        _thin_pool(place, [folder for at, folder in whole.items() if at in kept])
    return len(gone)


def sha256_of(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sets(place: Path) -> Iterator[tuple[datetime, Path]]:
    for folder in sorted(place.iterdir()) if place.is_dir() else ():
        try:
            yield datetime.strptime(folder.name, _NAME).replace(tzinfo=UTC), folder
        except ValueError:
            continue  # the pool of objects, or nothing of ours


def _copy_objects(house: House, place: Path, snapshot: Snapshot) -> tuple[dict[str, str], int]:
    """Every object into the pool that all backups share; what is there already is not copied again, for objects never change."""
    newest = list(backups(place).values())[-1:]
    known = manifest_of((newest[0] / MANIFEST).read_text(encoding="utf-8")).objects if newest else {}
    found, copied = {}, 0
    for key in house.objects.keys(""):
        if _is_later(key, snapshot):
            continue
        target = place / POOL / key
        if key in known and target.exists():
            found[key] = known[key]
            continue
        try:
            found[key] = _copy(house, key, target)
        except ObjectMissing:  # purged meanwhile
            continue
        copied += 1
    return found, copied


def _is_later(key: str, snapshot: Snapshot) -> bool:
    """A signed end of the ledger that the copied database has not come to yet would make it look cut off."""
    if not key.startswith(_CHECKPOINTS):
        return False
    number = key.removeprefix(_CHECKPOINTS).removesuffix(".json")
    return number.isdecimal() and int(number) > snapshot.seq


def _copy(house: House, key: str, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.unlink(missing_ok=True)
    last = key.rsplit("/", 1)[-1]
    if len(last) == _HASH_LETTERS and set(last) <= set("0123456789abcdef"):
        house.objects.fetch(key, target, sha256=last)
        return last
    data = house.objects.read_bytes(key)
    aside = target.with_name(f".{target.name}.part")
    aside.write_bytes(data)
    aside.replace(target)
    return hashlib.sha256(data).hexdigest()


def _thin_pool(place: Path, folders: list[Path]) -> None:
    named = {key for one in folders for key in json.loads((one / MANIFEST).read_text(encoding="utf-8"))["objects"]}
    pool = place / POOL
    for path in [one for one in pool.rglob("*") if one.is_file()]:
        if path.relative_to(pool).as_posix() not in named:
            path.unlink()


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
