"""The audit file: drawn cases, one a row, in which a person names the department without seeing what the machine said.

Here: its columns and the drop-down list. Not here: which cases, and reading it back (audit.py).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from nistaran.domain.complaint import Case
from nistaran.domain.errors import NistaranError
from nistaran.domain.privacy import mask_text
from nistaran.steps.export import as_cell
from nistaran.steps.house import House

#: Heading and width. The text's heading is none that `ingest` knows: a file that strays into the inbox becomes no complaints.
COLUMNS = (("प्रकरण", 20), ("स्थान", 18), ("पढ़ने हेतु पाठ", 90), ("सही विभाग", 34))
_LIST = "विभाग"


class FileStands(NistaranError):
    """इस नाम की फ़ाइल पहले से है और उसमें भरे हुए उत्तर हो सकते हैं: दूसरा नाम दें / A file of this name is there already and may hold
    answers: give another name."""


class NotThisEnding(NistaranError):
    """फ़ाइल का नाम .xlsx या .csv पर समाप्त हो / The file's name must end with .xlsx or .csv."""


def write_audit(house: House, cases: Sequence[Case], target: Path) -> None:
    """Write the cases to an .xlsx or .csv file, which appears whole or not at all. No cell of it is ever a formula (P27).

    What the machine said is left out on purpose: who sees an answer tends to agree with it.

    Raises:
        FileStands, NotThisEnding: when there is such a file, or the name ends otherwise.
        OSError: when it cannot be written.
    """
    may_write(target)
    part = target.with_name(target.name + ".part")
    try:
        if target.suffix.lower() == ".csv":
            _csv(cases, part)
        else:
            _xlsx(house, cases, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def may_write(target: Path) -> None:
    """Ask before anything is drawn. Raises as write_audit."""
    if target.suffix.lower() not in {".xlsx", ".csv"}:
        raise NotThisEnding
    if target.exists():
        raise FileStands


def _rows(cases: Sequence[Case]) -> Iterator[list[str | int]]:
    for case in cases:
        place = mask_text(case.whereabouts.village or case.whereabouts.town)
        yield [as_cell(cell) for cell in (case.number, place, mask_text(case.text), "")]


def _csv(cases: Sequence[Case], part: Path) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([heading for heading, _ in COLUMNS])
        writer.writerows(_rows(cases))


def _xlsx(house: House, cases: Sequence[Case], part: Path) -> None:
    from openpyxl import Workbook  # heavy, and needed here only
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet, names = book.active, book.create_sheet(_LIST)
    names.sheet_state = "hidden"
    departments = [row.name_hi for row in house.pack.departments.values()]
    for name in departments:
        names.append([as_cell(name)])
    sheet.append([heading for heading, _ in COLUMNS])
    for row in _rows(cases):
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell, (_, width) in zip(sheet[1], COLUMNS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    offer = DataValidation(type="list", formula1=f"'{_LIST}'!$A$1:$A${len(departments)}", allow_blank=True)
    offer.add(f"D2:D{max(len(cases), 1) + 1}")
    sheet.add_data_validation(offer)
    book.save(part)
