"""CSV, TSV and TXT files → records: separators, quotes, broken quotes, fields without end, in flat memory.

Not here: encodings (encodings.py), headers and cells (header_row.py, columns.py).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.columns import Columns, Seen
from nistaran.readers.encodings import TextChunks, encoding_of
from nistaran.readers.header_row import HeaderRow, find_header, is_total_line
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.limits import Limits
from nistaran.readers.lines import LineTooLong, PhysicalLines
from nistaran.readers.notes import note
from nistaran.readers.record import Note, Record
from nistaran.readers.separators import separator_of

_UNDECODABLE = re.compile("[\udc80-\udcff]")
_MOST_RESUMES = 200  #: unclosed quotes after which a row is begun again at its second line; more would take too long
_DEFAULT_FIELD_LIMIT = 131_072  #: of Python's csv module; it is for the whole process and is left alone

Row = tuple[int, list[str]]


def read_separated(
    path: Path, *, name: str, aliases: HeaderAliases, limits: Limits
) -> Iterator[Record | Refusal | Note]:
    """Records of a separated text file; see read.read_records for the promises."""
    encoding = encoding_of(path)
    if encoding not in ("utf-8", "utf-8-sig"):
        yield note("ENCODING", file=name, detail=encoding)
    chunks = TextChunks(path, encoding)
    lines = PhysicalLines(chunks, limit=limits.max_row_chars)
    separator = separator_of(lines.peek(2 * limits.search_rows), aliases)
    rows = _Rows(lines, chunks=chunks, separator=separator, file=name, limits=limits)
    yield from _Table(rows, name=name, aliases=aliases, limits=limits).read()


class _Rows(Iterator["Row | Refusal"]):
    """Rows numbered as Excel counts them, and refusals of those that cannot be told from their neighbours."""

    def __init__(self, lines: PhysicalLines, *, chunks: TextChunks, separator: str, file: str, limits: Limits) -> None:
        self.lines = lines
        self.row = 0
        self.separator = separator
        self.separators_in_a_row = 1
        self._chunks = chunks
        self._file = file
        self._limit = min(limits.max_field_chars, _DEFAULT_FIELD_LIMIT)
        self._csv = csv.reader(lines, delimiter=separator, skipinitialspace=True)
        self._resumes = 0

    def __next__(self) -> Row | Refusal:
        recent = self.lines.recent
        recent.clear()
        self.row += 1
        try:
            cells = next(self._csv)
        except (csv.Error, LineTooLong):
            self._resume(within_field=True)
            return refuse(RefusalCode.FIELD_TOO_LONG, file=self._file, row=self.row, limit=self._limit)
        if len(recent) > 1 and self._swallowed_rows():
            self._resume()
            return refuse(RefusalCode.UNCLOSED_QUOTE, file=self._file, row=self.row)
        if sum(map(len, recent)) > self._limit and any(len(cell) > self._limit for cell in cells):
            return refuse(RefusalCode.FIELD_TOO_LONG, file=self._file, row=self.row, limit=self._limit)
        if self._chunks.damaged and any(map(_UNDECODABLE.search, cells)):
            return refuse(RefusalCode.NOT_DECODABLE, file=self._file, row=self.row)
        return self.row, cells

    def _swallowed_rows(self) -> bool:
        """Whether a quote that was never closed made several rows one: the quotes do not pair, and a later line looks
        like a row of its own."""
        recent = self.lines.recent
        try:
            for _ in csv.reader(recent, delimiter=self.separator, skipinitialspace=True, strict=True):
                pass
        except csv.Error:
            return any(map(self._looks_like_a_row, recent[1:]))
        return False

    def _looks_like_a_row(self, line: str) -> bool:
        return line.count(self.separator) >= self.separators_in_a_row / 2

    def _resume(self, *, within_field: bool = False) -> None:
        """Go on at the next line that looks like a row; `within_field`: it may be far."""
        self._resumes += 1
        if self._resumes > _MOST_RESUMES:
            return
        rest = self.lines.recent[1:]
        for at, line in enumerate(rest):
            if self._looks_like_a_row(line):
                self.lines.put_back(rest[at:])
                return
        if within_field:
            self.lines.pass_over_until(self._looks_like_a_row)


class _Table:
    """Title lines, header, rows, totals."""

    def __init__(self, rows: _Rows, *, name: str, aliases: HeaderAliases, limits: Limits) -> None:
        self._rows = rows
        self._name = name
        self._aliases = aliases
        self._limits = limits
        self._seen = Seen(file=name)

    def read(self) -> Iterator[Record | Refusal | Note]:
        first = self._first_rows()
        header = find_header([cells if isinstance(cells, list) else [] for _, cells in first], self._aliases)
        if header is None:
            yield self._refuse(RefusalCode.NO_HEADER, searched=len(first))
            return
        columns = Columns(header.headers, aliases=self._aliases, seen=self._seen)
        refusal = self._unusable(columns, header.headers)
        if refusal is not None:
            yield refusal
            return
        self._rows.separators_in_a_row = max(0, columns.width - 1)
        yield from columns.notes()
        yield from self._records(columns, header, first[header.rows_above :])
        yield from self._seen.notes()
        if self._rows.lines.gave_up:
            yield note("REST_NOT_READ", file=self._name, detail=str(self._rows.row))

    def _first_rows(self) -> list[tuple[int, list[str] | Refusal]]:
        first: list[tuple[int, list[str] | Refusal]] = []
        while len(first) < self._limits.search_rows and (item := next(self._rows, None)) is not None:
            if isinstance(item, Refusal):
                first.append((self._rows.row, item))
            else:
                first.append((item[0], [cell.strip() for cell in item[1]]))
        return first

    def _unusable(self, columns: Columns, headers: tuple[str, ...]) -> Refusal | None:
        if columns.width > self._limits.max_columns:
            return self._refuse(RefusalCode.TOO_MANY_COLUMNS, found=columns.width, limit=self._limits.max_columns)
        if not columns.has_text:
            return self._refuse(RefusalCode.NO_TEXT_COLUMN, headers=", ".join(h for h in headers if h)[:500])
        return None

    def _records(
        self, columns: Columns, header: HeaderRow, first: list[tuple[int, list[str] | Refusal]]
    ) -> Iterator[Record | Refusal | Note]:
        given = False
        for row, cells in first:
            result = cells if isinstance(cells, Refusal) else self._row(columns, header, row, cells)
            if result is not None:
                given = True
                yield result
        for item in self._rows:
            result = item if isinstance(item, Refusal) else self._row(columns, header, item[0], item[1])
            if result is not None:
                given = True
                yield result
        if not given:
            yield self._refuse(RefusalCode.NO_ROWS)

    def _row(self, columns: Columns, header: HeaderRow, row: int, cells: list[str]) -> Record | Refusal | Note | None:
        """The row's record; None for an empty row or the header printed again."""
        cells = list(map(str.strip, cells))
        width = columns.width
        if len(cells) < width:
            cells += [""] * (width - len(cells))
        elif len(cells) > width:
            if len(cells) > header.width and any(cells[width:]):
                return self._refuse(RefusalCode.ROW_TOO_WIDE, row=row, found=len(cells), expected=width)
            del cells[header.width :]
        if not any(cells) or (cells[0] == header.headers[0] and tuple(cells[:width]) == header.headers):
            return None
        if columns.lacks_text(cells) and is_total_line(cells):
            return note("TOTAL_LINE", file=self._name, detail=str(row))
        return columns.record(row, cells)

    def _refuse(self, code: RefusalCode, *, row: int | None = None, **facts: str | int) -> Refusal:
        return refuse(code, file=self._name, row=row, field=None, cells=None, **facts)
