"""Pictures for the tests, made on the spot: scenes that look unlike one another, and what a camera writes beside them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageDraw, ImageFilter

SIZE = (800, 600)


def scene(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture like a photo: large soft areas of light, some things with edges, fine grain; every seed another."""
    rng = np.random.default_rng(seed)
    soft = Image.fromarray(rng.integers(0, 256, (5, 6, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(soft)
    for _ in range(12):
        x, y = rng.integers(0, size[0]), rng.integers(0, size[1])
        wide, high = rng.integers(size[0] // 20, size[0] // 4), rng.integers(size[1] // 20, size[1] // 4)
        draw.rectangle((x, y, x + wide, y + high), fill=tuple(int(one) for one in rng.integers(0, 256, 3)))
    grain = rng.normal(0, 6, (size[1], size[0], 1))
    return Image.fromarray(np.clip(np.asarray(soft) + grain, 0, 255).astype(np.uint8))


def page(lines: int = 30, size: tuple[int, int] = (827, 1169)) -> Image.Image:
    """A scanned sheet of A4 with so many lines of something like print; 0 is an empty one with a scanner's shadow at its edge."""
    sheet = Image.new("L", size, 244)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, 12, size[1]), fill=90)
    rng = np.random.default_rng(7)
    for line in range(lines):
        x = 90
        while x < size[0] - 120:
            wide = int(rng.integers(10, 60))
            draw.rectangle((x, 100 + 30 * line, x + wide, 112 + 30 * line), fill=30)
            x += wide + 8
    return sheet.filter(ImageFilter.GaussianBlur(0.6))


def encoded(picture: Image.Image, format_: str = "JPEG", *, exif: Image.Exif | None = None, **options: Any) -> bytes:
    """The picture as a file's bytes."""
    file = io.BytesIO()
    picture.save(file, format_, **({"exif": exif.tobytes()} if exif is not None else {}), **options)
    return file.getvalue()


def camera(
    *,
    main: Mapping[int, Any] | None = None,
    details: Mapping[int, Any] | None = None,
    places: Mapping[int, Any] | None = None,
) -> Image.Exif:
    """What a camera writes: the main part, its details, its places."""
    exif = Image.Exif()
    exif.update({ExifTags.Base.Software: "camera", **(main or {})})
    for part, notes in ((ExifTags.IFD.Exif, details), (ExifTags.IFD.GPSInfo, places)):
        if notes:
            exif[part] = dict(notes)
    return exif


def places(latitude: float, longitude: float) -> dict[int, Any]:
    """A position as a camera writes it: degrees, minutes, seconds and a direction."""
    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        ExifTags.GPS.GPSLatitude: _parts(abs(latitude)),
        ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        ExifTags.GPS.GPSLongitude: _parts(abs(longitude)),
    }


def _parts(degrees: float) -> tuple[Fraction, Fraction, Fraction]:
    whole, minutes = int(degrees), int(degrees % 1 * 60)
    seconds = Fraction(round((degrees - whole - minutes / 60) * 3_600_000), 1000)
    return Fraction(whole), Fraction(minutes), seconds
