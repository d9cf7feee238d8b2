"""The main job through Prefect: counts come out, citizens' words stay in (decision 7, P27)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect.client.orchestration import get_client

from flows.day import day
from flows.edge import NotForArtifacts, StepFailed, code_cell, count_cell, guarded, publish_counts
from flows.ingest import ingest
from flows.route import route
from nistaran.bootstrap import open_house
from nistaran.domain.errors import WorldAway
from nistaran.domain.wording import NOTE_HI
from nistaran.settings import Settings
from nistaran.steps.remarks import newest_files
from nistaran.steps.verify import verify
from tests.files import many, row, write_csv

SECRET = "गुप्तशब्दकखग"
PHONE = "9988776655"


def test_the_day_takes_in_routes_and_delivers(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", [*many(8), row(channel="कबूतर", reference="x")])
    counts = day()
    assert counts["ingest"] == {"files": 1, "rows": 9, "accepted": 8, "known": 0, "refused": 1, "left": 0}
    assert counts["route"]["routed"] + counts["route"]["asked"] == 8
    assert counts["route"]["delivered"] == counts["route"]["routed"]
    with open_house(Settings()) as house:
        assert verify(house).faults == []


def test_running_again_changes_nothing(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", many(4))
    ingest()
    route()
    assert ingest()["files"] == 0
    assert set(route().values()) == {0}


@pytest.mark.demand("S4-2")
def test_a_lane_can_be_routed_alone(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", [*many(3), row(channel="मुख्यमंत्री सन्दर्भ", reference="cm")])
    ingest()
    first = route(lanes=["cm-cell"])
    assert first["routed"] + first["asked"] == 1
    rest = route()
    assert rest["routed"] + rest["asked"] == 3


@pytest.mark.promise("P27")
def test_nothing_of_a_citizen_reaches_prefect(home: Path) -> None:
    hostile = f"{SECRET} <script>alert(1)</script> ![x](http://example.invalid/{PHONE}) {PHONE}"
    write_csv(
        home / "inbox" / f"{SECRET}.csv",
        [row(text=hostile, name=SECRET, phone=PHONE, channel="ऑनलाइन"), row(text="", name=SECRET)],
    )
    day()
    told = everything_prefect_knows()
    assert "प्राप्ति / ingest" in told
    for secret in (SECRET, PHONE, "alert(1)", "example.invalid"):
        assert secret not in told


def everything_prefect_knows() -> str:
    """Artifacts, flow runs, task runs and logs as Prefect's API gives them back."""
    with get_client(sync_client=True) as client:
        address = str(client.api_url).rstrip("/")
    told = {
        kind: httpx.post(f"{address}/{kind}/filter", json={"limit": 200}).raise_for_status().json()
        for kind in ("artifacts", "flow_runs", "task_runs", "logs")
    }
    assert len(told["artifacts"]) >= 4
    assert told["flow_runs"]
    assert told["task_runs"]
    return json.dumps(told, ensure_ascii=False)


def test_what_was_noticed_in_files_is_told_by_codes_and_counts(home: Path) -> None:
    for name in ("a", "b"):
        write_csv(home / "inbox" / f"{name}.csv", [{**one, f"{SECRET} {name}": "मान"} for one in many(2)])
    ingest()
    [notes] = [one for one in artifacts() if one["key"] == "notes"]
    rows = {row["कोड"]: (row["नाम"], row["संख्या"]) for row in json.loads(notes["data"])}
    assert rows["UNKNOWN_HEADER"] == (NOTE_HI["UNKNOWN_HEADER"], 2)
    assert SECRET not in everything_prefect_knows()
    with open_house(Settings()) as house:
        told = {one.file.name: [note.detail for note in one.notes] for one in newest_files(house, limit=5)}
    assert told["a.csv"] == [f"{SECRET} a"]
    assert told["b.csv"] == [f"{SECRET} b"]


def artifacts() -> list[dict[str, Any]]:
    """The newest artifact of each key."""
    with get_client(sync_client=True) as client:
        address = str(client.api_url).rstrip("/")
    found: list[dict[str, Any]] = httpx.post(f"{address}/artifacts/latest/filter", json={"limit": 200}).json()
    return found


def test_an_unforeseen_error_names_type_and_place_only() -> None:
    def step() -> None:
        raise ValueError(f"row {SECRET} {PHONE}")

    with pytest.raises(StepFailed) as failed:
        guarded(step)()
    assert SECRET not in str(failed.value)
    assert "ValueError at test_main_job.py" in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


def test_our_own_errors_pass_so_that_the_world_being_away_is_retried() -> None:
    def step() -> None:
        raise WorldAway("test")

    with pytest.raises(WorldAway):
        guarded(step)()


def test_artifacts_take_codes_and_counts_only() -> None:
    with pytest.raises(NotForArtifacts):
        code_cell("मेरा नाम राम है")
    with pytest.raises(NotForArtifacts):
        count_cell("9988776655")  # type: ignore[arg-type]
    with pytest.raises(NotForArtifacts):
        publish_counts("k", "t", {SECRET: 1})
