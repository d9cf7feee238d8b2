"""The samples through every step: what offices answered and reported is acted on, and each case named by the portal's number is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.life import life
from nistaran.bootstrap import open_house, project_root
from nistaran.domain.complaint import Status
from nistaran.settings import Settings
from nistaran.steps.find_case import full_number
from nistaran.steps.house import House
from nistaran.steps.verify import verify

_DISPOSED, _SENT_BACK = ("40018426011187", "40018426011282"), "40018426011324"


def _status(house: House, reference: str) -> Status:
    with house.read() as work:
        case = work.cases.by_number(full_number(house, reference))
    assert case is not None
    return case.status


@pytest.mark.demand("S0-3", "S0-5", "S0-2")
def test_the_samples_live_through_every_step(home: Path) -> None:
    samples = project_root() / "samples"
    shutil.copytree(samples / "inbox", home / "inbox", dirs_exist_ok=True, ignore=_but_online)
    for name in ("answers", "reports"):
        shutil.copytree(samples / name, home / name, dirs_exist_ok=True)
    counts = life()
    assert (counts["forward"]["taken"], counts["forward"]["refused"]) == (1, 2)  # the other file is not taken in here
    assert (counts["quality"]["accepted"], counts["quality"]["rejected"]) == (2, 1)
    assert counts["escalate"]["looked_at"] == counts["ingest"]["accepted"] - 2
    with open_house(Settings()) as house:
        assert {_status(house, one) for one in _DISPOSED} == {Status.DISPOSED}
        assert _status(house, _SENT_BACK) is Status.WITH_OFFICE
        assert verify(house).faults == []


def _but_online(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not name.startswith("igrs_online")}
