"""PDFs for the tests, written by hand: with text in both scripts, with scans, with no end."""

from __future__ import annotations

import io
import zlib

from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.attachments.pictures import encoded

LATIN = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(objects: list[bytes], *, root: int = 1) -> bytes:
    """A file of the numbered objects (from 1), with its cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, table)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def paged(pages: list[tuple[bytes, bytes]], extra: list[bytes] | None = None) -> bytes:
    """A file of pages, each (its drawing, its resources); the extra objects are numbered from 3."""
    extra = extra or []
    first = 3 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        *extra,
    ]
    for at, (drawing, resources) in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << %s >> >>"
            % (first + 2 * at + 1, resources)
        )
        objects.append(stream(drawing))
    return pdf(objects)


def with_text(words: str, pages: int = 1) -> bytes:
    """Pages with a line of Latin text each."""
    drawing = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % words.encode("latin-1")
    return paged([(drawing, b"/Font << /F1 3 0 R >>")] * pages, [LATIN])


def with_devanagari(words: str) -> bytes:
    """A page whose letters are numbers of a font, with a table that tells which letters they are, as writers of Hindi PDFs do it."""
    letters = sorted(set(words))
    table = b"".join(
        b"<%04x> <%s>\n" % (at, letter.encode("utf-16-be").hex().encode()) for at, letter in enumerate(letters, 1)
    )
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar endcmap end end" % (len(letters), table)
    )
    codes = b"".join(b"%04x" % (letters.index(letter) + 1) for letter in words)
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Mangal /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    cid = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Mangal /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    drawing = b"BT /F1 12 Tf 72 700 Td <%s> Tj ET" % codes
    return paged([(drawing, b"/Font << /F1 3 0 R >>")], [font, cid, stream(cmap)])


def scan(*pictures: Image.Image) -> bytes:
    """Pages that hold nothing but a JPEG."""
    extra, pages = [], []
    for at, picture in enumerate(pictures):
        colours = b"/DeviceGray" if picture.mode == "L" else b"/DeviceRGB"
        entries = (
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace %s /Filter /DCTDecode"
            % (
                *picture.size,
                colours,
            )
        )
        extra.append(stream(encoded(picture), entries))
        pages.append((b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject << /I %d 0 R >>" % (3 + at)))
    return paged(pages, extra)


def locked(data: bytes, *, opens_by_itself: bool) -> bytes:
    """The file under lock; with an empty user password everybody may open it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("" if opens_by_itself else "1234", owner_password="5678", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb(unpacked: int) -> bytes:
    """A page whose drawing unpacks to so many bytes of text operators."""
    piece = b"BT /F1 12 Tf 72 700 Td (x) Tj ET\n"
    packed = zlib.compress(piece * (unpacked // len(piece)), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        LATIN,
        stream(packed, b"/Filter /FlateDecode"),
    ]
    return pdf(objects)
