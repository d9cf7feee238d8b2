"""Export: cases as a table for the cell, masked, in CSV or XLSX, where no cell is ever a formula (promise P27).

Not here: the weekly review pack (review.py, later).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from nistaran.domain.complaint import Case
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.privacy import mask_text
from nistaran.domain.wording import OPEN_STATUSES, STATUS_HI
from nistaran.steps.house import House
from nistaran.steps.rejected import as_text_cell

HEADERS = (
    "प्रकरण संख्या",
    "माध्यम",
    "सन्दर्भ संख्या",
    "प्राप्ति दिनांक",
    "नियत दिनांक",
    "शेष दिन",
    "स्थिति",
    "विभाग",
    "कार्यालय",
    "तहसील",
    "ग्राम",
    "शिकायत",
)
_PAGE = 2000
#: What XML, and so XLSX, cannot hold. A tab or a line break it can.
_NO_CELL_HOLDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def export_cases(house: House, target: Path) -> int:
    """Write every case, by its number, to a .csv or .xlsx file. Returns how many.

    Raises:
        ValueError: for another ending.
    """
    match target.suffix.lower():
        case ".csv":
            return _csv(house, target)
        case ".xlsx":
            return _xlsx(house, target)
        case other:
            raise ValueError(f"cannot write {other or 'a file without an ending'}: name a .csv or .xlsx file")


def _csv(house: House, target: Path) -> int:
    count = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for row in _rows(house):
            writer.writerow([as_cell(cell) for cell in row])
            count += 1
    return count


def _xlsx(house: House, target: Path) -> int:
    from openpyxl import Workbook  # heavy, and needed here only

    book = Workbook(write_only=True)
    sheet = book.create_sheet("प्रकरण")
    sheet.append(list(HEADERS))
    count = 0
    for row in _rows(house):
        sheet.append([as_cell(cell) for cell in row])
        count += 1
    book.save(target)
    return count


def as_cell(value: str | int) -> str | int:
    """What no spreadsheet takes for a formula and every one can hold. Numbers are our own and stay numbers.

    Control characters go first: behind one a formula could hide.
    """
    return value if isinstance(value, int) else as_text_cell(_NO_CELL_HOLDS.sub("", value))


def _rows(house: House) -> Iterator[tuple[str | int, ...]]:
    last, today = 0, day_in_india(house.clock.now())
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=_PAGE)
        if not page:
            return
        last = page[-1].id
        for case in page:
            yield _row(house, case, today)


def _row(house: House, case: Case, today: date) -> tuple[str | int, ...]:
    department = house.pack.departments.get(case.department)
    office = house.district.offices.get(case.office)
    return (
        case.number,
        house.pack.channels[case.channel].name_hi,
        case.reference,
        case.received_on.strftime("%d.%m.%Y"),
        case.due_on.strftime("%d.%m.%Y"),
        (case.due_on - today).days if case.status.value in OPEN_STATUSES else "",
        STATUS_HI[case.status.value],
        department.name_hi if department else "",
        office.name_hi if office else case.office,
        mask_text(case.whereabouts.tehsil),
        mask_text(case.whereabouts.village),
        mask_text(case.text),
    )
