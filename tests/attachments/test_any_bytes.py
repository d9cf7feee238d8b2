"""Whatever the bytes are, a look comes of it: no exception, and nothing that cannot be kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags

from nistaran.attachments.limits import Limits
from nistaran.attachments.look import look_at
from nistaran.attachments.read import read_bytes
from nistaran.attachments.signature import name_fits
from nistaran.domain.attachment_facts import FileKind, look_from_json
from tests.attachments.pdfs import scan, with_devanagari, with_text
from tests.attachments.pictures import camera, encoded, page, places, scene

#: The reader's own process silences these.
pytestmark = pytest.mark.filterwarnings("ignore")
SMALL = scene(1, (96, 64))
EXIF = camera(
    main={ExifTags.Base.Make: "vivo", ExifTags.Base.Orientation: 6},
    details={ExifTags.Base.DateTimeOriginal: "2026:06:12 16:30:05"},
    places=places(27.3, 83.1),
)
GOOD = [
    encoded(SMALL, exif=EXIF),
    encoded(SMALL, "PNG", exif=EXIF),
    encoded(SMALL, "WEBP", exif=EXIF),
    encoded(SMALL, "TIFF", exif=EXIF),
    encoded(SMALL, "GIF"),
    encoded(SMALL, "BMP"),
    with_text("Order No. 417 of 12.06.2026"),
    with_devanagari("नाली साफ है"),
    scan(page(size=(120, 160))),
]
STARTS = [good[:12] for good in GOOD] + [
    b"\xff\xd8\xff",
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"II*\x00",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBP",
]
#: Small enough that no mutation costs much: here the reader has no process of its own.
LIMITS = Limits(max_pixels=2_000_000, max_jpeg_pixels=2_000_000, max_pdf_stream_bytes=1_000_000, pdf_seconds=1.0)


def check(data: bytes) -> None:
    facts = read_bytes(data, LIMITS)
    assert look_from_json(json.loads(json.dumps(facts.to_json()))) == facts


@given(st.sampled_from([b"", *STARTS]), st.binary(max_size=400))
def test_random_bytes(start: bytes, rest: bytes) -> None:
    check(start + rest)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good file with some bytes overwritten, cut out, doubled, or its end missing."""
    data = bytearray(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 1))
        piece = draw(st.binary(min_size=1, max_size=4))
        how = draw(st.sampled_from(["over", "out", "in", "twice", "cut"]))
        if how == "over":
            data[at : at + len(piece)] = piece
        elif how == "out":
            del data[at : at + 8]
        elif how == "in":
            data[at:at] = piece
        elif how == "twice":
            data[at:at] = data[at : at + 64]
        elif at > 0:
            del data[at:]
        if not data:
            break
    return bytes(data)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_mutated_good_files(data: bytes) -> None:
    check(data)


@settings(max_examples=100)
@given(st.binary(min_size=1, max_size=60), st.data())
def test_garbage_beside_the_picture_is_no_fault_of_the_picture(garbage: bytes, data: st.DataObject) -> None:
    notes = EXIF.tobytes()
    at = data.draw(st.integers(6, len(notes) - 1))
    photo = GOOD[0].replace(notes, (notes[:at] + garbage + notes[at + len(garbage) :])[: len(notes)])
    assert len(photo) == len(GOOD[0])
    assert read_bytes(photo, LIMITS).to_json()["look"] == "photo"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutated())
def test_mutated_files_through_the_door(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "kept"
    path.write_bytes(data)
    look_at(path, "a.jpg")


@given(st.text(max_size=30), st.sampled_from(FileKind))
def test_any_name(name: str, kind: FileKind) -> None:
    assert name_fits(name, kind) in (True, False)


@pytest.mark.parametrize(
    "value",
    [{}, {"look": "film"}, {"look": "pdf"}, {"look": "photo", "format": "X"}, {"look": "damaged", "kind": "PDF"}],
)
def test_what_is_no_look_is_refused(value: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        look_from_json(value)
