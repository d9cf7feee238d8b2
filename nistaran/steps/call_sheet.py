"""The call sheet: an XLSX with the complainants that an office is to ring, open, who looked and why kept in the ledger (S1-1).

Filled, it comes back as a file of feedback. Here: which cases, columns, drop-downs. Not here: looks (sheet_look.py), reading it back
(report_files.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nistaran.domain.complaint import Case, Complainant
from nistaran.domain.feedback import Outcome, Relief
from nistaran.domain.privacy import mask_text
from nistaran.domain.wording import OUTCOME_HI, RELIEF_HI
from nistaran.steps import sheet_look as look
from nistaran.steps.export import as_cell
from nistaran.steps.feedback import calls_due
from nistaran.steps.house import House
from nistaran.steps.review_file import FileStands
from nistaran.steps.story import show_complainant

CASE, OUTCOME, RELIEF = "प्रकरण संख्या", "फीडबैक", "राहत"
COLUMNS = (
    ("क्रम", 5), (CASE, 18), ("आवेदक", 24), ("मोबाइल", 14), ("स्थान", 18), ("शिकायत का सार", 56), ("तक", 11), ("प्रयास", 7),
    (OUTCOME, 18), (RELIEF, 16), ("", 4),
)  # fmt: skip
_AT = {heading: at for at, (heading, _) in enumerate(COLUMNS, start=1)}
_GIST = 600
_HOW = (
    "निस्तारण के बाद आवेदकों से सम्पर्क",
    f"1. आवेदक को फोन करें और पूछें: क्या कार्य हुआ, क्या वे संतुष्ट हैं। पीले कॉलम «{OUTCOME}» और «{RELIEF}» में सूची से चुनें।",
    "2. फोन न उठे तो भी दर्ज करें: तीन प्रयासों के बाद सम्पर्क समाप्त माना जाता है।",
    "3. «असंतुष्ट» चुनने पर प्रकरण पुनः खुलेगा और कार्यालय को भिन्न आख्या देनी होगी।",
    "4. सहेजकर लौटाएँ:   nistaran feedback --file फ़ाइल.xlsx --by आपका-लॉगिन",
    "इस फ़ाइल में आवेदकों के नाम और फोन खुले हैं; किसने और क्यों देखे, यह दर्ज है। काम पूरा होते ही फ़ाइल मिटा दें, किसी को न भेजें।",
)


def write_call_sheet(house: House, target: Path, *, office: str, by: str, why: str, limit: int | None = None) -> int:
    """Write the calls that are due to a file for its owner's eyes; every complainant shown is one event of the ledger. Returns how many.

    Raises:
        FileStands: when there is such a file. WhoAndWhy: when who looks, or why, is blank. OSError: when it cannot be written.
    """
    if target.exists():
        raise FileStands(target.name)
    from openpyxl import Workbook  # heavy, and needed here only

    due = list(calls_due(house, office=office))[:limit]
    book = Workbook()
    look.tell(book.active, "कैसे भरें", _HOW)
    sheet, lists = book.create_sheet("सम्पर्क"), book.create_sheet(look.LISTS)
    lists.sheet_state = "hidden"
    look.column(lists, 1, [OUTCOME_HI[one] for one in Outcome])
    look.column(lists, 2, [RELIEF_HI[one] for one in Relief])
    answers = (_AT[OUTCOME], _AT[RELIEF])
    look.head(sheet, f"पीले कॉलम «{OUTCOME}» और «{RELIEF}» सूची से भरें।", COLUMNS, answers=answers)
    style = look.Style()
    for serial, (task, tries) in enumerate(due, start=1):
        shown = show_complainant(house, task.case, by=by, why=why)
        with house.read() as work:
            case = work.cases.by_ids([task.case_id])[0]
        values = _values(serial, case, shown.complainant, f"{task.due_on:%d.%m.%Y}", tries)
        for at, value in enumerate(values, start=1):
            style.put(sheet.cell(look.HEAD_ROW + serial, at, value), is_answer=at in answers)
        sheet.row_dimensions[look.HEAD_ROW + serial].height = look.height_of(values, [width for _, width in COLUMNS])
    last = look.HEAD_ROW + max(len(due), 1)
    choose = "तीर पर क्लिक करें या Alt+↓ दबाएँ।"
    look.offer(sheet, _AT[OUTCOME], f"'{look.LISTS}'!$A$1:$A${len(Outcome)}", last, choose)
    look.offer(sheet, _AT[RELIEF], f"'{look.LISTS}'!$B$1:$B${len(Relief)}", last, choose)
    look.set_up(sheet, columns=len(COLUMNS), last=last)
    book.active, sheet.sheet_view.tabSelected = 1, True
    book.properties.creator = "nistaran"
    look.save(book, target)
    target.chmod(0o600)
    return len(due)


def _values(serial: int, case: Case, complainant: Complainant, due: str, tries: int) -> list[Any]:
    place = case.whereabouts
    where = ", ".join(part for part in (place.village or place.town, place.tehsil) if part)
    gist = mask_text(case.text)[:_GIST]
    told = (case.number, complainant.name or "-", complainant.phone or "-", where or "-", gist, due)
    return [serial, *map(as_cell, told), tries, None, None, ""]
