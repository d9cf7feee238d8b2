"""Which flows have been silent for too long: what deployments/prefect.yaml schedules beside the heartbeats that runs left (P20).

Here: reading the schedules, the comparison. Not here: leaving heartbeats (flows/heartbeat.py), what a person is told (doctor_flows.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Protocol

import yaml
from cronsim import CronSim, CronSimError

from nistaran.domain.deadlines import IST
from nistaran.domain.errors import BadTable
from nistaran.domain.heartbeat import Heartbeat
from nistaran.steps.ports import UnitOfWork

#: So many runs that were due may be missing before somebody is told: one may be late, or just at work.
_MISSED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """One deployment of prefect.yaml. `crons` are its schedules, in India's time; none for one that people start."""

    name: str  #: «escalate/deadlines»: the flow, then the deployment
    crons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A flow that should have ended by now. `due` is the newest run that did not, `last` the last end, None before any."""

    name: str
    last: datetime | None
    due: datetime


def load_deployed(path: Path) -> list[Deployed]:
    """What prefect.yaml deploys.

    Raises:
        BadTable: when it cannot be read, or a schedule is no cron that is understood.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))["deployments"]
        return [_deployed(row) for row in rows]
    except (yaml.YAMLError, CronSimError, KeyError, TypeError, ValueError) as error:
        raise BadTable(f"{path.name}: a deployment cannot be understood ({type(error).__name__})") from None


class Store(Protocol):
    """The house's tables."""

    def work(self) -> UnitOfWork:
        """A unit of work that writes."""

    def read(self) -> UnitOfWork:
        """A unit of work that only reads."""


def expect(store: Store, deployed: Sequence[Deployed], *, at: datetime) -> None:
    """From this moment on the house expects to hear of these; of what it expects already, from when it did."""
    with store.read() as work:
        known = {one.name for one in work.heartbeats.all()}
    if {one.name for one in deployed} <= known:  # no one has to wait for the write lock
        return
    with store.work() as work:
        work.heartbeats.known([one.name for one in deployed], at=at)
        work.commit()


def silent_flows(deployed: Sequence[Deployed], heartbeats: Sequence[Heartbeat], *, now: datetime) -> list[Silent]:
    """Those of which two runs that were due have not ended, by name. Office hours, Sundays and nights are as the schedule has them.

    A flow that never ran counts from when the house first knew of it; one that the house does not know, from when it knew of any.
    """
    heard = {one.name: one for one in heartbeats}
    first = min((one.since for one in heartbeats), default=None)
    found = []
    for one in sorted(deployed, key=lambda one: one.name):
        beat = heard.get(one.name)
        since = beat.heard if beat else first
        if since is not None and (due := second_due(one, since)) is not None and due < now:
            found.append(Silent(name=one.name, last=beat.at if beat else None, due=due))
    return found


def second_due(one: Deployed, since: datetime) -> datetime | None:
    """When the second run after that moment is due; None for a deployment without a schedule."""
    after = since.astimezone(IST)
    due = sorted({at for cron in one.crons for at in islice(CronSim(cron, after), _MISSED)})
    return due[_MISSED - 1] if due else None


def _deployed(row: dict[str, object]) -> Deployed:
    """A deployment's row. Flows are named as their file is (a test of the house holds them to it)."""
    entry, name = str(row["entrypoint"]), str(row["name"])
    schedules = row.get("schedules") or []
    if not isinstance(schedules, list):
        raise TypeError("schedules")
    crons = tuple(str(schedule["cron"]) for schedule in schedules)
    for cron in crons:
        next(CronSim(cron, datetime.now(IST) - timedelta(days=1)))
    return Deployed(name=f"{entry.rpartition(':')[2]}/{name}", crons=crons)
