"""An office is not buried in letters on the day after an outage: more than a few are put together, and none of them is lost."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.escalation import MarkKind
from nistaran.domain.events import EventKind
from nistaran.steps import telling
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.escalate import sweep
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from nistaran.steps.told_together import MOST_SINGLE, Singles, late_hi
from nistaran.steps.verify import verify
from tests.files import many, write_csv
from tests.steps.people import in_memory
from tests.steps.sweeping import all_cases, later, with_open_cases
from tests.taking import take

_COUNT, _BATCH = 60, 25
_KINDS = {"reminder", "defaulter", "defaulter-below", "escalated", "marked"}


@pytest.fixture
def crowded(house: House, tmp_path: Path) -> House:
    """A house whose cases nobody looked at for two months."""
    made = dataclasses.replace(in_memory(house), batch=_BATCH)
    take(made, write_csv(tmp_path / "cases.csv", many(_COUNT)))
    while route_batch(made).cases:
        pass
    return later(made, 60)


def delivered(house: House) -> list[tuple[str, str, dict]]:
    """(office, kind, message) of every letter, as the courier got it."""
    seen: list[tuple[str, str, dict]] = []

    class Keeping:
        def deliver(self, *, key: str, office: dict, message: dict) -> str:
            assert key
            seen.append((office["code"], message["kind"], message))
            return "kept"

    keeping = dataclasses.replace(house, courier=Keeping())
    while deliver_batch(keeping).notices:
        pass
    return seen


def test_no_office_gets_a_letter_for_each_of_many_cases_and_each_case_is_told(crowded: House) -> None:
    swept = sweep(crowded)
    letters = [one for one in delivered(crowded) if one[1] in _KINDS]
    assert swept.letters == len(letters)
    pages = -(-_COUNT // _BATCH)
    most = Counter(office for office, _, _ in letters)
    assert max(most.values()) <= MOST_SINGLE + pages
    told = Counter((office, message["number"]) for office, kind, message in letters if kind != "marked")
    for office, kind, message in letters:
        if kind == "marked":
            told.update((office, one["case"]) for one in message["told"]["cases"])
    said = Counter(
        (office, number)
        for number, body in _events_by_case(crowded)
        for office in (*body["to"], *body.get("together", ()))
    )
    assert told == said
    assert set(said.values()) == {1}
    head = crowded.escalation().head
    assert {number for office, number in said if office == head} == {case.number for case in all_cases(crowded)}
    assert verify(crowded).faults == []


def _events_by_case(house: House) -> list[tuple[str, dict]]:
    with house.read() as work:
        told = work.ledger.of_each([case.number for case in all_cases(house)])
    return [
        (number, json.loads(one.body))
        for number, links in told.items()
        for one in links
        if one.kind == EventKind.MARKED.value
    ]


def test_a_letter_about_many_says_what_who_and_how_late(crowded: House) -> None:
    sweep(crowded)
    head = crowded.escalation().head
    message = next(message for office, kind, message in delivered(crowded) if (office, kind) == (head, "marked"))
    text = str(message["text"])
    first = message["told"]["cases"][0]
    assert "एक साथ" in message["subject"]
    assert "चतुर्थ स्तर (L4)" in text
    assert crowded.district.offices[first["office"]].name_hi in text
    assert (
        f"{first['case']}, नियत दिनांक {date.fromisoformat(first['due']):%d.%m.%Y} ({first['days']} दिन विलम्ब)" in text
    )
    for case in all_cases(crowded):  # no word of a citizen
        assert case.text[:20] not in text


def test_on_an_ordinary_day_each_case_has_its_own_letter(house: House, tmp_path: Path) -> None:
    made = later(with_open_cases(house, tmp_path), 9)
    sweep(made)
    kinds = Counter(kind for _, kind, _ in delivered(made))
    assert kinds["defaulter"]
    assert not kinds["marked"]


def test_a_single_letter_says_who_has_the_case_and_on_which_level(house: House, tmp_path: Path) -> None:
    made = later(with_open_cases(house, tmp_path), 60)
    case = next(one for one in all_cases(made) if one.status is Status.WITH_OFFICE)
    sweep(made)
    mine = {office: message for office, _, message in delivered(made) if message["number"] == case.number}
    rungs = made.escalation().rung_offices(case.office, case.channel)
    days = (date(2027, 1, 21) - case.due_on).days
    name = made.district.offices[case.office].name_hi
    climbed = mine[rungs[MarkKind.L3]]["enclosed"]
    assert f"सन्दर्भ {name} के पास लम्बित है ({days} दिन विलम्ब)।" in climbed
    assert "स्तर: L3।" in climbed
    assert "आपके ही कार्यालय" in mine[case.office]["enclosed"]


def test_nobody_is_asked_for_the_excuse_of_another_office(house: House, tmp_path: Path) -> None:
    made = later(with_open_cases(house, tmp_path), 9)
    sweep(made)
    held = {case.number: case.office or made.district.facts.cell for case in all_cases(made)}
    told = [(office, kind, message) for office, kind, message in delivered(made) if kind in _KINDS]
    assert {kind for _, kind, _ in told} >= {"defaulter", "escalated"}
    for office, kind, message in told:
        assert ("विलम्ब का कारण" in message["order"]) == (kind == "defaulter")
        if kind.startswith("defaulter"):
            assert (kind == "defaulter") == (held[message["number"]] == office)


def test_the_head_is_told_which_levels_stand_above_him(crowded: House) -> None:
    ladders = {code for code, rungs in crowded.escalation().rungs.items() if rungs[MarkKind.L4].stands == "above"}
    few = dataclasses.replace(crowded, batch=1000)
    sweep(few)
    with few.read() as work:
        letters = [
            (case.channel, notice.body)
            for case in all_cases(few)
            for notice, _, _ in work.outbox.of(case.id)
            if notice.kind == "escalated" and notice.office == few.escalation().head
        ]
    for channel, body in letters:
        assert ("जिले से ऊपर" in body["enclosed"]["stands"]) == (channel in ladders)


def test_singles_are_counted_over_the_pages_of_a_sweep() -> None:
    singles = Singles()
    assert singles.too_many(Counter({"A": MOST_SINGLE, "B": 3})) == frozenset()
    assert singles.too_many(Counter({"A": 2, "B": 3})) == {"A"}
    assert singles.too_many(Counter({"A": 1, "B": MOST_SINGLE})) == {"B"}


def test_a_letter_that_was_forgotten_is_found(crowded: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: what is put together is taken out of the letters, but the events still say that it was sent by itself."""
    apart = telling._apart
    monkeypatch.setattr(
        telling, "_apart", lambda alike, many: dataclasses.replace(apart(alike, many), bodies=alike.bodies)
    )
    sweep(crowded)
    assert any("notices" in fault for fault in verify(crowded).faults)


@pytest.mark.parametrize(("days", "said"), [(3, "3 दिन विलम्ब"), (0, "आज अन्तिम दिन"), (-2, "2 दिन शेष")])
def test_how_late(days: int, said: str) -> None:
    assert late_hi(days) == said
