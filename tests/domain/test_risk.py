"""What is known of a case on a day, reckoned by hand; nothing of a later day in it; a model as numbers."""

from __future__ import annotations

import json
from datetime import date, timedelta
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain import risk_history
from nistaran.domain.errors import UntrustedModel
from nistaran.domain.risk import FEATURES, Course, Lap, Past, Seen, Surroundings, features
from nistaran.domain.risk_history import Example, History
from nistaran.domain.risk_kept import RiskKept, from_json, to_json
from nistaran.domain.risk_model import Line, RiskModel
from nistaran.domain.risk_trained import RiskTrained, WhyDaysLeft
from nistaran.domain.risk_words import WHY_DAYS_LEFT, reasons

DAY = date(2026, 11, 2)  # a Monday
OFFICES = ("A", "B")


def days_between(first: date, last: date) -> int:
    return (last - first).days


def seen(**changes: object) -> Seen:
    values: dict[str, object] = {
        "channel": "ONLINE", "department": "POLICE", "priority": 4, "office": "A",
        "lap": Lap(since=DAY - timedelta(days=9), due_on=DAY + timedelta(days=6)), "reopened": False, "defaulted": False,
        "desk_since": DAY - timedelta(days=5), "hops": 1,
    }  # fmt: skip
    return Seen(**{**values, **changes})  # type: ignore[arg-type]


def test_the_numbers_of_a_case() -> None:
    around = Surroundings(house=Past(100, 20, 1000.0), offices={"A": Past(80, 40, 1600.0)}, closed={"A": 28})
    queue = {"A": [DAY + timedelta(days=n) for n in (1, 2, 6, 9)]}
    known = dict(zip(FEATURES, features(seen(), DAY, around, queue, days_between), strict=True))
    assert (known["days_left"], known["working_left"], known["age"], known["desk_days"]) == (6, 6, 9, 5)
    assert (known["hops"], known["nobody"], known["priority"]) == (1, 0, 4)
    assert round(exp(known["office_open"])) == 5
    assert (known["queue_days"], known["slack"]) == (3, 3)  # three are due no later, one a day is closed
    assert known["office_share"] > known["department_share"] == known["channel_share"]
    assert 10 < known["office_days"] < 20
    assert known["spare"] == pytest.approx(6 - (known["office_days"] - 5))


def test_of_an_office_that_nobody_knows() -> None:
    known = features(seen(office="", desk_since=None, hops=0), DAY, Surroundings(), {}, days_between)
    assert dict(zip(FEATURES, known, strict=True))["nobody"] == 1
    assert all(abs(number) < 100 for number in known)


@st.composite
def courses(draw: st.DrawFn) -> list[Course]:
    found = []
    for n in range(1, draw(st.integers(1, 12)) + 1):
        start = DAY + timedelta(days=draw(st.integers(0, 30)))
        took = draw(st.none() | st.integers(0, 30))
        laps = [
            Lap(since=start, due_on=start + timedelta(days=10), ended=took if took is None else start + timedelta(took))
        ]
        if took is not None and draw(st.booleans()):
            again = start + timedelta(days=took + 2)
            laps.append(Lap(since=again, due_on=again + timedelta(days=7)))
        desks = [
            (draw(st.sampled_from(OFFICES)), start + timedelta(days=turn)) for turn in range(draw(st.integers(0, 2)))
        ]
        found.append(Course(id=n, channel="ONLINE", department="POLICE", priority=4, laps=laps, desks=desks))
    return found


def as_known(course: Course, day: date) -> Course | None:
    """The course as it could be known on the evening before a day."""
    laps = [
        Lap(since=lap.since, due_on=lap.due_on, ended=lap.ended if lap.ended and lap.ended < day else None)
        for lap in course.laps
        if lap.since <= day
    ]
    desks = [(office, since) for office, since in course.desks if since <= day]
    if not laps:
        return None
    return Course(id=course.id, channel="ONLINE", department="POLICE", priority=4, laps=laps, desks=desks)


@given(courses(), st.integers(0, 40))
def test_an_example_knows_nothing_of_later_days(them: list[Course], ahead: int) -> None:
    day, until = DAY + timedelta(days=ahead), DAY + timedelta(days=90)
    whole = list(History(them, working=days_between, until=until).examples([day]))
    cut = [known for course in them if (known := as_known(course, day))]
    known = list(History(cut, working=days_between, until=until).examples([day]))
    assert [(one.case, one.known) for one in whole] == [(one.case, one.known) for one in known]


def test_a_history_that_tells_of_later_days_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: outcomes known from the day on which a case came."""
    start = [DAY + timedelta(days=n) for n in range(12)]
    laps = [Lap(since=day, due_on=day + timedelta(days=10), ended=day + timedelta(days=8)) for day in start]
    them = [
        Course(id=n, channel="ONLINE", department="POLICE", priority=4, laps=[lap], desks=[("A", lap.since)])
        for n, lap in enumerate(laps)
    ]
    monkeypatch.setattr(risk_history, "_known_on", lambda lap: lap.since)
    day, until = DAY + timedelta(days=11), DAY + timedelta(days=90)
    cut = [known for course in them if (known := as_known(course, day))]
    whole = list(History(them, working=days_between, until=until).examples([day]))
    known_then = list(History(cut, working=days_between, until=until).examples([day]))
    assert [one.case for one in whole] == [one.case for one in known_then]
    assert [one.known for one in whole] != [one.known for one in known_then]


@given(courses(), st.integers(0, 40))
def test_examples_are_the_open_cases_that_are_not_late(them: list[Course], ahead: int) -> None:
    day, until = DAY + timedelta(days=ahead), DAY + timedelta(days=60)
    found = {one.case: one.defaulted for one in History(them, working=days_between, until=until).examples([day])}
    expected = {}
    for course in them:
        for lap in course.laps:
            runs = lap.since <= day and (lap.ended is None or lap.ended >= day) and lap.due_on >= day
            if runs and course.id not in expected and lap.due_on < until:
                expected[course.id] = lap.ended is None or lap.ended > lap.due_on
    assert found == expected


@given(courses())
def test_days_asked_in_order_give_what_each_gives_alone(them: list[Course]) -> None:
    until, days = DAY + timedelta(days=90), [DAY + timedelta(days=n) for n in range(0, 50, 7)]
    together = list(History(them, working=days_between, until=until).examples(days))
    alone: list[Example] = []
    for day in days:
        alone += History(them, working=days_between, until=until).examples([day])
    assert together == alone


def model(*lines: Line) -> RiskModel:
    return RiskModel(lines=lines or (Line(feature="days_left", knees=(0.0, 10.0), values=(1.0, -1.0), mean=0.5),),
                     intercept=0.5, trained_on=DAY)  # fmt: skip


def test_a_line_is_straight_between_knees_and_level_outside() -> None:
    (line,) = model().lines
    assert [line.at(number) for number in (-5, 0, 5, 10, 99)] == [1.0, 1.0, 0.0, -1.0, -1.0]
    known = [5.0, *[0.0] * (len(FEATURES) - 1)]
    assert model().chance(known) == pytest.approx(1 / (1 + exp(-0.5)))
    assert model().weighed(known) == {"days_left": -0.5}
    assert model().is_days_left


def test_what_is_kept_reads_back_the_same() -> None:
    trained = RiskTrained(model=model(), why=None, examples=9, figures={"learned": {"brier": 0.1}})
    around = Surroundings(house=Past(9, 3, 50.0), offices={"A": Past(1, 1, 5.0)}, closed={"A": 2})
    kept = RiskKept(on=DAY, trained=trained, around=around)
    assert from_json(json.loads(json.dumps(to_json(kept)))) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": 2},
        {"lines": [{"feature": "caste", "knees": [0], "values": [0], "mean": 0}]},
        {"lines": [{"feature": "age", "knees": [1, 0], "values": [0, 1], "mean": 0}]},
        {"lines": [{"feature": "age", "knees": [0, 1], "values": [0], "mean": 0}]},
        {"lines": [{"feature": "age", "knees": [0], "values": ["__import__"], "mean": 0}]},
        {"intercept": float("nan")},
        {"intercept": None},
        {"trained_on": "yesterday"},
    ],
)
def test_a_model_of_another_form_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UntrustedModel):
        RiskModel.from_json({**model().to_json(), **wrong})


def test_reasons_are_the_heaviest_and_true() -> None:
    facts = dict.fromkeys(FEATURES, 0.0) | {
        "desk_days": 9.0,
        "office_open": 3.7377,
        "house_share": 0.0,
        "house_days": 9.0,
    }
    weighed = {"office_open": 0.9, "desk_days": 0.8, "hops": 2.0, "office_share": 3.0, "age": 0.7, "days_left": 5.0}
    hindi, english = reasons(weighed, facts)
    assert hindi == "कार्यालय में 41 लम्बित, 9 दिन से बिना उत्तर"
    assert english == "41 pending in the office, 9 days without an answer"
    assert reasons({"desk_days": 0.01}, facts) == ("", "")
    assert "50 %" in reasons(weighed, facts | {"house_share": -1.0})[0]
    assert "60" not in reasons({"queue_days": 1.0}, facts | {"queue_days": 60.0})[0]


def test_every_way_out_has_its_words() -> None:
    assert set(WHY_DAYS_LEFT) == set(WhyDaysLeft)
