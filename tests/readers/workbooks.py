"""Workbooks for the readers' tests, made by openpyxl and then bent."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.readers.support import Read, read

HEAD = ["क्र0सं0", "सन्दर्भ संख्या", "प्राप्ति दिनांक", "शिकायत का विवरण", "मो0 नं0"]
ROW = [1, 40019923001789, "12/06/2024", "नाली जाम है", 9415012345]


def made(folder: Path, fill: Callable[[Worksheet], None], name: str = "a.xlsx") -> Path:
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(folder / name)
    return folder / name


def made_of(folder: Path, *rows: list[object]) -> Path:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return made(folder, fill)


def read_rows(folder: Path, *rows: list[object]) -> Read:
    return read(made_of(folder, *rows))


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part of its package changed."""
    with zipfile.ZipFile(path) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"
