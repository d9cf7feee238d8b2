"""Who is written to on each rung: every office of both districts has somebody sensible on every rung of every channel, listed as counts."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from nistaran.domain.escalation import RUNGS, MarkKind
from routing import rungs as rule
from routing.escalation import EscalationRules
from routing.tables import OfficeRow, RungRow
from tests.routing.test_escalation import HOMES, rules_of
from tests.routing.test_levels import DIVISION, STATE

#: (level of who holds the case, who is told at L2, at L3) → offices; at L4 always the head. «own»: the same department's, of that level.
WITHIN: dict[str, dict[tuple[str, str, str], int]] = {
    "up": {
        ("block", "own district", "SDR-CDO"): 140,
        ("district", "SDR-CDO", "SDR-CDO"): 35,
        ("district", "SDR-DM", "SDR-DM"): 5,
        ("district", "SDR-NODAL", "SDR-NODAL"): 12,
        ("district", "SDR-REVENUE", "SDR-REVENUE"): 6,
        ("district", "own district", "SDR-CDO"): 12,
        ("district", "own district", "SDR-NODAL"): 5,
        ("district", "own district", "SDR-REVENUE"): 2,
        ("district", "own district", "own district"): 2,
        ("subdivision", "own district", "SDR-CDO"): 18,
        ("subdivision", "own district", "SDR-NODAL"): 23,
        ("subdivision", "own district", "SDR-REVENUE"): 5,
        ("tehsil", "own district", "SDR-CDO"): 5,
        ("tehsil", "own district", "SDR-NODAL"): 10,
        ("tehsil", "own district", "SDR-REVENUE"): 10,
        ("thana", "own district", "SDR-NODAL"): 22,
        ("town", "own district", "SDR-NODAL"): 11,
    },
    "rajasthan": {
        ("block", "own district", "JDH-PANCHAYATI_RAJ"): 14,
        ("block", "own district", "JDH-VIGILANCE"): 154,
        ("district", "JDH-ADC_CITY", "JDH-ADC_CITY"): 2,
        ("district", "JDH-AGRICULTURE", "JDH-VIGILANCE"): 1,
        ("district", "JDH-COLLECTOR", "JDH-COLLECTOR"): 6,
        ("district", "JDH-PANCHAYATI_RAJ", "JDH-PANCHAYATI_RAJ"): 2,
        ("district", "JDH-REVENUE", "JDH-REVENUE"): 4,
        ("district", "JDH-SOCIAL_WELFARE", "JDH-VIGILANCE"): 2,
        ("district", "JDH-VIGILANCE", "JDH-VIGILANCE"): 32,
        ("district", "own district", "JDH-ADC_CITY"): 1,
        ("district", "own district", "JDH-PANCHAYATI_RAJ"): 1,
        ("district", "own district", "JDH-VIGILANCE"): 29,
        ("subdivision", "JDH-VIGILANCE", "JDH-VIGILANCE"): 1,
        ("subdivision", "own district", "JDH-VIGILANCE"): 74,
        ("subdivision", "own subdivision", "JDH-VIGILANCE"): 4,
        ("tehsil", "own district", "JDH-REVENUE"): 30,
        ("tehsil", "own district", "JDH-VIGILANCE"): 15,
        ("thana", "own district", "JDH-VIGILANCE"): 30,
        ("thana", "own subdivision", "JDH-VIGILANCE"): 13,
        ("town", "own district", "JDH-ADC_CITY"): 6,
        ("town", "own district", "JDH-VIGILANCE"): 3,
    },
}
CHANNEL = {"up": "CM", "rajasthan": "CMCELL"}  #: whose ladder ends within the district


def climbs(rules: EscalationRules, channel: str) -> Counter[tuple[str, str, str]]:
    """How many offices of the district climb which way."""

    def named(code: str, holder: OfficeRow) -> str:
        office, head = rules.offices[code], rules.offices[rules.head]
        own = office.department == holder.department != head.department
        return f"own {office.level}" if own else code

    found: Counter[tuple[str, str, str]] = Counter()
    for office in within(rules):
        told = rules.rung_offices(office.code, channel)
        found[office.level, named(told[MarkKind.L2], office), named(told[MarkKind.L3], office)] += 1
    return found


def within(rules: EscalationRules) -> list[OfficeRow]:
    """The head of the district and every office below him."""
    return [one for one in rules.offices.values() if one.code == rules.head or rules.head in rules.above(one.code)]


def wrong(rules: EscalationRules) -> set[str]:
    """Offices with a rung that goes to themselves, to a lower one than the rung before, out of the district, or L4 not to the head."""
    inside, found = {one.code for one in within(rules)}, set()
    ladders = {rows[MarkKind.L2].ladder: channel for channel, rows in rules.rungs.items()}.values()
    for office in within(rules):
        for channel in ladders:
            told = [rules.rung_offices(office.code, channel)[kind] for kind in RUNGS]
            falls = any(code in rules.above(later) for code, later in pairwise(told))
            to_itself = office.code in told and office.code != rules.head
            if falls or to_itself or told[-1] != rules.head or not inside.issuperset(told):
                found.add(office.code)
    return found


@pytest.mark.parametrize("pack", HOMES)
@pytest.mark.demand("S3-1")
def test_every_office_and_rung_has_somebody_sensible(pack: str) -> None:
    rules = rules_of(pack)
    assert climbs(rules, CHANNEL[pack]) == WITHIN[pack]
    assert wrong(rules) == set()


@pytest.mark.parametrize("pack", HOMES)
def test_rungs_above_the_district_are_told_to_its_head_alone(pack: str) -> None:
    rules = rules_of(pack)
    beyond = {channel for channel, rungs in rules.rungs.items() if rungs[MarkKind.L3].stands == "above"}
    assert beyond
    for channel, rows in rules.rungs.items():
        assert {row.level for row in rows.values() if row.post_en in DIVISION | STATE} == {
            row.level for row in rows.values() if row.stands == "above"
        }
        for office in within(rules):
            told = rules.rung_offices(office.code, channel)
            assert channel not in beyond or told[MarkKind.L3] == told[MarkKind.L4] == rules.head


def by_counting(_office: OfficeRow, _row: RungRow, line: Sequence[OfficeRow], _nodal: OfficeRow) -> int:
    return min(int(_row.level[1]) - 2, len(line) - 1)


def never_above_its_own_department(
    office: OfficeRow, row: RungRow, line: Sequence[OfficeRow], _nodal: OfficeRow
) -> int:
    return 0 if row.level != "L4" else len(line) - 1


@pytest.mark.parametrize("broken", [by_counting, never_above_its_own_department])
def test_another_rule_is_noticed(broken: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule, "_place", broken)
    for pack in HOMES:
        assert climbs(rules_of(pack), CHANNEL[pack]) != WITHIN[pack]


def test_a_rung_that_falls_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = rules_of("up")
    turned = {channel: dict(zip(RUNGS, reversed(rows.values()), strict=True)) for channel, rows in rules.rungs.items()}
    assert (
        wrong(dataclasses.replace(rules, rungs=turned)) == set()
    )  # the rule itself never falls, whatever the table says
    monkeypatch.setattr(rule, "max", lambda _before, here: here, raising=False)
    assert wrong(dataclasses.replace(rules, rungs=turned))
