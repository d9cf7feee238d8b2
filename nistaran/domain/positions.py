"""Positions on the earth: how far apart two are, and whether one lies in a box of land.

Degrees, north and east positive. Not here: where a position comes from (attachment_facts.py), which village it is (routing).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import NamedTuple

#: The earth's mean radius R1 in km (IUGG; H. Moritz, Geodetic Reference System 1980, Journal of Geodesy 74, 2000, p. 128).
_EARTH_KM = 6371.0088


class Position(NamedTuple):
    """Signed degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A piece of land between two parallels and two meridians, its edges included. It may not cross the 180th meridian.

    Raises:
        ValueError: when the edges are not degrees or stand the wrong way round.
    """

    south: float
    west: float
    north: float
    east: float

    def __post_init__(self) -> None:
        if not (-90 <= self.south <= self.north <= 90 and -180 <= self.west <= self.east <= 180):
            raise ValueError("a box needs -90 ≤ south ≤ north ≤ 90 and -180 ≤ west ≤ east ≤ 180")


def is_position(latitude: float, longitude: float) -> bool:
    """Whether the two are degrees of a place. (0, 0) is not: there phones are that have found no satellite, and no village is."""
    is_on_earth = isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return is_on_earth and not (latitude == 0 and longitude == 0)


def distance_km(a: Position, b: Position) -> float:
    """The way between two positions over a round earth in km, at most 0.6 % wrong (R. W. Sinnott, «Virtues of the Haversine»,
    Sky and Telescope 68, 1984, p. 159)."""
    south, north = radians(a.latitude), radians(b.latitude)
    half_way_up, half_way_over = (north - south) / 2, radians(b.longitude - a.longitude) / 2
    part = sin(half_way_up) ** 2 + cos(south) * cos(north) * sin(half_way_over) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(part)))


def is_inside(latitude: float, longitude: float, box: Box) -> bool:
    """Whether the position lies in the box or on its edge; False for what is no position."""
    if not is_position(latitude, longitude):
        return False
    return box.south <= latitude <= box.north and box.west <= longitude <= box.east
