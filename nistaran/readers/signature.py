"""What a file is by its first bytes, whatever its name says.

Not here: what is done about it (read.py).
"""

from __future__ import annotations

import codecs
from enum import StrEnum
from pathlib import Path

_HEAD = 1 << 16
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
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
    text = _as_ascii(head)
    if not text.strip(b" \t\r\n\x1a"):
        return Kind.EMPTY
    return _kind_of_text(text)


def _kind_of_text(text: bytes) -> Kind:
    if text.count(0) > len(text) * _MOST_NULS:
        return Kind.NULS
    if len(text.translate(None, _CONTROLS)) < len(text) * (1 - _MOST_CONTROLS):
        return Kind.BINARY
    start = text.lstrip()[:2]
    if start[:1] == b"<":
        return Kind.HTML
    if start[:1] == b"{":
        return Kind.JSON_LINES
    return Kind.JSON_ARRAY if start[:1] == b"[" else Kind.TEXT


def _as_ascii(head: bytes) -> bytes:
    """The head without BOM, and with UTF-16 reduced so that ASCII signs can be looked for."""
    if head.startswith(codecs.BOM_UTF8):
        return head[3:]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[2:].replace(b"\x00", b"")
    pairs = len(head) // 2
    zeros = head[0::2].count(0), head[1::2].count(0)
    if pairs and max(zeros) > pairs * 0.05 and min(zeros) == 0:
        return head.replace(b"\x00", b"")
    return head


def _holds(path: Path, needle: bytes, *, within: int = 1 << 24) -> bool:
    with path.open("rb") as file:
        return needle in file.read(within)
