"""A flow that does not come to its end is named within two of its periods, and none is named for a night or a Sunday (P20)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.bootstrap import project_root
from nistaran.bootstrap_retain import deployed_flows
from nistaran.domain.deadlines import IST
from nistaran.domain.errors import BadTable
from nistaran.domain.heartbeat import Heartbeat
from nistaran.steps.doctor import examine
from nistaran.steps.house import House
from nistaran.steps.silence import Deployed, load_deployed, silent_flows
from tests.steps.sweeping import later

SCHEDULED = [one for one in deployed_flows() if one.crons]
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=IST)
OFFICE_HOURS = Deployed(name="release_forwards/release-forwards", crons=("*/30 10-17 * * 1-6",))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=IST))  # noqa: DTZ001


def ended(name: str, at: datetime) -> Heartbeat:
    return Heartbeat(name=name, since=at - timedelta(days=400), at=at, runs=1)


def test_what_is_deployed_is_read_from_prefects_own_file() -> None:
    names = {one.name: one.crons for one in deployed_flows()}
    assert names["escalate/deadlines"] == ("30 7-19 * * *",)
    assert names["day/by-hand"] == ()


@pytest.mark.promise("P20")
@pytest.mark.parametrize("one", SCHEDULED, ids=lambda one: one.name)
def test_a_flow_that_stops_is_named_within_two_periods(one: Deployed) -> None:
    last = datetime(2026, 11, 23, 10, 3, tzinfo=IST)
    beats = [ended(one.name, last)]
    now, step = last, timedelta(minutes=5) if "/" in one.crons[0] else timedelta(hours=1)
    while not silent_flows([one], beats, now=now):
        now += step
        assert now < last + timedelta(days=64)
    (found,) = silent_flows([one], beats, now=now)
    assert found.name == one.name
    assert found.last == last
    assert now - found.due <= step
    assert not silent_flows([one], [ended(one.name, now)], now=now)


@pytest.mark.promise("P20")
@given(last=moments, after=st.integers(0, 7 * 24 * 60))
def test_office_hours_never_alarm_at_night_or_on_a_sunday(last: datetime, after: int) -> None:
    """Whenever it ended, and whenever somebody looks: an alarm begins only while it should be running."""
    now = last + timedelta(minutes=after)
    for found in silent_flows([OFFICE_HOURS], [ended(OFFICE_HOURS.name, last)], now=now):
        due = found.due.astimezone(IST)
        assert due.isoweekday() <= 6
        assert 10 <= due.hour <= 17


@pytest.mark.promise("P20")
def test_the_last_run_on_saturday_is_enough_for_sunday() -> None:
    saturday = SUNDAY - timedelta(hours=18, minutes=29)
    assert not silent_flows([OFFICE_HOURS], [ended(OFFICE_HOURS.name, saturday)], now=SUNDAY)
    monday = SUNDAY.replace(day=23, hour=10, minute=31)
    assert silent_flows([OFFICE_HOURS], [ended(OFFICE_HOURS.name, saturday)], now=monday)


def test_one_that_never_ran_counts_from_when_the_house_knew_of_it() -> None:
    daily = Deployed(name="drift/daily", crons=("15 6 * * *",))
    known = [Heartbeat(name=daily.name, since=SUNDAY)]
    assert not silent_flows([daily], known, now=SUNDAY + timedelta(hours=42))
    assert silent_flows([daily], known, now=SUNDAY + timedelta(hours=43))[0].last is None
    other = [Heartbeat(name="route/ordinary", since=SUNDAY)]
    assert silent_flows([daily], other, now=SUNDAY + timedelta(hours=43))


@pytest.mark.promise("P20")
def test_doctor_names_the_silent_flow_and_the_remedy(house: House) -> None:
    assert _flows(house) == ["flows on schedule"]
    tomorrow = later(house, 3)
    with tomorrow.work() as work:
        for one in SCHEDULED:
            if one.name != "escalate/deadlines":
                work.heartbeats.beat(one.name, {}, at=tomorrow.clock.now())
        work.commit()
    assert _flows(tomorrow) == ["flow escalate/deadlines"]
    (found,) = [one for one in examine(tomorrow, deployed_flows()) if one.subject.startswith("flow ")]
    assert found.state == "bad"
    assert "Quick run" in found.remedy
    assert found.remedy_hi


def test_a_stopped_scheduler_is_one_finding(house: House) -> None:
    (found,) = [one for one in examine(later(house, 70), deployed_flows()) if one.subject == "flows on schedule"]
    assert "nistaran serve" in found.remedy


@pytest.mark.promise("P20")
def test_without_a_heartbeat_table_the_same_silence_is_not_heard(house: House) -> None:
    """The broken twin: a doctor that is not told what is deployed says nothing."""
    assert not [one for one in examine(later(house, 70)) if one.subject.startswith("flow ")]


@pytest.mark.parametrize(
    "written", ["deployments: [{entrypoint: 'flows/a.py:a', name: a, schedules: [{cron: 'x'}]}]", "[]"]
)
def test_a_schedule_that_nobody_understands_is_refused(tmp_path: Path, written: str) -> None:
    (tmp_path / "prefect.yaml").write_text(written)
    with pytest.raises(BadTable, match=r"prefect\.yaml"):
        load_deployed(tmp_path / "prefect.yaml")
    assert load_deployed(project_root() / "deployments" / "prefect.yaml")


def _flows(house: House) -> list[str]:
    return [one.subject for one in examine(house, deployed_flows()) if one.subject.startswith("flow")]
