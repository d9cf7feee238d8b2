"""Cells of a worksheet as strings: exact digits, ISO dates, values of merged cells, formulas without a value.

Not here: which cell is which field (columns.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import repeat
from typing import Any

from nistaran.readers.limits import Limits
from nistaran.readers.workbook_guard import SheetFacts

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile("0{2,20}")


@dataclass(slots=True, kw_only=True)
class SheetRow:
    """`cells` stripped, trailing empty ones cut; `without_value`: places of formulas whose value is not in the file.

    `is_empty`: nothing of its own stands in the row (a merged cell from above does not count).
    """

    number: int
    cells: list[str]
    is_empty: bool
    without_value: list[int]


def sheet_rows(sheets: list[Any], facts: SheetFacts, limits: Limits) -> Iterator[SheetRow]:
    """Rows of a sheet, from `sheets[0]` with values and, where there are formulas, `sheets[1]` with the formulas."""
    for sheet in sheets:
        sheet.reset_dimensions()  # portals write wrong ones, and openpyxl would believe them
    most = limits.max_columns + 1
    valued = sheets[0].iter_rows(max_col=most)
    formulas: Iterator[Any] = sheets[1].iter_rows(max_col=most) if facts.has_formulas else repeat(())
    merged = _Merged(facts)
    for number, (cells, written) in enumerate(zip(valued, formulas, strict=False), start=1):
        texts = [_as_text(cell) for cell in cells]
        without = [at for at, cell in enumerate(written) if cell.data_type == "f" and not _has_value(cells, at)]
        while texts and not texts[-1]:
            texts.pop()
        is_empty = not texts and not without
        yield SheetRow(number=number, cells=merged.fill(number, texts), is_empty=is_empty, without_value=without)


def _has_value(cells: Any, at: int) -> bool:
    return at < len(cells) and cells[at].value is not None and cells[at].data_type != "e"


def _as_text(cell: Any) -> str:
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, str):
        return _unescaped(value).strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _as_digits(value, cell)
    if isinstance(value, float):
        return _as_digits(int(value), cell) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return _as_date(value)


def _as_digits(value: int, cell: Any) -> str:
    """The digits, with the leading zeros that the cell's format (0000000000000) shows."""
    shown = str(cell.number_format)
    return str(value).zfill(len(shown)) if _ZEROS.fullmatch(shown) else str(value)


def _as_date(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def _unescaped(text: str) -> str:
    """Excel writes characters that XML forbids as _x0000_."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


class _Merged:
    """Fills the cells of vertical merges with the value that stands at their top."""

    def __init__(self, facts: SheetFacts) -> None:
        self._starts = {(first, column - 1): last for column, spans in facts.merges.items() for first, last in spans}
        self._starting_rows = {first for first, _ in self._starts}
        self._columns = [column - 1 for column in facts.merges]
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, number: int, texts: list[str]) -> list[str]:
        if number in self._starting_rows:
            for at in self._columns:
                last = self._starts.get((number, at))
                if last is not None and at < len(texts):
                    self._open[at] = (last, texts[at])
        for at, (last, text) in list(self._open.items()):
            if number > last:
                del self._open[at]
                continue
            texts += [""] * (at + 1 - len(texts))
            texts[at] = texts[at] or text
        return texts
