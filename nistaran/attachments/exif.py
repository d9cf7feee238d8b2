"""What a camera wrote beside the picture: when, where, which way up, and whether it is a phone.

Makers, models and serial numbers are looked at and not kept. Not here: the picture (photo.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from PIL import ExifTags, Image

from nistaran.domain.deadlines import IST
from nistaran.domain.positions import Position, is_position

_TIME = re.compile(r"(\d{4})[:/-](\d{2})[:/-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)
_FIRST_YEAR = 1990
_LAST_YEAR = 2100
_MOST_OFFSET = timedelta(hours=14)
_PHONES = re.compile(
    r"apple|samsung|xiaomi|redmi|poco|vivo|iqoo|oppo|realme|oneplus|motorola|nokia|hmd|google|huawei|honor|lava|micromax|jio|infinix"
    r"|tecno|itel|lge|lg electronics|htc|asus|lenovo|nothing|karbonn|intex|gionee|coolpad|meizu|zte|blackberry|sony mobile|xperia",
)
#: These makers sold cameras without a telephone too; so begin their models' names.
_CAMERAS = re.compile(r"samsung (nx|wb|st\d|es\d|pl\d|ex\d|digimax|dv\d)|apple quicktake")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraNotes:
    """What the camera says; every part may be missing or wrong on purpose. `orientation` is the EXIF tag's 1–8."""

    orientation: int = 1
    taken_at: datetime | None = None
    offset_assumed: bool = False
    position: Position | None = None
    made_by_phone: bool = False


def camera_notes(picture: Image.Image) -> CameraNotes:
    """The notes in an opened picture; those that are missing or make no sense are left out."""
    try:
        exif = picture.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
        places = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # noqa: BLE001 - garbage beside a picture is no fault of the picture; Pillow raises what the garbage makes it raise
        return CameraNotes()
    at, offset_assumed = taken_at(
        details.get(ExifTags.Base.DateTimeOriginal), details.get(ExifTags.Base.OffsetTimeOriginal)
    )
    orientation = exif.get(ExifTags.Base.Orientation)
    return CameraNotes(
        orientation=orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,
        taken_at=at,
        offset_assumed=offset_assumed,
        position=position(places),
        made_by_phone=is_phone(exif.get(ExifTags.Base.Make), exif.get(ExifTags.Base.Model)),
    )


def taken_at(written: object, offset: object) -> tuple[datetime | None, bool]:
    """(the camera's time, whether India's offset was assumed for want of a written one); (None, False) for what is no time."""
    match = _TIME.fullmatch(_text(written))
    if match is None:
        return None, False
    try:
        year, month, day, hour, minute, second = map(int, match.groups())
        local = datetime(year, month, day, hour, minute, second, tzinfo=IST)
    except ValueError:
        return None, False
    if not _FIRST_YEAR <= local.year <= _LAST_YEAR:
        return None, False
    zone = _zone(_text(offset))
    return (local, True) if zone is None else (local.replace(tzinfo=zone), False)


def position(places: dict[int, Any]) -> Position | None:
    """Where, from the GPS part; None when a direction or number is missing or makes no sense."""
    latitude = _degrees(places.get(ExifTags.GPS.GPSLatitude), places.get(ExifTags.GPS.GPSLatitudeRef), "N", "S")
    longitude = _degrees(places.get(ExifTags.GPS.GPSLongitude), places.get(ExifTags.GPS.GPSLongitudeRef), "E", "W")
    if latitude is None or longitude is None or not is_position(latitude, longitude):
        return None
    return Position(latitude, longitude)


def is_phone(make: object, model: object) -> bool:
    """Whether a maker's name is one of a phone's; a maker of both is asked for its model's name."""
    camera = f"{_text(make)} {_text(model)}".lower()
    return _PHONES.match(camera) is not None and _CAMERAS.match(camera) is None


def _degrees(parts: object, direction: object, plus: str, minus: str) -> float | None:
    sign = {plus: 1, minus: -1}.get(_text(direction).upper())
    if sign is None or not isinstance(parts, tuple) or len(parts) != 3:
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ArithmeticError):
        return None
    if not (0 <= degrees <= 180 and 0 <= minutes <= 60 and 0 <= seconds <= 60):  # not so for nan either
        return None
    return round(sign * (degrees + minutes / 60 + seconds / 3600), 7)


def _zone(written: str) -> timezone | None:
    if written == "Z":
        return timezone(timedelta())
    match = _OFFSET.fullmatch(written)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset) if offset <= _MOST_OFFSET else None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip(" \0\t\r\n") if isinstance(value, str) else ""
