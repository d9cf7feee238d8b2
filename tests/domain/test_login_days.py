"""Two logins a day over working days, and offices that stay silent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.login_days import Arrivals, OfficeSigns, is_silent, login_days
from tests.domain.test_registry import officer

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
DAYS = [date(2026, 11, 16) + timedelta(days=n) for n in range(6)]


@given(st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_every_day_is_counted_once(used: list[int]) -> None:
    counts = {("up.a", day): count for day, count in zip(DAYS, used, strict=True) if count}
    told = login_days("X", [officer(login="up.a")], days=DAYS, counts=counts, last={"up.a": NOW, "up.b": NOW})
    assert (told.days, told.twice, told.once, told.never) == (
        6,
        sum(count >= 2 for count in used),
        used.count(1),
        used.count(0),
    )
    assert told.complies == (min(used) >= 2)
    assert told.silence == max(len(run) for run in "".join("x" if count else "." for count in used).split("x"))
    assert told.last == NOW


def test_the_logins_of_an_office_are_counted_together_each_while_it_was_held() -> None:
    went, came = officer(login="up.a", until=DAYS[2]), officer(login="up.b", since=DAYS[3])
    clerk = officer(login="up.c", designation="पेशकार", since=DAYS[5])
    counts = {("up.a", DAYS[0]): 2, ("up.a", DAYS[4]): 2, ("up.b", DAYS[5]): 1, ("up.c", DAYS[5]): 1}
    told = login_days("X", [went, came, clerk], days=DAYS, counts=counts, last={})
    assert (told.logins, told.days, told.twice, told.never, told.silence) == (("up.a", "up.b", "up.c"), 6, 2, 4, 4)
    assert login_days("X", [officer(login="")], days=DAYS, counts=counts, last={}).days == 0


def signs(*, got: float | None, login: float | None = None, act: float | None = None) -> OfficeSigns:
    """Hours before NOW."""
    when = [NOW - timedelta(hours=hours) if hours is not None else None for hours in (got, login, act)]
    arrivals = Arrivals(cases=1, first=when[0], last=when[0]) if when[0] else None
    return OfficeSigns(office="X", arrivals=arrivals, login=when[1], act=when[2], untouched=0)


def test_an_office_is_silent_that_got_a_case_and_was_not_heard_since() -> None:
    assert is_silent(signs(got=25), now=NOW)
    assert is_silent(signs(got=48, login=49), now=NOW)
    assert not is_silent(signs(got=48, login=47), now=NOW)
    assert not is_silent(signs(got=48, login=49, act=2), now=NOW)
    assert not is_silent(signs(got=24), now=NOW)
    assert not is_silent(signs(got=None, login=900), now=NOW)
