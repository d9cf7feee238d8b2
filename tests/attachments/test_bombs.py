"""Files made to cost time or memory: each ends soon, as a damaged file or with what could be seen of it."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from nistaran.attachments.limits import Limits
from nistaran.attachments.look import look_at
from nistaran.domain.attachment_facts import Damaged, FileKind, Look, PdfFacts, PhotoFacts, Trouble
from tests.attachments.pdfs import LATIN, paged, pdf, stream
from tests.attachments.pictures import encoded, scene

pytestmark = pytest.mark.hostile
#: Enough for an honest photo, too little for a bomb.
TIGHT = Limits(processor_seconds=4, memory_bytes=700_000_000)


def look(folder: Path, data: bytes, limits: Limits = TIGHT) -> Look:
    path = folder / "kept"
    path.write_bytes(data)
    start = time.monotonic()
    facts = look_at(path, "a", limits=limits)
    assert time.monotonic() - start < 30
    return facts


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *, between: bytes = b"") -> bytes:
    """A PNG of one black bit a pixel, which packs a thousandfold."""
    row = b"\0" * (1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + between + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_picture_of_a_billion_pixels(tmp_path: Path) -> None:
    assert look(tmp_path, png(30_000, 30_000)) == Damaged(kind=FileKind.PNG, trouble=Trouble.TOO_LARGE)


def test_a_photo_that_says_it_is_that_large(tmp_path: Path) -> None:
    data = bytearray(encoded(scene(1)))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 65_000, 65_000)
    assert look(tmp_path, bytes(data)) == Damaged(kind=FileKind.JPEG, trouble=Trouble.TOO_LARGE)


def test_the_largest_picture_that_is_read(tmp_path: Path) -> None:
    facts = look(tmp_path, png(8_000, 5_000))
    assert isinstance(facts, PhotoFacts)
    assert not facts.legible


def test_a_phone_of_a_hundred_million_pixels(tmp_path: Path) -> None:
    photo = encoded(scene(1).resize((12_000, 9_000), Image.Resampling.NEAREST), quality=30)
    facts = look(tmp_path, photo)
    assert isinstance(facts, PhotoFacts)
    assert facts.legible


def test_notes_that_unpack_without_end(tmp_path: Path) -> None:
    notes = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    assert isinstance(look(tmp_path, png(400, 300, between=notes)), (Damaged, PhotoFacts))


def test_a_photo_of_very_many_scans(tmp_path: Path) -> None:
    data = encoded(scene(1), progressive=True)
    last = data.rindex(b"\xff\xda")
    many = data[:-2] + data[last:-2] * 200 + data[-2:]
    assert look(tmp_path, many) == Damaged(kind=FileKind.JPEG, trouble=Trouble.TOO_COSTLY)


def test_a_page_tree_of_a_billion_pages(tmp_path: Path) -> None:
    nodes = [b"<< /Type /Pages /Kids [%s] /Count 1000000000 >>" % (b"%d 0 R " % (at + 3) * 10) for at in range(9)]
    facts = look(
        tmp_path, pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< /Type /Page /MediaBox [0 0 9 9] >>"])
    )
    assert facts == Damaged(kind=FileKind.PDF, trouble=Trouble.TOO_COSTLY)


def forms(depth: int) -> bytes:
    """A page that shows a form ten times, which shows a form ten times …"""
    extra = [LATIN]
    for at in range(depth):
        resources = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >>" % (
            5 + at
        )
        extra.append(stream(b"/F Do " * 10, resources))
    extra.append(
        stream(
            b"BT /F1 9 Tf (x) Tj ET",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> >>",
        )
    )
    return paged([(b"/F Do " * 10, b"/XObject << /F 4 0 R >>")], extra)


def test_forms_within_forms(tmp_path: Path) -> None:
    """pypdf stops after some thousand forms, or the process is stopped; either is soon."""
    assert isinstance(look(tmp_path, forms(9)), (Damaged, PdfFacts))


def slow(unpacked: int) -> bytes:
    """A page with so many bytes of drawing that pypdf reads them for seconds."""
    packed = zlib.compress(b"BT /F1 9 Tf 1 0 0 1 9 9 Tm (x) Tj ET\n" * (unpacked // 38), 9)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, LATIN, stream(packed, b"/Filter /FlateDecode")])


def test_time_is_bounded_within_a_page_too(tmp_path: Path) -> None:
    """With its twin: given time, the same file is read."""
    data, enough = slow(1_500_000), 10_000_000
    assert look(tmp_path, data, Limits(processor_seconds=1, max_drawing_bytes=enough)) == Damaged(
        kind=FileKind.PDF, trouble=Trouble.TOO_COSTLY
    )
    assert isinstance(look(tmp_path, data, Limits(processor_seconds=40, max_drawing_bytes=enough)), PdfFacts)


def test_a_page_of_very_much_drawing_is_told_without_its_text(tmp_path: Path) -> None:
    facts = look(tmp_path, slow(20_000_000))
    assert isinstance(facts, PdfFacts)
    assert (facts.pages, facts.characters, facts.legible) == (1, 0, True)


def test_memory_is_bounded(tmp_path: Path) -> None:
    """With its twin: given memory, the same file is read."""
    data = encoded(Image.new("RGB", (6_000, 6_000), "red"), "PNG")
    assert look(tmp_path, data, Limits(memory_bytes=250_000_000)) == Damaged(
        kind=FileKind.PNG, trouble=Trouble.TOO_COSTLY
    )
    assert isinstance(look(tmp_path, data), PhotoFacts)


def test_a_scan_of_two_gigabytes(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(400)) + packer.flush()
    entries = b"/Type /XObject /Subtype /Image /Width 40000 /Height 50000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode"
    facts = look(tmp_path, paged([(b"/I Do", b"/XObject << /I 3 0 R >>")], [stream(packed, entries)]))
    assert isinstance(facts, (Damaged, PdfFacts))


def test_a_table_of_a_billion_entries(tmp_path: Path) -> None:
    entries = b"/Type /XRef /Size 1000000000 /Index [0 1000000000] /W [1 1 1] /Root 1 0 R /Filter /FlateDecode"
    table = (
        b"%PDF-1.7\n1 0 obj\n" + stream(zlib.compress(bytes(50_000_000)), entries) + b"\nendobj\nstartxref\n9\n%%EOF"
    )
    assert isinstance(look(tmp_path, table), Damaged)
