"""Shares with an interval and spreads: right at the edges, where the school's interval is wrong."""

from __future__ import annotations

from math import sqrt
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.shares import Share, Spread


@st.composite
def shares(draw: st.DrawFn) -> Share:
    of = draw(st.integers(1, 5000))
    return Share(part=draw(st.integers(0, of)), of=of)


def twin_of_the_school(share: Share) -> tuple[float, float]:
    value = share.part / share.of
    half = 1.96 * sqrt(value * (1 - value) / share.of)
    return value - half, value + half


def is_an_interval(low: float, value: float, high: float, of: int) -> bool:
    """Around the share, within 0 and 1, and never a point: no count says everything."""
    return 0 <= low <= value <= high <= 1 and high - low > 0.5 / (of + 4)


@given(shares())
def test_the_interval_holds_the_share_and_is_never_a_point(share: Share) -> None:
    assert share.value is not None
    low, high = share.interval
    assert is_an_interval(low, share.value, high, share.of)


def test_the_school_s_interval_is_caught() -> None:
    low, high = twin_of_the_school(Share(part=0, of=8))
    assert not is_an_interval(low, 0.0, high, 8)


@pytest.mark.parametrize(
    ("part", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)]
)
def test_known_intervals(part: int, of: int, low: float, high: float) -> None:
    # the last is Newcombe's example (Statistics in Medicine 17, 1998, p. 862)
    assert Share(part=part, of=of).interval == pytest.approx((low, high), abs=5e-5)


@given(shares())
def test_more_of_the_same_say_more(share: Share) -> None:
    def width(one: Share) -> float:
        low, high = one.interval
        return high - low

    assert width(Share(part=4 * share.part, of=4 * share.of)) < width(share)


def test_nothing_says_nothing() -> None:
    none = Share(part=0, of=0)
    assert (none.value, none.interval, none.few) == (None, (0.0, 1.0), True)
    assert (Share(part=1, of=9).few, Share(part=1, of=10).few) == (True, False)


@given(st.lists(st.integers(0, 400)))
def test_a_spread_is_its_numbers(numbers: list[int]) -> None:
    spread = Spread()
    for number in numbers:
        spread.add(number)
    assert (spread.count, spread.total) == (len(numbers), sum(numbers))
    assert spread.median == (median(numbers) if numbers else None)
    assert spread.largest == max(numbers, default=None)
    assert spread.mean == (pytest.approx(sum(numbers) / len(numbers)) if numbers else None)
