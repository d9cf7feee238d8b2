"""A backup made while the house works can be restored, is held against its own counts, never holds the key, and loses what was purged."""

from __future__ import annotations

import dataclasses
import json
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from nistaran.bootstrap import open_house, prepare
from nistaran.bootstrap_backup import (
    KeyTooNear,
    OtherDistrict,
    OtherKey,
    newest_backup,
    restore_home,
    take_backup,
    try_restore,
)
from nistaran.bootstrap_retain import retain_all
from nistaran.domain.errors import KeyGone, NistaranError, NotReady
from nistaran.settings import Settings
from nistaran.steps.backup import MANIFEST, NotABackup, backups
from nistaran.steps.doctor import examine
from nistaran.steps.house import House
from nistaran.steps.ingest import ingest_file
from nistaran.steps.keep import keep_file
from nistaran.steps.verify import verify
from storage.backup import AlreadyAtWork, one_at_a_time
from tests.files import many, write_csv
from tests.steps.retaining import finished, found_in, on, set_back
from tests.taking import Silent, take


@pytest.fixture
def place(settings: Settings) -> Path:
    return settings.home / "backups"


@pytest.fixture
def filled(house: House, tmp_path: Path) -> House:
    """A house with twenty cases."""
    take(house, write_csv(tmp_path / "cases.csv", many(20)))
    return house


def test_a_backup_restores_and_says_how_old_it_is(filled: House, settings: Settings, place: Path) -> None:
    made = take_backup(settings, filled)
    assert made.folder.parent == place
    assert (made.manifest.snapshot.cases, made.manifest.snapshot.files) == (20, 1)
    tried = try_restore(settings, on(filled, 3))
    assert tried.faults == []
    assert tried.age > timedelta(days=1)
    assert not [one for one in place.rglob("*") if ".trial-" in str(one)]


def test_only_what_is_new_is_copied(filled: House, settings: Settings, tmp_path: Path) -> None:
    first = take_backup(settings, filled)
    take(filled, write_csv(tmp_path / "more.csv", many(25)[20:]))
    second = take_backup(settings, filled)
    assert second.copied == 2  # the new file, and the newest signed end of the ledger
    assert set(first.manifest.objects) < set(second.manifest.objects)
    assert try_restore(settings, filled, first.folder).faults == []
    assert try_restore(settings, filled, second.folder).faults == []


def test_the_key_is_never_in_it(filled: House, settings: Settings, place: Path) -> None:
    take_backup(settings, filled)
    secret = settings.key_file.read_text().split(":")[1].strip().encode()
    assert not [path for path in place.rglob("*") if path.is_file() and secret in path.read_bytes()]
    with pytest.raises(KeyTooNear):
        take_backup(settings, filled, settings.home)


@pytest.mark.parametrize("damage", ["database", "object", "manifest", "cut"])
def test_a_damaged_backup_is_told(filled: House, settings: Settings, place: Path, damage: str) -> None:
    made = take_backup(settings, filled)
    raw = next(key for key in made.manifest.objects if key.startswith("raw/"))
    target = {
        "database": made.folder / "house.db",
        "object": place / "objects" / raw,
        "manifest": made.folder / MANIFEST,
        "cut": place / "objects" / raw,
    }[damage]
    data = target.read_bytes()
    target.chmod(0o600)
    target.unlink() if damage == "cut" else target.write_bytes(data.replace(b"2", b"3"))
    if damage == "manifest":
        with pytest.raises(NotABackup):
            try_restore(settings, filled)
        return
    assert try_restore(settings, filled).faults


def test_a_forged_database_is_told_even_when_its_hash_fits(filled: House, settings: Settings) -> None:
    """The broken twin of trusting hashes: an unsigned manifest would let it pass."""
    made = take_backup(settings, filled)
    text = (made.folder / MANIFEST).read_text()
    (made.folder / MANIFEST).write_text(text.replace('"cases": 20', '"cases": 21'))
    with pytest.raises(NotABackup, match="signature"):
        try_restore(settings, filled)


def test_half_a_backup_is_none(filled: House, settings: Settings, place: Path) -> None:
    made = take_backup(settings, filled)
    (made.folder / MANIFEST).unlink()
    assert backups(place) == {}
    with pytest.raises(NotABackup):
        newest_backup(place)
    again = take_backup(settings, filled)
    assert [one.name for one in place.iterdir() if one.name != "objects"] == [again.folder.name]


def test_put_into_a_new_home_it_is_the_house(filled: House, settings: Settings, tmp_path: Path) -> None:
    made = take_backup(settings, filled)
    new = Settings(home=tmp_path / "new")
    assert restore_home(new, made.folder, key=settings.key_file)
    with open_house(new) as restored:
        assert verify(restored).faults == []
        take(restored, write_csv(tmp_path / "later.csv", many(22)[20:]))
        assert verify(restored).faults == []
    with pytest.raises(NotReady, match="not empty"):
        restore_home(new, made.folder, key=None)
    bare = Settings(home=tmp_path / "bare")
    assert not restore_home(bare, made.folder, key=None)
    with pytest.raises(NistaranError), open_house(bare):
        pass


def test_a_wrong_key_or_district_leaves_the_new_home_empty(filled: House, settings: Settings, tmp_path: Path) -> None:
    """On the worst day it must be possible to try again with the right one, and no good backup may be taken for a bad one."""
    made = take_backup(settings, filled)
    stranger, damaged = Settings(home=tmp_path / "stranger"), tmp_path / "damaged.key"
    prepare(stranger)
    damaged.write_bytes(b"\xff" * 40)
    new = Settings(home=tmp_path / "new")
    for key in (stranger.key_file, damaged, tmp_path / "none.key"):
        with pytest.raises((OtherKey, OSError)):
            restore_home(new, made.folder, key=key)
        assert list(new.home.iterdir()) == []
    with pytest.raises(OtherDistrict):
        restore_home(Settings(home=new.home, pack="rajasthan", district="jodhpur"), made.folder, key=None)
    assert restore_home(new, made.folder, key=settings.key_file)


def test_no_new_key_is_made_where_the_old_one_is_missing(filled: House, settings: Settings, tmp_path: Path) -> None:
    made = take_backup(settings, filled)
    bare = Settings(home=tmp_path / "bare")
    assert not restore_home(bare, made.folder, key=None)
    with pytest.raises(KeyGone):
        prepare(bare)
    assert not bare.key_file.exists()
    shutil.copy(settings.key_file, bare.key_file)
    prepare(bare)
    with open_house(bare) as restored:
        assert verify(restored).faults == []


def test_a_name_that_leads_out_of_the_backup_is_refused(filled: House, settings: Settings, tmp_path: Path) -> None:
    """Without the key nobody can say who wrote the manifest."""
    made = take_backup(settings, filled)
    path, whole = made.folder / MANIFEST, (made.folder / MANIFEST).read_text()
    for name in ("../../out", "/etc/out", "a//b", "raw/..\\out", "c:/out"):
        path.write_text(json.dumps({**json.loads(whole), "objects": {name: "0" * 64}}))
        with pytest.raises(NotABackup):
            restore_home(Settings(home=tmp_path / "new"), made.folder, key=None)
    path.write_text(json.dumps({**json.loads(whole), "database": "../house.db"}))
    with pytest.raises(NotABackup):
        restore_home(Settings(home=tmp_path / "new"), made.folder, key=None)


def test_two_backups_at_once_are_not_made(filled: House, settings: Settings, place: Path) -> None:
    """The thinning of one would take the objects that the other has copied and not yet named."""
    with one_at_a_time(filled.spool / "backup.lock"), pytest.raises(AlreadyAtWork):
        take_backup(settings, filled)
    assert backups(place) == {}
    assert take_backup(settings, filled).manifest.snapshot.cases == 20


def test_what_a_killed_trial_left_goes_with_the_next_backup(filled: House, settings: Settings, place: Path) -> None:
    take_backup(settings, filled)
    left = place / ".trial-killed"
    left.mkdir()
    (left / "house.db").write_bytes(b"words of citizens")
    take_backup(settings, filled)
    assert left.exists(), "it may be at work"
    take_backup(settings, on(filled, 2))
    assert not left.exists()


def test_what_was_purged_leaves_the_backups_within_their_period(
    house: House, settings: Settings, tmp_path: Path, place: Path
) -> None:
    (tmp_path / "in").mkdir()
    whole = finished(house, tmp_path / "in")
    set_back(settings)
    day = on(whole, 1095)
    take_backup(settings, on(whole, 1094))
    retain_all(settings, day)
    take_backup(settings, day)
    assert found_in(place) != {}
    for days in (1100, 1094 + 180):
        take_backup(settings, on(whole, days))
    assert found_in(settings.home) == {}
    assert try_restore(settings, day).faults == []


@pytest.mark.promise("P13")
def test_made_during_ingest_it_is_at_most_one_batch_behind(settings: Settings, tmp_path: Path) -> None:
    small = Settings(home=settings.home, batch=20)
    path = write_csv(tmp_path / "all.csv", many(400))
    committed: list[int] = []

    class Counting(Silent):
        def advance(self, done: int) -> None:
            committed.append(done)

    with open_house(small) as house, open_house(small) as beside:
        kept = keep_file(house, path, name=path.name, source="storm")
        ingest = threading.Thread(target=lambda: ingest_file(house, kept.sha256, Counting()))
        ingest.start()
        while len(committed) < 3:
            pass
        before = sum(committed)
        made = take_backup(small, beside)
        ingest.join()
        assert made.manifest.snapshot.cases >= before - small.batch
        assert try_restore(small, beside, made.folder).faults == []
        assert verify(house).cases == 400


def test_doctor_asks_for_a_backup_and_for_a_trial(filled: House, settings: Settings) -> None:
    def said(house: House) -> list[str]:
        return [one.state for one in examine(house) if one.subject.startswith("backup")]

    assert said(filled) == ["ok", "ok"]
    assert said(on(filled, 60)) == ["bad", "bad"]
    late = dataclasses.replace(filled, clock=on(filled, 60).clock)
    take_backup(settings, late)
    assert said(late) == ["ok", "bad"]
    try_restore(settings, late)
    assert said(late) == ["ok", "ok"]
    assert shutil.which("true")
