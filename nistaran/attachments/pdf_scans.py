"""The pictures on a PDF's page: how many, how large, and whether the scanned page shows anything.

Not here: text and the verdict on the whole (pdf.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image
from pypdf import PageObject
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from nistaran.attachments.clearness import is_blank_page
from nistaran.attachments.limits import Limits
from nistaran.attachments.photo import shrunk

#: An A4 page at 66 dots an inch: below that not even large print can be read.
LEAST_PIXELS = 400_000
#: What cannot be decoded here (JBIG2) is told by its packed bytes: an empty page packs into some hundred.
_LEAST_PACKED = 2_000
_LOOKED_AT_SIDE = 1_024
_MOST_DEPTH = 3
_MOST_PICTURES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """One picture that a page shows. `key` tells pictures apart that stand on more pages than one."""

    key: tuple[int, int]
    pixels: int
    stream: StreamObject


def pictures_of(page: PageObject) -> list[PagePicture]:
    """The pictures among the page's resources, also those within three layers of forms; at most 200. Inline ones are not counted."""
    found: dict[tuple[int, int], PagePicture] = {}
    for picture in _walk(page.get("/Resources"), _MOST_DEPTH):
        found[picture.key] = picture
        if len(found) >= _MOST_PICTURES:
            break
    return list(found.values())


def is_large_enough(pictures: list[PagePicture]) -> bool:
    """Whether the page's pictures together (some scanners cut a page into strips) have the pixels of a readable page."""
    return sum(picture.pixels for picture in pictures) >= LEAST_PIXELS


def shows_something(pictures: list[PagePicture], limits: Limits) -> bool:
    """Whether the largest of a page's pictures is more than an empty sheet."""
    largest = max(pictures, key=lambda picture: picture.pixels)
    if largest.pixels > limits.max_pixels:
        return _packed_bytes(largest) >= _LEAST_PACKED
    try:
        picture = largest.stream.decode_as_image()
        if isinstance(picture, Image.Image):
            return not is_blank_page(shrunk(picture, _LOOKED_AT_SIDE))
    except Exception:  # noqa: BLE001 - a picture in a coding that is not known here still is one
        return _packed_bytes(largest) >= _LEAST_PACKED
    return _packed_bytes(largest) >= _LEAST_PACKED


def _walk(resources: object, depth: int) -> Iterator[PagePicture]:
    named = _dictionary(_dictionary(resources).get("/XObject"))
    for reference in named.values():
        stream = _resolved(reference)
        if not isinstance(stream, StreamObject):
            continue
        what = _resolved(stream.get("/Subtype"))
        if what == "/Image":
            key = (reference.idnum, reference.generation) if isinstance(reference, IndirectObject) else (-1, id(stream))
            yield PagePicture(key=key, pixels=_side(stream, "/Width") * _side(stream, "/Height"), stream=stream)
        elif what == "/Form" and depth > 1:
            yield from _walk(stream.get("/Resources"), depth - 1)


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: object) -> DictionaryObject:
    known = _resolved(value)
    return known if isinstance(known, DictionaryObject) else DictionaryObject()


def _side(stream: StreamObject, name: str) -> int:
    side = _resolved(stream.get(name))
    return max(0, int(side)) if isinstance(side, (int, float)) else 0


def _packed_bytes(picture: PagePicture) -> int:
    return len(picture.stream._data)
