"""Reads a PDF: its pages, how much text they have, and whether there is anything to read on them.

The text is counted and dropped. Not here: pictures on a page (pdf_scans.py), the process that bounds time and memory (alone.py).
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from nistaran.attachments.limits import Limits
from nistaran.attachments.pdf_scans import is_large_enough, pictures_of, shows_something
from nistaran.domain.attachment_facts import Damaged, FileKind, PdfFacts, Trouble

#: Fewer letters are a page number or a scanner's stamp.
_LEAST_LETTERS = 20
#: Bytes of drawing on a page without text or picture: print made of outlines, or a map.
_LEAST_DRAWING = 2_000


@dataclass(slots=True, kw_only=True)
class _Told:
    """What the pages read so far have told."""

    read: int = 0
    characters: int = 0
    with_text: int = 0
    legible: int = 0
    decoded: int = 0
    pictures: set[tuple[int, int]] = field(default_factory=set)


def read_pdf(data: bytes, limits: Limits) -> PdfFacts | Damaged:
    """The facts of a PDF, `legible` by this rule: at least half of the pages read are. A page is when it has 20 letters of text, or
    pictures of 400,000 pixels together of which the largest is not empty (only the first five such pages are decoded for that), or
    2,000 bytes of drawing.

    Raises:
        Exception: whatever pypdf raises over damaged bytes; read.py makes it a Damaged.
    """
    most = limits.max_pdf_stream_bytes
    with apply_configuration(
        disable_legacy_handling=True,
        jbig2dec_binary=None,  # no other program is started
        maximum_declared_stream_length=limits.max_file_bytes,
        array_based_stream_maximum_output_length=most,
        lzw_maximum_output_length=most,
        run_length_maximum_output_length=most,
        zlib_maximum_output_length=most,
        image_maximum_buffer_size=most,
        page_tree_maximum_entries=limits.max_pdf_pages,
    ):
        try:
            return _facts(PdfReader(io.BytesIO(data)), limits)
        except (LimitReachedError, MemoryError):
            return Damaged(kind=FileKind.PDF, trouble=Trouble.TOO_COSTLY)


def _facts(reader: PdfReader, limits: Limits) -> PdfFacts:
    if reader.is_encrypted and not reader.decrypt(""):
        return PdfFacts(pages=0, pages_read=0, characters=0, text_share=0.0, images=0, encrypted=True, legible=False)
    pages = len(reader.pages)
    told = _Told()
    until = time.process_time() + limits.pdf_seconds
    for number in range(min(pages, limits.pdf_pages_read)):
        _look_at_page(reader.pages[number], told, limits)
        if time.process_time() > until:
            break
    return PdfFacts(
        pages=pages,
        pages_read=told.read,
        characters=told.characters,
        text_share=round(told.with_text / told.read, 3) if told.read else 0.0,
        images=len(told.pictures),
        encrypted=reader.is_encrypted,
        legible=told.read > 0 and told.legible * 2 >= told.read,
    )


def _look_at_page(page: PageObject, told: _Told, limits: Limits) -> None:
    told.read += 1
    try:
        pictures = pictures_of(page)
        told.pictures.update(picture.key for picture in pictures)
        drawing = _drawing_bytes(page)
        # more than that is a map or a bomb: pypdf would need seconds, and find no text to speak of
        text = page.extract_text() if drawing <= limits.max_drawing_bytes else ""
        letters = sum(not letter.isspace() for letter in text)
        told.characters += letters
        if letters >= _LEAST_LETTERS:
            told.with_text += 1
            told.legible += 1
        elif is_large_enough(pictures):
            told.decoded += 1
            told.legible += told.decoded > limits.pdf_scans_decoded or shows_something(pictures, limits)
        else:
            told.legible += drawing >= _LEAST_DRAWING
    except Exception:  # noqa: BLE001 - one damaged page is a page that cannot be read; the others still tell
        return


def _drawing_bytes(page: PageObject) -> int:
    contents = page.get_contents()
    return len(contents.get_data()) if contents is not None else 0
