"""Complaints → tables as portals and clerks write them: CSV in three encodings, XLSX with titles and merged cells, JSON Lines.

Not here: which complaints and which columns (build.py).
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

Complaint = Mapping[str, str]
#: The moment that every built workbook bears, so that building twice gives the same file.
_BUILT = b"2026-11-16T09:30:00Z"
_ZIP_TIME = (2026, 11, 16, 9, 30, 0)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def complaints(path: Path) -> list[Complaint]:
    """The complaints of one hand-written TOML file, in their order."""
    with path.open("rb") as file:
        found: list[Complaint] = tomllib.load(file)["complaint"]
    return found


def separated(
    rows: Sequence[Complaint], columns: Mapping[str, str], *, separator: str, encoding: str, titles: Sequence[str] = ()
) -> bytes:
    """A CSV file with line ends as Windows writes them. `columns`: field → header; a field «serial» is counted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([title] for title in titles)
    writer.writerow(columns.values())
    for serial, row in enumerate(rows, start=1):
        writer.writerow([str(serial) if field == "serial" else row.get(field, "") for field in columns])
    return out.getvalue().encode(encoding)


def json_lines(rows: Sequence[Complaint], columns: Mapping[str, str]) -> bytes:
    """One object a line; a field that a complaint lacks is left out, as programs do."""
    lines = [{header: row[field] for field, header in columns.items() if row.get(field)} for row in rows]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def workbook(
    rows: Sequence[Complaint], columns: Mapping[str, str], *, titles: Sequence[str], merged: str, total: str
) -> bytes:
    """An XLSX as portals export it: merged title rows, one vertically merged column, dates and numbers of every kind."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a worksheet")
    sheet.title = "Report"
    width = len(columns)
    for at, title in enumerate(titles, start=1):
        sheet.cell(at, 1, title).alignment = Alignment(horizontal="center")
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
    head = len(titles) + 1
    for at, header in enumerate(columns.values(), start=1):
        sheet.cell(head, at, header).font = Font(bold=True)
    for serial, row in enumerate(rows, start=1):
        for at, field in enumerate(columns, start=1):
            _write(sheet, head + serial, at, field, str(serial) if field == "serial" else row.get(field, ""))
    _merge(sheet, rows, head + 1, list(columns).index(merged) + 1, merged)
    sheet.cell(head + len(rows) + 1, 1, total)
    sheet.cell(head + len(rows) + 1, 2, len(rows))
    return _packed(book)


def _write(sheet: Worksheet, row: int, column: int, field: str, value: str) -> None:
    cell = sheet.cell(row, column)
    if not value:
        return
    if field == "serial":
        cell.value = int(value)
    elif field == "received_on" and _ISO.fullmatch(value):
        cell.value = date.fromisoformat(value)
        cell.number_format = "dd-mm-yyyy"
    elif field in ("reference", "phone") and row % 3 == 0:
        # in every third row the clerk's Excel has made a number of it; elsewhere it is a number stored as text
        cell.value = int(value)
        cell.number_format = "0"
    else:
        cell.value = value


def _merge(sheet: Worksheet, rows: Sequence[Complaint], first: int, column: int, field: str) -> None:
    at = first
    for _, group in groupby(rows, key=lambda row: row.get(field, "")):
        last = at + len(list(group)) - 1
        if last > at:
            sheet.merge_cells(start_row=at, end_row=last, start_column=column, end_column=column)
        at = last + 1


def _packed(book: Workbook) -> bytes:
    """The workbook's bytes, the same whenever it is built: no time of day in the package or in its properties."""
    book.properties.creator = "portal"
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + _BUILT, data)
            target.writestr(zipfile.ZipInfo(part.filename, _ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
