"""How a sheet that people fill looks and prints: fonts, colours, heights, frozen headings, filter, page, drop-downs.

Not here: what stands in it.
"""

from __future__ import annotations

import math
import secrets
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nistaran.steps import review_file_words as words
from nistaran.steps.export import as_cell

#: The hidden sheet that holds the lists of the drop-downs.
LISTS = "सूची"
#: The row of the headings; above it stands one line that tells what to do.
HEAD_ROW = 2
FONT = "Nirmala UI"  # Windows brings it; LibreOffice puts its own Devanagari in its place
_HEAD, _ANSWER, _MISSING, _LATE, _EDGE = "FFD9E2EC", "FFFFF8D6", "FFF4B6B6", "FFB00020", "FFB8C2CC"
_LINE_POINTS, _MOST_POINTS = 17.5, 409.0


class Style:
    """The looks of a row's cells, made once: each is a value that thousands of cells share."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        thin = Side(style="thin", color=_EDGE)
        self._font, self._late = Font(name=FONT, size=11), Font(name=FONT, size=11, bold=True, color=_LATE)
        self._alignment = Alignment(wrap_text=True, vertical="top")
        self._middle = Alignment(horizontal="center", vertical="top")
        self._border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._answer = PatternFill("solid", start_color=_ANSWER)

    def put(self, cell: Any, *, is_answer: bool) -> None:
        """A cell of a case; yellow where the clerk answers."""
        cell.font, cell.alignment, cell.border = self._font, self._alignment, self._border
        if is_answer:
            cell.fill = self._answer
        if cell.is_date:
            cell.number_format = "DD.MM.YYYY"
        if not isinstance(cell.value, str | None):
            cell.alignment = self._middle

    def put_late(self, cell: Any) -> None:
        """Days that are over."""
        cell.font = self._late


def height_of(values: Sequence[object], widths: Sequence[float], *, least: int = 2) -> float:
    """Points that a row needs for its longest cell. A guess, on the safe side: few programs measure wrapped rows on opening."""
    lines = max(
        (_lines(str(value), width) for value, width in zip(values, widths[:-1], strict=False) if value), default=1
    )
    return min(max(lines, least) * _LINE_POINTS, _MOST_POINTS)


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(_letters(part) * 1.05 / (width - 1))) for part in text.split("\n"))


def _letters(text: str) -> int:
    """Letters that take room of their own; signs above and below do not."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)


def tell(sheet: Any, title: str, sentences: Sequence[str]) -> None:
    """A sheet of sentences, the first one a title."""
    from openpyxl.styles import Alignment, Font

    width = 90
    sheet.title, sheet.column_dimensions["A"].width = title, width
    for row, sentence in enumerate(sentences, start=1):
        cell = sheet.cell(row, 1, sentence)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(name=FONT, size=16 if row == 1 else 12, bold=row == 1)
        sheet.row_dimensions[row].height = 34 if row == 1 else 8 + 20 * _lines(sentence, width)
    page(sheet)


def page(sheet: Any) -> None:
    """A4 across, as broad as the page, numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def head(sheet: Any, told: str, columns: Sequence[tuple[str, float]], *, answers: Sequence[int]) -> None:
    """The line that tells what to do, and the headings with their widths; the last column is hidden."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = sheet.cell(1, 1, told)
    line.font, line.alignment = Font(name=FONT, size=12, bold=True), Alignment(vertical="center")
    sheet.row_dimensions[1].height, sheet.row_dimensions[HEAD_ROW].height = 28, 40
    thin = Side(style="thin", color=_EDGE)
    for at, (heading, width) in enumerate(columns, start=1):
        cell = sheet.cell(HEAD_ROW, at, heading)
        cell.font = Font(name=FONT, size=11, bold=True)
        cell.fill = PatternFill("solid", start_color=_ANSWER if at in answers else _HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.column_dimensions[cell.column_letter].hidden = True


def warn(sheet: Any, *, empty: int, beside: int, last: int) -> None:
    """Red where the column `empty` is so and the one beside is filled: such a row counts as not answered."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter

    named, why, first = get_column_letter(empty), get_column_letter(beside), HEAD_ROW + 1
    half = f"AND(LEN(${why}{first})>0,LEN(${named}{first})=0)"
    red = FormulaRule(formula=[half], fill=PatternFill("solid", bgColor=_MISSING))
    sheet.conditional_formatting.add(f"{named}{first}:{named}{last}", red)


def set_up(sheet: Any, *, columns: int, last: int) -> None:
    """Frozen headings, a filter over whole rows (so that sorting takes the hidden column along), and A4 across."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3)
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(columns)}{last}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{get_column_letter(columns - 1)}{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for side in ("left", "right", "top"):
        setattr(sheet.page_margins, side, 0.3)
    sheet.page_margins.bottom = 0.5
    sheet.oddFooter.center.text = "&P / &N"


def offer(sheet: Any, at: int, values: str, last: int, prompt: str) -> None:
    """A drop-down list over the column `at`; what is not in the list is refused with the Hindi sentence."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(
        type="list", formula1=values, allow_blank=True, showErrorMessage=True, showInputMessage=True
    )
    choice.errorTitle, choice.error = words.NOT_IN_LIST_TITLE, words.NOT_IN_LIST
    choice.promptTitle, choice.prompt = words.CHOOSE, prompt
    letter = get_column_letter(at)
    choice.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
    sheet.add_data_validation(choice)


def save(book: Any, target: Path) -> None:
    """Write the file, whole or not at all."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")  # of its own: two may write at once
    try:
        book.save(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def column(sheet: Any, at: int, values: Sequence[str]) -> None:
    """A list below one another, for a drop-down."""
    for row, value in enumerate(values, start=1):
        sheet.cell(row, at, as_cell(value))
