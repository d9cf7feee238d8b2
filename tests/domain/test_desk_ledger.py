"""Every day of a case's life stands on exactly one desk's ledger; twins that count otherwise are caught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.desk_ledger import DeskEntry, days_by_office, days_lost, desk_of, sum_by_office

START = datetime(2026, 4, 1, 10, tzinfo=IST)
Days = Callable[[Sequence[DeskEntry], date], dict[str, int]]


def entry(office: str, day: int, hour: int = 10) -> DeskEntry:
    return DeskEntry(office=office, since=datetime(2026, 4, day, hour, tzinfo=IST))


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[DeskEntry], date]:
    """Desks of one case, some within one day, and a last day at or after the first."""
    at, entries = START.astimezone(UTC), []
    for office in draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=8)):
        entries.append(DeskEntry(office=office, since=at))
        at += timedelta(minutes=draw(st.integers(0, 6000)))
    return entries, day_in_india(START) + timedelta(days=draw(st.integers(0, 40)))


def whole(entries: Sequence[DeskEntry], until: date) -> int:
    return (until - day_in_india(entries[0].since)).days + 1


def as_built(entries: Sequence[DeskEntry], until: date) -> dict[str, int]:
    return days_by_office(entries, until=until)


def twin_counts_the_day_of_transfer_twice(entries: Sequence[DeskEntry], until: date) -> dict[str, int]:
    days: Counter[str] = Counter()
    ends = [*(day_in_india(one.since) for one in entries[1:]), until]
    for one, end in zip(entries, ends, strict=True):
        days[one.office] += (end - day_in_india(one.since)).days + 1
    return dict(days)


def twin_counts_days_in_utc(entries: Sequence[DeskEntry], until: date) -> dict[str, int]:
    days: Counter[str] = Counter()
    ends = [*(one.since.astimezone(UTC).date() for one in entries[1:]), until + timedelta(days=1)]
    for one, end in zip(entries, ends, strict=True):
        days[one.office] += (end - one.since.astimezone(UTC).date()).days
    return dict(days)


@settings(max_examples=80, deadline=None)
@given(lives())
def test_days_add_up_and_each_day_has_one_desk(life: tuple[list[DeskEntry], date]) -> None:
    entries, until = life
    days = as_built(entries, until)
    assert sum(days.values()) == whole(entries, until)
    first = day_in_india(entries[0].since)
    by_day = Counter(desk_of(entries, first + timedelta(days=n)) for n in range(whole(entries, until)))
    assert days == dict(by_day)
    lost = days_lost(entries, right={"A"}, deciding={"B"}, until=until)
    assert lost.total + sum(lost.deciding.values()) + days.get("A", 0) == whole(entries, until)


@pytest.mark.parametrize("twin", [twin_counts_the_day_of_transfer_twice, twin_counts_days_in_utc])
def test_a_ledger_that_counts_otherwise_is_caught(twin: Days) -> None:
    night = [entry("A", 1, 3), entry("B", 4, 2), entry("C", 6, 14)]  # 03:00 in India is the day before in UTC
    until = date(2026, 4, 9)
    assert sum(as_built(night, until).values()) == whole(night, until)
    assert sum(twin(night, until).values()) != whole(night, until)


def test_a_day_stands_where_the_case_was_in_the_morning() -> None:
    entries = [entry("A", 1), entry("B", 3, 23), entry("C", 5, 0)]
    assert days_by_office(entries, until=date(2026, 4, 6)) == {"A": 3, "B": 2, "C": 1}
    assert desk_of(entries, date(2026, 4, 3)) == "A"
    same_day = [entry("A", 1), entry("B", 1, 15), entry("C", 1, 17)]
    assert days_by_office(same_day, until=date(2026, 4, 2)) == {"A": 1, "C": 1}


def test_days_lost_are_those_on_wrong_desks_and_the_arbiters_stand_apart() -> None:
    entries = [entry("WRONG", 1), entry("ARBITER", 5), entry("RIGHT", 8)]
    lost = days_lost(entries, right={"RIGHT"}, deciding={"ARBITER"}, until=date(2026, 4, 20))
    assert (lost.wrong, lost.deciding, lost.total) == ({"WRONG": 5}, {"ARBITER": 3}, 5)
    assert sum_by_office([lost.wrong, {"WRONG": 1, "X": 2}]) == {"WRONG": 6, "X": 2}


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([], "first desk"),
        ([entry("A", 5), entry("B", 4)], "order of time"),
        ([DeskEntry(office="A", since=datetime(2026, 4, 1))], "aware"),  # noqa: DTZ001
        ([entry("A", 30)], "before the case came"),
    ],
)
def test_what_is_no_life_of_a_case_is_refused(entries: list[DeskEntry], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        days_by_office(entries, until=date(2026, 4, 20))
