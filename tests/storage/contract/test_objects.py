"""The folder store and the S3 store keep one contract: create-only, checked by hash, keys of our own only (P29)."""

from __future__ import annotations

import hashlib
import threading
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nistaran.domain.errors import ObjectDamaged, ObjectExists, ObjectMissing
from storage.keys import checked_key
from storage.objects import FolderObjects, S3Objects

Objects = FolderObjects | S3Objects
Spoil = Callable[[str, bytes], None]


@pytest.fixture(params=["folder", "s3"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which store."""
    return str(request.param)


@pytest.fixture
def objects(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    """Each store in turn, empty."""
    if kind == "folder":
        return FolderObjects(tmp_path / "objects")
    endpoint = request.getfixturevalue("s3_server").endpoint
    return S3Objects(bucket=request.getfixturevalue("bucket"), prefix="house/one", endpoint=endpoint)


@pytest.fixture
def spoil(objects: Objects, tmp_path: Path) -> Spoil:
    """Changes an object behind the store's back."""

    def change(key: str, data: bytes) -> None:
        if isinstance(objects, FolderObjects):
            path = tmp_path / "objects" / key
            path.chmod(0o600)
            path.write_bytes(data)
        else:
            inside = objects._bucket
            inside.client.put_object(Bucket=inside.name, Key=inside.full(key), Body=data)

    return change


def _source(path: Path, data: bytes) -> tuple[Path, str]:
    path.write_bytes(data)
    return path, hashlib.sha256(data).hexdigest()


def test_a_file_comes_back_as_it_went_in(objects: Objects, tmp_path: Path) -> None:
    source, sha256 = _source(tmp_path / "in", "शिकायत,पता\n".encode() * 200_000)
    objects.put("raw/2026/11/a", source, sha256=sha256)
    objects.fetch("raw/2026/11/a", tmp_path / "out", sha256=sha256)

    assert (tmp_path / "out").read_bytes() == source.read_bytes()
    assert objects.exists("raw/2026/11/a")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_an_empty_file_is_a_file(objects: Objects, tmp_path: Path) -> None:
    source, sha256 = _source(tmp_path / "in", b"")
    objects.put("raw/empty", source, sha256=sha256)
    assert objects.read_bytes("raw/empty") == b""


def test_the_same_content_again_is_fine(objects: Objects, tmp_path: Path) -> None:
    source, sha256 = _source(tmp_path / "in", b"content")
    for _ in range(2):
        objects.put("raw/a", source, sha256=sha256)
        objects.put_bytes("checkpoints/1", b"head")
    assert list(objects.keys("")) == ["checkpoints/1", "raw/a"]


def test_other_content_under_a_used_key_is_refused(objects: Objects, tmp_path: Path) -> None:
    objects.put_bytes("raw/a", b"first")
    source, sha256 = _source(tmp_path / "in", b"second")

    with pytest.raises(ObjectExists):
        objects.put("raw/a", source, sha256=sha256)
    with pytest.raises(ObjectExists):
        objects.put_bytes("raw/a", b"third")
    assert objects.read_bytes("raw/a") == b"first"


def test_a_file_that_is_not_its_hash_is_not_kept(objects: Objects, tmp_path: Path) -> None:
    source, _ = _source(tmp_path / "in", b"content")

    with pytest.raises(ObjectDamaged):
        objects.put("raw/a", source, sha256=hashlib.sha256(b"other").hexdigest())
    assert not objects.exists("raw/a")
    assert list(objects.keys("")) == []


def test_a_spoiled_object_is_never_handed_out(objects: Objects, tmp_path: Path, spoil: Spoil) -> None:
    source, sha256 = _source(tmp_path / "in", b"content")
    objects.put("raw/a", source, sha256=sha256)
    spoil("raw/a", b"c0ntent")

    with pytest.raises(ObjectDamaged):
        objects.fetch("raw/a", tmp_path / "out", sha256=sha256)
    assert not (tmp_path / "out").exists()
    with pytest.raises(ObjectExists):
        objects.put("raw/a", source, sha256=sha256)


def test_what_is_not_there_is_missing(objects: Objects, tmp_path: Path) -> None:
    assert not objects.exists("raw/a")
    assert list(objects.keys("raw/")) == []
    with pytest.raises(ObjectMissing):
        objects.read_bytes("raw/a")
    with pytest.raises(ObjectMissing):
        objects.fetch("raw/a", tmp_path / "out", sha256="0" * 64)
    assert not (tmp_path / "out").exists()


def test_keys_are_sorted_and_begin_as_asked(objects: Objects) -> None:
    for key in ("raw/b/1", "raw/a-b", "raw/a/2", "raw/a/10", "raw/a.b", "other"):
        objects.put_bytes(key, key.encode())

    assert list(objects.keys("")) == ["other", "raw/a-b", "raw/a.b", "raw/a/10", "raw/a/2", "raw/b/1"]
    assert list(objects.keys("raw/a")) == ["raw/a-b", "raw/a.b", "raw/a/10", "raw/a/2"]
    assert list(objects.keys("raw/a/")) == ["raw/a/10", "raw/a/2"]
    assert list(objects.keys("raw/a/1")) == ["raw/a/10"]


def test_of_many_who_race_for_a_key_one_wins(objects: Objects) -> None:
    told: list[int | None] = []
    together = threading.Barrier(8)

    def put(mine: int) -> None:
        together.wait()
        try:
            objects.put_bytes("raw/a", str(mine).encode())
        except ObjectExists:
            told.append(None)
        else:
            told.append(mine)

    threads = [threading.Thread(target=put, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [winner] = [mine for mine in told if mine is not None]
    assert len(told) == 8
    assert objects.read_bytes("raw/a") == str(winner).encode()


def test_a_large_file_is_never_whole_in_memory(objects: Objects, tmp_path: Path) -> None:
    size = 24 * 1024 * 1024
    source, sha256 = _source(tmp_path / "in", bytes(size))
    objects.exists("warm-up")
    tracemalloc.start()
    objects.put("raw/large", source, sha256=sha256)
    objects.fetch("raw/large", tmp_path / "out", sha256=sha256)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < size / 2


STRANGE = [
    "", "/", "..", "../a", "a/../b", "a/..", "/etc/passwd", "a//b", "a/", "./a", "a/.", ".a", "a/.b", "a..b", "A", "a\\b", "a\0b",
    "a b", "कुंजी", "a%2e%2e", "a\u2024b", "a\uff0fb", "a\n", "con:", "a" * 201, "a/" * 120 + "a", "-a", "_a", "a.", "~", "a*",
]  # fmt: skip


@pytest.mark.promise("P29")
@pytest.mark.parametrize("key", STRANGE)
def test_keys_that_are_not_ours_reach_no_path(objects: Objects, tmp_path: Path, key: str) -> None:
    source, sha256 = _source(tmp_path / "in", b"content")
    before = sorted(tmp_path.rglob("*"))
    for act in (
        lambda: objects.put(key, source, sha256=sha256),
        lambda: objects.put_bytes(key, b""),
        lambda: objects.fetch(key, tmp_path / "out", sha256=sha256),
        lambda: objects.read_bytes(key),
        lambda: objects.exists(key),
        lambda: objects.remove(key),
    ):
        with pytest.raises(ValueError, match="not an object key"):
            act()
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.promise("P29")
@given(st.text(max_size=300) | st.text(alphabet="ab./\\-_%\0 ", max_size=20))
@example("a/../../b")
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_a_key_that_passes_stays_below_any_root(key: str) -> None:
    try:
        checked_key(key)
    except ValueError:
        return
    parts = key.split("/")
    assert key.isascii()
    assert key == key.lower()
    assert all(part and not part.startswith(".") and ".." not in part for part in parts)
    assert Path("/root", key).resolve().is_relative_to("/root")


def test_an_object_can_be_taken_away_after_its_time(objects: Objects) -> None:
    objects.put_bytes("raw/ab/one", b"1")
    objects.put_bytes("raw/ab/two", b"2")
    objects.remove("raw/ab/one")
    objects.remove("raw/ab/one")
    objects.remove("nothing/at/all")
    assert list(objects.keys("")) == ["raw/ab/two"]
    objects.put_bytes("raw/ab/one", b"other content may come under the key again")
    assert objects.exists("raw/ab/one")


def test_what_is_older_is_told_by_when_it_was_put(objects: Objects) -> None:
    objects.put_bytes("raw/ab/one", b"1")
    objects.put_bytes("answers/ab/two", b"2")
    now = datetime.now(UTC)
    assert list(objects.older("raw/", before=now + timedelta(minutes=5))) == ["raw/ab/one"]
    assert list(objects.older("raw/", before=now - timedelta(minutes=5))) == []
    assert list(objects.older("", before=now + timedelta(minutes=5))) == ["answers/ab/two", "raw/ab/one"]
