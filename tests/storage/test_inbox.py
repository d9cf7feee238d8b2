"""Inboxes show what is whole, copy it, and never lose or replace a file."""

from __future__ import annotations

import dataclasses
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from nistaran.domain.errors import NotReady, ObjectMissing
from storage.inbox import FolderInbox, S3Inbox, Taken
from storage.objects import S3Objects
from tests.servers import S3Server, s3


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


@dataclasses.dataclass
class Arrivals:
    """A prefix of a bucket where files arrive, and the house's object store; `downloads` of the first are counted."""

    bucket: str
    endpoint: str
    home: Path
    downloads: list[str] = dataclasses.field(default_factory=list)

    def put(self, name: str, content: str) -> None:
        s3(self.endpoint).put_object(Bucket=self.bucket, Key=f"in/{name}", Body=content.encode())

    def opened(self, **how: bool) -> S3Inbox:
        """The inbox as a new process opens it."""
        marks = S3Objects(bucket=self.bucket, prefix="house", endpoint=self.endpoint)
        inbox = S3Inbox(bucket=self.bucket, prefix="in", endpoint=self.endpoint, taken=Taken(marks, **how))
        inbox._bucket.client.meta.events.register("before-call.s3.GetObject", self._note)
        return inbox

    def _note(self, params: Mapping[str, str], **_: object) -> None:
        self.downloads.append(params["url_path"])

    def take(self, inbox: S3Inbox, *, done: bool = True) -> dict[str, str]:
        """Fetch whatever is shown, and say that it is kept. Returns what came."""
        came = {}
        for name in inbox.names():
            inbox.fetch(name, self.home / "copy")
            came[name] = (self.home / "copy").read_text(encoding="utf-8")
            if done:
                inbox.done(name)
        return came


@pytest.fixture
def arrivals(s3_server: S3Server, bucket: str, tmp_path: Path) -> Arrivals:
    """Two files have arrived."""
    made = Arrivals(bucket, s3_server.endpoint, tmp_path)
    made.put("a.csv", "one")
    made.put("शिकायत.csv", "two")
    return made


def test_s3_an_object_that_was_taken_is_not_fetched_again(arrivals: Arrivals) -> None:
    assert arrivals.take(arrivals.opened()) == {"a.csv": "one", "शिकायत.csv": "two"}
    assert len(arrivals.downloads) == 2
    for _ in range(3):
        assert arrivals.take(arrivals.opened()) == {}
    assert len(arrivals.downloads) == 2
    arrivals.put("b.csv", "one")
    arrivals.put("CSC/a.csv", "one")
    assert arrivals.take(arrivals.opened()) == {"b.csv": "one"}
    assert arrivals.opened().part("CSC").names() == ["a.csv"], "another folder is another channel"


def test_s3_an_object_that_changed_is_fetched_again(arrivals: Arrivals) -> None:
    arrivals.take(arrivals.opened())
    arrivals.put("a.csv", "uno")
    arrivals.put("शिकायत.csv", "two")
    assert arrivals.take(arrivals.opened()) == {"a.csv": "uno"}
    arrivals.put("a.csv", "one")
    assert arrivals.take(arrivals.opened()) == {}, "what it was before was taken before"


def test_s3_a_crash_between_fetching_and_keeping_loses_nothing(arrivals: Arrivals) -> None:
    assert len(arrivals.take(arrivals.opened(), done=False)) == 2
    assert len(arrivals.take(arrivals.opened())) == 2
    assert arrivals.take(arrivals.opened()) == {}


def test_s3_the_twin_that_remembers_too_early_is_caught(arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = S3Inbox.fetch

    def hasty(self: S3Inbox, name: str, target: Path) -> None:
        fetch(self, name, target)
        self.done(name)

    monkeypatch.setattr(S3Inbox, "fetch", hasty)
    assert len(arrivals.take(arrivals.opened(), done=False)) == 2
    assert arrivals.take(arrivals.opened()) == {}, "then both files are lost"


def test_s3_an_object_replaced_while_it_is_taken_comes_again(arrivals: Arrivals, tmp_path: Path) -> None:
    inbox = arrivals.opened()
    assert "a.csv" in inbox.names()
    arrivals.put("a.csv", "after it was listed")
    inbox.fetch("a.csv", tmp_path / "copy")
    arrivals.put("a.csv", "after it was fetched")
    inbox.done("a.csv")
    inbox.done("शिकायत.csv")  # was not fetched
    assert arrivals.take(arrivals.opened()) == {"a.csv": "after it was fetched", "शिकायत.csv": "two"}
    arrivals.put("a.csv", "after it was listed")
    assert arrivals.take(arrivals.opened()) == {}


def test_s3_after_a_restored_backup_everything_may_be_asked_for_again(arrivals: Arrivals) -> None:
    arrivals.take(arrivals.opened())
    assert len(arrivals.take(arrivals.opened(again=True))) == 2
    assert arrivals.take(arrivals.opened()) == {}


def test_s3_marks_say_nothing_of_names(arrivals: Arrivals) -> None:
    arrivals.take(arrivals.opened())
    keys = list(S3Objects(bucket=arrivals.bucket, prefix="house", endpoint=arrivals.endpoint).keys(""))
    assert len(keys) == 2
    assert all(re.fullmatch("taken/[0-9a-f]{2}/[0-9a-f]{64}", key) for key in keys)


@pytest.fixture(params=["folder", "s3"])
def parted(request: pytest.FixtureRequest, folder: Path) -> FolderInbox | S3Inbox:
    """Each kind of inbox in turn, with folders in it."""
    names = ["top.csv", "CSC/c.csv", "CSC/.hidden", "CSC/deep/d.csv", "जनसुनवाई/j.csv", "other/o.csv", ".git/x.csv"]
    if request.param == "folder":
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name, encoding="utf-8")
        (folder / "taken").mkdir()
        (folder / "linked").symlink_to(folder / "CSC")
        return FolderInbox(folder)
    arrivals: Arrivals = request.getfixturevalue("arrivals")
    for name in names:
        arrivals.put(name, name)
    arrivals.put("empty/", "")
    inbox = arrivals.opened()
    inbox._bucket.page_size = 2
    return inbox


def test_folders_of_an_inbox_are_inboxes(parted: FolderInbox | S3Inbox, tmp_path: Path) -> None:
    kinds = {FolderInbox: ["CSC", "other", "sub", "जनसुनवाई"], S3Inbox: ["CSC", "empty", "other", "जनसुनवाई"]}
    assert parted.parts() == kinds[type(parted)]
    assert "top.csv" in parted.names()
    for name, found in {"CSC": ["c.csv"], "जनसुनवाई": ["j.csv"]}.items():
        part = parted.part(name)
        assert part.names() == found
        part.fetch(found[0], tmp_path / "copy")
        assert (tmp_path / "copy").read_text(encoding="utf-8") == f"{name}/{found[0]}"
        part.done(found[0])
        assert part.names() == parted.part(name).names() == []
    assert "top.csv" in parted.names()
    for path in ("", "..", "a/b", "/etc"):
        with pytest.raises(ValueError, match="plain file name"):
            parted.part(path)
