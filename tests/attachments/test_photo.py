"""What a photo shows: its day, its place, its camera, its picture; whatever was done to the file on its way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageFilter

from nistaran.attachments.exif import is_phone, taken_at
from nistaran.attachments.limits import Limits
from nistaran.attachments.read import read_bytes
from nistaran.domain.attachment_facts import FileKind, PhotoFacts, same_picture
from nistaran.domain.positions import Position
from tests.attachments.pictures import SIZE, camera, encoded, places, scene

WHEN, OFFSET = ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal


def read(data: bytes) -> PhotoFacts:
    look = read_bytes(data, Limits())
    assert isinstance(look, PhotoFacts)
    return look


def hash_of(data: bytes) -> str:
    found = read(data).picture_hash
    assert found is not None
    return found


def shot(exif: Image.Exif, format_: str = "JPEG") -> PhotoFacts:
    return read(encoded(scene(1), format_, exif=exif))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize(
    ("latitude", "longitude"), [(27.2961, 83.0923), (-33.8688, 151.2093), (40.7128, -74.006), (-22.9068, -43.1729)]
)
def test_the_position_in_all_four_quarters(latitude: float, longitude: float, format_: str) -> None:
    position = shot(camera(places=places(latitude, longitude)), format_).position
    assert position == pytest.approx(Position(latitude, longitude), abs=1e-6)


_SIDDHARTHNAGAR = places(27.2961, 83.0923)


@pytest.mark.parametrize(
    "wrong",
    [
        {ExifTags.GPS.GPSLatitudeRef: ""},
        {ExifTags.GPS.GPSLatitudeRef: "E"},
        {ExifTags.GPS.GPSLatitude: (91.0, 0.0, 0.0)},
        {ExifTags.GPS.GPSLatitude: (27.0, 75.0, 0.0)},
        {ExifTags.GPS.GPSLongitude: (180.0, 30.0, 0.0)},
        {ExifTags.GPS.GPSLongitude: (83.0, 5.0)},
        places(0, 0),
    ],
    ids=repr,
)
def test_a_position_that_makes_no_sense_is_none(wrong: dict[int, Any]) -> None:
    facts = shot(camera(places=_SIDDHARTHNAGAR | wrong))
    assert (facts.latitude, facts.longitude, facts.position) == (None, None, None)


def test_a_number_divided_by_nothing_is_no_position() -> None:
    data = bytearray(encoded(scene(1), exif=camera(places=places(27.5, 83.5))))
    at = data.index((27).to_bytes(4, "little") + (1).to_bytes(4, "little"))
    data[at + 4 : at + 8] = bytes(4)
    assert read(bytes(data)).position is None


def test_a_camera_without_a_zone_is_taken_for_india_and_says_so() -> None:
    facts = shot(camera(details={WHEN: "2026:06:12 16:30:05"}))
    assert facts.taken_at == datetime(2026, 6, 12, 11, 0, 5, tzinfo=UTC)
    assert facts.taken_at.utcoffset() == timedelta(hours=5, minutes=30)
    assert facts.offset_assumed


@pytest.mark.parametrize(("offset", "hour"), [("+05:30", 11), ("+00:00", 16), ("Z", 16), ("-04:00", 20)])
def test_a_camera_that_names_its_zone_is_believed(offset: str, hour: int) -> None:
    facts = shot(camera(details={WHEN: "2026:06:12 16:30:05", OFFSET: offset}))
    assert facts.taken_at is not None
    assert facts.taken_at.astimezone(UTC).hour == hour
    assert not facts.offset_assumed


@pytest.mark.parametrize(
    "written", ["", "0000:00:00 00:00:00", "2026:13:12 16:30:05", "1970:01:01 00:00:00", "कल", b"\xff\xfe", None, 5]
)
def test_what_is_no_time_is_none(written: object) -> None:
    assert taken_at(written, "+05:30") == (None, False)


def test_an_offset_that_makes_no_sense_is_as_none() -> None:
    assert taken_at("2026:06:12 16:30:05", "+99:00")[1]


@pytest.mark.parametrize(
    ("make", "model", "phone"),
    [
        ("Xiaomi", "Redmi Note 12", True), ("vivo", "V2027", True), ("Apple", "iPhone 13", True), ("samsung", "SM-A515F", True),
        ("SAMSUNG", "NX300", False), ("Canon", "EOS 1500D", False), ("NIKON CORPORATION", "D5600", False), ("", "", False),
        (None, 7, False),
    ],
)  # fmt: skip
def test_a_phone_is_told_by_its_maker(make: object, model: object, phone: bool) -> None:
    assert is_phone(make, model) is phone


def test_of_the_camera_only_the_phone_is_kept() -> None:
    main = {ExifTags.Base.Make: "Xiaomi", ExifTags.Base.Model: "Redmi Note 12", ExifTags.Base.Artist: "रामू"}
    facts = shot(camera(main=main, details={ExifTags.Base.BodySerialNumber: "SN12345"}))
    assert facts.made_by_phone
    assert not any(word in str(facts.to_json()) for word in ("Xiaomi", "Redmi", "SN12345", "रामू"))


@pytest.mark.parametrize(
    ("orientation", "undo"),
    [
        (2, 0),
        (3, 3),
        (4, 1),
        (5, 5),
        (6, 2),
        (7, 6),
        (8, 4),
    ],  # the file is turned the other way round than the tag mends
)
def test_rotation_is_mended_before_hashing(orientation: int, undo: int) -> None:
    upright = hash_of(encoded(scene(3)))
    turned = scene(3).transpose(Image.Transpose(undo))
    mended = encoded(turned, exif=camera(main={ExifTags.Base.Orientation: orientation}))
    assert (read(mended).width, read(mended).height) == SIZE
    assert same_picture(hash_of(mended), upright)
    assert not same_picture(hash_of(encoded(turned)), upright)


@pytest.mark.parametrize("format_", ["PNG", "WEBP", "TIFF"])
def test_every_kind_is_turned_once(format_: str) -> None:
    turned = encoded(
        scene(3).transpose(Image.Transpose.ROTATE_90), format_, exif=camera(main={ExifTags.Base.Orientation: 6})
    )
    assert (read(turned).width, read(turned).height) == SIZE
    assert same_picture(hash_of(turned), hash_of(encoded(scene(3))))


def trimmed(picture: Image.Image, share: float) -> Image.Image:
    width, height = picture.size
    return picture.crop((int(width * share), int(height * share), int(width * (1 - share)), int(height * (1 - share))))


@pytest.mark.parametrize("seed", range(6))
def test_the_same_photo_is_found_again(seed: int) -> None:
    picture = scene(seed)
    first = hash_of(encoded(picture))
    others = [
        encoded(picture.resize((200, 150))),
        encoded(picture.resize((1600, 1200)), quality=40),
        encoded(picture, quality=10),
        encoded(picture.convert("L")),
        encoded(picture, "PNG"),
        encoded(picture, "WEBP", quality=30),
        encoded(trimmed(picture, 0.015)),
        encoded(picture.point(lambda level: level * 0.8)),
    ]
    for other in others:
        assert same_picture(first, hash_of(other))


def test_different_photos_are_different() -> None:
    hashes = [hash_of(encoded(scene(seed, (320, 240)))) for seed in range(40)]
    pairs = [(a, b) for at, a in enumerate(hashes) for b in hashes[:at]]
    assert not any(same_picture(a, b) for a, b in pairs)


def test_a_good_photo_is_legible() -> None:
    assert read(encoded(scene(2))).legible


@pytest.mark.parametrize(
    "picture",
    [
        scene(2).filter(ImageFilter.GaussianBlur(8)),
        scene(2).point(lambda level: level * 0.08),
        Image.new("RGB", SIZE, "black"),
        Image.new("RGB", SIZE, "white"),
        scene(2).resize((160, 120)),
    ],
    ids=["blurred", "dark", "black", "white", "tiny"],
)
def test_what_shows_nothing_is_not_legible(picture: Image.Image) -> None:
    assert not read(encoded(picture)).legible


def test_a_picture_of_one_colour_is_like_no_other() -> None:
    assert read(encoded(Image.new("RGB", SIZE, "black"))).picture_hash is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_to_keep_pixels(mode: str) -> None:
    grey = scene(4).convert("L")
    picture = (
        grey.convert("I").point(lambda level: level * 256).convert("I;16") if mode == "I;16" else grey.convert(mode)
    )
    assert read(encoded(picture, "PNG")).format is FileKind.PNG
    assert same_picture(hash_of(encoded(picture, "PNG")), hash_of(encoded(grey, "PNG")))


def test_a_print_in_four_colours() -> None:
    assert read(encoded(scene(4).convert("CMYK"))).legible


def test_what_is_invisible_does_not_count() -> None:
    picture = scene(4).convert("RGBA")
    picture.putalpha(0)
    assert not read(encoded(picture, "PNG")).legible
