"""Runs of deployments as a worker starts them, in this process: a suspended run goes on when it is answered and run once more.

Not here: a worker (serving.py), what must be true (test_people_decide.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

import httpx
import pytest
from prefect import resume_flow_run
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions, FlowRun, State
from prefect.exceptions import Pause
from prefect.flow_engine import run_flow
from prefect.flows import Flow
from prefect.states import Cancelled

from nistaran.settings import Settings
from nistaran.steps.house import House


@cache
def _client() -> SyncPrefectClient:
    """One for all: making one takes longer than what it asks for."""
    return get_client(sync_client=True).__enter__()


@cache
def deployed(flow: Flow[..., Any], name: str, strategy: str = "") -> UUID:
    """The deployment of this flow and name, made when there is none; `strategy`: one at a time, and what becomes of the next."""
    limits: dict[str, Any] = {}
    if strategy:
        limits = {
            "concurrency_limit": 1,
            "concurrency_options": ConcurrencyOptions(collision_strategy=ConcurrencyLimitStrategy(strategy)),
        }
    flow_id = _client().create_flow_from_name(flow.name)
    return _client().create_deployment(flow_id, name, parameter_openapi_schema={}, **limits)


def runs_of(flow: Flow[..., Any]) -> list[Asked]:
    """The runs of this flow that are not over."""
    waiting = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=["SCHEDULED", "PAUSED"])))
    named = FlowFilter(name=FlowFilterName(any_=[flow.name]))
    return [Asked.found(flow, run.id) for run in _client().read_flow_runs(flow_filter=named, flow_run_filter=waiting)]


class Asked:
    """A run of a deployment of this flow."""

    def __init__(
        self,
        flow: Flow[..., Any],
        deployment: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        strategy: str = "",
    ) -> None:
        self._flow = flow
        made = deployed(flow, deployment, strategy)
        self.id = _client().create_flow_run_from_deployment(made, parameters=dict(parameters or {})).id

    @classmethod
    def found(cls, flow: Flow[..., Any], run: UUID) -> Asked:
        """A run that somebody else made."""
        asked = cls.__new__(cls)
        asked._flow, asked.id = flow, run
        return asked

    def cancel(self) -> None:
        """What the UI's Cancel does with a suspended run."""
        _client().set_flow_run_state(self.id, Cancelled(), force=True)

    def becomes(self, state: State) -> str | None:
        """Ask for a state as a worker does; the name of the state that it came to."""
        given = _client().set_flow_run_state(self.id, state).state
        return given.name if given else None

    @property
    def run(self) -> FlowRun:
        """As Prefect knows it now."""
        return _client().read_flow_run(self.id)

    def start(self) -> Any:
        """As a worker would, from the top; what the flow returned, or "Suspended"."""
        run = self.run
        try:
            return run_flow(self._flow, flow_run=run, parameters=run.parameters, return_type="result")
        except Pause as paused:
            return paused.state.name

    def answer(self, **given: Any) -> Any:
        """What the UI's button does with a filled form, then what a worker does."""
        self.send(**given)
        return self.start()

    def send(self, **given: Any) -> None:
        """The button alone. Raises as prefect.resume_flow_run."""
        resume_flow_run(self.id, run_input=given)

    def form(self) -> dict[str, Any]:
        """The form's schema, with the sentence over it, as the UI reads it."""
        state = self.run.state
        assert state is not None
        keys = state.state_details.run_input_keyset
        assert keys is not None
        schema: dict[str, Any] = json.loads(self.input(keys["schema"]))
        return {**schema, "told": self.input(keys["description"])}

    def input(self, key: str) -> str:
        """What is kept under this key beside the run."""
        value = _client().read_flow_run_input(self.id, key)
        return str(json.loads(value)) if value.startswith('"') else value


def artifact(key: str) -> Any:
    """The newest artifact of this key: a table's rows, or a Markdown text."""
    address = str(_client().api_url).rstrip("/")
    found = httpx.get(f"{address}/artifacts/{key}/latest").raise_for_status().json()
    return json.loads(found["data"]) if found["type"] == "table" else found["data"]


def everything_about(runs: list[Asked]) -> str:
    """Artifacts, runs, task runs, logs, and the forms, answers and notes of these runs, as Prefect's API gives them back."""
    address = str(_client().api_url).rstrip("/")
    told: dict[str, Any] = {
        kind: httpx.post(f"{address}/{kind}/filter", json={"limit": 200}).raise_for_status().json()
        for kind in ("artifacts", "flow_runs", "task_runs", "logs")
    }
    for one in runs:
        told[str(one.id)] = httpx.post(
            f"{address}/flow_runs/{one.id}/input/filter", json={"prefix": "", "limit": 200}
        ).json()
    return json.dumps(told, ensure_ascii=False)


def works_in(house: House, settings: Settings, monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Flows of these modules work in this house."""
    monkeypatch.setenv("NISTARAN_HOME", str(settings.home))
    for module in modules:
        monkeypatch.setattr(f"{module}.standing_house", lambda _: house)
