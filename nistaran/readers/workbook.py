"""XLSX files as portals export them → records: several sheets, title rows, merged cells, formulas, numbers, Excel dates.

Not here: whether the package is safe to open (workbook_guard.py), how a cell's value is written out (workbook_cells.py).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl

from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.columns import Columns, Seen, place
from nistaran.readers.header_row import find_header, is_total_line
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.limits import Limits
from nistaran.readers.notes import note
from nistaran.readers.record import Note, Record
from nistaran.readers.workbook_cells import SheetRow, sheet_rows
from nistaran.readers.workbook_guard import SheetFacts, look_through

#: What openpyxl raises on a package that is whole but says nonsense.
_DAMAGE = (ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError, RuntimeError, ArithmeticError,
           ParseError, zipfile.BadZipFile, zlib.error, NotImplementedError)  # fmt: skip
_NEEDS_VALUE = frozenset({"text", "reference", "received_on"})


def read_workbook(
    path: Path, *, name: str, aliases: HeaderAliases, limits: Limits
) -> Iterator[Record | Refusal | Note]:
    """Records of every sheet that has a header; see read.read_records for the promises."""
    facts = look_through(path, name=name, limits=limits)
    if isinstance(facts, Refusal):
        yield facts
        return
    books: list[Any] = []
    try:
        books.append(openpyxl.load_workbook(path, read_only=True, data_only=True))
        if any(sheet.has_formulas for sheet in facts.values()):
            books.append(openpyxl.load_workbook(path, read_only=True, data_only=False))
        yield from _Sheets(books, facts, name=name, aliases=aliases, limits=limits).read()
    except _DAMAGE:
        yield refuse(RefusalCode.DAMAGED_XLSX, file=name)
    except OSError as error:
        if error.errno is not None:  # openpyxl raises bare OSErrors for a bad package; the world's have a number
            raise
        yield refuse(RefusalCode.DAMAGED_XLSX, file=name)
    finally:
        for book in books:
            book.close()


class _Sheets:
    """All sheets of one workbook."""

    def __init__(
        self, books: list[Any], facts: dict[str, SheetFacts], *, name: str, aliases: HeaderAliases, limits: Limits
    ) -> None:
        self._books = books
        self._facts = facts
        self._name = name
        self._aliases = aliases
        self._limits = limits
        self._seen = Seen(file=name)
        self._empty_formulas: set[str] = set()
        self._given = False

    def read(self) -> Iterator[Record | Refusal | Note]:
        sheets = self._books[0].worksheets
        refusals: list[Refusal] = []
        was_read = False
        for at, sheet in enumerate(sheets):
            # a record names its sheet only where rows of two sheets could be mistaken for one another
            label = sheet.title if len(sheets) > 1 else ""
            opened = self._open(at, label)
            if isinstance(opened, Refusal):
                refusals.append(opened)
                continue
            was_read = True
            columns, rows = opened
            yield from columns.notes()
            yield from self._records(columns, rows, label)
        if not was_read:
            yield self._worst(refusals)
            return
        if not self._given:
            yield refuse(RefusalCode.NO_ROWS, file=self._name)
        for refusal in refusals:
            yield note("SHEET_SKIPPED", file=self._name, detail=refusal.file.removeprefix(f"{self._name} › "))
        yield from self._seen.notes()

    def _worst(self, refusals: list[Refusal]) -> Refusal:
        """The refusal that says most: a header that lacks something rather than no header; empty if all sheets are."""
        for code in (RefusalCode.TOO_MANY_COLUMNS, RefusalCode.NO_TEXT_COLUMN, RefusalCode.NO_HEADER):
            for refusal in refusals:
                if refusal.code is code:
                    return refusal
        return refuse(RefusalCode.EMPTY_FILE, file=self._name)

    def _open(self, at: int, label: str) -> tuple[Columns, Iterator[SheetRow]] | Refusal:
        facts = self._facts.get(str(self._books[0].worksheets[at]._worksheet_path).lstrip("/"), SheetFacts())
        rows = sheet_rows([book.worksheets[at] for book in self._books], facts, self._limits)
        first = list(islice(rows, self._limits.search_rows))
        file = place(self._name, label)
        header = find_header([row.cells for row in first], self._aliases)
        if header is None:
            code = RefusalCode.NO_HEADER if any(any(row.cells) for row in first) else RefusalCode.EMPTY_FILE
            return refuse(code, file=file, searched=len(first))
        columns = Columns(header.headers, aliases=self._aliases, seen=self._seen, sheet=label)
        if columns.width > self._limits.max_columns:
            return refuse(RefusalCode.TOO_MANY_COLUMNS, file=file, found=columns.width, limit=self._limits.max_columns)
        if not columns.has_text:
            shown = ", ".join(h for h in header.headers if h)[:500]
            return refuse(RefusalCode.NO_TEXT_COLUMN, file=file, headers=shown)
        rest = (row for row in chain(first[header.rows_above :], rows) if tuple(row.cells) != header.headers)
        return columns, rest

    def _records(self, columns: Columns, rows: Iterator[SheetRow], label: str) -> Iterator[Record | Refusal | Note]:
        for row in rows:
            result = self._row(columns, row, place(self._name, label))
            if result is not None:
                self._given = True
                yield result
        for detail in sorted(self._empty_formulas):
            yield note("EMPTY_FORMULA", file=self._name, detail=detail)
        self._empty_formulas.clear()

    def _row(self, columns: Columns, row: SheetRow, file: str) -> Record | Refusal | Note | None:
        cells = row.cells
        width = columns.width
        if row.is_empty:
            return None
        cells = [*cells, *[""] * (width - len(cells))]
        for at in row.without_value:
            if at < width and columns.fields[at] in _NEEDS_VALUE:
                return refuse(RefusalCode.FORMULA_CELL, file=file, row=row.number, field=columns.fields[at])
            if at < width and columns.fields[at] != "serial":
                self._empty_formulas.add(columns.label(at))
        for at, cell in enumerate(cells):
            if len(cell) > self._limits.max_field_chars:
                limit = self._limits.max_field_chars
                return refuse(
                    RefusalCode.FIELD_TOO_LONG, file=file, row=row.number, field=columns.label(at), limit=limit
                )
        if columns.lacks_text(cells) and is_total_line(cells):
            return note("TOTAL_LINE", file=file, detail=str(row.number))
        return columns.record(row.number, cells)
