"""The drift watch over a house: the first window is the reference, drift goes to people until somebody has looked."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.decision import AskReason, Candidate, Classification
from nistaran.domain.drift import Alarm, DriftLimits, Picture, Sign
from nistaran.domain.fallback import Watch, asked_under
from nistaran.steps.drift import Watched, clear, look
from nistaran.steps.house import House
from nistaran.steps.route import route_batch
from nistaran.steps.route_again import route_asked
from tests.files import many, write_csv
from tests.steps.people import in_memory
from tests.taking import take

LIMITS = DriftLimits(window=20, department=10)


class Models:
    """The port's half that the watch uses, in memory, and the classifier beside it."""

    version = "fixed"

    def __init__(self) -> None:
        self.confidence = 0.9
        self.known = 9
        self.department = "POLICE"
        self.watched = Watch(version="fixed")
        self.texts: list[str] = []

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        ask = None if self.confidence >= 0.8 else AskReason.LOW_CONFIDENCE
        said = Classification(
            candidates=(Candidate(self.department, self.confidence), Candidate("ENERGY", 0.01)),
            words=(),
            ask=ask,
            model=self.version,
        )
        return asked_under([said] * len(texts), self.watched.fallback)

    def watch(self) -> Watch:
        return self.watched

    def at_training(self) -> Picture:
        picture = Picture(known=900, words=1000)
        for number in range(200):
            picture.add(f"D{number % 40}", 0.9, covered=True)
        return picture

    def known_words(self, texts: Sequence[str]) -> tuple[int, int]:
        self.texts = list(texts)
        return self.known * len(texts), 10 * len(texts)

    def keep_reference(self, version: str, picture: Picture, *, seq: int, at: datetime) -> None:
        self.watched = self.watched.with_reference(picture, seq=seq)

    def keep_alarms(self, version: str, alarms: Sequence[Alarm], *, at: datetime) -> None:
        self.watched = self.watched.with_alarms(alarms)

    def clear_alarms(self, version: str, *, by: str, seq: int, at: datetime) -> None:
        self.watched = self.watched.cleared(by=by, seq=seq)


class Town:
    """A house whose cases are routed by these models."""

    def __init__(self, house: House, folder: Path) -> None:
        self.models = Models()
        self.house = dataclasses.replace(in_memory(house), classifier=lambda: self.models)
        self._folder, self._taken = folder, 0

    def decide(self, count: int) -> None:
        rows = many(self._taken + count)[self._taken :]
        self._taken += count
        take(self.house, write_csv(self._folder / f"{self._taken}.csv", rows))
        route_batch(self.house, limit=count)

    def look(self) -> tuple[Watched, set[tuple[Sign, str]]]:
        outcome = look(self.house, self.models, LIMITS)  # type: ignore[arg-type]
        return outcome.state, {(alarm.sign, alarm.department) for alarm in outcome.alarms}


@pytest.fixture
def town(house: House, tmp_path: Path) -> Town:
    return Town(house, tmp_path)


def test_too_few_decisions_say_nothing(town: Town) -> None:
    town.decide(LIMITS.window - 1)
    assert town.look() == (Watched.TOO_FEW, set())


def test_the_first_whole_window_becomes_the_reference_and_the_next_is_held_against_it(town: Town) -> None:
    town.decide(40)
    assert town.look() == (Watched.REFERENCE, set())
    assert town.look()[0] is Watched.TOO_FEW, "the reference's own decisions are not looked at again"
    town.decide(40)
    assert town.look() == (Watched.QUIET, set())


def test_a_first_window_unlike_the_training_is_an_alarm_at_once(town: Town) -> None:
    town.models.known = 3
    town.decide(40)
    state, found = town.look()
    assert (state, found) == (Watched.ALARM, {(Sign.WORDS_UNKNOWN, "")})
    assert town.models.watched.reference is None


def test_what_drifted_goes_to_people_until_somebody_has_looked(town: Town) -> None:
    town.decide(40)
    town.look()
    town.models.confidence = 0.5
    town.decide(40)
    state, found = town.look()
    assert state is Watched.ALARM
    assert (Sign.SURENESS_FELL, "") in found
    assert town.look() == (Watched.QUIET, set()), "an alarm that stands is not told again"

    town.models.confidence = 0.95
    town.decide(30)
    assert statuses(town)[Status.AWAITING_PERSON.value] == 70
    watch = clear(town.house, town.models, by="UP.sdr-cell")  # type: ignore[arg-type]
    assert len(watch.alarms) >= 1
    assert town.models.watched.cleared_by == "up.sdr-cell"
    for _ in route_asked(town.house, reasons=[AskReason.DRIFT]):
        pass
    assert statuses(town)[Status.AWAITING_PERSON.value] == 40
    town.decide(30)
    assert town.look()[0] is Watched.REFERENCE, (
        "after a clearing the next window is the reference, unlike the training or not"
    )


def statuses(town: Town) -> dict[str, int]:
    with town.house.read() as work:
        return work.cases.count_by_status()


def test_what_the_fallback_asked_counts_as_covered(town: Town) -> None:
    """Else an alarm would feed on itself: what it sends to people would lower the coverage further."""
    town.decide(40)
    town.look()
    town.models.watched = town.models.watched.with_alarms(
        [Alarm(sign=Sign.WORDS_UNKNOWN, department="", was=0.9, now=0.3)]
    )
    town.decide(40)
    assert town.look() == (Watched.QUIET, set())


def test_decisions_of_another_version_do_not_count(town: Town) -> None:
    town.decide(40)
    town.models.watched = Watch(version="another")
    assert town.look()[0] is Watched.TOO_FEW


def test_a_surge_of_one_department_is_seen(town: Town) -> None:
    town.decide(40)
    town.look()
    town.models.department = "HEALTH"
    town.decide(40)
    assert (Sign.DEPARTMENT_SURGED, "HEALTH") in town.look()[1]


def test_words_are_counted_on_a_sample_of_the_cases_texts(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nistaran.steps.drift._TEXTS", 10)
    town.decide(40)
    town.look()
    assert len(town.models.texts) == 10
    assert all("मामला" in text for text in town.models.texts)
