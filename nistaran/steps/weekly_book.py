"""The weekly review as an XLSX: a sheet of answers with charts, then a sheet for each table, from the same figures as the paper.

Not here: the tables (weekly_tables.py, weekly_lists.py, weekly_plans.py, weekly_score.py), fonts and colours of a row (sheet_look.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.domain.weekly_sums import whole
from nistaran.steps import sheet_look as look
from nistaran.steps import weekly_lists as lists
from nistaran.steps import weekly_plans as plans
from nistaran.steps import weekly_tables as tables
from nistaran.steps.export import as_cell
from nistaran.steps.house import House
from nistaran.steps.weekly_charts import bar_chart, line_chart
from nistaran.steps.weekly_names import Names, ages, day
from nistaran.steps.weekly_paper import headline_boxes, weeks_of
from nistaran.steps.weekly_score import gains, score
from nistaran.steps.weekly_tables import Kind, Table

_TABLES = (
    *(plans.promises, plans.orders, lists.worst_departments, gains, score),
    *(tables.by_department, tables.by_department_and_channel, tables.by_channel, tables.by_office),
    *(tables.by_office_and_channel, tables.by_office_and_group, tables.falling_due),
    *(lists.feedback_by_department, lists.feedback_by_office, lists.oldest, lists.stuck, lists.misroutes),
)
_HEAD, _UNIT = "FFD9E2EC", 4.8
#: Above this row of a sheet stand its title and its note.
_HEAD_ROW = 3


def write_weekly_book(house: House, figures: WeeklyFigures, target: Path) -> None:
    """Write the file, whole or not at all. Raises OSError when it cannot be written."""
    from openpyxl import Workbook  # heavy, and needed here only

    names, book, style = Names(house), Workbook(), look.Style()
    _summary(book.active, figures, names, style)
    for make in _TABLES:
        _put(book.create_sheet(), make(figures, names), style)
    book.active = 0
    book.properties.creator = "nistaran"
    book.properties.title = names.words.title
    look.save(book, target)


def _summary(sheet: Any, figures: WeeklyFigures, names: Names, style: look.Style) -> None:
    """The first sheet: the numbers of the first page, the eight weeks, the ages and the worst offices with their charts."""
    sheet.title = "सार"
    title = f"{names.words.title}, {names.district()}, {day(figures.week.since)} से {day(figures.week.until)}"
    _line(sheet, 1, title, size=14)
    boxes = [
        (one["name"] + " %" * one["value"].endswith("%"), one["number"], one["difference"], one["of"])
        for one in headline_boxes(figures, names)
    ]
    _block(sheet, 3, 1, ("", "इस सप्ताह", "पिछले सप्ताह से", ""), boxes, style)
    line, late = whole(figures.weeks), names.words.defaulter
    weeks = weeks_of(figures)
    _block(sheet, 11, 1, ("सप्ताह का अन्त", "लम्बित", late, "प्राप्त", "निस्तारित"), weeks, style)
    _block(sheet, 21, 1, ("लम्बित, दिन", "संख्या"), list(zip(ages(), line.ages, strict=True)), style)
    worst = [(row[0], row[8]) for row in tables.by_office(figures, names).rows[:-1][:10]]
    _block(sheet, 29, 1, ("कार्यालय", late), worst, style)
    sheet.add_chart(line_chart(sheet, f"लम्बित और {late}", rows=(11, 11 + len(weeks)), columns=(2, 3)), "G3")
    sheet.add_chart(bar_chart(sheet, "लम्बित कितने दिन पुराने", rows=(21, 21 + len(line.ages)), column=2), "G19")
    if worst:
        sheet.add_chart(bar_chart(sheet, f"सर्वाधिक {late}", rows=(29, 29 + len(worst)), column=2, lying=True), "G35")
    for letter, width in zip("ABCDE", (44, 14, 16, 18, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    look.page(sheet)


def _block(
    sheet: Any, row: int, at: int, heads: Sequence[str], rows: Sequence[Sequence[Any]], style: look.Style
) -> None:
    for turn, heading in enumerate(heads):
        _heading(sheet.cell(row, at + turn, as_cell(heading)))
    for down, values in enumerate(rows, start=1):
        for turn, value in enumerate(values):
            style.put(sheet.cell(row + down, at + turn, _value(value)), is_answer=False)


def _put(sheet: Any, table: Table, style: look.Style) -> None:
    """One table: title, note, frozen headings, a filter, numbers as numbers."""
    from openpyxl.utils import get_column_letter

    sheet.title = table.sheet
    _line(sheet, 1, table.title, size=13)
    _line(sheet, 2, table.note, size=10)
    columns = list(_columns(table))
    widths = [width for _, width in columns]
    for at, (heading, width) in enumerate(columns, start=1):
        _heading(sheet.cell(_HEAD_ROW, at, as_cell(heading)))
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.row_dimensions[_HEAD_ROW].height = 44
    sums, models = len(table.rows) - table.totals, dict[tuple[bool, bool], Any]()
    for turn, row in enumerate(table.rows):
        for at, value in enumerate(_flat(table, row), start=1):
            _dress(sheet.cell(_HEAD_ROW + 1 + turn, at, _value(value)), style, models, is_total=turn >= sums)
        texts = [one if isinstance(one, str) else "" for one in _flat(table, row)]
        sheet.row_dimensions[_HEAD_ROW + 1 + turn].height = look.height_of([*texts, ""], [*widths, 0], least=1) + 3
    last = max(_HEAD_ROW + sums, _HEAD_ROW + 1)
    sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, 2)
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    look.page(sheet)


def _dress(cell: Any, style: look.Style, models: dict[tuple[bool, bool], Any], *, is_total: bool) -> None:
    """The looks of a cell, taken over whole from the first one of its kind: setting them one by one takes ten times as long."""
    from openpyxl.styles import Font

    kind = is_total, isinstance(cell.value, str | None)
    if kind in models:
        cell._style = copy(models[kind]._style)
        return
    models[kind] = cell
    style.put(cell, is_answer=False)
    if is_total:
        cell.font = Font(name=look.FONT, size=11, bold=True)


def _columns(table: Table) -> Iterator[tuple[str, float]]:
    """Headings with their widths; a trend is a column a week."""
    for one in table.columns:
        if one.kind is Kind.TREND:
            yield from ((f"{one.heading.split()[0]} {week}", 10.0) for week in table.weeks)
        else:
            yield one.heading, max(one.width * _UNIT, 9.0)


def _flat(table: Table, row: Sequence[tables.Cell]) -> Iterator[Any]:
    for _, cell in zip(table.columns, row, strict=True):
        if isinstance(cell, tuple):
            yield from cell
        else:
            yield cell


def _value(value: Any) -> Any:
    """Guarded: no office's name and no officer's line can become a formula."""
    return as_cell(value) if isinstance(value, str) else value


def _heading(cell: Any) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin = Side(style="thin", color="FFB8C2CC")
    cell.font, cell.fill = Font(name=look.FONT, size=11, bold=True), PatternFill("solid", start_color=_HEAD)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _line(sheet: Any, row: int, text: str, *, size: int) -> None:
    from openpyxl.styles import Font

    cell = sheet.cell(row, 1, as_cell(text))
    cell.font = Font(name=look.FONT, size=size, bold=row == 1)
    sheet.row_dimensions[row].height = 26 if row == 1 else 18
