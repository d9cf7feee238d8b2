"""The main job through Prefect: counts come out, citizens' words stay in (decision 7, P27)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from flows.day import day
from flows.edge import NotForArtifacts, StepFailed, code_cell, count_cell, guarded, publish_counts
from flows.ingest import ingest
from flows.route import route
from nistaran.bootstrap import open_house
from nistaran.domain.errors import WorldAway
from nistaran.settings import Settings
from nistaran.steps.verify import verify
from tests.files import many, row, write_csv

SECRET = "गुप्तशब्दकखग"
PHONE = "9988776655"


def test_the_day_takes_in_routes_and_delivers(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", [*many(8), row(channel="कबूतर", reference="x")])
    counts = day()
    assert counts["ingest"] == {"files": 1, "rows": 9, "accepted": 8, "known": 0, "refused": 1}
    assert counts["route"]["routed"] + counts["route"]["asked"] == 8
    assert counts["route"]["delivered"] == counts["route"]["routed"]
    with open_house(Settings()) as house:
        assert verify(house).faults == []


def test_running_again_changes_nothing(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", many(4))
    ingest()
    route()
    assert ingest()["files"] == 0
    assert route() == {"routed": 0, "asked": 0, "delivered": 0, "dead": 0}


@pytest.mark.demand("S4-2")
def test_a_lane_can_be_routed_alone(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", [*many(3), row(channel="मुख्यमंत्री सन्दर्भ", reference="cm")])
    ingest()
    first = route(lanes=["cm-cell"])
    assert first["routed"] + first["asked"] == 1
    rest = route()
    assert rest["routed"] + rest["asked"] == 3


@pytest.mark.promise("P27")
async def test_nothing_of_a_citizen_reaches_prefect(home: Path) -> None:
    hostile = f"{SECRET} <script>alert(1)</script> ![x](http://example.invalid/{PHONE}) {PHONE}"
    write_csv(home / "inbox" / f"{SECRET}.csv", [row(text=hostile, name=SECRET, phone=PHONE, channel="ऑनलाइन"), row(text="", name=SECRET)])
    day()
    told = await everything_prefect_knows()
    assert "दिनांक" not in told
    for secret in (SECRET, PHONE, "alert(1)", "example.invalid"):
        assert secret not in told


async def everything_prefect_knows() -> str:
    """Artifacts, flow runs, task runs and logs as Prefect's API gives them back."""
    async with get_client() as client:
        found: list[object] = []
        found += [artifact.model_dump(mode="json") for artifact in await client.read_artifacts(limit=200)]
        found += [run.model_dump(mode="json") for run in await client.read_flow_runs(limit=200)]
        found += [run.model_dump(mode="json") for run in await client.read_task_runs(limit=200)]
        found += [log.model_dump(mode="json") for log in await client.read_logs(limit=200)]
    assert found
    return json.dumps(found, ensure_ascii=False, default=str)


def test_an_unforeseen_error_names_type_and_place_only() -> None:
    def step() -> None:
        raise ValueError(f"row {SECRET} {PHONE}")

    with pytest.raises(StepFailed) as failed:
        guarded(step)()
    assert SECRET not in str(failed.value)
    assert "ValueError at test_main_job.py" in str(failed.value)
    assert failed.value.__cause__ is None and failed.value.__context__ is None


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
