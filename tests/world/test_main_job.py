"""The whole main job gives the same on Postgres and S3 as on SQLite and folders, and two processes at once do each thing once."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import psycopg
import pytest

from nistaran.domain.identity import complaint_key
from tests.files import HEADERS, many, row, write_csv
from tests.world.worlds import World, ended, s3, taken

#: The name under which storage/repositories/ledger.py locks the ledger on Postgres.
LEDGER_LOCK = 0x6E697374


def write_xlsx(target: Path, rows: list[dict[str, str]]) -> Path:
    """As a portal exports it: a title above the headers, numbers as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    fields = list(dict.fromkeys(field for values in rows for field in values))
    sheet.append(["जनसुनवाई समाधान प्रणाली: लंबित सन्दर्भ"])
    sheet.append([HEADERS.get(field, field) for field in fields])
    for values in rows:
        sheet.append([values.get(field, "") for field in fields])
    book.save(target)
    return target


@pytest.fixture
def arrived(tmp_path: Path) -> list[Path]:
    """A CSV with a refused row, and a workbook that repeats ten of its rows: 62 rows, 51 cases."""
    rows = [
        *many(40),
        row(reference="", phone="9876512345", name="चन्द्रावती देवी", text="नहर में पानी नहीं आ रहा है खेत सूख रहे हैं"),
        row(channel="मुख्यमंत्री सन्दर्भ", reference="40018726999999", text="थाने में मेरी रिपोर्ट नहीं लिखी जा रही है"),
        row(channel="कबूतर", reference="refused"),
    ]
    return [
        write_csv(tmp_path / "a.csv", rows),
        write_xlsx(tmp_path / "b.xlsx", [*many(48)[31:], row(reference="", phone="9876512399", name="सुशीला")]),
    ]


def do_the_main_job(world: World, arrived: list[Path]) -> dict[str, Any]:
    """Every verb once; returns what they told."""
    world.drop_into_inbox(*arrived)
    told: dict[str, Any] = {
        "ingest": world.json("ingest", code=1)["files"],
        "route": world.json("route"),
        "deliver": world.json("deliver"),
        "verify": world.json("verify"),
        "export": world.json("export", str(world.home / "cases.csv"))["cases"],
    }
    number = next(case.number for case in world.cases() if case.channel == "CM")
    shown = world.json("show", number)
    told["show"] = {name: shown[name] for name in shown if name not in {"events", "decisions", "desks"}}
    told["events"] = [event["kind"] for event in shown["events"]]
    told["cases"] = [(case.number, case.key, case.status, case.department, case.office) for case in world.cases()]
    told["objects"] = [key for key in world.objects.keys("raw/")]
    told["table"] = (world.home / "cases.csv").read_text(encoding="utf-8-sig")
    told["notices"] = sorted(path.name for path in (world.home / "notices").rglob("*.json"))
    return told


def test_postgres_and_s3_give_what_sqlite_and_folders_give(folders: World, servers: World, arrived: list[Path]) -> None:
    here, there = do_the_main_job(folders, arrived), do_the_main_job(servers, arrived)
    counts = [(file["file"], file["rows"], file["accepted"], file["known"], file["refused"]) for file in there["ingest"]]
    assert counts == [("a.csv", 43, 42, 0, 1), ("b.xlsx", 18, 9, 9, 0)]
    assert there["route"]["routed"] + there["route"]["asked"] == 51 == there["export"]
    assert there["deliver"]["delivered"] == there["route"]["routed"] == len(there["notices"]) > 30
    assert there["verify"]["faults"] == []
    assert (there["verify"]["cases"], there["verify"]["files"]) == (51, 2)
    assert there["objects"] == sorted(f"raw/{sha[:2]}/{sha}" for sha in map(sha256, arrived))
    for part in here:
        assert there[part] == here[part], part


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_case_key_without_a_reference_hangs_on_the_person(folders: World, tmp_path: Path) -> None:
    """The broken twin of the comparison above: another house key gives other case keys, and the comparison sees it."""
    twin = complaint_key(district="d", channel="ONLINE", reference="", text="x", person="p1", received_on="2026-11-05")
    assert twin != complaint_key(
        district="d", channel="ONLINE", reference="", text="x", person="p2", received_on="2026-11-05"
    )


def test_raw_files_and_signed_ends_lie_in_the_bucket_and_the_inbox_is_left(servers: World, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", many(3))
    servers.drop_into_inbox(path)
    servers("ingest")
    bucket = servers.env["NISTARAN_OBJECTS"].removeprefix("s3://").split("/")[0]
    client = s3(servers.env["NISTARAN_S3_ENDPOINT"])
    found = {one["Key"]: one for one in client.list_objects_v2(Bucket=bucket)["Contents"]}
    sha = sha256(path)
    assert set(found) == {
        "arrived/today/a.csv",
        f"kept/house/raw/{sha[:2]}/{sha}",
        "kept/house/checkpoints/000000000003.json",
    }
    kept = client.get_object(Bucket=bucket, Key=f"kept/house/raw/{sha[:2]}/{sha}")["Body"].read()
    assert kept == path.read_bytes()
    assert not (servers.home / "objects").exists()
    assert not (servers.home / "nistaran.db").exists()
    assert json.loads(servers("ingest", "--json"))["files"] == []


def test_a_folder_inbox_is_emptied(folders: World, arrived: list[Path]) -> None:
    folders.drop_into_inbox(*arrived)
    folders("ingest", code=1)
    assert taken(folders) == ["a.csv", "b.xlsx"]


def at_once(world: World, words: list[str], **env: str) -> list[dict[str, Any]]:
    """Two processes of one verb that meet at the ledger's lock and are let go together; returns what each told."""
    with psycopg.connect(world.database) as gate:
        gate.execute("SELECT pg_advisory_xact_lock(%s)", (LEDGER_LOCK,))
        processes = [world.start(*words, "--json", **env) for _ in range(2)]
        wait_until(lambda: waiting_at_the_gate(gate) == 2 or any(p.poll() is not None for p in processes))
        together = waiting_at_the_gate(gate)
        gate.rollback()
    told = [json.loads(ended(process)) for process in processes]
    assert together == 2, "the two did not meet: this test has tested nothing"
    return told


def waiting_at_the_gate(gate: psycopg.Connection[Any]) -> int:
    row = gate.execute(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = %s", (LEDGER_LOCK,)
    ).fetchone()
    return int(row[0]) if row else 0


def wait_until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to pass in time"
        time.sleep(0.02)


@pytest.mark.promise("P4")
@pytest.mark.promise("P6")
def test_two_ingests_and_two_routes_at_once_do_each_thing_once(servers: World, tmp_path: Path) -> None:
    rows = many(120)
    servers.drop_into_inbox(write_csv(tmp_path / "a.csv", rows), write_csv(tmp_path / "b.csv", rows[::-1]))

    taken_in = at_once(servers, ["ingest"], NISTARAN_BATCH="15")
    assert sum(file["accepted"] for one in taken_in for file in one["files"]) == 120
    assert servers.times("Registered") == {1: 120}

    routed = at_once(servers, ["route"], NISTARAN_BATCH="15")
    assert [one["routed"] + one["asked"] > 0 for one in routed] == [True, True]
    assert sum(one["routed"] + one["asked"] for one in routed) == 120
    assert servers.times("Routed") + servers.times("PersonAsked") == {1: 120}
    assert servers.decisions() == {1: 120}
    assert len({case.key for case in servers.cases()}) == len(servers.cases()) == 120

    verified = servers.json("verify")
    assert (verified["faults"], verified["cases"], verified["events"]) == ([], 120, 240)
