"""Petitions, scheduled: cases that tell one matter are linked, and the matters that many people brought are listed by numbers.

Not here: how (nistaran/steps/petitions.py), what makes two texts alike (models/near).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from flows.edge import ArtifactProgress, batch_task, code_cell, count_cell, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import open_near_index, standing_house
from nistaran.domain.deadlines import day_in_india
from nistaran.settings import load
from nistaran.steps.petitions import Found, Petition, default_since, find_petitions

#: So many matters stand in the artifact, the largest first, with so many numbers each; `nistaran petitions --json` has all.
_MATTERS, _NUMBERS = 50, 10


@batch_task("group", run_name="group-cases")
def group_cases(days: int | None, least: int) -> Found:
    """Group, link and count."""
    house = standing_house(load())
    since = day_in_india(house.clock.now()) - timedelta(days=days) if days is not None else default_since(house)
    progress = partial(ArtifactProgress, "petitions-progress", "समान विषय की खोज / comparing", expected=1)
    return find_petitions(house, open_near_index(), since=since, least=least, watch=progress)


@flow(
    name="petitions", flow_run_name="petitions", persist_result=False, log_prints=False, on_completion=[leave_heartbeat]
)
def petitions(days: int | None = None, least: int = 5) -> dict[str, int]:
    """Look at the cases of the last `days` (None: as far back as the pack counts a repeat) and tell the matters of at least `least`
    people. Returns counts: cases, groups, grouped, linked, petitions."""
    guard_logs()
    found = group_cases(days, least)
    counts = {
        "cases": found.cases,
        "groups": found.groups,
        "grouped": found.grouped,
        "linked": found.linked,
        "petitions": len(found.petitions),
    }
    get_run_logger().info("petitions: %(petitions)d among %(cases)d cases, %(linked)d newly linked", counts)
    publish_summary(
        "petitions-summary",
        "समान विषय के प्रकरण / cases that tell one matter",
        [
            ("प्रकरण देखे / cases looked at", found.cases),
            ("समान विषय / matters told more than once", found.groups),
            ("उनमें प्रकरण / cases in them", found.grouped),
            ("नये जोड़े गये / newly linked", found.linked),
            ("सामूहिक शिकायतें / petitions", len(found.petitions)),
        ],
    )
    publish_petitions(found.petitions)
    return counts


def publish_petitions(found: Sequence[Petition]) -> None:
    """The matters that many people brought: case numbers, counts, a department's code and days; never a word of theirs (P27)."""
    nothing = {"प्रकरण": 0, "लोग": 0, "अज्ञात": 0, "विभाग": "-", "ग्राम": 0, "प्रथम": "-", "अन्तिम": "-", "संख्याएँ": "-"}
    create_table_artifact(
        table=[_row(one) for one in found[:_MATTERS]] or [nothing],
        key="petitions",
        description="सामूहिक शिकायतें / petitions",
    )


def _row(petition: Petition) -> dict[str, int | str]:
    more = len(petition.numbers) - _NUMBERS
    numbers = [code_cell(number) for number in petition.numbers[:_NUMBERS]]
    return {
        "प्रकरण": count_cell(len(petition.numbers)),
        "लोग": count_cell(petition.people),
        "अज्ञात": count_cell(petition.unknown),
        "विभाग": code_cell(next(iter(petition.departments)) or "-"),
        "ग्राम": count_cell(petition.places),
        "प्रथम": _day(petition.first),
        "अन्तिम": _day(petition.last),
        "संख्याएँ": ", ".join([*numbers, *([f"+{count_cell(more)}"] if more > 0 else [])]),
    }


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


if __name__ == "__main__":
    petitions()
