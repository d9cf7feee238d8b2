"""The review file: an XLSX that a clerk fills, a case a row, and feeds back with `nistaran correct --file`.

Here: its columns, rows and drop-downs. Not here: which cases (review.py), how it looks and prints (sheet_look.py), reading it
back (answers.py), the words that it says to the clerk (review_file_words.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nistaran.domain.correction import FOR_A_DEPARTMENT, FOR_NONE, CorrectionReason
from nistaran.domain.errors import NistaranError
from nistaran.domain.wording import ASK_HI, CORRECTION_HI
from nistaran.steps import review_file_words as words
from nistaran.steps import sheet_look as look
from nistaran.steps.export import as_cell
from nistaran.steps.house import House
from nistaran.steps.review import LEAST_SHOWN, ToReview
from nistaran.steps.review_mark import MARK, mark_of

#: Heading and width (in digits) of each column; the last one is hidden. The text's heading is none that `ingest` knows: a review
#: file that strays into the inbox must not become complaints.
COLUMNS = (
    ("क्रम", 5), (words.CASE, 18), ("माध्यम", 11), ("प्राप्ति", 11), ("नियत दिनांक", 11), ("शेष दिन", 6), ("मशीन ने क्यों पूछा", 14),
    ("पढ़ने हेतु पाठ", 56), ("स्थान", 11), ("मशीन के अनुमान", 25), ("निर्णायक शब्द", 13), (words.DEPARTMENT, 23), (words.REASON, 20),
    (MARK, 4),
)  # fmt: skip
#: Reasons that a clerk may choose; an empty cell is «unstated».
REASONS = tuple(reason for reason in (*FOR_A_DEPARTMENT, *FOR_NONE) if reason is not CorrectionReason.UNSTATED)
DEPARTMENT_AT, REASON_AT = (
    [heading for heading, _ in COLUMNS].index(heading) + 1 for heading in (words.DEPARTMENT, words.REASON)
)
_DAYS_AT = 6
_MOST_CHARS = 2500  # a row of a sheet is at most 409 points high: some twenty-five lines


class FileStands(NistaranError):
    """इस नाम की फ़ाइल पहले से है और उसमें भरे हुए उत्तर हो सकते हैं: दूसरा नाम दें / A file of this name is there already and may hold
    answers: give another name"""


def write_review(house: House, cases: Sequence[ToReview], target: Path) -> None:
    """Write the cases to an .xlsx file, which appears whole or not at all. No cell of it is ever a formula (P27).

    Raises:
        FileStands: when there is such a file: somebody may have filled it.
        OSError: when it cannot be written.
    """
    if target.exists():
        raise FileStands(target.name)
    from openpyxl import Workbook  # heavy, and needed here only

    book = Workbook()
    look.tell(book.active, words.TOLD_SHEET, [words.TITLE.format(count=len(cases)), *words.HOW])
    sheet, lists = book.create_sheet(words.SHEET), book.create_sheet(look.LISTS)
    lists.sheet_state = "hidden"
    departments = [row.name_hi for row in house.pack.departments.values()]
    look.column(lists, 1, departments)
    look.column(lists, 2, [CORRECTION_HI[reason] for reason in REASONS])
    look.head(sheet, words.IN_SHORT, COLUMNS, answers=(DEPARTMENT_AT, REASON_AT))
    style = look.Style()
    for serial, case in enumerate(cases, start=1):
        _row(house, sheet, serial, case, style)
    last = look.HEAD_ROW + max(len(cases), 1)
    look.offer(sheet, DEPARTMENT_AT, f"'{look.LISTS}'!$A$1:$A${len(departments)}", last, words.CHOOSE_DEPARTMENT)
    look.offer(sheet, REASON_AT, f"'{look.LISTS}'!$B$1:$B${len(REASONS)}", last, words.CHOOSE_REASON)
    look.warn(sheet, empty=DEPARTMENT_AT, beside=REASON_AT, last=last)
    look.set_up(sheet, columns=len(COLUMNS), last=last)
    book.active, sheet.sheet_view.tabSelected = 1, True
    book.properties.creator = "nistaran"
    look.save(book, target)


def _row(house: House, sheet: Any, serial: int, case: ToReview, style: look.Style) -> None:
    row = look.HEAD_ROW + serial
    values = [as_cell(value) if isinstance(value, str) else value for value in _values(house, serial, case)]
    for at, value in enumerate(values, start=1):
        style.put(sheet.cell(row, at, value), is_answer=at in (DEPARTMENT_AT, REASON_AT))
    if case.days_left < 0:
        style.put_late(sheet.cell(row, _DAYS_AT))
    sheet.row_dimensions[row].height = look.height_of(values, [width for _, width in COLUMNS])


def _values(house: House, serial: int, case: ToReview) -> tuple[Any, ...]:
    text = case.text if len(case.text) <= _MOST_CHARS else f"{case.text[:_MOST_CHARS]}… {words.CUT}"
    guesses = [
        f"{n}. {house.pack.departments[one.department].name_hi} — {one.confidence:.0%}"
        for n, one in enumerate(case.guesses, start=1)
        if one.department in house.pack.departments and (n == 1 or one.confidence >= LEAST_SHOWN)
    ]
    return (
        serial,
        case.number,
        case.channel,
        case.received_on,
        case.due_on,
        case.days_left,
        ASK_HI.get(case.reason, "-"),
        text,
        case.place or "-",
        "\n".join(guesses) or "-",
        ", ".join(case.words) or "-",
        None,
        None,
        mark_of(case.number, case.turn),
    )
