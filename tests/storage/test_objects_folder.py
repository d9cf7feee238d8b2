"""What only the folder store can meet: links planted below it, a full disk, a process that dies while it writes."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from nistaran.domain.errors import ObjectDamaged, StorageFull, WorldAway
from storage.objects import FolderObjects
from storage.objects import folder as folder_module

DATA = b"content"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The store's folder."""
    return tmp_path / "objects"


@pytest.fixture
def objects(root: Path) -> FolderObjects:
    """A folder store."""
    return FolderObjects(root)


@pytest.mark.promise("P29")
def test_planted_links_lead_nowhere(objects: FolderObjects, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    objects.put_bytes("raw/a", DATA)
    (root / "raw" / "link").symlink_to(outside / "secret")
    (root / "raw" / "folder").symlink_to(outside)

    for key in ("raw/link", "raw/folder/secret"):
        with pytest.raises(ObjectDamaged, match="link"):
            objects.read_bytes(key)
        with pytest.raises(ObjectDamaged, match="link"):
            objects.put_bytes(key, b"mine")
    with pytest.raises(ObjectDamaged, match="link"):
        objects.put_bytes("raw/folder/new", b"mine")
    assert (outside / "secret").read_bytes() == b"secret"
    assert [path.name for path in outside.iterdir()] == ["secret"]
    assert list(objects.keys("")) == ["raw/a"]


def test_an_object_cannot_be_a_folder_too(objects: FolderObjects) -> None:
    objects.put_bytes("raw/a", DATA)
    with pytest.raises(ObjectDamaged):
        objects.put_bytes("raw/a/b", DATA)


def test_objects_may_be_read_by_the_owner_only_and_changed_by_nobody(objects: FolderObjects, root: Path) -> None:
    objects.put_bytes("raw/a", DATA)
    assert stat.S_IMODE((root / "raw" / "a").stat().st_mode) == 0o400
    assert stat.S_IMODE((root / "raw").stat().st_mode) == 0o700
    assert stat.S_IMODE(root.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("number", "failure"), [(errno.ENOSPC, StorageFull), (errno.EDQUOT, StorageFull), (errno.EIO, WorldAway)]
)
def test_a_failing_disk_is_said_and_leaves_nothing(
    objects: FolderObjects, root: Path, monkeypatch: pytest.MonkeyPatch, number: int, failure: type[Exception]
) -> None:
    def fail(_file: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(folder_module, "make_durable", fail)
    with pytest.raises(failure):
        objects.put_bytes("raw/a", DATA)

    assert not objects.exists("raw/a")
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_what_a_dying_process_left_is_never_an_object(objects: FolderObjects, root: Path) -> None:
    objects.put_bytes("raw/a", DATA)
    (root / ".incoming" / "half-written").write_bytes(b"cont")

    assert list(objects.keys("")) == ["raw/a"]
    assert list(objects.keys("raw/")) == ["raw/a"]


def test_every_byte_is_on_the_disk_before_the_key_appears(
    objects: FolderObjects, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real_sync, real_link = os.fsync, os.link

    def sync(handle: int) -> None:
        done.append("sync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync file")
        real_sync(handle)

    def link(*given: object, **named: object) -> None:
        done.append("link")
        real_link(*given, **named)

    objects.put_bytes("raw/earlier", DATA)
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "link", link)
    objects.put_bytes("raw/a", DATA)

    assert done == ["sync file", "link", "sync folder"]
