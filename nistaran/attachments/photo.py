"""Reads a photo: its size, its camera's notes, its hash, and whether it shows anything.

Every picture is made small while or right after it is decoded. Not here: the measures (clearness.py), the notes (exif.py).
"""

from __future__ import annotations

import io

from PIL import Image

from nistaran.attachments.clearness import MEASURED_SIDE, contrast_of, is_clear, sharpness_of
from nistaran.attachments.exif import camera_notes
from nistaran.attachments.limits import Limits
from nistaran.attachments.picture_hash import picture_hash
from nistaran.domain.attachment_facts import Damaged, FileKind, PhotoFacts, Trouble

#: How Pillow calls a kind; it may use no other of its decoders. MPO is a JPEG with more pictures behind it.
FORMATS = {
    FileKind.JPEG: ("JPEG", "MPO"),
    FileKind.PNG: ("PNG",),
    FileKind.WEBP: ("WEBP",),
    FileKind.GIF: ("GIF",),
    FileKind.BMP: ("BMP",),
    FileKind.TIFF: ("TIFF",),
}
_START_OF_SCAN = b"\xff\xda"  #: within a scan's own bytes it cannot stand, FF is followed by 00 there
_HASHED_CONTRAST = 8
_SIDEWAYS = 5  #: orientations from here on change width and height
_MENDED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def read_photo(data: bytes, kind: FileKind, limits: Limits) -> PhotoFacts | Damaged:
    """The facts of a picture of that kind.

    Raises:
        Exception: whatever Pillow raises over damaged bytes; read.py makes it a Damaged.
    """
    if kind is FileKind.JPEG and data.count(_START_OF_SCAN) > limits.max_jpeg_scans:
        return Damaged(kind=kind, trouble=Trouble.TOO_COSTLY)
    with Image.open(io.BytesIO(data), formats=FORMATS[kind]) as picture:
        width, height = picture.size
        if width * height > (limits.max_jpeg_pixels if kind is FileKind.JPEG else limits.max_pixels):
            return Damaged(kind=kind, trouble=Trouble.TOO_LARGE)
        notes = camera_notes(picture)
        grey = shrunk(picture, MEASURED_SIDE)
    # Pillow turns a TIFF itself, its size too
    orientation = 1 if kind is FileKind.TIFF else notes.orientation
    mend = _MENDED[orientation]
    if mend is not None:
        grey = grey.transpose(mend)
    if orientation >= _SIDEWAYS:
        width, height = height, width
    contrast, sharpness = contrast_of(grey), sharpness_of(grey)
    return PhotoFacts(
        format=kind,
        width=width,
        height=height,
        taken_at=notes.taken_at,
        offset_assumed=notes.offset_assumed,
        latitude=notes.position.latitude if notes.position else None,
        longitude=notes.position.longitude if notes.position else None,
        made_by_phone=notes.made_by_phone,
        # in a picture of one colour the hash would be that of its noise
        picture_hash=picture_hash(grey) if contrast >= _HASHED_CONTRAST else None,
        contrast=contrast,
        sharpness=sharpness,
        legible=is_clear(width=width, height=height, contrast=contrast, sharpness=sharpness),
    )


def shrunk(picture: Image.Image, side: int) -> Image.Image:
    """A grey copy whose long side is at most `side` pixels. A JPEG is decoded no larger than needed."""
    picture.draft("L", (side, side))
    picture.load()
    grey = picture if picture.mode == "L" else _grey(picture)
    long = max(grey.size)
    if long <= side:
        return grey.copy()
    width, height = (max(1, round(length * side / long)) for length in grey.size)
    return grey.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda level: level / 256).convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")
    return picture.convert("L")
