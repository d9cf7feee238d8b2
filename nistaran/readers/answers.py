"""Files of answers, as clerks and offices fill them in: a case a row, and what is said of it. CSV or XLSX.

Here: rows with the wanted columns, by the pack's headings. Not here: complaints (read.py), what an answer means (steps/answers.py).
"""

from __future__ import annotations

import csv
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl

from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.encodings import TextChunks, encoding_of
from nistaran.readers.headers import header_key
from nistaran.readers.limits import Limits
from nistaran.readers.lines import LineTooLong, PhysicalLines
from nistaran.readers.signature import Kind, kind_of
from nistaran.readers.workbook_cells import sheet_rows
from nistaran.readers.workbook_guard import SheetFacts, look_through

_MB = 1_000_000
#: People fill these files in by hand: far smaller than a portal's export.
_LIMITS = Limits(max_file_bytes=50 * _MB, max_field_chars=20_000, max_row_chars=200_000, max_unpacked_bytes=300 * _MB)
_SEPARATORS = (",", ";", "\t")
_REFUSED = {
    Kind.EMPTY: RefusalCode.EMPTY_FILE,
    Kind.NULS: RefusalCode.NUL_BYTES,
    Kind.HTML: RefusalCode.HTML_TABLE,
    Kind.OLE: RefusalCode.OLD_XLS,
    Kind.OLE_ENCRYPTED: RefusalCode.PASSWORD_PROTECTED,
}
#: What openpyxl raises on a package that is whole but says nonsense; an OSError with a number is the world's.
_DAMAGE = (ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError, RuntimeError, ArithmeticError,
           ParseError, zipfile.BadZipFile, zlib.error, NotImplementedError)  # fmt: skip
Numbered = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One row: `row` counts from 1 as Excel does; `values` has every field that the file has a column for, "" where nothing
    stands. Nothing in it is a control character or half a letter."""

    row: int
    values: Mapping[str, str]


def read_answers(
    path: Path, *, headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Iterator[AnswerRow | Refusal]:
    """The rows of the text file, or of the first sheet that has the columns; rows without a single wanted cell are left out.

    `headings`: field → how its column may be called, the preferred one first; `needed` are fields without which the file is
    refused. A file that cannot be read gives one Refusal with row None.

    Raises:
        OSError: when the world does not give the bytes. Nothing else, whatever the bytes are.
    """
    kind, size = kind_of(path), path.stat().st_size
    if size > _LIMITS.max_file_bytes:
        yield refuse(RefusalCode.FILE_TOO_LARGE, file=path.name, size=size // _MB, limit=_LIMITS.max_file_bytes // _MB)
    elif kind is Kind.ZIP:
        yield from _of_workbook(path, headings, needed)
    elif kind is Kind.TEXT:
        yield from _of_text(path, headings, needed)
    elif kind in _REFUSED:
        yield refuse(_REFUSED[kind], file=path.name)
    else:
        yield refuse(RefusalCode.UNSUPPORTED_FILE, file=path.name, kind=kind.value)


def _of_text(path: Path, headings: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Iterator[AnswerRow | Refusal]:
    encoding = encoding_of(path)
    tried = ((mark, _find(_text_rows(path, encoding, mark), headings, needed)) for mark in _SEPARATORS)
    separator, columns = next((one for one in tried if one[1]), (_SEPARATORS[0], None))
    yield from _answers(path, _text_rows(path, encoding, separator), columns)


def _text_rows(path: Path, encoding: str, separator: str) -> Iterator[Numbered | Refusal]:
    lines = PhysicalLines(TextChunks(path, encoding), limit=_LIMITS.max_row_chars)
    rows, number = csv.reader(lines, delimiter=separator, skipinitialspace=True), 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except (csv.Error, LineTooLong):
            yield refuse(RefusalCode.FIELD_TOO_LONG, file=path.name, row=number, limit=_LIMITS.max_field_chars)
            continue
        yield number, [cell.strip() for cell in cells]


def _of_workbook(
    path: Path, headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Iterator[AnswerRow | Refusal]:
    facts = look_through(path, name=path.name, limits=_LIMITS)
    if isinstance(facts, Refusal):
        yield facts
        return
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            found = ((sheet, _find(_sheet_rows(sheet), headings, needed)) for sheet in book.worksheets)
            sheet, columns = next((one for one in found if one[1]), (None, None))
            yield from _answers(path, _sheet_rows(sheet) if sheet else (), columns)
        finally:
            book.close()
    except _DAMAGE:
        yield refuse(RefusalCode.DAMAGED_XLSX, file=path.name)
    except OSError as error:
        if error.errno is not None:
            raise
        yield refuse(RefusalCode.DAMAGED_XLSX, file=path.name)


def _sheet_rows(sheet: object) -> Iterator[Numbered]:
    for row in sheet_rows([sheet], SheetFacts(), _LIMITS):
        yield row.number, row.cells


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the header stands, and at which place each field that the file has."""

    row: int
    places: Mapping[str, int]


def _find(
    rows: Iterable[Numbered | Refusal], headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> _Columns | None:
    """The first of the rows at the top that names every needed field."""
    for item in rows:
        if isinstance(item, Refusal):
            continue
        number, cells = item
        if number > _LIMITS.search_rows:
            break
        keys = [header_key(cell) for cell in cells]
        places = {field: at for field, names in headings.items() if (at := _place(keys, names)) is not None}
        if all(field in places for field in needed):
            return _Columns(number, places)
    return None


def _place(keys: Sequence[str], names: Sequence[str]) -> int | None:
    return next((keys.index(key) for name in names if (key := header_key(name)) in keys), None)


def _answers(path: Path, rows: Iterable[Numbered | Refusal], columns: _Columns | None) -> Iterator[AnswerRow | Refusal]:
    if columns is None:
        yield refuse(RefusalCode.NO_HEADER, file=path.name, searched=_LIMITS.search_rows)
        return
    for item in rows:
        if isinstance(item, Refusal):
            yield item
            continue
        number, cells = item
        values = {field: _plain(cells[at]) if at < len(cells) else "" for field, at in columns.places.items()}
        if number > columns.row and any(values.values()):
            yield AnswerRow(row=number, values=values)


def _plain(cell: str) -> str:
    if cell.isprintable():
        return cell
    seen = (letter if letter.isprintable() else _unseen(letter) for letter in cell)
    return " ".join("".join(seen).split())


def _unseen(letter: str) -> str:
    """Joiners and marks of direction fall away; all else that cannot be seen parts words."""
    return "" if unicodedata.category(letter) == "Cf" else " "
