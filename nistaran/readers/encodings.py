"""In which encoding a text file is written, and its text in chunks of bounded size.

Here: UTF-8 (with or without BOM), UTF-16 (LE, BE, with or without BOM), Windows-1252. Not here: legacy fonts (krutidev.py).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 18
_SAMPLE = 1 << 16
_PROBE = 1 << 25  #: how far the file is tried as UTF-8 before it is believed
_HIGH_BYTES = bytes((0x00, 0x09, 0x20))  #: upper halves of ASCII, Devanagari and general punctuation in UTF-16
_DEVANAGARI_LEAD = (b"\xe0\xa4", b"\xe0\xa5")


def encoding_of(path: Path) -> str:
    """utf-8, utf-8-sig, utf-16-le, utf-16-be or cp1252. UTF-8 with a few broken bytes among Devanagari stays UTF-8."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        return utf16_of(head) or _utf8_or_1252(file, head)


def utf16_of(head: bytes) -> str | None:
    """utf-16-le or utf-16-be if the first bytes of a file are in it, by BOM or by where the zero bytes stand."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    return "utf-16-be" if head.startswith(codecs.BOM_UTF16_BE) else _utf16_without_bom(head)


def _utf16_without_bom(head: bytes) -> str | None:
    pairs = len(head) // 2
    if pairs < 4 or head.count(0) == len(head):
        return None
    even = _share(head[0 : pairs * 2 : 2])
    odd = _share(head[1 : pairs * 2 : 2])
    if max(even, odd) < 0.7 or min(even, odd) > 0.45:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _share(half: bytes) -> float:
    # space (0x20) and tab (0x09) are ASCII too: without a single zero byte it is not UTF-16
    return sum(map(half.count, _HIGH_BYTES)) / len(half) if 0 in half else 0.0


def _utf8_or_1252(file: BinaryIO, head: bytes) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    probed, hindi, data = 0, False, head
    while data and probed < _PROBE:
        hindi = hindi or (not data.isascii() and any(lead in data for lead in _DEVANAGARI_LEAD))
        try:
            decoder.decode(data)
        except UnicodeDecodeError:
            return "utf-8" if hindi else "cp1252"
        probed += len(data)
        data = file.read(CHUNK)
    return "utf-8"


class TextChunks(Iterable[str]):
    """The file's text, at most CHUNK bytes at a time, without BOM.

    Undecodable UTF-8 bytes come as lone surrogates, and `damaged` is then true; in other encodings as U+FFFD.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self.damaged = False

    def __iter__(self) -> Iterator[str]:
        strict = self._encoding.startswith("utf-8")
        decoder = codecs.getincrementaldecoder(self._encoding)("strict" if strict else "replace")
        with self._path.open("rb") as file:
            if self._encoding.startswith("utf-16") and file.read(2) not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                file.seek(0)
            while True:
                data = file.read(CHUNK)
                yield self._decode(decoder, data)
                if not data:
                    return

    def _decode(self, decoder: codecs.IncrementalDecoder, data: bytes) -> str:
        try:
            return decoder.decode(data, final=not data)
        except UnicodeDecodeError:
            # the decoder has kept nothing of `data`: once more, with a place for the broken bytes
            self.damaged = True
            decoder.errors = "surrogateescape"
            text = decoder.decode(data, final=not data)
            decoder.errors = "strict"
            return text
