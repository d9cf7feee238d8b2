"""Sheets of the registry: the list that goes to the NIC with what is lacking marked (S3-3), and two-a-day by office (S3-2).

Filled, the list comes back with `registry import`. Here: columns and cells. Not here: looks (sheet_look.py), what is lacking (registry.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from nistaran.domain.deadlines import IST
from nistaran.domain.registry import WANTED, Officer, mobile_of
from nistaran.domain.wording import LACKS_HI
from nistaran.steps import sheet_look as look
from nistaran.steps.export import as_cell
from nistaran.steps.house import House
from nistaran.steps.registry import LOGIN, Compliance, lacking
from nistaran.steps.review_file import FileStands

_FIELDS = (*WANTED, LOGIN)
LIST_COLUMNS = (
    ("क्रम", 5), ("कार्यालय कूट", 28), ("कार्यालय", 34), ("अधिकारी का नाम", 24), ("पदनाम", 26), ("मोबाइल", 14), ("ई-मेल", 28),
    ("लॉगिन", 20), ("क्या शेष है", 30), ("", 4),
)  # fmt: skip
_FIRST_FIELD = 4
_LIST_HOW = "पीले खाने भरें; «लॉगिन» एन०आई०सी० से बनने पर। फिर: nistaran registry import फ़ाइल.xlsx"
DAYS_COLUMNS = (
    ("क्रम", 5), ("कार्यालय कूट", 28), ("कार्यालय", 36), ("लॉगिन", 24), ("कार्य दिवस", 8), ("दो या अधिक बार", 9), ("एक बार", 8),
    ("एक भी नहीं", 8), ("अन्तिम लॉगिन", 17), ("लगातार बिना लॉगिन (कार्य दिवस)", 14), ("", 4),
)  # fmt: skip


def write_lacking_sheet(house: House, target: Path) -> int:
    """Write the posts of which something is lacking, those without a login first, what is lacking in yellow. Returns how many.

    Raises:
        FileStands: when there is such a file. OSError: when it cannot be written.
    """
    found = lacking(house)
    rows = [
        (
            [turn, *_of_office(house, one.officer), *_fields(one.officer), _named(one.lacks), ""],
            {_FIRST_FIELD + _FIELDS.index(field) for field in one.lacks},
        )
        for turn, one in enumerate(found, start=1)
    ]
    answers = range(_FIRST_FIELD, _FIRST_FIELD + len(_FIELDS))
    _write(target, "एन०आई०सी० हेतु सूची", _LIST_HOW, LIST_COLUMNS, rows, answers)
    return len(found)


def write_compliance_sheet(house: House, told: Compliance, target: Path) -> int:
    """Write two-a-day by office, the worst first; days without any login in yellow. Returns how many rows.

    Raises:
        FileStands, OSError: as write_lacking_sheet().
    """
    rows = [
        (
            [
                *(turn, row.office, house.district.offices[row.office].name_hi, ", ".join(row.logins)),
                *(row.days, row.twice, row.once, row.never),
                *(f"{row.last.astimezone(IST):%d.%m.%Y %H:%M}" if row.last else "कभी नहीं", row.silence, ""),
            ],
            {8} if row.never else set(),
        )
        for turn, row in enumerate(told.rows, start=1)
    ]
    head = f"दिनांक {told.since:%d.%m.%Y} से {told.until:%d.%m.%Y}: {len(told.days)} कार्य दिवस; प्रतिदिन कम से कम दो बार लॉगिन अपेक्षित।"
    if told.unknown:
        head += f" विवरण न आने से छोड़े गये कार्य दिवस: {len(told.unknown)}।"
    _write(target, "लॉगिन अनुपालन", head, DAYS_COLUMNS, rows, ())
    return len(rows)


def _write(
    target: Path,
    title: str,
    told: str,
    columns: tuple[tuple[str, float], ...],
    rows: Iterable[tuple[list[Any], set[int]]],
    answers: Collection[int],
) -> None:
    if target.exists():
        raise FileStands(target.name)
    from openpyxl import Workbook  # heavy, and needed here only

    book = Workbook()
    sheet = book.active
    sheet.title = title
    look.head(sheet, told, columns, answers=tuple(answers))
    style, at = look.Style(), look.HEAD_ROW
    for at, (values, marked) in enumerate(rows, start=look.HEAD_ROW + 1):
        safe = [as_cell(value) if isinstance(value, str) else value for value in values]
        for place, value in enumerate(safe, start=1):
            style.put(sheet.cell(at, place, value), is_answer=place in marked)
        sheet.row_dimensions[at].height = look.height_of(safe, [width for _, width in columns])
    look.set_up(sheet, columns=len(columns), last=max(at, look.HEAD_ROW + 1))
    book.properties.creator = "nistaran"
    look.save(book, target)
    target.chmod(0o600)


def _of_office(house: House, one: Officer) -> tuple[str, str]:
    return one.office, house.district.offices[one.office].name_hi


def _fields(one: Officer) -> list[str]:
    return [one.name, one.designation, mobile_of(one.mobile) or "", one.email, one.login]


def _named(lacks: Iterable[str]) -> str:
    return ", ".join(LACKS_HI[field] for field in lacks)
