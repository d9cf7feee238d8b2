"""When two pictures are one, how far two places are apart, and what lies in a box."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.attachment_facts import SAME_PICTURE_BITS, same_picture
from nistaran.domain.positions import Box, Position, distance_km, is_inside, is_position

HASHES = st.integers(0, 2**64 - 1)
POSITIONS = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
DISTRICT = Box(south=27.0, west=82.75, north=27.5, east=83.2)


@given(HASHES, st.sets(st.integers(0, 63), max_size=20))
def test_up_to_eight_bits_are_the_same_picture(first: int, flipped: set[int]) -> None:
    second = first
    for bit in flipped:
        second ^= 1 << bit
    expected = len(flipped) <= SAME_PICTURE_BITS == 8
    assert same_picture(f"{first:016x}", f"{second:016x}") is expected
    assert same_picture(f"{second:016X}", f"{first:016x}") is expected


@pytest.mark.parametrize("wrong", ["", "00ff", "g" * 16, "0" * 17])
def test_what_is_no_hash_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"digits|literal"):
        same_picture(wrong, "0" * 16)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        (Position(27.2961, 83.0923), Position(27.2961, 83.0923), 0),
        (Position(27.2961, 83.0923), Position(26.8467, 80.9462), 218),  # Naugarh to Lucknow
        (Position(0, 0), Position(0, 180), 20015),
        (Position(90, 0), Position(-90, 0), 20015),
        (Position(10, 179.5), Position(10, -179.5), 109.5),
        (Position(27, 83), Position(28, 83), 111.2),
    ],
)
def test_known_distances(a: Position, b: Position, km: float) -> None:
    assert distance_km(a, b) == pytest.approx(km, rel=0.005, abs=0.1)


@given(POSITIONS, POSITIONS)
def test_there_and_back_are_as_far(a: Position, b: Position) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance_km(a, b) <= 20_016
    assert distance_km(a, a) == 0


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [
        (27.3, 83.1, True),
        (27.0, 82.75, True),
        (27.5, 83.2, True),
        (26.99, 83.0, False),
        (27.3, 83.21, False),
        (nan, 83, False),
    ],
)
def test_inside_a_box(latitude: float, longitude: float, inside: bool) -> None:
    assert is_inside(latitude, longitude, DISTRICT) is inside


def test_where_no_satellite_was_found_is_no_place() -> None:
    assert not is_position(0.0, 0.0)
    assert not is_inside(0.0, 0.0, Box(south=-1, west=-1, north=1, east=1))


@pytest.mark.parametrize("edges", [(28, 82, 27, 83), (27, 84, 28, 83), (-91, 0, 0, 1), (0, 0, 1, 181), (nan, 0, 1, 1)])
def test_a_box_the_wrong_way_round_is_refused(edges: tuple[float, float, float, float]) -> None:
    south, west, north, east = edges
    with pytest.raises(ValueError, match="box"):
        Box(south=south, west=west, north=north, east=east)
