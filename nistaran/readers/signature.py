"""What a file is by its first bytes, whatever its name says.

Not here: what is done about it (read.py).
"""

from __future__ import annotations

import codecs
from enum import StrEnum
from pathlib import Path

from nistaran.readers.encodings import utf16_of

_HEAD = 1 << 16
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_START = 16  #: zero bytes further on are a damaged end, or one bad field, and cost less than the file
_MOST_NULS = 0.5
_MOST_CONTROLS = 0.05
_TEXT_CONTROLS = b"\t\n\r\x0b\x0c\x1a"
_CONTROLS = bytes(set(range(1, 32)) - set(_TEXT_CONTROLS))
_OTHER_SIGNATURES = ((b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"Rar!", "RAR"),
                     (b"7z\xbc\xaf", "7Z"), (b"\x1f\x8b", "GZIP"), (b"GIF8", "GIF"), (b"SQLite format", "SQLite"))  # fmt: skip


class Kind(StrEnum):
    """The value is what an operator reads."""

    EMPTY = "empty"
    NULS = "zero bytes"
    ZIP = "XLSX/ZIP"
    OLE = "old Excel (.xls)"
    OLE_ENCRYPTED = "locked Excel"
    HTML = "HTML/XML"
    JSON_ARRAY = "JSON array"
    JSON_LINES = "JSON Lines"
    TEXT = "text (CSV)"
    BINARY = "binary (PDF, picture …)"


def kind_of(path: Path) -> Kind:
    """The kind by content. Raises OSError when the file cannot be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    if head.startswith(_OLE):
        return Kind.OLE_ENCRYPTED if _holds(path, _ENCRYPTED) else Kind.OLE
    if any(head.startswith(signature) for signature, _ in _OTHER_SIGNATURES):
        return Kind.BINARY
    encoding = utf16_of(head)
    text = head.decode(encoding, "replace").encode("utf-8", "replace") if encoding else head
    text = text.removeprefix(codecs.BOM_UTF8)
    if not text.strip(b" \t\r\n\x1a"):
        return Kind.EMPTY
    return _kind_of_text(text)


def _kind_of_text(text: bytes) -> Kind:
    if text.count(0, 0, _START) > min(len(text), _START) * _MOST_NULS:
        return Kind.NULS
    if len(text.translate(None, _CONTROLS)) < len(text) * (1 - _MOST_CONTROLS):
        return Kind.BINARY
    start = text.lstrip()[:1]
    if start == b"<":
        return Kind.HTML
    if start == b"{":
        return Kind.JSON_LINES
    return Kind.JSON_ARRAY if start == b"[" else Kind.TEXT


def _holds(path: Path, needle: bytes, *, within: int = 1 << 24) -> bool:
    with path.open("rb") as file:
        return needle in file.read(within)
