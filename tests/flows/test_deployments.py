"""What is deployed can be loaded, overlaps nothing, and is in India's time."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from prefect.flows import load_flow_from_entrypoint

from nistaran.bootstrap import packs_folder, project_root
from routing.pack import load_pack

DEPLOYED = yaml.safe_load((project_root() / "deployments" / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.mark.parametrize("entrypoint", sorted({deployment["entrypoint"] for deployment in DEPLOYED}))
def test_entry_points_load_without_the_placeholder(entrypoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project_root())
    loaded = load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)
    assert loaded.name == Path(entrypoint.split(":", maxsplit=1)[0]).stem
    assert loaded.persist_result is False


@pytest.mark.parametrize("deployment", DEPLOYED, ids=lambda deployment: deployment["name"])
def test_each_runs_one_at_a_time_in_indias_time(deployment: dict) -> None:  # type: ignore[type-arg]
    asks = any(tag.startswith("asks:") for tag in deployment["tags"])  # cancelled it would lose a person's answer
    alarms = deployment["name"] == "alarm"  # cancelled it would leave something untold
    strategy = "ENQUEUE" if asks or alarms else "CANCEL_NEW"
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": strategy}
    assert all(schedule["timezone"] == "Asia/Kolkata" for schedule in deployment.get("schedules", []))
    assert deployment["work_pool"]["name"] == "nistaran"


@pytest.mark.parametrize("pack", ["up", "rajasthan"])
def test_every_lane_has_a_deployment_and_a_queue(pack: str) -> None:
    queues = {deployment["work_pool"]["work_queue_name"] for deployment in DEPLOYED}
    lanes = load_pack(packs_folder() / pack).lanes.values()
    assert {lane.queue for lane in lanes} <= queues


def test_no_flow_file_is_named_like_a_module() -> None:
    import sys

    stems = {path.stem for path in (project_root() / "flows").glob("*.py")} - {"__init__"}
    ours = {"nistaran", "routing", "models", "storage", "flows", "deployments", "tests", "samples"}
    assert not stems & (set(sys.stdlib_module_names) | ours)
