"""Put together for backups: a house's database and objects copied, tried out, put back. No rule.

Not here: what a backup is (nistaran/steps/backup.py), periods (bootstrap_retain.py).
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from nistaran.bootstrap_retain import retention_rules
from nistaran.domain.backup import Manifest, manifest_of
from nistaran.domain.errors import NistaranError, NotReady
from nistaran.settings import Settings
from nistaran.steps.backup import MANIFEST, POOL, SIGNATURE, BackedUp, NotABackup, back_up, backups, read_manifest
from nistaran.steps.house import House
from nistaran.steps.restore import TRIAL, Tried, drop_old_trials, files_faults, lay_out_objects, verdict
from nistaran.steps.verify import checkpoint

#: A trial that was killed leaves the whole database behind; none takes so long.
_TRIAL_OVER = timedelta(days=1)


class KeyTooNear(NistaranError):
    """बैकअप का स्थान कुंजी के पास है: कुंजी और बैकअप साथ रखने पर चोरी होने पर सब पढ़ा जा सकेगा; दूसरा फ़ोल्डर चुनें / The key lies in the folder for
    backups: stolen together, they open everything. Choose another folder."""


class OtherKey(NistaranError):
    """यह कुंजी इस बैकअप की नहीं है, या बैकअप बदला गया है: कुंजी की दूसरी प्रति देखें; नया फ़ोल्डर खाली ही है / This key is not the one of this backup, or the
    backup was altered: look for the right copy of the key. The new home is still empty."""


class OtherDistrict(NistaranError):
    """यह बैकअप दूसरे जनपद का है: NISTARAN_PACK और NISTARAN_DISTRICT उसी जनपद के लिखें / This backup is of another district: set NISTARAN_PACK and
    NISTARAN_DISTRICT to that one."""


def take_backup(settings: Settings, house: House, place: Path | None = None) -> BackedUp:
    """Make a backup below `place` (None: where the settings say), and leave a heartbeat for it.

    Raises:
        KeyTooNear, AlreadyAtWork, NotReady, WorldAway, StorageFull.
    """
    from storage.backup import copy_database, one_at_a_time
    from storage.engine import make_engine

    where = (place or settings.backups_place).resolve()
    if settings.key_file.resolve().is_relative_to(where):
        raise KeyTooNear(str(where))
    checkpoint(house)
    engine = make_engine(settings.database_url)
    try:
        with one_at_a_time(
            house.spool / "backup.lock"
        ):  # another one's thinning would take what this one has just copied
            made = back_up(
                house,
                where,
                copy=partial(copy_database, engine),
                kind=engine.dialect.name,
                days=retention_rules(settings).periods.backups,
            )
            drop_old_trials(where, before=house.clock.now() - _TRIAL_OVER)
    finally:
        engine.dispose()
    _beat(house, "backup", {"cases": made.manifest.snapshot.cases, "copied": made.copied, "thinned": made.thinned})
    return made


def newest_backup(place: Path) -> Path:
    """The newest whole backup below this place. Raises NotABackup when there is none."""
    found = list(backups(place).values())
    if not found:
        raise NotABackup(f"{place}: इसमें कोई बैकअप नहीं / there is no backup in it")
    return found[-1]


def try_restore(settings: Settings, house: House, folder: Path | None = None) -> Tried:
    """Restore a backup (None: the newest) into a temporary place beside it, and look whether it can be relied on.

    Raises:
        NotABackup: when there is nothing to try.
    """
    folder = folder or newest_backup(settings.backups_place)
    manifest = read_manifest(house, folder)
    faults = files_faults(folder, manifest)
    if faults:
        return Tried(folder=folder, manifest=manifest, age=house.clock.now() - manifest.at, faults=faults)
    with (
        TemporaryDirectory(dir=folder.parent, prefix=TRIAL) as temporary,
        _restored(settings, house, folder, Path(temporary)) as restored,
    ):
        tried = verdict(restored, house, folder)
    if not tried.faults:
        _beat(house, "restore-test", {"cases": manifest.snapshot.cases})
    return tried


@contextmanager
def _restored(settings: Settings, house: House, folder: Path, temporary: Path) -> Iterator[House]:
    """The house as it stands in the backup, with this house's key."""
    from storage.objects import FolderObjects
    from storage.unit_of_work import SqlStore

    manifest = read_manifest(house, folder)
    lay_out_objects(folder, manifest, temporary / "objects", link=True)
    (temporary / "spool").mkdir()
    with _database(settings, manifest.kind, temporary) as url:
        store = SqlStore(url)
        try:
            _put_back(folder / manifest.database, store)
            yield dataclasses.replace(
                house,
                work=store.work,
                read=store.read,
                objects=FolderObjects(temporary / "objects"),
                spool=temporary / "spool",
            )
        finally:
            store.close()


def restore_home(settings: Settings, folder: Path, *, key: Path | None) -> bool:
    """Put a backup into the new home of these settings, for good; with the key (None: it is put there by hand later).

    Returns whether the restored house was verified, which needs the key.

    Raises:
        NotReady: when the home holds anything already; nothing is written over.
        NotABackup, OtherKey, OtherDistrict: the home is left as it was, so that it can be tried again.
    """
    from nistaran.bootstrap import load_tables, open_house, prepare
    from nistaran.steps.verify import verify

    if settings.home.exists() and any(settings.home.iterdir()):
        raise NotReady(f"{settings.home}: फ़ोल्डर खाली नहीं / the folder is not empty; nothing is written over")
    try:
        manifest = manifest_of((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        raise NotABackup(folder.name) from None
    if manifest.district != load_tables(settings)[1].facts.code:
        raise OtherDistrict(manifest.district)
    faults = files_faults(folder, manifest)
    if faults:
        raise NotABackup(f"{folder.name}: {faults[0]}")
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _fill(settings, folder, manifest, key)
    except BaseException:
        _empty(settings.home)  # as it was; half a house would be in the way of the next try
        raise
    if key is None:
        return False
    prepare(settings)
    with open_house(settings) as house:
        return not verify(house).faults


def _fill(settings: Settings, folder: Path, manifest: Manifest, key: Path | None) -> None:
    """The key first: by it the backup is known as this house's."""
    from storage.unit_of_work import SqlStore
    from storage.vault import FileVault

    if key is not None:
        shutil.copyfile(key, settings.key_file)
        settings.key_file.chmod(0o600)
        try:
            signed = FileVault.open_file(settings.key_file).sign((folder / MANIFEST).read_bytes())
        except NotReady:
            raise OtherKey(key.name) from None
        if signed != (folder / SIGNATURE).read_text(encoding="utf-8").strip():
            raise OtherKey(folder.name)
    store = SqlStore(settings.database_url)
    try:
        _put_back(folder / manifest.database, store)
    finally:
        store.close()
    _put_objects_back(settings, folder, manifest)


def _empty(folder: Path) -> None:
    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()


def _put_objects_back(settings: Settings, folder: Path, manifest: Manifest) -> None:
    """Into the folder that the settings name, or into their bucket; what lies there already is compared and never written over."""
    if not settings.objects.startswith("s3://"):
        target = Path(settings.objects) if settings.objects else settings.home / "objects"
        lay_out_objects(folder, manifest, target, link=False)
        return
    from nistaran.bootstrap import open_objects

    objects = open_objects(settings)
    for key, sha256 in manifest.objects.items():
        objects.put(key, folder.parent / POOL / key, sha256=sha256)


def _put_back(source: Path, store: object) -> None:
    from storage.backup import restore_database
    from storage.unit_of_work import SqlStore

    assert isinstance(store, SqlStore)
    restore_database(source, store.engine)
    store.upgrade()


@contextmanager
def _database(settings: Settings, kind: str, temporary: Path) -> Iterator[str]:
    """An empty place for a trial: a file, or on Postgres a database of its own that is dropped again."""
    if kind == "sqlite":
        yield f"sqlite:///{temporary / 'house.db'}"
        return
    from sqlalchemy.engine import make_url

    from storage.engine import make_engine

    name = f"nistaran_trial_{uuid4().hex[:12]}"
    engine = make_engine(settings.database_url)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
            try:
                yield make_url(settings.database_url).set(database=name).render_as_string(hide_password=False)
            finally:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    finally:
        engine.dispose()


def _beat(house: House, name: str, counts: dict[str, int]) -> None:
    with house.work() as work:
        work.heartbeats.beat(name, counts, at=house.clock.now())
        work.commit()
