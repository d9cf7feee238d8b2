"""The forecast as an XLSX: offices by days, and the cases by the day on which each will default. Codes, names of offices and days.

Not here: what is counted (forecast.py), looks (sheet_look.py). No citizen's word, name or number stands in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nistaran.domain.wording import STATUS_HI
from nistaran.steps import sheet_look as look
from nistaran.steps.export import as_cell
from nistaran.steps.falling_due import Due
from nistaran.steps.forecast import Forecast
from nistaran.steps.house import House
from nistaran.steps.review_file import FileStands

_OFFICE = (("कार्यालय / office", 44), ("कोड / code", 27), ("अब तक / already", 10), ("आगे / to come", 10))
_CASE = (
    ("डिफाल्टर होगा / defaults on", 13), ("प्रकरण / case", 18), ("कार्यालय / office", 44), ("विभाग / department", 20),
    ("श्रेणी / lane", 18), ("नियत दिनांक / due", 12), ("शेष कार्य दिवस / working", 11), ("स्थिति / status", 18), ("", 4),
)  # fmt: skip


def write_forecast_sheet(house: House, found: Forecast, target: Path) -> int:
    """Write both sheets to a new file. Returns how many cases stand in it.

    Raises:
        FileStands: when there is such a file. OSError: when it cannot be written.
    """
    if target.exists():
        raise FileStands(target.name)
    from openpyxl import Workbook  # heavy, and needed here only

    book = Workbook()
    _offices(house, found, book.active)
    _cases(house, found, book.create_sheet("प्रकरण"))
    book.properties.creator = "nistaran"
    look.save(book, target)
    return len(found.cases)


def _offices(house: House, found: Forecast, sheet: Any) -> None:
    sheet.title = "कार्यालय और दिन"
    days = found.days()
    columns = [*_OFFICE, *((f"{day:%d.%m.%Y}", 11) for day in days), ("", 4)]
    told = f"{found.until:%d.%m.%Y} तक कुछ न किया गया तो {found.total} प्रकरण डिफाल्टर होंगे; आज {found.today:%d.%m.%Y}।"
    look.head(sheet, told, columns, answers=())
    style, offices = look.Style(), found.offices()
    for row, (code, coming) in enumerate(offices, start=look.HEAD_ROW + 1):
        counts = [found.by_day[code, day] or None for day in days]
        values = [as_cell(_name(house, code)), as_cell(code), found.already[code] or None, coming, *counts]
        _write(sheet, row, values, columns, style)
    look.set_up(sheet, columns=len(columns), last=look.HEAD_ROW + max(len(offices), 1))


def _cases(house: House, found: Forecast, sheet: Any) -> None:
    look.head(sheet, f"{found.until:%d.%m.%Y} तक डिफाल्टर होने वाले प्रकरण, दिनांक के क्रम में।", _CASE, answers=())
    style = look.Style()
    for row, one in enumerate(found.cases, start=look.HEAD_ROW + 1):
        _write(sheet, row, _values(house, one), _CASE, style)
    look.set_up(sheet, columns=len(_CASE), last=look.HEAD_ROW + max(len(found.cases), 1))


def _values(house: House, one: Due) -> list[Any]:
    lane, department = house.pack.lanes.get(one.case.lane), house.pack.departments.get(one.case.department)
    return [
        one.defaults_on,
        as_cell(one.case.number),
        as_cell(_name(house, one.office)),
        as_cell(department.name_hi if department else "-"),
        as_cell(lane.name_hi if lane else one.case.lane),
        one.clock.due_on,
        one.working,
        as_cell(STATUS_HI[one.case.status.value]),
    ]


def _name(house: House, code: str) -> str:
    return house.district.offices[code].name_hi


def _write(sheet: Any, row: int, values: list[Any], columns: Any, style: look.Style) -> None:
    for at, value in enumerate(values, start=1):
        style.put(sheet.cell(row, at, value), is_answer=False)
    sheet.row_dimensions[row].height = look.height_of(
        [value or "" for value in values], [width for _, width in columns]
    )
