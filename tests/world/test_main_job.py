"""The whole main job, by the command line, gives the same on Postgres and S3 as on SQLite and folders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.files import HEADERS, many, row, write_csv
from tests.servers import s3
from tests.world.worlds import World

#: What must be the same everywhere.
ORDERED = (
    "init", "ingest", "again", "route", "deliver", "export", "show", "events", "cases", "objects", "table", "files"
)  # fmt: skip


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


def do_the_main_job(world: World, nistaran: Callable[..., str], arrived: list[Path]) -> dict[str, Any]:
    """Every verb by `nistaran(…)`; returns what they told, without the times of day."""
    told: dict[str, Any] = {"init": json.loads(nistaran("init", "--json"))["district"]}
    world.drop_into_inbox(*arrived)
    told["ingest"] = json.loads(nistaran("ingest", "--json", code=1))["files"]
    told["again"] = json.loads(nistaran("ingest", "--json"))["files"]
    for verb in ("route", "deliver", "verify"):
        told[verb] = json.loads(nistaran(verb, "--json"))
    told["export"] = json.loads(nistaran("export", str(world.home / "cases.csv"), "--json"))["cases"]
    cases = world.cases()
    shown = json.loads(nistaran("show", next(case.number for case in cases if case.channel == "CM"), "--json"))
    told["show"] = {name: shown[name] for name in ("complainant", "file", "row", "related", "notices")}
    told["events"] = [event["kind"] for event in shown["events"]]
    told["cases"] = [(case.number, case.key, case.status, case.department, case.office) for case in cases]
    told["objects"] = [key for key in sorted(world.objects.keys("")) if not key.startswith("taken/")]
    told["table"] = (world.home / "cases.csv").read_text(encoding="utf-8-sig")
    told["files"] = sorted(path.name for path in (world.home / "notices").rglob("*.json"))
    return told


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_postgres_and_s3_give_what_sqlite_and_folders_give(folders: World, servers: World, arrived: list[Path]) -> None:
    here, there = do_the_main_job(folders, folders.here, arrived), do_the_main_job(servers, servers, arrived)
    counts = [
        (file["file"], file["rows"], file["accepted"], file["known"], file["refused"]) for file in there["ingest"]
    ]
    assert counts == [("a.csv", 43, 42, 0, 1), ("b.xlsx", 18, 9, 9, 0)]
    assert there["again"] == []
    assert there["route"]["routed"] + there["route"]["asked"] == 51 == there["export"]
    assert there["deliver"]["delivered"] == there["route"]["routed"] == len(there["files"]) > 30
    assert there["verify"]["faults"] == []
    assert (there["verify"]["cases"], there["verify"]["files"]) == (51, 2)
    assert there["events"] in (["Registered", "Routed", "NoticeDelivered"], ["Registered", "PersonAsked"])
    assert {part: there[part] for part in ORDERED} == {part: here[part] for part in ORDERED}
    look_into_the_bucket(servers, arrived)


def look_into_the_bucket(world: World, arrived: list[Path]) -> None:
    """Raw files and signed ends of the ledger lie there, unchanged; the inbox is left; nothing of it lies in the home folder."""
    bucket = world.env["NISTARAN_OBJECTS"].removeprefix("s3://").split("/")[0]
    client = s3(world.env["NISTARAN_S3_ENDPOINT"])
    found = {
        one["Key"]: client.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
        for one in client.list_objects_v2(Bucket=bucket)["Contents"]
    }
    raw = {key: sha256(data) for key, data in found.items() if key.startswith("kept/house/raw/")}
    assert raw == {f"kept/house/raw/{sha[:2]}/{sha}": sha for sha in (sha256(path.read_bytes()) for path in arrived)}
    assert [key for key in sorted(found) if key.startswith("arrived/")] == [
        "arrived/today/a.csv",
        "arrived/today/b.xlsx",
    ]
    assert any(key.startswith("kept/house/checkpoints/") for key in found)
    assert not (world.home / "objects").exists()
    assert not (world.home / "nistaran.db").exists()
