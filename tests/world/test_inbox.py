"""What lies in the inbox, or in a folder of it that is named after a channel, is taken in once, from folders and S3 alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nistaran.bootstrap import open_house, open_inbox
from nistaran.steps.inbox import Collected, collect_inbox
from tests.files import row, write_csv
from tests.world.worlds import World


@pytest.fixture(params=["folders", "servers"])
def world(request: pytest.FixtureRequest) -> World:
    """Each world in turn, prepared."""
    made: World = request.getfixturevalue(request.param)
    made.prepare()
    return made


def one_complaint(path: Path, reference: str, **values: str) -> Path:
    return write_csv(path, [row(**{"channel": "", "reference": reference, **values})])


def collected(world: World, *, again: bool = False) -> Collected:
    with open_house(world.settings()) as house:
        return collect_inbox(house, open_inbox(world.settings(), again=again))


def test_a_folder_of_the_inbox_names_the_channel_of_its_files(world: World, tmp_path: Path) -> None:
    world.drop_into_inbox(one_complaint(tmp_path / "a.csv", "40018726000001"))
    world.drop_into_inbox(one_complaint(tmp_path / "b.csv", "40018726000002"), folder="CMHELP")
    world.drop_into_inbox(one_complaint(tmp_path / "c.csv", "40018726000003"), folder="जनता दर्शन")
    world.drop_into_inbox(one_complaint(tmp_path / "d.csv", "40018726000004", channel="सीएससी"), folder="cmhelp")
    told = json.loads(world.here("ingest", "--json"))
    assert sorted(file["file"] for file in told["files"]) == ["a.csv", "b.csv", "c.csv", "d.csv"]
    with open_house(world.settings()) as house:
        usual = house.pack.facts.default_channel
    assert {case.reference: case.channel for case in world.cases()} == {
        "40018726000001": usual,
        "40018726000002": "CMHELP",
        "40018726000003": "DM",
        "40018726000004": "CSC",
    }
    assert json.loads(world.here("ingest", "--json")) == {"files": [], "left": {}}


def test_a_folder_that_no_channel_is_named_after_is_told_and_its_files_are_left(world: World, tmp_path: Path) -> None:
    path = one_complaint(tmp_path / "a.csv", "40018726000001")
    world.drop_into_inbox(path, folder="कबूतर")
    world.drop_into_inbox(one_complaint(tmp_path / "b.csv", "40018726000002"), folder=" ")
    for _ in range(2):
        told = json.loads(world.here("ingest", "--json", code=1))
        assert told == {"files": [], "left": {" ": 1, "कबूतर": 1}}
    assert world.cases() == []
    world.drop_into_inbox(path, folder="CSC")
    world.here("ingest", code=1)
    assert [case.channel for case in world.cases()] == ["CSC"]


def test_the_channel_of_the_inbox_is_not_said_by_the_command(folders: World) -> None:
    folders.prepare()
    folders.here("ingest", "--channel", "CMHELP", code=2)


def test_s3_files_that_were_taken_are_not_fetched_again_by_another_process(servers: World, tmp_path: Path) -> None:
    servers.prepare()
    servers.drop_into_inbox(one_complaint(tmp_path / "a.csv", "40018726000001"))
    servers.drop_into_inbox(one_complaint(tmp_path / "b.csv", "40018726000002"), folder="CSC")
    assert len(collected(servers).kept) == 2
    assert collected(servers).kept == []
    assert len(collected(servers, again=True).kept) == 2
    servers.drop_into_inbox(one_complaint(tmp_path / "b.csv", "40018726000003"), folder="CSC")
    [changed] = collected(servers).kept
    assert (changed.name, changed.source) == ("b.csv", "inbox:CSC")


@pytest.mark.promise("P2")
def test_s3_a_crash_after_the_download_loses_no_file(servers: World, tmp_path: Path) -> None:
    servers.prepare()
    servers.drop_into_inbox(one_complaint(tmp_path / "a.csv", "40018726000001"))
    servers("ingest", code=9, NISTARAN_FAULT="after_raw_put")
    told = json.loads(servers("ingest", "--json"))
    assert [file["accepted"] for file in told["files"]] == [1]
    assert json.loads(servers("ingest", "--json"))["files"] == []


def test_s3_after_the_database_was_lost_everything_is_taken_in_again_when_asked(
    servers: World, new_servers_world: Callable[[], World], tmp_path: Path
) -> None:
    """The marks lie in the object store, which a restored backup of the database does not turn back."""
    servers.prepare()
    servers.drop_into_inbox(one_complaint(tmp_path / "a.csv", "40018726000001"))
    servers.here("ingest")
    empty = new_servers_world()
    bucket = {name: servers.env[name] for name in ("NISTARAN_INBOX", "NISTARAN_OBJECTS")}
    restored = World(empty.home, empty.database, servers.objects, {**empty.env, **bucket})
    restored.prepare()
    assert json.loads(restored.here("ingest", "--json"))["files"] == []
    assert json.loads(restored.here("ingest", "--again", "--json"))["files"][0]["accepted"] == 1
