"""A report is held beside the sealed name and the district's villages: told, never sent back for, and the name goes nowhere."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from nistaran.domain.complaint import Whereabouts
from nistaran.domain.office_report import ReportState
from nistaran.domain.report_checks import HouseCheck
from nistaran.steps.house import House
from tests.steps.reporting import GOOD, hand_in
from tests.steps.transferring import PLAIN, case_of, with_cases

SURE = {"ENERGY": 0.98, "POLICE": 0.01, "REVENUE": 0.01}


def villages(house: House) -> tuple[str, str]:
    """Two villages of the district whose names tell them apart."""
    router, names = house.router, [one.name for one in house.district.places.values() if one.kind == "village"]
    seen: list[tuple[str, frozenset[str]]] = []
    for name in names:
        codes = router.villages_of(Whereabouts(), f"ग्राम {name} में")
        if len(codes) == 1 and not any(codes & others for _, others in seen):
            seen.append((name, codes))
        if len(seen) == 2:
            return seen[0][0], seen[1][0]
    raise AssertionError("no two villages")


@pytest.fixture
def told(house: House, tmp_path: Path) -> tuple[House, str, str]:
    mine, other = villages(house)
    return with_cases(house, tmp_path, SURE, f"{PLAIN} ग्राम {mine}", name="रामदुलारे यादव", tehsil=""), mine, other


def test_another_name_and_another_village_are_told_and_refuse_nothing(
    told: tuple[House, str, str], caplog: pytest.LogCaptureFixture
) -> None:
    held, _, other = told
    with caplog.at_level(logging.DEBUG):
        done = hand_in(held, f"आवेदक श्री महेश, ग्राम {other}। {GOOD}")
    assert [check for check, _ in done.checks] == [HouseCheck.OTHER_NAME, HouseCheck.OTHER_VILLAGE]
    assert done.report.state is ReportState.ACCEPTED
    assert done.report.reasons == ()
    assert "रामदुलारे" not in caplog.text
    with held.read() as work:
        kept = json.dumps([link.body for link in work.ledger.of(case_of(held).number)], ensure_ascii=False)
    assert "रामदुलारे" not in kept
    assert "रामदुलारे" not in str(done.report.findings)


def test_its_own_name_and_village_are_passed_over(told: tuple[House, str, str]) -> None:
    held, mine, _ = told
    assert hand_in(held, f"आवेदक श्री रामदुलारे, ग्राम {mine}। {GOOD}").checks == ()


def test_a_report_that_names_neither_is_passed_over(told: tuple[House, str, str]) -> None:
    assert hand_in(told[0]).checks == ()
