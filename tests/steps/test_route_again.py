"""Route again: what a machine's failure left with a person is decided once more; what a person has in hand stays there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.decision import AskReason
from nistaran.domain.events import Event, EventKind
from nistaran.steps import route_again
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from nistaran.steps.route_again import AgainOutcome, route_asked
from nistaran.steps.story import show_complainant, story_of
from nistaran.steps.verify import verify
from tests.files import many, row, write_csv
from tests.steps.test_route import Fixed, with_classifier
from tests.taking import take


def again(house: House, *reasons: AskReason, lanes: list[str] | None = None) -> AgainOutcome:
    total = AgainOutcome()
    for outcome in route_asked(house, reasons=reasons or route_again.NOT_LOOKED_AT, lanes=lanes):
        total.add(outcome)
    return total


@pytest.fixture
def without_model(house: House, tmp_path: Path) -> House:
    """Five cases that were routed while there was no model."""
    take(house, write_csv(tmp_path / "a.csv", many(5)))
    assert dict(route_batch(with_classifier(house, None)).reasons) == {"NO_MODEL": 5}
    return house


def events_of(house: House, case_id: int) -> list[tuple[str, dict[str, object]]]:
    with house.read() as work:
        number = work.cases.by_ids([case_id])[0].number
        return [(link.kind, json.loads(link.body)) for link in work.ledger.of(number)]


@pytest.mark.promise("P5")
def test_once_there_is_a_model_they_go_to_offices_and_the_events_say_again(without_model: House) -> None:
    outcome = again(with_classifier(without_model, Fixed("ENERGY")))
    assert (outcome.decided.routed, outcome.unchanged, outcome.touched) == (5, 0, 0)
    kind, body = events_of(without_model, 1)[-1]
    assert (kind, body["again"], body["model"]) == ("Routed", "NO_MODEL", "fixed")
    with without_model.read() as work:
        for case in work.cases.page(after_id=0, limit=10):
            assert case.status is Status.WITH_OFFICE
            assert [made.outcome for made in work.decisions.of(case.id)] == ["ask", "assign"]
            assert len(work.desks.of(case.id)) == len(work.outbox.of(case.id)) == 1
    assert verify(without_model).faults == []
    assert again(with_classifier(without_model, Fixed("ENERGY"))).cases == 0


def test_an_error_that_was_mended(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", many(2)))
    assert dict(route_batch(with_classifier(house, Fixed("NO_SUCH_DEPARTMENT"))).reasons) == {"ERROR": 2}
    assert again(with_classifier(house, Fixed("POLICE"))).decided.routed == 2
    assert events_of(house, 1)[-1][1]["again"] == "ERROR"


@pytest.mark.parametrize("classifier", [None, Fixed("NO_SUCH_DEPARTMENT")])
def test_while_the_cause_is_there_nothing_is_written(without_model: House, classifier: object) -> None:
    before = events_of(without_model, 1)
    outcome = again(with_classifier(without_model, classifier))
    assert (outcome.decided.cases, outcome.unchanged) == (0, 5)
    assert events_of(without_model, 1) == before


def test_another_reason_is_written_and_the_case_still_waits(without_model: House) -> None:
    outcome = again(with_classifier(without_model, Fixed("POLICE", AskReason.LOW_CONFIDENCE)))
    assert dict(outcome.decided.reasons) == {"LOW_CONFIDENCE": 5}
    kind, body = events_of(without_model, 1)[-1]
    assert (kind, body["reason"], body["again"]) == ("PersonAsked", "LOW_CONFIDENCE", "NO_MODEL")
    assert verify(without_model).faults == []
    assert again(with_classifier(without_model, Fixed("POLICE"))).cases == 0  # no longer for a machine's reason
    assert again(with_classifier(without_model, Fixed("POLICE")), AskReason.LOW_CONFIDENCE).decided.routed == 5


def test_a_case_that_a_person_has_touched_since_is_left(without_model: House) -> None:
    with without_model.read() as work:
        number = work.cases.by_ids([2])[0].number
    show_complainant(without_model, number, by="लिपिक", why="फ़ोन पर पुष्टि")
    outcome = again(with_classifier(without_model, Fixed("ENERGY")))
    assert (outcome.decided.routed, outcome.touched) == (4, 1)
    assert events_of(without_model, 2)[-1][0] == "ComplainantShown"
    assert story_of(without_model, number).case.status is Status.AWAITING_PERSON


def test_without_asking_who_touched_it_a_case_is_taken_out_of_hands(
    without_model: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broken twin of the test above."""
    with without_model.read() as work:
        number = work.cases.by_ids([2])[0].number
    show_complainant(without_model, number, by="लिपिक", why="फ़ोन पर पुष्टि")
    monkeypatch.setattr(route_again, "_touched", lambda *_: set())
    assert again(with_classifier(without_model, Fixed("ENERGY"))).decided.routed == 5


def test_an_event_of_a_later_version_counts_as_a_persons(without_model: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route_again, "_KINDS", route_again._KINDS - {"ComplainantShown"})
    monkeypatch.setattr(EventKind, "by_a_person", False)
    with without_model.work() as work:
        number = work.cases.by_ids([1])[0].number
        work.ledger.append(
            [Event(case=number, kind=EventKind.COMPLAINANT_SHOWN, at=without_model.clock.now(), body={"by": "x"})]
        )
        work.commit()
    assert again(with_classifier(without_model, Fixed("ENERGY"))).touched == 1


def test_what_a_person_did_before_the_last_question_does_not_count(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [row()]))
    with house.read() as work:
        number = work.cases.by_ids([1])[0].number
    show_complainant(house, number, by="लिपिक", why="फ़ोन पर पुष्टि")
    route_batch(with_classifier(house, None))
    assert again(with_classifier(house, Fixed("ENERGY"))).decided.routed == 1


class Meanwhile(Fixed):
    """While it classifies something else happens in the house."""

    def __init__(self, event: Callable[[], object]) -> None:
        super().__init__("ENERGY")
        self._event = event

    def classify(self, texts, addressed_to=None):  # type: ignore[no-untyped-def]
        self._event()
        return super().classify(texts, addressed_to)


def test_two_that_run_at_once_decide_each_case_once(without_model: House) -> None:
    quicker = with_classifier(without_model, Fixed("ENERGY"))
    outcome = again(with_classifier(without_model, Meanwhile(lambda: again(quicker))))
    assert outcome.cases == 0
    assert [kind for kind, _ in events_of(without_model, 1)] == ["Registered", "PersonAsked", "Routed"]
    assert verify(without_model).faults == []


def test_a_person_who_comes_while_it_classifies_keeps_the_case(without_model: House) -> None:
    with without_model.read() as work:
        number = work.cases.by_ids([3])[0].number
    busy = Meanwhile(lambda: show_complainant(without_model, number, by="लिपिक", why="फ़ोन पर पुष्टि"))
    outcome = again(with_classifier(without_model, busy))
    assert (outcome.decided.routed, outcome.touched) == (4, 1)


def test_only_the_lanes_that_are_named(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [*many(2), row(channel="मुख्यमंत्री सन्दर्भ", reference="cm1")]))
    route_batch(with_classifier(house, None))
    assert again(with_classifier(house, Fixed("POLICE")), lanes=["cm-cell"]).decided.routed == 1


def test_cases_that_wait_for_other_reasons_or_for_nobody_are_not_looked_at(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", many(3)))
    route_batch(with_classifier(house, Fixed("POLICE", AskReason.LOW_CONFIDENCE)), limit=1)
    route_batch(with_classifier(house, Fixed("POLICE")), limit=1)
    assert again(with_classifier(house, Fixed("ENERGY"))).cases == 0


def test_pages_are_joined_without_a_gap(without_model: House) -> None:
    import dataclasses

    small = dataclasses.replace(with_classifier(without_model, Fixed("ENERGY")), batch=2)
    assert again(small).decided.routed == 5
