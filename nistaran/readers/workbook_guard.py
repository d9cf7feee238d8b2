"""Looks through an XLSX package before it is opened: is it whole, is it small enough, is its XML harmless.

While at it, it notes merged cells and formulas, which openpyxl's streaming reader does not tell. Not here: cells (workbook.py).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.limits import Limits

_MB = 1_000_000
_CHUNK = 1 << 20
_OVERLAP = 256
_RATIO_FROM = 10_000_000
_ENCRYPTED_FLAG = 0x1
_MOST_MERGES = 200_000
_FORMULA = re.compile(rb"<(?:\w{1,10}:)?f[ >/]")
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UNSAFE_UTF16 = ("<!DOCTYPE".encode("utf-16-le"), "<!ENTITY".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_MERGE = re.compile(rb'<(?:\w{1,10}:)?mergeCell [^>]{0,40}?ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_NOT_XLSX = {"word/document.xml": "DOCX", "content.xml": "ODS", "xl/workbook.bin": "XLSB"}


@dataclass(slots=True, kw_only=True)
class SheetFacts:
    """`merges`: column (from 1) → vertical merges as (first row, last row)."""

    has_formulas: bool = False
    merges: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def look_through(path: Path, *, name: str, limits: Limits) -> dict[str, SheetFacts] | Refusal:
    """Facts of each worksheet by its part's name in the package, or why the package is not opened."""
    try:
        with zipfile.ZipFile(path) as package:
            refusal = _declared(package, name, limits)
            return refusal if refusal is not None else _inflated(package, name)
    except (zipfile.BadZipFile, EOFError, zlib.error):
        return refuse(RefusalCode.TRUNCATED_XLSX, file=name)
    except (ValueError, NotImplementedError, RuntimeError, UnicodeError, KeyError):
        return refuse(RefusalCode.DAMAGED_XLSX, file=name)


def _declared(package: zipfile.ZipFile, name: str, limits: Limits) -> Refusal | None:
    """Judged by the package's own list. zipfile never gives more bytes than are declared there."""
    parts = package.infolist()
    names = {part.filename for part in parts}
    too_many = len(parts) > limits.max_parts or len(names) < len(parts)
    shared = sum(p.file_size for p in parts if p.filename.lower().endswith("sharedstrings.xml"))
    if (
        too_many
        or sum(p.file_size for p in parts) > limits.max_unpacked_bytes
        or any(p.file_size > _RATIO_FROM and p.file_size > limits.max_ratio * max(1, p.compress_size) for p in parts)
    ):
        return refuse(RefusalCode.ZIP_BOMB, file=name, limit=limits.max_unpacked_bytes // _MB)
    if shared > limits.max_shared_strings_bytes:
        return refuse(RefusalCode.ZIP_BOMB, file=name, limit=limits.max_shared_strings_bytes // _MB)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        return refuse(RefusalCode.PASSWORD_PROTECTED, file=name)
    if "[Content_Types].xml" not in names or not any(n.lower().startswith("xl/worksheets/") for n in names):
        kind = next((kind for part, kind in _NOT_XLSX.items() if part in names), "ZIP")
        return refuse(RefusalCode.UNSUPPORTED_FILE, file=name, kind=kind)
    return None


def _inflated(package: zipfile.ZipFile, name: str) -> dict[str, SheetFacts] | Refusal:
    sheets: dict[str, SheetFacts] = {}
    for part in package.infolist():
        is_sheet = part.filename.lower().startswith("xl/worksheets/") and part.filename.endswith(".xml")
        facts = sheets.setdefault(part.filename, SheetFacts()) if is_sheet else SheetFacts()
        is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        for data in _windows(package, part):
            if is_xml and (_UNSAFE.search(data) or any(mark in data for mark in _UNSAFE_UTF16)):
                return refuse(RefusalCode.UNSAFE_XML, file=name)
            if is_sheet:
                facts.has_formulas = facts.has_formulas or _FORMULA.search(data) is not None
                _note_merges(data, facts)
    for facts in sheets.values():
        for column, spans in facts.merges.items():
            facts.merges[column] = sorted(set(spans))
    return sheets


def _windows(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes in pieces that overlap, so that no tag is cut in both. Reading to the end also checks the sum."""
    tail = b""
    with package.open(part) as stream:
        while data := stream.read(_CHUNK):
            yield tail + data
            tail = data[-_OVERLAP:]


def _note_merges(data: bytes, facts: SheetFacts) -> None:
    if b"mergeCell " not in data:
        return
    known = sum(map(len, facts.merges.values()))
    for match in _MERGE.finditer(data):
        first, last = int(match[2]), int(match[3])
        if last > first and known < _MOST_MERGES:
            known += 1
            facts.merges.setdefault(_column_number(match[1]), []).append((first, last))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
