"""Inboxes show what is whole, copy it, and never lose or replace a file."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from nistaran.domain.errors import NotReady, ObjectMissing
from storage.inbox import FolderInbox, S3Inbox
from tests.servers import S3Server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inbox with two files and much that is none."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("शिकायत.csv", "b.xlsx", ".hidden", "c.csv.part", "d.tmp", "e.crdownload", "f.csv~"):
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.csv").write_text("deep")
    (folder / "link.csv").symlink_to("/etc/passwd")
    return folder


def test_only_whole_plain_files_are_shown(folder: Path) -> None:
    assert FolderInbox(folder).names() == ["b.xlsx", "शिकायत.csv"]


def test_a_file_that_is_still_written_waits(folder: Path) -> None:
    earlier = time.time() - 60
    os.utime(folder / "b.xlsx", (earlier, earlier))

    assert FolderInbox(folder, quiet_seconds=30).names() == ["b.xlsx"]


def test_a_kept_file_moves_out_of_the_way_and_replaces_nothing(folder: Path, tmp_path: Path) -> None:
    inbox = FolderInbox(folder)
    for content in ("one", "two", "three"):
        (folder / "b.xlsx").write_text(content)
        inbox.fetch("b.xlsx", tmp_path / "copy")
        assert (tmp_path / "copy").read_text() == content
        inbox.done("b.xlsx")

    assert inbox.names() == ["शिकायत.csv"]
    taken = {path.name: path.read_text() for path in (folder / "taken").iterdir()}
    assert taken == {"b.xlsx": "one", "b (2).xlsx": "two", "b (3).xlsx": "three"}
    inbox.done("b.xlsx")  # gone already: another process was first
    assert len(list((folder / "taken").iterdir())) == 3


def test_a_file_that_was_written_on_after_it_was_fetched_stays(folder: Path, tmp_path: Path) -> None:
    inbox = FolderInbox(folder)
    with (folder / "b.xlsx").open("ab", buffering=0) as still_open:
        inbox.fetch("b.xlsx", tmp_path / "copy")
        still_open.write(b" and more")
        inbox.done("b.xlsx")

    assert "b.xlsx" in inbox.names()
    inbox.fetch("b.xlsx", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"b.xlsx and more"
    inbox.done("b.xlsx")
    assert "b.xlsx" not in inbox.names()


def test_a_file_that_took_the_fetched_ones_place_stays(folder: Path, tmp_path: Path) -> None:
    inbox = FolderInbox(folder)
    inbox.fetch("b.xlsx", tmp_path / "copy")
    (tmp_path / "new").write_text("second")
    (tmp_path / "new").replace(folder / "b.xlsx")
    inbox.done("b.xlsx")
    inbox.done("b.xlsx")  # done is for what was fetched: once
    FolderInbox(folder).done("b.xlsx")

    assert (folder / "b.xlsx").read_text() == "second"
    assert not (folder / "taken").exists()


def test_a_file_that_takes_the_place_at_the_last_moment_comes_back(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = FolderInbox(folder)
    inbox.fetch("b.xlsx", tmp_path / "copy")
    rename = Path.rename

    def swapped(path: Path, target: Path) -> Path:
        (tmp_path / "new").write_text("second")
        (tmp_path / "new").replace(path)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", swapped)
    inbox.done("b.xlsx")

    assert (folder / "b.xlsx").read_text() == "second"
    assert list((folder / "taken").iterdir()) == []


def test_an_open_file_waits_until_it_is_quiet(folder: Path) -> None:
    inbox = FolderInbox(folder, quiet_seconds=2)
    with (folder / "b.xlsx").open("ab", buffering=0) as still_open:
        still_open.write(b"x")
        assert inbox.names() == []
    long_ago, far_ahead = time.time() - 3, time.time() + 86_400
    os.utime(folder / "b.xlsx", (long_ago, long_ago))
    os.utime(folder / "शिकायत.csv", (far_ahead, far_ahead))  # from a machine whose clock is ahead

    assert inbox.names() == ["b.xlsx", "शिकायत.csv"]


def test_names_that_are_not_utf8_are_taken_under_names_that_can_be_stored(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in (b"a\xff.csv", b"a\xfe.csv", "a\ufffd.csv".encode(), b"b.csv"):
        (folder / os.fsdecode(name)).write_bytes(name)
    inbox = FolderInbox(folder)

    names = inbox.names()
    assert names == ["a\ufffd (2).csv", "a\ufffd (3).csv", "a\ufffd.csv", "b.csv"]
    fetched = set()
    for name in names:
        name.encode("utf-8")
        inbox.fetch(name, tmp_path / "copy")
        fetched.add((tmp_path / "copy").read_bytes())
        inbox.done(name)

    assert fetched == {b"a\xff.csv", b"a\xfe.csv", "a\ufffd.csv".encode(), b"b.csv"}
    assert {os.fsencode(path.name) for path in (folder / "taken").iterdir()} == fetched
    assert inbox.names() == []


def test_names_without_a_suffix_are_numbered_too(folder: Path) -> None:
    for _ in range(2):
        (folder / "list").write_text("x")
        inbox = FolderInbox(folder)
        inbox.fetch("list", folder / ".copy")
        inbox.done("list")
    assert sorted(path.name for path in (folder / "taken").iterdir()) == ["list", "list (2)"]


def test_what_left_is_missing_and_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    for name in ("gone.csv", "link.csv"):
        with pytest.raises(ObjectMissing):
            FolderInbox(folder).fetch(name, tmp_path / "copy")


@pytest.mark.promise("P29")
@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc/passwd", "sub/deep.csv", "a\0b"])
def test_names_that_are_paths_are_refused(folder: Path, tmp_path: Path, name: str, s3_server: S3Server) -> None:
    for inbox in (FolderInbox(folder), S3Inbox(bucket="b", endpoint=s3_server.endpoint)):
        with pytest.raises(ValueError, match="plain file name"):
            inbox.fetch(name, tmp_path / "copy")
        with pytest.raises(ValueError, match="plain file name"):
            inbox.done(name)


def test_a_missing_inbox_is_not_ready(tmp_path: Path) -> None:
    with pytest.raises(NotReady):
        FolderInbox(tmp_path / "none").names()


def test_s3_shows_every_page_and_leaves_files_where_they_are(s3_server: S3Server, bucket: str, tmp_path: Path) -> None:
    inbox = S3Inbox(bucket=bucket, prefix="in", endpoint=s3_server.endpoint)
    inbox._bucket.page_size = 2
    for key in (
        "in/शिकायत.csv",
        "in/b.csv",
        "in/c.csv",
        "in/.hidden",
        "in/d.part",
        "in/sub/e.csv",
        "in/",
        "inner/f.csv",
    ):
        inbox._bucket.client.put_object(Bucket=bucket, Key=key, Body=key.encode())

    assert inbox.names() == ["b.csv", "c.csv", "शिकायत.csv"]
    inbox.fetch("शिकायत.csv", tmp_path / "copy")
    assert (tmp_path / "copy").read_text(encoding="utf-8") == "in/शिकायत.csv"
    inbox.done("b.csv")
    assert "b.csv" in inbox.names()
    with pytest.raises(ObjectMissing):
        inbox.fetch("none.csv", tmp_path / "copy")
