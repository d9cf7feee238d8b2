"""Route: an office or a person, with everything that follows from it in one transaction (decisions 2, 3, 6; P5)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.decision import AskReason, Candidate, Classification
from nistaran.domain.errors import WorldAway
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from nistaran.steps.verify import verify
from tests.files import many, row, write_csv
from tests.taking import take


class Fixed:
    """A classifier that always says the same."""

    version = "fixed"

    def __init__(self, department: str, ask: AskReason | None = None) -> None:
        self._department, self._ask = department, ask

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        said = Classification(
            candidates=(Candidate(self._department, 0.97), Candidate("REVENUE", 0.01)),
            words=("थाना",),
            ask=self._ask,
            model=self.version,
        )
        return [said] * len(texts)


def with_classifier(house: House, classifier: object | None) -> House:
    return dataclasses.replace(house, classifier=lambda: classifier)  # type: ignore[arg-type, return-value]


def only_case(house: House) -> tuple[str, str, Status]:
    with house.read() as work:
        case = work.cases.page(after_id=0, limit=1)[0]
    return case.department, case.office, case.status


@pytest.mark.demand("S0-9")
def test_a_village_case_of_the_police_goes_to_its_thana(house: House, tmp_path: Path) -> None:
    village = next(place for place in house.district.places.values() if place.kind == "village")
    thana = next(code for code in village.within if house.district.places[code].kind == "thana")
    take(
        house,
        write_csv(tmp_path / "a.csv", [row(tehsil="", village=village.name, thana=house.district.places[thana].name)]),
    )
    assert route_batch(with_classifier(house, Fixed("POLICE"))).routed == 1
    department, office, status = only_case(house)
    assert (department, status) == ("POLICE", Status.WITH_OFFICE)
    assert house.district.offices[office].level == "thana"
    assert thana in house.district.offices[office].territory


def test_without_a_place_the_district_office_takes_it(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [row(tehsil="", text="मेरी पेंशन नहीं आ रही है")]))
    route_batch(with_classifier(house, Fixed("SOCIAL_WELFARE")))
    assert house.district.offices[only_case(house)[1]].level == "district"


@pytest.mark.parametrize(
    ("classifier", "reason"),
    [
        (None, "NO_MODEL"),
        (Fixed("POLICE", AskReason.LOW_CONFIDENCE), "LOW_CONFIDENCE"),
        (Fixed("NONE"), "NOT_A_GRIEVANCE"),
        (Fixed("NO_SUCH_DEPARTMENT"), "ERROR"),
    ],
)
def test_not_knowing_goes_to_a_person(house: House, tmp_path: Path, classifier: object, reason: str) -> None:
    take(house, write_csv(tmp_path / "a.csv", [row()]))
    outcome = route_batch(with_classifier(house, classifier))
    assert (outcome.asked, dict(outcome.reasons)) == (1, {reason: 1})
    assert only_case(house) == ("", "", Status.AWAITING_PERSON)


def test_a_text_that_chokes_the_model_keeps_no_other(house: House, tmp_path: Path) -> None:
    class Choking(Fixed):
        def classify(
            self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None
        ) -> list[Classification]:
            if any("मामला 2" in text for text in texts):
                raise RuntimeError("poison")
            return super().classify(texts, addressed_to)

    take(house, write_csv(tmp_path / "a.csv", many(5)))
    outcome = route_batch(with_classifier(house, Choking("ENERGY")))
    assert (outcome.routed, dict(outcome.reasons)) == (4, {"ERROR": 1})


def test_another_district_is_not_guessed(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [row(जनपद="गोरखपुर")]))
    assert dict(route_batch(with_classifier(house, Fixed("POLICE"))).reasons) == {"OUTSIDE_DISTRICT": 1}


@pytest.mark.demand("S4-2")
def test_the_cm_lane_is_worked_first(house: House, tmp_path: Path) -> None:
    rows = [*many(5), row(channel="मुख्यमंत्री सन्दर्भ", reference="cm1")]
    take(house, write_csv(tmp_path / "a.csv", rows))
    route_batch(with_classifier(house, Fixed("POLICE")), limit=1)
    with house.read() as work:
        done = [case for case in work.cases.page(after_id=0, limit=10) if case.status is Status.WITH_OFFICE]
    assert [case.channel for case in done] == ["CM"]


@pytest.mark.promise("P5")
def test_state_event_desk_decision_and_notice_are_one(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", many(12)))
    while route_batch(house, limit=5).cases:
        pass
    assert verify(house).faults == []
    with house.read() as work:
        for case in work.cases.page(after_id=0, limit=100):
            kinds = [link.kind for link in work.ledger.of(case.number)]
            routed = kinds.count("Routed")
            assert routed + kinds.count("PersonAsked") == 1
            assert len(work.decisions.of(case.id)) == 1
            assert len(work.desks.of(case.id)) == len(work.outbox.of(case.id)) == routed


def test_notices_arrive_once_and_masked(house: House, tmp_path: Path) -> None:
    secret = "9123456780"
    take(house, write_csv(tmp_path / "a.csv", [row(phone="9123456789", text=f"मेरा फोन {secret} है बिजली नहीं आ रही")]))
    route_batch(with_classifier(house, Fixed("ENERGY")))
    assert deliver_batch(house).delivered == 1
    assert deliver_batch(house).notices == 0
    notices = list((house.spool.parent / "notices").rglob("*.json"))
    assert len(notices) == 1
    told = notices[0].read_text(encoding="utf-8")
    assert secret not in told
    assert "9123456789" not in told
    assert json.loads(told)["department"] == house.pack.departments["ENERGY"].name_hi


@pytest.mark.promise("P8")
def test_a_courier_that_is_away_is_tried_again_and_nothing_is_lost(house: House, tmp_path: Path) -> None:
    class Away:
        def deliver(self, **_: object) -> str:
            raise WorldAway("test")

    take(house, write_csv(tmp_path / "a.csv", [row()]))
    away = dataclasses.replace(with_classifier(house, Fixed("ENERGY")), courier=Away())  # type: ignore[arg-type]
    route_batch(away)
    outcome = deliver_batch(away)
    assert (outcome.postponed, outcome.dead) == (1, 0)
    with house.read() as work:
        assert work.outbox.count_by_state() == {"WAITING": 1}


def test_one_bad_notice_does_not_keep_the_others(house: House, tmp_path: Path) -> None:
    class Choosy:
        seen = 0

        def deliver(self, **_: object) -> str:
            self.seen += 1
            if self.seen == 1:
                raise RuntimeError("poison")
            return "ok"

    take(house, write_csv(tmp_path / "a.csv", many(4)))
    choosy = dataclasses.replace(with_classifier(house, Fixed("ENERGY")), courier=Choosy())  # type: ignore[arg-type]
    route_batch(choosy)
    outcome = deliver_batch(choosy)
    assert (outcome.delivered, outcome.dead) == (3, 1)
